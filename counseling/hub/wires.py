"""A socket as the hub sees it: frames go out through a bounded queue, and nothing after the farewell."""

import asyncio
import json
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from counseling.events import ByeFrame
from counseling.hub.daphne_line import line_behind
from counseling.hub.logins import Login, Visit

if TYPE_CHECKING:
    from counseling.hub.topic import Topic

logger = logging.getLogger(__name__)

Send = Callable[[dict[str, Any]], Awaitable[None]]


class Farewell(NamedTuple):
    """How a socket is closed: the code, and what is said before where it has a word for it."""

    code: int
    bye: ByeFrame | None = None


SIGNED_OUT = Farewell(4401, {"type": "bye", "why": "signed_out"})
TOO_SLOW = Farewell(4408, {"type": "bye", "why": "too_slow"})
# Come again: to another process, or as who one is now.
RESTARTING = Farewell(1001, {"type": "bye", "why": "restarting"})
ROLES_CHANGED = Farewell(1001, {"type": "bye", "why": "roles_changed"})
FAILED = Farewell(1011)
# A console that reads takes its frames within milliseconds; this much waiting is no reader.
MOST_FRAMES = 256
MOST_BYTES = 2 * 1_048_576

_sending: set[asyncio.Task[None]] = set()


def written(frame: Mapping[str, Any]) -> str:
    """A frame as it crosses the wire."""
    return json.dumps(frame, ensure_ascii=False, separators=(",", ":"))


class Wire:
    """One socket. Frames wait in a queue, ours or daphne's; who does not read is dropped."""

    __slots__ = ("_busy", "_farewell", "_line", "_queue", "_send", "topics")

    def __init__(self, send: Send) -> None:
        self._send = send
        self._line = line_behind(send)
        self._queue: deque[str] = deque()
        self._busy = False
        self._farewell: Farewell | None = None
        self.topics: set[Topic[Any, Any]] = set()

    @property
    def closing(self) -> bool:
        """True once nothing more will be told."""
        return self._farewell is not None

    def tell(self, text: str) -> None:
        """Send a frame, soon; close the socket when it does not keep up."""
        if self.closing:
            return
        if len(self._queue) >= MOST_FRAMES or (self._line and self._line.unread() > MOST_BYTES):
            self.close(TOO_SLOW)
        elif self._line:
            self._line.tell(text)
        else:
            self._queue.append(text)
            self._start()

    def close(self, farewell: Farewell, *, told: bool = False) -> None:
        """Say farewell and close. What waits in the queue is not told any more, unless it shall be `told` before."""
        if self.closing:
            return
        self._farewell = farewell
        if not told:
            self._queue.clear()
        self._start()

    def _start(self) -> None:
        # A task only while there is something to send: thousands of idle sockets cost none.
        if not self._busy:
            self._busy = True
            task = asyncio.ensure_future(self._drain())
            _sending.add(task)
            task.add_done_callback(_sending.discard)

    async def _drain(self) -> None:
        try:
            while self._queue:
                await self._send({"type": "websocket.send", "text": self._queue.popleft()})
            if self._farewell is not None:
                await self.farewell(self._farewell)
        except Exception as error:  # noqa: BLE001 - a line that cannot be told is given up; its client comes again
            logger.warning("a socket could not be told: %s", type(error).__name__)
            self._queue.clear()
            self._farewell = self._farewell or FAILED
            with suppress(Exception):
                await self._send({"type": "websocket.close", "code": FAILED.code})
        finally:
            self._busy = False

    async def farewell(self, farewell: Farewell) -> None:
        """Say why and close, at once."""
        self._farewell = farewell
        if farewell.bye:
            await self._send({"type": "websocket.send", "text": written(farewell.bye)})
        await self._send({"type": "websocket.close", "code": farewell.code})


class StaffWire(Wire):
    """A console's socket."""

    __slots__ = ("login", "typed")

    def __init__(self, send: Send, login: Login) -> None:
        super().__init__(send)
        self.login = login
        self.typed: dict[int, float] = {}

    @property
    def user_id(self) -> int:
        """Who is signed in."""
        return self.login.user_id


class VisitorWire(Wire):
    """A visitor's socket; `session_id` is the sitting it shows, `place` what it was last told of the queue."""

    __slots__ = ("place", "session_id", "typed", "visit")

    def __init__(self, send: Send, visit: Visit) -> None:
        super().__init__(send)
        self.visit = visit
        self.session_id: int | None = None
        self.place: tuple[int | None, int] | None = None
        self.typed: dict[int, float] = {}
