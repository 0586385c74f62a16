"""A program's roster: what is planned, what is required, and what a planner should know. Reading only."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q

from accounts.models import User
from accounts.roles import Right, Role, holders
from counseling import roster as rules
from counseling.events import Roster, RosterElsewhere, RosterPattern, RosterPerson, RosterShift, RosterWarning
from counseling.events.roster import RosterParts
from counseling.models import Membership, Program, Shift, ShiftPattern
from counseling.opening import midnight
from counseling.roster import Concern, Work

# Weeks, rests and days in a row begin before the days one looks at; the last one's hours end the morning after.
BEFORE, AFTER = timedelta(days=13), timedelta(days=1)
TAKING_SESSIONS = frozenset(holders(Right.TAKE_SESSIONS))


def roster(program_id: int, first: date, days: int) -> Roster:
    """The program's plan for `days` service days: four queries, however many people and shifts."""
    members = _members(program_id)
    shifts = _shifts_around(program_id, members, first, days)
    shown = [shift for shift in shifts if _begins_within(shift, first, days)]
    here = [shift for shift in shown if shift.program_id == program_id]
    return {
        "program": program_id,
        "from": first.isoformat(),
        "days": days,
        "people": _people(members, here),
        "shifts": [shift_view(shift) for shift in here],
        "elsewhere": [_elsewhere(shift) for shift in shown if shift.program_id != program_id],
        **_parts(program_id, shifts, first, days),
    }


def parts(program_id: int, first: date, days: int) -> RosterParts:
    """What follows from a change, for the days one looks at."""
    return _parts(program_id, _shifts_around(program_id, _members(program_id), first, days), first, days)


def shifts_beginning(program_id: int, first: date, days: int) -> list[Shift]:
    """The program's shifts of these service days, in order, each with its person."""
    rows = Shift.objects.filter(
        program=program_id, starts_at__gte=midnight(first), starts_at__lt=midnight(first + timedelta(days=days))
    )
    return list(rows.select_related("user").order_by("starts_at", "pk"))


def required(program: Program, first: date, days: int) -> dict[str, dict[str, int]]:
    """Lines required by service day and hour; days without any are left out."""
    by_day = {day.isoformat(): rules.required_on(program.required_lines, day) for day in _days(first, days)}
    return {day: {str(hour): lines for hour, lines in hours.items()} for day, hours in by_day.items() if hours}


def concerns(program: Program, shifts: Iterable[Shift], first: date, days: int) -> list[Concern]:
    """Gaps, double bookings and strains of these days, from shifts that reach some days further."""
    works = [as_work(shift) for shift in shifts]
    here = [work for work in works if work.program == program.pk]
    found = [
        *rules.gaps(program.required_lines, here, _days(first, days)),
        *rules.double_bookings(works),
        *rules.strains(works),
    ]
    last = first + timedelta(days=days)
    return sorted((one for one in found if first <= one.on < last), key=lambda one: (one.on, one.kind, one.user or 0))


def as_work(shift: Shift) -> Work:
    """A stored shift as the rules see it; lines count where its role takes sessions."""
    lines = shift.lines if shift.role in TAKING_SESSIONS else 0
    return Work(shift.starts_at, shift.ends_at, shift.user_id, lines, shift.program_id, shift.pk)


def shift_view(shift: Shift) -> RosterShift:
    """A shift as it crosses the wire."""
    return {
        "id": shift.pk,
        "user": shift.user_id,
        "role": shift.role,
        "starts_at": shift.starts_at.isoformat(),
        "ends_at": shift.ends_at.isoformat(),
        "lines": shift.lines,
        "published": shift.published_at is not None,
    }


def _elsewhere(shift: Shift) -> RosterElsewhere:
    # Found by its person, who therefore exists.
    user = shift.user_id or 0
    return {"user": user, "starts_at": shift.starts_at.isoformat(), "ends_at": shift.ends_at.isoformat()}


def _days(first: date, days: int) -> list[date]:
    return [first + timedelta(days=ahead) for ahead in range(days)]


def _begins_within(shift: Shift, first: date, days: int) -> bool:
    return midnight(first) <= shift.starts_at < midnight(first + timedelta(days=days))


def _members(program_id: int) -> list[Membership]:
    """Everybody's roles with shifts in the program."""
    rows = Membership.objects.filter(program=program_id, user__is_active=True, role__in=holders(Right.WORK_SHIFTS))
    return list(rows.select_related("user").order_by("user__name", "user_id"))


def _shifts_around(program_id: int, members: list[Membership], first: date, days: int) -> list[Shift]:
    """The program's shifts and its people's elsewhere, with those before and after that the rules look at."""
    whose = Q(program=program_id) | Q(user__in={member.user_id for member in members})
    window = Q(starts_at__gte=midnight(first) - BEFORE, starts_at__lt=midnight(first) + timedelta(days=days) + AFTER)
    return list(Shift.objects.filter(whose, window).select_related("user").order_by("starts_at", "pk"))


def _people(members: list[Membership], shifts: list[Shift]) -> list[RosterPerson]:
    """Those who can be planned, and behind them those who no longer can and still are."""
    roles: dict[User, list[Role]] = defaultdict(list)
    for member in members:
        roles[member.user].append(Role(member.role))
    for shift in shifts:
        if shift.user:
            roles.setdefault(shift.user, [])
    return [_person(user, held) for user, held in roles.items()]


def _person(user: User, roles: list[Role]) -> RosterPerson:
    return {
        "id": user.pk,
        "name": user.name,
        "roles": [role for role in Role if role in roles],
        "qualifications": user.qualifications,
        "languages": user.languages,
        "can_take": user.can_take,
    }


def _parts(program_id: int, shifts: list[Shift], first: date, days: int) -> RosterParts:
    program = Program.objects.get(pk=program_id)
    return {
        "patterns": [pattern_view(pattern) for pattern in ShiftPattern.objects.filter(program=program_id)],
        "required": required(program, first, days),
        "warnings": [_warning(one) for one in concerns(program, shifts, first, days)],
    }


def pattern_view(pattern: ShiftPattern) -> RosterPattern:
    """A pattern as it crosses the wire."""
    return {
        "id": pattern.pk,
        "name": pattern.name,
        "role": pattern.role,
        "starts": pattern.starts,
        "ends": pattern.ends,
        "lines": pattern.lines,
    }


def _warning(concern: Concern) -> RosterWarning:
    return {
        "kind": concern.kind,  # type: ignore[typeddict-item]
        "user": concern.user,
        "on": concern.on.isoformat(),
        "values": concern.values,
    }
