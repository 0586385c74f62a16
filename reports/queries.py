"""Counting sessions in SQL: the conditions of reports/measures over the days of days.py.

A program for practice counts nothing.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Field, Func, IntegerField, QuerySet, Value
from django.db.models.functions import TruncHour

from counseling.models import Message, Program, Referral, Session
from counseling.models.message import Author
from counseling.opening import TOKYO
from reports import measures
from reports.days import Days
from reports.measures import Counts, Length, Measure
from reports.measures.lengths import MICROSECOND

DAY_HOURS = 24
# Which day, counted from 0, and which hour of it: 25 is 01:00 of the next morning.
Hour = tuple[int, int]


def received(program: Program, days: Days) -> QuerySet[Session]:
    """The accesses that came on these days."""
    return Session.objects.filter(
        program=program, program__practice=False, received_at__gte=days.starts[0], received_at__lt=days.starts[-1]
    )


def number_of_day(days: Days, received: str = "received_at") -> Func:
    """Which of the days a session was received on, counted from 1; `received` leads there from the rows."""
    starts: Field[Any, Any] = Field()
    moments = Value(list(days.starts), output_field=starts)
    return Func(F(received), moments, function="width_bucket", output_field=IntegerField())


def _wanted(wanted: Iterable[Measure]) -> dict[str, Any]:
    return {measure.key: Count("pk", filter=measure.condition) for measure in wanted}


def counted(program: Program, days: Days, wanted: Iterable[Measure]) -> list[Counts]:
    """Each measure's number for each of the days, in order: one query."""
    counts = _wanted(wanted)
    by_day = received(program, days).annotate(day=number_of_day(days)).values("day").annotate(**counts).order_by("day")
    found = {row[0]: dict(zip(counts, row[1:], strict=True)) for row in by_day.values_list("day", *counts)}
    nothing = dict.fromkeys(counts, 0)
    return [found.get(number, nothing) for number in range(1, len(days) + 1)]


def counted_by_hour(program: Program, days: Days, wanted: Iterable[Measure]) -> dict[Hour, Counts]:
    """Each measure's number for each hour in which somebody came: one query."""
    counts = _wanted(wanted)
    marked = received(program, days).annotate(day=number_of_day(days), at=TruncHour("received_at", tzinfo=TOKYO))
    found: dict[Hour, Counts] = {}
    for number, at, *row in marked.values("day", "at").annotate(**counts).values_list("day", "at", *counts):
        later = (at.date() - days.dates[number - 1]).days
        found[number - 1, at.hour + DAY_HOURS * later] = dict(zip(counts, row, strict=True))
    return found


def lengths(program: Program, days: Days, length: Length) -> list[tuple[list[int], list[int]]]:
    """Of each day the lengths in microseconds, the shortest first, and how many lie in each of BANDS: one query."""
    rows = received(program, days).filter(length.condition).annotate(day=number_of_day(days), duration=length.length)
    bands = {f"band_{place}": Count("pk", filter=within) for place, (_l, _b, within) in enumerate(measures.BANDS)}
    by_day = rows.values("day").annotate(every=ArrayAgg("duration", order_by="duration"), **bands)
    found: list[tuple[list[int], list[int]]] = [([], [0] * len(bands)) for _day in days.dates]
    for number, every, *counts in by_day.values_list("day", "every", *bands):
        found[number - 1] = [one // MICROSECOND for one in every], counts
    return found


def visitors(program: Program, days: Days) -> int:
    """The people behind the answered accesses of all the days: one query."""
    answered = received(program, days).filter(measures.VISITORS.condition)
    found: int = answered.aggregate(people=Count("visitor", distinct=True))["people"]
    return found


def referred(program: Program, days: Days) -> list[Counts]:
    """Of each day what the visitors were connected to whose sessions came on it: one query."""
    counts = _wanted(measures.REFERRED)
    came = received(program, days).values("pk")
    rows = Referral.objects.filter(session__in=came).annotate(day=number_of_day(days, "session__received_at"))
    found: list[Counts] = [dict.fromkeys(counts, 0) for _day in days.dates]
    for number, *row in rows.values("day").annotate(**counts).values_list("day", *counts):
        found[number - 1] = dict(zip(counts, row, strict=True))
    return found


Written = tuple[int, int, int, int]


def messages(program: Program, days: Days) -> list[Written]:
    """Of each day the talks with messages, these, the most in one, and how many are the visitors': one query."""
    talks = received(program, days).filter(measures.MESSAGES.condition)
    written = Message.objects.filter(session__in=talks.values("pk"), author__in=[Author.VISITOR, Author.COUNSELOR])
    by_talk = written.values("session", day=number_of_day(days, "session__received_at"))
    counted = by_talk.annotate(every=Count("pk"), visitors=Count("pk", filter=measures.MESSAGES.by_visitors))
    found: list[Written] = [(0, 0, 0, 0) for _day in days.dates]
    for number, every, by_visitors in counted.values_list("day", "every", "visitors").iterator():
        talked, before, most, theirs = found[number - 1]
        found[number - 1] = talked + 1, before + every, max(most, every), theirs + by_visitors
    return found
