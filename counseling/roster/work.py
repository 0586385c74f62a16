"""A planned shift as the rules see it, and what they have to say about it. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from counseling.opening import TOKYO


@dataclass(frozen=True, order=True)
class Work:
    """A planned shift: from when until when (aware), whose (None: an open place), how many lines, in which program.

    `lines` is 0 where no sessions are taken in it. `key` is the caller's own name for it.
    """

    starts_at: datetime
    ends_at: datetime
    user: int | None = field(compare=False)
    lines: int = field(compare=False, default=0)
    program: int = field(compare=False, default=0)
    key: int = field(compare=False, default=0)


@dataclass(frozen=True)
class Concern:
    """Something a planner should know: its code, whose, on which service day, and its numbers.

    gap {from, until, required, planned} (hours of the service day; no person) · double_booking {minutes} ·
    long_day {minutes} · long_week {minutes} · short_rest {minutes} · many_days {days} · night_then_morning {minutes}
    (from the night's end to the morning).
    """

    kind: str
    user: int | None
    on: date
    values: dict[str, int]


def service_day(work: Work) -> date:
    """The day on which it begins in Japan; past midnight it still belongs there."""
    return work.starts_at.astimezone(TOKYO).date()


def overlapping(works: Iterable[Work]) -> Iterator[tuple[Work, Work]]:
    """Pairs of one person's works that overlap, each later one with the one before that ends last."""
    last: dict[int, Work] = {}
    for work in sorted(works):
        if work.user is None:
            continue
        before = last.get(work.user)
        if before and work.starts_at < before.ends_at:
            yield before, work
        if before is None or work.ends_at > before.ends_at:
            last[work.user] = work
