"""The wall: what it costs to keep one, and many, right while a thousand sessions are open and people write."""

import asyncio
import json
import re
from collections.abc import Callable
from typing import Any

from tests.bench import stage
from tests.bench.doors import CONNECTING, Product, Send, staff
from tests.bench.load import Moments, at_rate, now, side_by_side, until
from tests.bench.processes import cpu_seconds
from tests.bench.setting import Setting
from tests.bench.stage import WallStage

SECONDS_TO_COME = 30.0
SERIAL = re.compile(r'"serial":(\d+)')


class Watching:
    """A wall that keeps its board as a browser does, and notes when each word showed on it."""

    def __init__(self, sent: dict[int, int]) -> None:
        self.sent, self.seen = sent, Moments()
        self.sessions: dict[int, dict[str, Any]] = {}
        self.serial: int | None = None
        self.bytes = 0

    def told(self, text: str) -> None:
        """One frame came."""
        frame = json.loads(text)
        if frame["type"] != "board":
            return
        moment = now()
        self.bytes += len(text.encode())
        if frame["base"] is None:
            self.sessions = {}
        for number in frame["gone"]:
            self.sessions.pop(number, None)
        for view in frame["changed"]:
            before = self.sessions.get(view["id"])
            self.sessions[view["id"]] = view
            if before and view["visitor_count"] > before["visitor_count"] and view["id"] in self.sent:
                self.seen.setdefault(self.sent[view["id"]], moment)
        self.serial = frame["serial"]


class Counting:
    """A wall of which only is known how far it has been told: reading it all would be the bench's own cost."""

    def __init__(self) -> None:
        self.serial: int | None = None

    def told(self, text: str) -> None:
        """One frame came."""
        if found := SERIAL.search(text[:200]):
            self.serial = int(found[1])


async def walls(here: Setting) -> None:
    """The web process's CPU with no wall, with one and with many, at the same rate of words; and how late they are."""
    if here.stage.wall is None:
        here.stage.wall = await asyncio.to_thread(stage.prepare_wall, here.plan)
    idle = await _at_work(here, here.stage.wall, 0)
    for how_many in (1, here.plan.walls):
        used = await _at_work(here, here.stage.wall, how_many)
        here.book.add(f"wall.{how_many}.cpu", "%", (used - idle) * 100)


async def _at_work(here: Setting, place: WallStage, how_many: int) -> float:
    """The part of a core that the web process takes with so many walls."""
    sent: dict[int, int] = {}
    first, watching = Watching(sent), list[Watching | Counting]()
    if how_many:
        watching = [first, *(Counting() for _ in range(how_many - 1))]
    async with Product(here.house.web.port) as product:
        logins = [place.logins[number % len(place.logins)] for number in range(how_many)]
        pairs = zip(watching, logins, strict=True)
        await side_by_side((_open(product, place.program, login, one.told) for one, login in pairs), CONNECTING)
        await until(lambda: all(one.serial is not None for one in watching), SECONDS_TO_COME)
        used, began, before = cpu_seconds(here.house.web_pid), now(), first.bytes
        seen = first.seen if how_many else product.answered
        run = await at_rate(here.plan.wall_rate, here.plan.wall_seconds, _writing(product, place, sent), seen, warm=0)
        spent = (cpu_seconds(here.house.web_pid) - used) / (now() - began)
        if how_many:
            name = f"wall.{how_many}"
            here.book.add_latency(name, run.milliseconds(first.seen))
            here.book.add_errors(name, run.problems, run.lost(first.seen))
            here.book.add(f"{name}.told", "kB/s", (first.bytes - before) / 1000 / (now() - began))
            await _check(here, name, place, first, watching)
    return spent


async def _open(product: Product, program: int, login: str, told: Callable[[str], None]) -> None:
    watch = {"type": "watch", "topic": "board", "id": program, "serial": None}
    product.hear(await product.open("/ws/staff", staff(login), watch), told)


def _writing(product: Product, place: WallStage, sent: dict[int, int]) -> Send:
    write = product.visitors(place.talks)

    async def send(number: int) -> str:
        sent[place.talks[number % len(place.talks)].session] = number
        return await write(number)

    return send


async def _check(
    here: Setting, name: str, place: WallStage, first: Watching, watching: list[Watching | Counting]
) -> None:
    """Every wall was told the same, and what the first one shows is what the database holds."""
    versions = await asyncio.to_thread(stage.versions_of, place.talks)
    shown = {number: view["version"] for number, view in first.sessions.items()}
    if not await until(lambda: len({one.serial for one in watching}) == 1, SECONDS_TO_COME):
        here.book.fail(f"{name}: the walls do not stand at the same serial")
    if shown != versions:
        here.book.fail(f"{name}: {sum(shown.get(pk) != at for pk, at in versions.items())} sessions are not right")
