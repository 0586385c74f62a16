"""The figures of a program for a period: each measure by day and in sum, with the checks and the rounding of §4."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from counseling.models import Program
from reports import measures
from reports.days import DayKind, Days, days_between
from reports.measures import Counts, Measure, Ratio
from reports.periods import Period
from reports.queries import counted
from reports.rounding import half_up, percentage


@dataclass(frozen=True)
class Figures:
    """What was counted on these days; the sums follow from the days."""

    kind: DayKind
    days: Days
    by_day: Sequence[Counts]

    @cached_property
    def totals(self) -> Counts:
        """Each measure over the whole period."""
        return {one.key: sum(day[one.key] for day in self.by_day) for one in measures.MEASURES}

    def per_day(self, measure: Measure) -> Decimal:
        """Its mean over the calendar days of the period (1日平均)."""
        mean = half_up(self.totals[measure.key], len(self.days))
        assert mean is not None  # noqa: S101 - a period has a day at least
        return mean

    def ratio(self, ratio: Ratio) -> Decimal | None:
        """In per cent; None where there is nothing to divide by."""
        totals = self.totals
        return percentage(totals[ratio.part.key], totals[ratio.whole.key])


def figures(program: Program, first: date, last: date, kind: DayKind) -> Figures:
    """The program's figures from `first` to `last`, both included: one query."""
    days = days_of(program, Period(first, last), kind)
    return Figures(kind, days, counted(program, days, measures.MEASURES))


def days_of(program: Program, period: Period, kind: DayKind) -> Days:
    """The days of a period and when each begins; service days follow the opening hours as they are now."""
    hours = program.opening().between(program.starts_on, program.ends_on)
    return days_between(period.first, period.last, kind, hours)
