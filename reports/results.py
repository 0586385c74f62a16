"""All that is counted of a program for a period, before anybody says it in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from counseling.models import Program
from reports import daily, kept_days, measures, queries
from reports.answers import Answered, answers
from reports.comparing import Compared, compared
from reports.days import DayKind
from reports.figures import Figures, days_of
from reports.measures import Counts, Measured
from reports.measures.staff import Staffed
from reports.periods import Period
from reports.queries import Hour
from reports.staffed import staffed
from reports.surveys import Survey, survey
from reports.topics import Topics, topics


@dataclass(frozen=True)
class Results:
    """The figures by day, and what cannot be summed from days."""

    program: Program
    period: Period
    figures: Figures
    totals: Mapping[str, int]
    by_hour: Mapping[Hour, Counts]
    wait: Measured
    duration: Measured
    bands: Sequence[int]
    messages: tuple[int, int, int, int]
    referrals: Mapping[str, int]
    answers: Sequence[Answered]
    compared: Sequence[Compared]
    topics: Sequence[Topics]
    survey: Survey
    staffed: Staffed

    @property
    def kind(self) -> DayKind:
        """By which day it is counted."""
        return self.figures.kind


def results(
    program: Program, period: Period, kind: DayKind, language: str, told: Callable[[str], None] | None = None
) -> Results:
    """The program's results: of days that are kept seven queries, of others a dozen more for each run of them.

    `told` hears five times how far it has come, and may raise to stop there.
    """
    days = days_of(program, period, kind)
    every = kept_days.read(program, days, told)
    counts = [one.counts for one in every]
    found = Figures(kind, days, counts)
    totals = daily.summed(counts, [one.key for one in daily.COUNTED])
    return Results(
        program=program,
        period=period,
        figures=found,
        totals=totals | {measures.VISITORS.key: queries.visitors(program, days)},
        by_hour={(place, hour): those for place, one in enumerate(every) for hour, those in one.hours.items()},
        wait=Measured.of(chain.from_iterable(one.waits for one in every)),
        duration=Measured.of(chain.from_iterable(one.durations for one in every)),
        bands=[sum(of_days) for of_days in zip(*(one.bands for one in every), strict=True)],
        messages=daily.written([one.messages for one in every]),
        referrals=daily.summed([one.referrals for one in every], [one.key for one in measures.REFERRED]),
        answers=answers(program, [one.answers for one in every], totals, language),
        topics=topics(program, [one.topics for one in every], language),
        survey=survey(program, days, [one.survey for one in every], language),
        staffed=staffed(program, days),
        compared=compared(program, period, totals[measures.ACCESSES.key]),
    )
