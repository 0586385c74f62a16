"""The race for a session: many claim it at the same moment, one may win."""

import asyncio

import aiohttp

from tests.bench import stage
from tests.bench.doors import Floor, Product, staff
from tests.bench.load import now
from tests.bench.setting import Setting
from tests.bench.stage import Console


async def race(here: Setting) -> None:
    """All racers claim the same session at once, session after session."""
    races = here.plan.races
    prizes = here.stage.prizes[here.round * races : (here.round + 1) * races]
    ours: list[float] = []
    theirs: list[float] = []
    wins: list[int] = []
    async with Product(here.house.web.port) as product, Floor(here.floor_port) as floor:
        lines = [await floor.open("/", {}) for _ in here.stage.racers]
        for prize in prizes:
            statuses = await asyncio.gather(*(claim(product, one, prize, ours) for one in here.stage.racers))
            wins.append(statuses.count(200))
            if strange := set(statuses) - {200, 409}:
                here.book.fail(f"claim: answered {sorted(strange)}")
            await asyncio.gather(*(grab(line, prize, number, theirs) for number, line in enumerate(lines)))
    here.book.add_latency(f"claim.{len(here.stage.racers)}", ours, theirs)
    holders = await asyncio.to_thread(stage.holders, prizes)
    wrong = sum(won != 1 or held != 1 for won, held in zip(wins, holders, strict=True))
    here.book.add("claim.winners", "each", max(wins, key=lambda won: abs(won - 1)))
    if wrong:
        here.book.fail(f"claim: {wrong} sessions have not exactly one winner")


async def claim(product: Product, racer: Console, session: int, took: list[float]) -> int:
    """One racer's claim; its status."""
    started = now()
    address = f"{product.url}/api/sessions/{session}/assignment"
    async with product.http.put(address, data=b"{}", headers=staff(racer.login)) as answer:
        await answer.read()
        took.append((now() - started) * 1000)
        return answer.status


async def grab(line: aiohttp.ClientWebSocketResponse, prize: int, by: int, took: list[float]) -> None:
    """One racer's claim at the floor."""
    started = now()
    await line.send_json({"type": "claim", "prize": prize, "by": by})
    await line.receive_str()
    took.append((now() - started) * 1000)
