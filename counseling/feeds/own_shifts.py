"""A person's own shifts in all their programs, what is asked of them, and what they asked. Reading only."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.roles import Right, holders
from counseling import roster as rules
from counseling.feeds.roster import BEFORE, as_work
from counseling.models import Membership, Shift, ShiftNotice, ShiftRequest
from counseling.models.shift import RequestState
from counseling.opening import TOKYO, midnight
from counseling.roster import Concern

AHEAD = timedelta(weeks=6)
# A decision stays in sight for so long.
REMEMBERED = timedelta(days=14)
IN_CALENDARS_BEFORE, IN_CALENDARS_AFTER = timedelta(days=60), timedelta(days=365)
SHOWN_OPTIONS = 60


@dataclass
class OwnDay:
    """A service day with a person's shifts, and what they should know of it."""

    date: date
    shifts: list[Shift] = field(default_factory=list)
    concerns: list[Concern] = field(default_factory=list)


def own_days(user: User, now: datetime) -> list[OwnDay]:
    """The published shifts of the next weeks that are not over, by day, each with its open `request` (or None)."""
    rows = _published(user).filter(ends_at__gt=now - BEFORE, starts_at__lt=now + AHEAD)
    shifts = list(rows.select_related("program").prefetch_related("requests"))
    days: dict[date, OwnDay] = {}
    for shift in shifts:
        if shift.ends_at > now:
            day = rules.service_day(as_work(shift))
            days.setdefault(day, OwnDay(day)).shifts.append(shift)
    works = [as_work(shift) for shift in shifts]
    for concern in [*rules.double_bookings(works), *rules.strains(works)]:
        if concern.on in days:
            days[concern.on].concerns.append(concern)
    return list(days.values())


def gone_days(user: User, now: datetime) -> list[tuple[date, str]]:
    """Days from today on from which a published shift was taken away, and nothing is left, with the program's name."""
    today = now.astimezone(TOKYO).date()
    left = _published(user).filter(starts_at__gte=midnight(today))
    there = {(rules.service_day(as_work(shift)), shift.program_id) for shift in left}
    gone = {
        (day, notice.program.name)
        for notice in ShiftNotice.objects.filter(user=user, program__in=_programs(user)).select_related("program")
        for day in map(date.fromisoformat, notice.days)
        if day >= today and (day, notice.program_id) not in there
    }
    return sorted(gone)


def calendar_shifts(user: User, now: datetime) -> list[Shift]:
    """What a calendar shows: published shifts, some of the past too, so that it does not forget at once."""
    rows = _published(user).filter(ends_at__gt=now - IN_CALENDARS_BEFORE, starts_at__lt=now + IN_CALENDARS_AFTER)
    return list(rows.select_related("program"))


def asked_of(user: User, now: datetime) -> list[ShiftRequest]:
    """Requests this person may take on: asked of them, or of anyone with a role they hold."""
    here: dict[str, set[int]] = defaultdict(set)
    for program_id, role in _held(user):
        here[role].add(program_id)
    anyone = Q(pk__in=[])
    for role, programs in here.items():
        anyone |= Q(to=None, shift__role=role, shift__program__in=programs)
    return list(
        _requests(user)
        .filter(Q(to=user) | anyone, state=RequestState.OPEN, shift__starts_at__gt=now)
        .exclude(asked_by=user)
        .order_by("shift__starts_at", "pk")
    )


def taken_on(user: User, now: datetime) -> list[ShiftRequest]:
    """Requests this person accepted and a planner has still to decide."""
    return list(_requests(user).filter(to=user, state=RequestState.ACCEPTED, shift__starts_at__gt=now))


def asked_by(user: User, now: datetime) -> list[ShiftRequest]:
    """What this person asks, and what became of it lately; newest first."""
    lately = Q(state__in=[RequestState.OPEN, RequestState.ACCEPTED], shift__starts_at__gt=now) | Q(
        decided_at__gt=now - REMEMBERED
    )
    return list(_requests(user).filter(lately, asked_by=user).order_by("-pk"))


def colleagues(shift: Shift) -> list[User]:
    """Who could take the shift: everybody with its role in its program, but for its own person."""
    rows = User.objects.filter(
        is_active=True, memberships__program=shift.program_id, memberships__role=shift.role
    ).exclude(pk=shift.user_id or 0)
    return list(rows.order_by("name", "pk"))


def swappable(shift: Shift, now: datetime) -> list[Shift]:
    """Published shifts of those colleagues that the shift's own person could work in return."""
    held = {role for program_id, role in _held_by(shift.user_id) if program_id == shift.program_id}
    rows = Shift.objects.filter(
        program=shift.program_id,
        user__in=colleagues(shift),
        role__in=held,
        published_at__isnull=False,
        starts_at__gt=now,
        starts_at__lt=now + AHEAD,
    )
    return list(rows.select_related("user").order_by("starts_at", "pk")[:SHOWN_OPTIONS])


def works_anywhere(user: User) -> bool:
    """Whether somebody has shifts at all."""
    return bool(_held(user))


def _published(user: User) -> QuerySet[Shift]:
    """Only where the person still works: who left a program is expected there no more."""
    return Shift.objects.filter(user=user, program__in=_programs(user), published_at__isnull=False).order_by(
        "starts_at", "pk"
    )


def _requests(user: User) -> QuerySet[ShiftRequest]:
    """Only where the person still works: who left a program hears no more of its people."""
    return ShiftRequest.objects.filter(shift__program__in=_programs(user)).select_related(
        "shift__program", "shift__user", "in_return__user", "asked_by", "to", "decided_by"
    )


def _programs(user: User) -> QuerySet[Membership, int]:
    return _members(user.pk).values_list("program_id", flat=True)


def _held(user: User) -> Iterable[tuple[int, str]]:
    return _held_by(user.pk)


def _held_by(user_id: int | None) -> set[tuple[int, str]]:
    return set(_members(user_id).values_list("program_id", "role"))


def _members(user_id: int | None) -> QuerySet[Membership]:
    return Membership.objects.filter(user=user_id, user__is_active=True, role__in=holders(Right.WORK_SHIFTS))
