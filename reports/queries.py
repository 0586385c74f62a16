"""Counting sessions in SQL: the conditions of reports/measures over the days of days.py.

A program for practice counts nothing.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Aggregate, Count, DurationField, F, Field, Func, IntegerField, Max, QuerySet, Sum, Value
from django.db.models.functions import TruncHour

from counseling.models import Message, Program, Referral, Session
from counseling.models.message import Author
from counseling.opening import TOKYO
from reports import measures
from reports.days import Days
from reports.measures import Counts, Length, Measure, Measured

DAY_HOURS = 24
NO_TIME = timedelta(0)
# Which day, counted from 0, and which hour of it: 25 is 01:00 of the next morning.
Hour = tuple[int, int]


def received(program: Program, days: Days) -> QuerySet[Session]:
    """The accesses that came on these days."""
    return Session.objects.filter(
        program=program, program__practice=False, received_at__gte=days.starts[0], received_at__lt=days.starts[-1]
    )


def _number_of_day(days: Days) -> Func:
    """Which of the days a session was received on, counted from 1."""
    starts: Field[Any, Any] = Field()
    moments = Value(list(days.starts), output_field=starts)
    return Func(F("received_at"), moments, function="width_bucket", output_field=IntegerField())


def _wanted(wanted: Iterable[Measure]) -> dict[str, Any]:
    return {measure.key: Count("pk", filter=measure.condition) for measure in wanted}


def counted(program: Program, days: Days, wanted: Iterable[Measure]) -> list[Counts]:
    """Each measure's number for each of the days, in order: one query."""
    counts = _wanted(wanted)
    by_day = received(program, days).annotate(day=_number_of_day(days)).values("day").annotate(**counts).order_by("day")
    found = {row[0]: dict(zip(counts, row[1:], strict=True)) for row in by_day.values_list("day", *counts)}
    nothing = dict.fromkeys(counts, 0)
    return [found.get(number, nothing) for number in range(1, len(days) + 1)]


def counted_by_hour(program: Program, days: Days, wanted: Iterable[Measure]) -> dict[Hour, Counts]:
    """Each measure's number for each hour in which somebody came: one query."""
    counts = _wanted(wanted)
    marked = received(program, days).annotate(day=_number_of_day(days), at=TruncHour("received_at", tzinfo=TOKYO))
    found: dict[Hour, Counts] = {}
    for number, at, *row in marked.values("day", "at").annotate(**counts).values_list("day", "at", *counts):
        later = (at.date() - days.dates[number - 1]).days
        found[number - 1, at.hour + DAY_HOURS * later] = dict(zip(counts, row, strict=True))
    return found


class NearestRank(Aggregate):
    """The value that `fraction` of all do not exceed."""

    function = "percentile_disc"
    template = "%(function)s(%(fraction)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


def measured(program: Program, days: Days, length: Length) -> tuple[Measured, list[int]]:
    """What these lengths come to, and how many fall into each of BANDS: one query."""
    rows = received(program, days).filter(length.condition).annotate(duration=length.length)
    bands = {f"band_{place}": Count("pk", filter=within) for place, (_l, _b, within) in enumerate(measures.BANDS)}
    found = rows.aggregate(
        count=Count("pk"),
        total=Sum("duration"),
        longest=Max("duration"),
        median=NearestRank("duration", fraction=0.5),
        ninetieth=NearestRank("duration", fraction=0.9),
        **bands,
    )
    lengths = {name: found[name] or NO_TIME for name in ("total", "longest", "median", "ninetieth")}
    return Measured(found["count"], **lengths), [found[name] for name in bands]


def totals(program: Program, days: Days, wanted: Iterable[Measure]) -> dict[str, int]:
    """Each measure over all the days, and `visitors`: the people behind those that were answered. One query."""
    people = Count("visitor", filter=measures.VISITORS.condition, distinct=True)
    found: dict[str, int] = received(program, days).aggregate(**_wanted(wanted), visitors=people)
    return found


def referred(program: Program, days: Days) -> dict[str, int]:
    """Each figure of what visitors were connected to, with the sessions that came on these days: one query."""
    rows = Referral.objects.filter(session__in=received(program, days).values("pk"))
    found: dict[str, int] = rows.aggregate(**_wanted(measures.REFERRED))
    return found


def messages(program: Program, days: Days) -> tuple[int, int, int, int]:
    """Talks with messages, their messages, the most in one, and how many are the visitors': one query."""
    talks = received(program, days).filter(measures.MESSAGES.condition)
    written = Message.objects.filter(session__in=talks.values("pk"), author__in=[Author.VISITOR, Author.COUNSELOR])
    by_talk = written.values("session").annotate(
        every=Count("pk"), visitors=Count("pk", filter=measures.MESSAGES.by_visitors)
    )
    found = by_talk.aggregate(
        talks=Count("session"), total=Sum("every"), most=Max("every"), of_visitors=Sum("visitors")
    )
    return found["talks"], found["total"] or 0, found["most"] or 0, found["of_visitors"] or 0
