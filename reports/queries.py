"""Counting sessions by day, in one query: the conditions of measures.py over the days of days.py."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, Field, Func, IntegerField, Value

from counseling.models import Program, Session
from reports.days import Days
from reports.measures import Counts, Measure


def _number_of_day(days: Days) -> Func:
    """Which of the days a session was received on, counted from 1."""
    starts: Field[Any, Any] = Field()
    moments = Value(list(days.starts), output_field=starts)
    return Func(F("received_at"), moments, function="width_bucket", output_field=IntegerField())


def counted(program: Program, days: Days, measures: Iterable[Measure]) -> list[Counts]:
    """Each measure's number for each of the days, in order: one query. A program for practice counts nothing."""
    wanted = {measure.key: Count("pk", filter=measure.condition) for measure in measures}
    received = Session.objects.filter(
        program=program, program__practice=False, received_at__gte=days.starts[0], received_at__lt=days.starts[-1]
    )
    by_day = received.annotate(day=_number_of_day(days)).values("day").annotate(**wanted).order_by("day")
    found = {row[0]: dict(zip(wanted, row[1:], strict=True)) for row in by_day.values_list("day", *wanted)}
    nothing = dict.fromkeys(wanted, 0)
    return [found.get(number, nothing) for number in range(1, len(days) + 1)]
