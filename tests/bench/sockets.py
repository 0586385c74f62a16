"""Many sockets: what an idle console costs, and how a storm of them comes back after the web process died."""

import asyncio
import json
from collections import Counter
from random import uniform
from typing import Any

import aiohttp

from tests.bench import stage
from tests.bench.doors import CONNECTING, Floor, Product, staff
from tests.bench.load import now, side_by_side, until
from tests.bench.processes import memory
from tests.bench.setting import Setting
from tests.bench.stage import Console

SECONDS_TO_COME = 60.0
SECONDS_TO_REST = 2.0
Topic = tuple[str, int]


class Catching:
    """A console that waits for the first frame of everything it watches."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.missing: set[Topic] = {("board", console.program), *(("session", talk) for talk in console.talks)}

    def first_words(self, versions: dict[int, int]) -> list[dict[str, Any]]:
        """What it says when its socket opens."""
        board = {"type": "watch", "topic": "board", "id": self.console.program, "serial": None}
        talks = [
            {"type": "watch", "topic": "session", "id": talk, "after": versions.get(talk, 0)}
            for talk in self.console.talks
        ]
        return [board, *talks]

    def told(self, text: str) -> None:
        """One frame came."""
        if self.missing:
            frame = json.loads(text)
            self.missing.discard((frame["type"], frame.get("session") or frame.get("program") or 0))

    async def come(self, product: Product, versions: dict[int, int], refused: Counter[str]) -> None:
        """Connect until it is let in, then wait until it knows all."""
        while True:
            try:
                line = await product.open("/ws/staff", staff(self.console.login), *self.first_words(versions))
                break
            except (aiohttp.ClientError, OSError, TimeoutError) as error:
                refused[type(error).__name__] += 1
                await asyncio.sleep(uniform(0.5, 1.0))
        product.hear(line, self.told)


async def idle(here: Setting) -> None:
    """Memory of the web process for each signed-in console that watches its board and waits."""
    await asyncio.to_thread(here.house.restart_web)
    everybody = [Catching(console) for console in here.stage.idle]
    refused: Counter[str] = Counter()
    async with Product(here.house.web.port) as product, Floor(here.floor_port) as floor:
        await product.open_console(here.stage.consoles[0])
        await asyncio.sleep(SECONDS_TO_REST)
        before = memory(here.house.web_pid), memory(here.house.floor.pid)
        await side_by_side((one.come(product, {}, refused) for one in everybody), CONNECTING)
        await until(lambda: not any(one.missing for one in everybody), SECONDS_TO_COME)
        await side_by_side((floor.open("/", {}) for _ in everybody), CONNECTING)
        await asyncio.sleep(SECONDS_TO_REST)
        after = memory(here.house.web_pid), memory(here.house.floor.pid)
    ours, theirs = ((late - early) / 1024 / len(everybody) for early, late in zip(before, after, strict=True))
    here.book.add("idle_socket.memory", "KiB", ours, floor=theirs)
    here.book.add_errors("idle_socket", refused, sum(bool(one.missing) for one in everybody))


async def returning(here: Setting) -> None:
    """The web process is killed; all its consoles come back at once, and some missed a word meanwhile."""
    plan = here.plan
    busy = here.stage.consoles[: plan.consoles]
    everybody = [Catching(console) for console in (busy + here.stage.idle)[: plan.returning]]
    versions = await asyncio.to_thread(stage.speak, here.stage.talks[: plan.talks])
    await asyncio.to_thread(here.house.restart_web)
    refused: Counter[str] = Counter()
    async with Product(here.house.web.port) as product:
        started = now()
        await asyncio.gather(*(one.come(product, versions, refused) for one in everybody))
        let_in = now() - started
        complete = await until(lambda: not any(one.missing for one in everybody), SECONDS_TO_COME)
        caught_up = now() - started
    here.book.add("reconnect.let_in", "s", let_in, floor=await floor_storm(here, len(everybody)))
    here.book.add("reconnect.caught_up", "s", caught_up if complete else float("inf"))
    here.book.add("reconnect.refused", "", float(sum(refused.values())))
    if not complete:
        here.book.fail(f"reconnect: {sum(bool(one.missing) for one in everybody)} consoles never caught up")


async def floor_storm(here: Setting, how_many: int) -> float:
    """Seconds until so many are back at the floor."""
    await asyncio.to_thread(here.house.restart_floor)
    async with Floor(here.floor_port) as floor:
        started = now()
        await asyncio.gather(*(_watch_once(floor, talk) for talk in range(how_many)))
        return now() - started


async def _watch_once(floor: Floor, talk: int) -> None:
    line = await floor.open("/", {}, {"type": "watch", "talk": talk})
    await line.receive_str()
