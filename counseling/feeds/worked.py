"""The hours people worked in a program, month by month: planned against actual. Reading only."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Prefetch

from accounts.models import User
from counseling.models import Break, Duty, Shift
from counseling.models.duty import BreakReason, DutyEnd
from counseling.opening import midnight
from counseling.roster.worked import Month, Span, Worked, month

UNPAID = (BreakReason.REST, BreakReason.MEAL, BreakReason.OTHER)


@dataclass(frozen=True)
class PersonMonth:
    """One person's month, and since when they are on duty now (not counted until they check out)."""

    user: User
    month: Month
    on_duty_since: datetime | None


def months_of(program_id: int, first: date, now: datetime) -> list[PersonMonth]:
    """Everybody with a shift or a duty in the month of `first` (its first day), by name: three queries.

    A shift and a duty belong to the month in which they begin, in Japan.
    """
    begins, ends = midnight(first), midnight((first + timedelta(days=31)).replace(day=1))
    people: dict[int, User] = {}
    shifts: dict[int, list[Span]] = defaultdict(list)
    duties: dict[int, list[Worked]] = defaultdict(list)
    going_on: dict[int, datetime] = {}
    planned = Shift.objects.filter(program=program_id, user__isnull=False, published_at__isnull=False)
    for shift in planned.filter(starts_at__gte=begins, starts_at__lt=ends).select_related("user"):
        if shift.user:
            people[shift.user.pk] = shift.user
            shifts[shift.user.pk].append(Span(shift.starts_at, shift.ends_at))
    rests = Prefetch("breaks", Break.objects.filter(reason__in=UNPAID), to_attr="rests")
    done = Duty.objects.filter(program=program_id, began_at__gte=begins, began_at__lt=ends)
    for duty in done.select_related("user", "shift").prefetch_related(rests).order_by("began_at"):
        people[duty.user_id] = duty.user
        if duty.ended_at is None:
            going_on[duty.user_id] = duty.began_at
        else:
            duties[duty.user_id].append(_worked(duty, duty.ended_at))
    by_name = sorted(people.values(), key=lambda user: (user.name, user.pk))
    return [PersonMonth(one, month(shifts[one.pk], duties[one.pk], now), going_on.get(one.pk)) for one in by_name]


def _worked(duty: Duty, ended_at: datetime) -> Worked:
    rests: list[Break] = duty.rests  # type: ignore[attr-defined]
    return Worked(
        at_work=Span(duty.began_at, ended_at),
        shift=Span(duty.shift.starts_at, duty.shift.ends_at) if duty.shift else None,
        rests=tuple(Span(rest.began_at, rest.ended_at or ended_at) for rest in rests),
        forgotten=duty.ended_because == DutyEnd.FORGOTTEN,
    )
