"""All that is counted of a program for a period, before anybody says it in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from counseling.models import Program
from reports import measures, queries
from reports.answers import Answered, answers
from reports.comparing import Compared, compared
from reports.days import DayKind
from reports.figures import Figures, figures
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


def nobody_waits(_step: str) -> None:
    """Nobody waits to hear how far it has come."""


def results(
    program: Program, period: Period, kind: DayKind, language: str, told: Callable[[str], None] = nobody_waits
) -> Results:
    """The program's results: seven queries, and one for each question that visitors are asked.

    `told` hears after each of the longer ones, and may raise to stop it there.
    """
    found = figures(program, period.first, period.last, kind)
    told("figures")
    wait, _bands = queries.measured(program, found.days, measures.WAIT)
    duration, bands = queries.measured(program, found.days, measures.DURATION)
    told("lengths")
    wanted = (measures.ABANDONED, measures.NEW, measures.RETURNING, *measures.RISK)
    totals = queries.totals(program, found.days, wanted)
    told("people")
    by_hour = queries.counted_by_hour(program, found.days, (measures.ACCESSES, measures.ANSWERED))
    told("hours")
    messages = queries.messages(program, found.days)
    told("messages")
    return Results(
        program=program,
        period=period,
        figures=found,
        totals=totals | dict(found.totals),
        by_hour=by_hour,
        wait=wait,
        duration=duration,
        bands=bands,
        messages=messages,
        referrals=queries.referred(program, found.days),
        answers=answers(program, found.days, language),
        topics=topics(program, found.days, language),
        survey=survey(program, found.days, language),
        staffed=staffed(program, found.days),
        compared=compared(program, period, found.totals[measures.ACCESSES.key]),
    )
