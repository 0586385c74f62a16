"""Counting the hours of staff from shifts, duties and rests: two queries. A program for practice counts nothing."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    Field,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce, Greatest, Least
from django.utils import timezone

from counseling.feeds.worked import UNPAID
from counseling.models import Break, Duty, Program, Shift
from reports.days import Days
from reports.measures.staff import Staffed

NO_TIME = Value(timedelta(0), output_field=DurationField())


def staffed(program: Program, days: Days) -> Staffed:
    """What was planned and worked on these days."""
    planned = planned_shifts(program, days, timezone.now()).annotate(day=_day(days, "starts_at")).values("day")
    found = planned.annotate(time=Sum(F("ends_at") - F("starts_at"))).values_list("day", "time")
    worked: dict[int, timedelta] = defaultdict(timedelta)
    by_person: dict[int, timedelta] = defaultdict(timedelta)
    number = 0
    for day, user, time, count in _worked(program, days):
        worked[day - 1] += time
        by_person[user] += time
        number += count
    times = tuple(sorted(by_person.values()))
    return Staffed({day - 1: time for day, time in found}, dict(worked), times, number)


def planned_shifts(program: Program, days: Days, now: datetime) -> QuerySet[Shift]:
    """Published shifts with a person that began on these days and are over."""
    rows = Shift.objects.filter(program=program, program__practice=False, published_at__isnull=False, ends_at__lte=now)
    return rows.filter(user__isnull=False, starts_at__gte=days.starts[0], starts_at__lt=days.starts[-1])


def duties(program: Program, days: Days) -> QuerySet[Duty]:
    """Duties that began on these days and are over, with the time that was `worked`.

    One that ended before it began, by a clock that was put back, is none; nor is such a rest.
    """
    rest = Greatest(
        ExpressionWrapper(
            Least(Coalesce("ended_at", "duty__ended_at"), "duty__ended_at") - Greatest("began_at", "duty__began_at"),
            output_field=DurationField(),
        ),
        NO_TIME,
    )
    rests = Break.objects.filter(duty=OuterRef("pk"), reason__in=UNPAID).values("duty").annotate(time=Sum(rest))
    rows = Duty.objects.filter(
        Q(ended_at__gte=F("began_at")),
        program=program,
        program__practice=False,
        began_at__gte=days.starts[0],
        began_at__lt=days.starts[-1],
    )
    rested = Coalesce(Subquery(rests.values("time")), NO_TIME)
    return rows.annotate(worked=Greatest(F("ended_at") - F("began_at") - rested, NO_TIME))


def _worked(program: Program, days: Days) -> Iterable[tuple[int, int, timedelta, int]]:
    rows = duties(program, days).annotate(day=_day(days, "began_at")).values("day", "user")
    return rows.annotate(time=Sum("worked"), count=Count("pk")).values_list("day", "user", "time", "count")


def _day(days: Days, begins: str) -> Func:
    """Which of the days it began on, counted from 1."""
    starts: Field[Any, Any] = Field()
    moments = Value(list(days.starts), output_field=starts)
    return Func(F(begins), moments, function="width_bucket", output_field=IntegerField())
