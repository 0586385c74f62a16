"""What the hub does without a ring: polls, keeps people present, and looks whose login ended."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Coroutine
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from counseling.actions import doorbell, staff
from counseling.hub.asking import ask
from counseling.hub.pace import spread

if TYPE_CHECKING:
    from counseling.hub.hub import Hub

logger = logging.getLogger(__name__)


async def keep_polling(hub: Hub) -> None:
    """Poll now and then, until cancelled."""
    while True:
        await asyncio.sleep(spread(hub.pace.poll))
        await _calmly(hub.poll())


async def keep_sweeping(hub: Hub) -> None:
    """Sweep often, until cancelled: who signed out hears nothing after a second."""
    while True:
        await asyncio.sleep(hub.pace.sweep)
        await _calmly(hub.sweep())


async def keep_telling(hub: Hub) -> None:
    """Tell again and again who reads along, until cancelled: what is not told anew is forgotten."""
    while True:
        await asyncio.sleep(hub.pace.along)
        await _calmly(hub.tell_along())


async def keep_looking(hub: Hub) -> None:
    """Say again and again which visitors have the page open, until cancelled."""
    while True:
        await asyncio.sleep(hub.pace.presence)
        if looking := hub.visitors():
            await _calmly(ask(_look, sorted(looking)))


def _look(visitor_ids: list[int]) -> None:
    doorbell.keep_looking(visitor_ids=visitor_ids)


async def _calmly(work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except Exception as error:  # noqa: BLE001 - whatever fails, the next round comes
        logger.warning("the hub's round failed: %s", type(error).__name__)


class People:
    """Who has a console open in this process; each person counts once, however many tabs."""

    def __init__(self) -> None:
        self._sockets: Counter[int] = Counter()
        self._arrived: set[int] = set()
        self._arrival = asyncio.Event()

    def come(self, user_id: int) -> None:
        """One more socket of this person."""
        self._sockets[user_id] += 1
        if self._sockets[user_id] == 1:
            self._arrived.add(user_id)
            self._arrival.set()

    def go(self, user_id: int) -> None:
        """One socket fewer."""
        self._sockets -= Counter([user_id])

    async def keep_present(self, seconds: float) -> None:
        """Keep everybody present in one call every `seconds`, and who arrives at once; until cancelled."""
        due = 0.0
        while True:
            self._arrival.clear()
            everybody = time.monotonic() >= due
            present = set(self._sockets) if everybody else self._arrived & set(self._sockets)
            self._arrived.clear()
            due = time.monotonic() + seconds if everybody else due
            if present:
                await _calmly(ask(_keep, sorted(present)))
            with suppress(TimeoutError):
                async with asyncio.timeout(due - time.monotonic()):
                    await self._arrival.wait()


def _keep(user_ids: list[int]) -> None:
    staff.keep_present(user_ids=user_ids)
