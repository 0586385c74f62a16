"""LINE: how soon a webhook is answered and seen, and how soon a counselor's words are in LINE's ledger."""

import asyncio
import time

from tests.bench import stage
from tests.bench.doors import Floor, Product
from tests.bench.load import SECONDS_TO_ARRIVE, Moments, Run, at_rate, note_at, now
from tests.bench.setting import Setting

SECONDS_TO_SETTLE = 60.0


async def ledger(here: Setting) -> None:
    """A counselor's POST → the simulator's ledger, with a LINE that takes its time."""
    plan, talks, consoles = here.plan, here.stage.line_talks, here.stage.line_consoles
    async with (
        Product(here.house.web.port) as product,
        Floor(here.floor_port) as floor,
        Product(here.line_port) as line,
    ):
        await set_latency(line, plan.line_milliseconds)
        await product.open_consoles(consoles)
        await settle()
        reply, push = product.counselors(talks), await floor.senders(talks, to_line=True)
        for rate, seconds in plan.rates:
            name = f"counselor_to_line.{rate}"
            ours = await at_rate(rate, seconds, reply, product.answered, warm=plan.warm)
            in_ledger = await arrivals(line, ours)
            theirs = await at_rate(rate, seconds, push, floor.answered, warm=plan.warm)
            beside = await arrivals(line, theirs)
            here.book.add_latency(name, ours.milliseconds(in_ledger), theirs.milliseconds(beside))
            here.book.add_errors(name, ours.problems, ours.lost(in_ledger))
            await settle()


async def webhook(here: Setting) -> None:
    """LINE's webhook → 200, and → the counselor's socket; beside it the floor's commit and its answer."""
    plan, talks, consoles = here.plan, here.stage.line_talks, here.stage.line_consoles
    rate, seconds, name = plan.webhook_rate, plan.webhook_seconds, f"webhook.{plan.webhook_rate}"
    async with Product(here.house.web.port) as product, Floor(here.floor_port) as floor:
        await product.open_consoles(consoles)
        tell, keep = product.platform(talks, here.stage.line), await floor.senders(talks, "keep")
        ours = await at_rate(rate, seconds, tell, product.arrived, warm=plan.warm)
        theirs = await at_rate(rate, seconds, keep, floor.answered, warm=plan.warm)
    answered = ours.milliseconds(product.answered)
    here.book.add_latency(name, answered, theirs.milliseconds(floor.answered))
    here.book.add(f"{name}.max", "ms", max(answered, default=float("inf")))
    here.book.add_latency(f"line_to_counselor.{rate}", ours.milliseconds(product.arrived))
    here.book.add_errors(name, ours.problems, ours.lost(product.arrived))


async def set_latency(line: Product, milliseconds: int) -> None:
    """How long the simulator takes for each call."""
    async with line.http.put(f"{line.url}/simulator/latency", json={"ms": milliseconds}) as answer:
        answer.raise_for_status()


async def settle() -> None:
    """Wait until nothing is owed any more."""
    deadline = now() + SECONDS_TO_SETTLE
    while await asyncio.to_thread(stage.owed) and now() < deadline:
        await asyncio.sleep(0.2)


async def arrivals(line: Product, run: Run) -> Moments:
    """When each message of the run stood in the ledger."""
    seen: Moments = {}
    deadline = now() + SECONDS_TO_ARRIVE
    while now() < deadline:
        seen = await read_ledger(line)
        if not run.lost(seen):
            break
        await asyncio.sleep(0.3)
    return seen


async def read_ledger(line: Product) -> Moments:
    """Each message's moment on our own clock; the ledger's is the wall's, in milliseconds."""
    behind = time.time() - now()
    seen: Moments = {}
    async with line.http.get(f"{line.url}/simulator/ledger") as answer:
        for entry in (await answer.json())["entries"]:
            note_at(str(entry["message"].get("text", "")), seen, entry["at"] / 1000 - behind)
    return seen
