"""Words: from the visitor's page to the counselor's screen, at given rates and at the most there can be."""

from collections.abc import Awaitable, Callable

from tests.bench.doors import Floor, Product, Send
from tests.bench.load import Moments, Run, at_rate, percentile
from tests.bench.plan import Plan
from tests.bench.processes import cpu_seconds
from tests.bench.setting import Setting

MOST_MILLISECONDS = 250.0


async def latency(here: Setting) -> None:
    """A visitor's POST → the counselor's socket, at each rate; the floor at the same rate beside it."""
    plan, name = here.plan, "visitor_to_counselor"
    talks, consoles = here.stage.talks[: plan.talks], here.stage.consoles[: plan.consoles]
    async with Product(here.house.web.port) as product, Floor(here.floor_port) as floor:
        await product.open_consoles(consoles)
        await product.open_pages(talks)
        await floor.open_watchers(consoles)
        write, say = product.visitors(talks), await floor.senders(talks)
        for rate, seconds in plan.rates:
            used = cpu_seconds(here.house.web_pid), cpu_seconds(here.house.floor.pid)
            ours = await at_rate(rate, seconds, write, product.arrived, warm=plan.warm)
            theirs = await at_rate(rate, seconds, say, floor.arrived, warm=plan.warm)
            here.book.add_latency(
                f"{name}.{rate}", ours.milliseconds(product.arrived), theirs.milliseconds(floor.arrived)
            )
            here.book.add_latency(f"visitor_answered.{rate}", ours.milliseconds(product.answered))
            here.book.add_errors(f"{name}.{rate}", ours.problems, ours.lost(product.arrived))
            spent = cpu_seconds(here.house.web_pid) - used[0], cpu_seconds(here.house.floor.pid) - used[1]
            each = [seconds_spent * 1000 / len(ours.began) for seconds_spent in spent]
            here.book.add(f"{name}.{rate}.cpu", "ms", each[0], floor=each[1])


async def saturation(here: Setting) -> None:
    """The most messages a second with p99 ≤ 250 ms and none lost, over all programs' sessions."""
    plan, stage = here.plan, here.stage
    async with Product(here.house.web.port) as product:
        await product.open_consoles(stage.consoles)
        await product.open_pages(stage.talks)
        ours = await most(_probe(here, product.visitors(stage.talks), product.arrived), plan.first_probe, plan)
    async with Floor(here.floor_port) as floor:
        await floor.open_watchers(stage.consoles)
        say = await floor.senders(stage.talks)
        theirs = await most(_probe(here, say, floor.arrived), plan.first_floor_probe, plan)
    here.book.add("saturation", "/s", ours, floor=theirs)


def _probe(here: Setting, send: Send, arrived: Moments) -> Callable[[float], Awaitable[bool]]:
    async def holds(rate: float) -> bool:
        run = await at_rate(rate, here.plan.probe_seconds, send, arrived, warm=here.plan.warm / 2)
        return is_kept_up(run, arrived)

    return holds


def is_kept_up(run: Run, arrived: Moments) -> bool:
    """Whether everything arrived, and in time."""
    late = percentile(run.milliseconds(arrived), 99) > MOST_MILLISECONDS
    return not (late or run.problems or run.lost(arrived))


async def most(holds: Callable[[float], Awaitable[bool]], first: float, plan: Plan) -> float:
    """The highest rate that holds: doubled until one does not, then halved between the two."""
    good, bad = 0.0, first
    while bad < plan.most_probe and await holds(bad):
        good, bad = bad, bad * 2
    for _ in range(plan.bisections):
        middle = (good + bad) / 2
        good, bad = (middle, bad) if await holds(middle) else (good, middle)
    return good
