"""All that is counted of a program for a period, before anybody says it in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from counseling.models import Program
from reports import measures, queries
from reports.answers import Answered, answers
from reports.days import DayKind
from reports.figures import Figures, figures
from reports.measures import Counts, Measured
from reports.periods import Period
from reports.queries import Hour


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
    answers: Sequence[Answered]

    @property
    def kind(self) -> DayKind:
        """By which day it is counted."""
        return self.figures.kind


def results(program: Program, period: Period, kind: DayKind, language: str) -> Results:
    """The program's results: six queries, and one for each question that visitors are asked."""
    found = figures(program, period.first, period.last, kind)
    wait, _bands = queries.measured(program, found.days, measures.WAIT)
    duration, bands = queries.measured(program, found.days, measures.DURATION)
    wanted = (measures.ABANDONED, measures.NEW, measures.RETURNING, *measures.RISK)
    return Results(
        program=program,
        period=period,
        figures=found,
        totals=queries.totals(program, found.days, wanted) | dict(found.totals),
        by_hour=queries.counted_by_hour(program, found.days, (measures.ACCESSES, measures.ANSWERED)),
        wait=wait,
        duration=duration,
        bands=bands,
        messages=queries.messages(program, found.days),
        answers=answers(program, found.days, language),
    )
