"""What supervisors arrange for one visitor: its bounds, and when what was agreed is used up. Pure: no clock."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

# Fewest and most, as a supervisor may decide them.
PER_DAY, PER_WEEK, MINUTES = (1, 10), (1, 30), (10, 180)
LIMIT_DAYS, BLOCK_DAYS = (1, 180), (1, 90)
# A limit or block that ends within this is one to think about again.
SOON = timedelta(days=7)
# Who is blocked is told so once in this, however much they write; where to turn in danger is told whenever it must be.
TOLD_AGAIN_AFTER = timedelta(hours=12)


class BlockReason(StrEnum):
    """Why nobody of a program talks with a visitor for a while."""

    ABUSE = "abuse"
    SEXUAL = "sexual"
    THREAT = "threat"
    PRANK = "prank"
    LIMITS = "limits"
    OTHER = "other"


@dataclass(frozen=True)
class Agreed:
    """What was agreed with a visitor: sittings a day and a week, minutes a sitting; `ends_on` is the last day of it."""

    ends_on: date
    per_day: int | None = None
    per_week: int | None = None
    minutes: int | None = None


def problems_of(agreed: Agreed, today: date) -> Iterator[tuple[str, str]]:
    """What cannot be agreed on `today`, as (field, code)."""
    bounds = {"per_day": PER_DAY, "per_week": PER_WEEK, "minutes": MINUTES}
    for name, (least, most) in bounds.items():
        given = getattr(agreed, name)
        if given is not None and not least <= given <= most:
            yield name, "out_of_bounds"
    if all(getattr(agreed, name) is None for name in bounds):
        yield "", "nothing_agreed"
    elif agreed.per_day and agreed.per_week and agreed.per_day > agreed.per_week:
        yield "per_day", "more_than_a_week"
    yield from ends_problem(agreed.ends_on, today, LIMIT_DAYS)


def ends_problem(ends_on: date, today: date, bounds: tuple[int, int]) -> Iterator[tuple[str, str]]:
    """Whether a last day is none that may be chosen on `today`."""
    least, most = bounds
    if ends_on < today + timedelta(days=least):
        yield "ends_on", "past"
    elif ends_on > today + timedelta(days=most):
        yield "ends_on", "too_far"


def again_on(taken: Collection[date], today: date, agreed: Agreed) -> date | None:
    """The day from which the visitor may come again; None while it is today. `taken`: a day for each sitting."""
    monday = today - timedelta(days=today.weekday())
    after = agreed.ends_on + timedelta(days=1)
    if agreed.per_week is not None and sum(day >= monday for day in taken) >= agreed.per_week:
        return min(monday + timedelta(days=7), after)
    if agreed.per_day is not None and sum(day == today for day in taken) >= agreed.per_day:
        return min(today + timedelta(days=1), after)
    return None
