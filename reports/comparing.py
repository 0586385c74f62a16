"""The program beside another medium (他媒体比較): how many times as many came to it, by the day or the hour."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from counseling.models import Program
from reports.models import Comparator, Per
from reports.periods import DAY, Period
from reports.rounding import half_up

HOUR_MINUTES = 60


@dataclass(frozen=True)
class Compared:
    """A comparator, and of both the count for each day or hour; None where there is nothing to divide by."""

    comparator: Comparator
    ours: Decimal | None
    theirs: Decimal | None
    ratio: Decimal | None


def overlapping(program: Program, period: Period) -> QuerySet[Comparator]:
    """The comparators that share a day with the period."""
    rows = Comparator.objects.filter(program=program, first__lte=period.last, last__gte=period.first)
    return rows.order_by("first", "name", "pk")


def compared(program: Program, period: Period, accesses: int) -> list[Compared]:
    """The accesses of a period beside every comparator of it: one query."""
    return [beside(one, program, period, accesses) for one in overlapping(program, period)]


def beside(one: Comparator, program: Program, period: Period, accesses: int) -> Compared:
    """The accesses of a period beside one comparator; the ratio is made of counts, never of rounded means."""
    ours, unit = _units(program, period, Per(one.per))
    theirs = {Per.DAY: len(one.period), Per.HOUR: one.minutes, Per.OPEN_DAY: one.days}[Per(one.per)]
    return Compared(
        one,
        half_up(accesses * unit, ours),
        half_up(one.count * unit, theirs),
        half_up(accesses * theirs, ours * one.count, one.places),
    )


def _units(program: Program, period: Period, per: Per) -> tuple[int, int]:
    """How much there was of what is divided by, and how much of it is one: minutes make hours."""
    if per == Per.DAY:
        return len(period), 1
    hours = program.opening().between(program.starts_on, program.ends_on)
    windows = [hours.windows_on(period.first + ahead * DAY) for ahead in range(len(period))]
    if per == Per.OPEN_DAY:
        return sum(bool(those) for those in windows), 1
    return sum(window.closes - window.opens for those in windows for window in those), HOUR_MINUTES
