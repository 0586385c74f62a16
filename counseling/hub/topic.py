"""One thing that is watched: a ring makes it read once for everybody who watches it."""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Collection
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from counseling.events import DeniedFrame
from counseling.hub.asking import ask
from counseling.hub.pace import spread
from counseling.hub.wires import StaffWire, Wire, written

if TYPE_CHECKING:
    from counseling.hub.hub import Hub

logger = logging.getLogger(__name__)

W = TypeVar("W", bound=Wire)
C = TypeVar("C")


class Topic(ABC, Generic[W, C]):
    """What is watched, by whom, and how far each has been told (the cursor)."""

    def __init__(self, hub: Hub, number: int) -> None:
        self.hub, self.id = hub, number
        self.watchers: dict[W, C] = {}
        self._hung = False
        self._reading = False
        self._again = False

    @property
    @abstractmethod
    def group(self) -> str:
        """The group whose ring concerns it."""

    @abstractmethod
    async def read(self) -> None:
        """Read what is after the cursors, tell it to those who may know it, and move the cursors."""

    @property
    def pause(self) -> float:
        """Seconds between two readings: rings that come meanwhile are answered together."""
        return 0.0

    def is_behind(self, head: int | None) -> bool:
        """Whether somebody has not been told all, when the log stands at `head` (None: there is no such session)."""
        return True

    def typing(self, who: str) -> None:
        """Somebody writes just now."""

    def watching(self, process: str, users: list[int]) -> None:
        """Somebody reads along just now, at a socket of another process."""

    async def add(self, wire: W, cursor: C) -> None:
        """Let `wire` watch from `cursor`: subscribe first, then read."""
        self.watchers[wire] = cursor
        wire.topics.add(self)
        if not self._hung:
            self._hung = True
            await self.hub.bell.hang(self.group)
        self.ring()

    def remove(self, wire: W) -> None:
        """`wire` watches no longer."""
        wire.topics.discard(self)
        if self.watchers.pop(wire, None) is not None and not self.watchers:
            self.hub.forget(self)

    def ring(self) -> None:
        """Something may be new. Rings that come while it reads are answered by one more reading."""
        if self._reading:
            self._again = True
        elif self.watchers:
            self._reading = True
            self.hub.spawn(self._read_on())

    async def _read_on(self) -> None:
        try:
            while self.watchers:
                self._again = False
                await self.read()
                await asyncio.sleep(self.pause)
                if not self._again:
                    break
        except Exception as error:  # noqa: BLE001 - whatever fails, the cursors stay and it is read again
            logger.warning("%s %s not read: %s", type(self).__name__, self.id, type(error).__name__)
            asyncio.get_running_loop().call_later(spread(self.hub.pace.retry), self.ring)
        finally:
            self._reading = False


class StaffTopic(Topic[StaffWire, C]):
    """What staff watch under a name: at every reading, whoever may no longer is told that there is nothing."""

    name: ClassVar[str]

    @abstractmethod
    def may_watch(self, users: set[int]) -> set[int]:
        """Which of these people may watch it now. Asks the database."""

    def deny(self, wire: StaffWire) -> None:
        """`wire` watches no longer, and is told so: its words leave the screen."""
        self.remove(wire)
        denied: DeniedFrame = {"type": "denied", "topic": self.name, "id": self.id}
        wire.tell(written(denied))

    async def sift(self, wires: Collection[StaffWire]) -> None:
        """Deny those of `wires` who may watch it no longer, without waiting for the next reading."""
        here = self.watchers.keys() & set(wires)
        allowed = await ask(self.may_watch, {wire.user_id for wire in here})
        for wire in here & self.watchers.keys():
            if wire.user_id not in allowed:
                self.deny(wire)
