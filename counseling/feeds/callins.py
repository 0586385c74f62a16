"""Whom a program could ask to come: its people who are not on duty, and when they were last asked."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import User
from accounts.roles import Right, holders
from counseling.events import OffDuty, PlannedTime, iso, person
from counseling.feeds.crew import open_duties
from counseling.models import CallIn, Membership, Shift

# As long as a call says something of this night.
SHOWN_FOR = timedelta(hours=12)


def off_duty(program_id: int) -> list[OffDuty]:
    """By name: four queries, however many they are."""
    now = timezone.now()
    there = set(open_duties().filter(program=program_id).values_list("user_id", flat=True))
    roles: dict[User, list[str]] = defaultdict(list)
    members = Membership.objects.filter(program=program_id, user__is_active=True).select_related("user")
    for member in members.exclude(user__in=there).order_by("user__name", "user_id"):
        roles[member.user].append(member.role)
    works = set(holders(Right.WORK_SHIFTS))
    people = [user for user, held in roles.items() if works & set(held)]
    shifts, calls = _next_shifts(program_id, people, now), _last_calls(people, now)
    return [_shown(program_id, user, roles[user], shifts.get(user.pk), calls.get(user.pk)) for user in people]


def _shown(program_id: int, user: User, roles: list[str], shift: PlannedTime | None, call: CallIn | None) -> OffDuty:
    here = call is not None and call.program_id == program_id
    return {
        "id": user.pk,
        "name": user.name,
        "roles": sorted(roles),
        "next_shift": shift,
        "called_at": iso(call.called_at) if call else None,
        "called_by": person(call.by) if call and here else None,
        "sent": call is not None and here and call.sent_at is not None,
    }


def _next_shifts(program_id: int, people: list[User], now: datetime) -> dict[int, PlannedTime]:
    planned = Shift.objects.filter(program=program_id, user__in=people, published_at__isnull=False, ends_at__gt=now)
    first = planned.order_by("user_id", "starts_at", "pk").distinct("user_id")
    return {
        user_id: {"starts_at": starts_at.isoformat(), "ends_at": ends_at.isoformat()}
        for user_id, starts_at, ends_at in first.values_list("user_id", "starts_at", "ends_at")
        if user_id is not None
    }


def _last_calls(people: list[User], now: datetime) -> dict[int, CallIn]:
    calls = CallIn.objects.filter(user__in=people, called_at__gt=now - SHOWN_FOR).select_related("by")
    return {call.user_id: call for call in calls.order_by("user_id", "-called_at", "-pk").distinct("user_id")}
