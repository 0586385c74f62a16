"""Load by the clock: every message has its moment, whether or not the earlier ones were answered."""

import asyncio
import gc
import math
import re
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from itertools import count

now = time.monotonic
Moments = dict[int, float]

NUMBERS = count(1)
TAG = re.compile(r"⟦(\d+)⟧")
# epoll wakes up to a millisecond late: so much is the timer's, more is our own delay and counts as latency.
ON_TIME_SECONDS = 0.002
SECONDS_TO_ARRIVE = 10.0


def words(number: int) -> str:
    """What somebody writes: found again by its number."""
    return f"⟦{number}⟧ きょうは少し話を聞いてほしくて連絡しました。うまく書けるかわかりません。"


def note(text: str, moments: Moments) -> None:
    """Remember when each message was first seen: now."""
    note_at(text, moments, now())


def note_at(text: str, moments: Moments, moment: float) -> None:
    """Remember that each message in the text was seen at that moment."""
    for number in TAG.findall(text):
        moments.setdefault(int(number), moment)


@dataclass
class Run:
    """One stretch of load: when each message was due, and what went wrong."""

    began: Moments = field(default_factory=dict)
    warming: set[int] = field(default_factory=set)
    problems: Counter[str] = field(default_factory=Counter)

    def milliseconds(self, arrived: Moments) -> list[float]:
        """From its moment to its arrival, for each message that counts and arrived."""
        counted = [number for number in self.began if number not in self.warming and number in arrived]
        return [(arrived[number] - self.began[number]) * 1000 for number in counted]

    def lost(self, arrived: Moments) -> int:
        """Messages that never arrived though nothing was wrong with sending them."""
        missing = sum(number not in arrived for number in self.began)
        return max(0, missing - sum(self.problems.values()))

    async def attempt(self, send: Callable[[int], Awaitable[str]], number: int) -> None:
        """Send; what is not as it should be is counted under its name."""
        try:
            problem = await send(number)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is counted
            problem = type(error).__name__
        if problem:
            self.problems[problem] += 1


async def at_rate(
    rate: float, seconds: float, send: Callable[[int], Awaitable[str]], arrived: Moments, *, warm: float
) -> Run:
    """Send `rate` messages a second; `send(number)` returns "" or what was wrong. Waits until all have arrived."""
    gc.collect()
    run, tasks = Run(), []
    start = now() + 0.05
    for place in range(max(1, round(rate * (warm + seconds)))):
        due = start + place / rate
        if (wait := due - now()) > 0:
            await asyncio.sleep(wait)
        number, moment = next(NUMBERS), now()
        run.began[number] = moment if moment - due < ON_TIME_SECONDS else due
        if place < rate * warm:
            run.warming.add(number)
        tasks.append(asyncio.ensure_future(run.attempt(send, number)))
    await asyncio.gather(*tasks)
    await until(lambda: not run.lost(arrived), SECONDS_TO_ARRIVE)
    return run


async def until(true: Callable[[], bool], seconds: float) -> bool:
    """Whether it became true in time."""
    deadline = now() + seconds
    while not true():
        if now() > deadline:
            return False
        await asyncio.sleep(0.02)
    return True


async def side_by_side(works: Iterable[Awaitable[object]], at_once: int) -> None:
    """Do all of it, so many at a time."""
    gate = asyncio.Semaphore(at_once)

    async def one(work: Awaitable[object]) -> None:
        async with gate:
            await work

    await asyncio.gather(*(one(work) for work in works))


def percentile(values: Iterable[float], per_cent: float) -> float:
    """The value that so many per cent do not exceed; infinite where there is none."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * per_cent / 100) - 1)] if ordered else math.inf
