"""A staff member's own view: who they are here, and the sessions they have."""

from collections import defaultdict
from datetime import datetime
from typing import TypedDict

from django.db.models import F, QuerySet
from django.utils import timezone

from accounts.logins import Ends
from accounts.models import User
from accounts.roles import RIGHTS, Role
from counseling import lifecycle, opening
from counseling.agencies import names_a_place
from counseling.events import SessionState, iso
from counseling.feeds.crew import SHIFT_ENDS_AT, open_duties
from counseling.feeds.session import session_states
from counseling.forms import ReportKey
from counseling.models import Duty, Membership, Part, Program, Session, Shift
from counseling.models.edition import form_of
from counseling.stages import Stage

SHIFTS_AHEAD = 3


class AskedArea(TypedDict):
    """The question that asks where a visitor lives, and the choices that name a place as agencies name it."""

    question: str
    places: dict[str, str]


class MyProgram(TypedDict):
    """A program as one of its people sees it; `amber_after` in seconds."""

    id: int
    slug: str
    name: str
    kind: str
    practice: bool
    roles: list[str]
    rights: list[str]
    capacity: int
    amber_after: int
    area: AskedArea | None


class Away(TypedDict):
    """A break: a code of BreakReason, since when, and when it ends by itself (null: by one's own hand)."""

    reason: str
    since: str
    until: str | None


class MyShift(TypedDict):
    """A planned, published shift of mine; `lines` is my capacity in it."""

    id: int
    program: int
    starts_at: str
    ends_at: str
    lines: int


class MyDuty(TypedDict):
    """Where I am checked in since when; `shift` is what was planned, to the end of the next one if they touch."""

    program: int
    since: str
    away: Away | None
    shift: MyShift | None


class Me(TypedDict):
    """A staff member and what they may do where."""

    id: int
    name: str
    email: str
    enter_sends: bool
    sound: bool
    desktop_notice: bool
    programs: list[MyProgram]
    duties: list[MyDuty]
    next_shifts: list[MyShift]
    login: Ends


def me(user: User, login: Ends) -> Me:
    """Who `user` is here, and what they work: three queries. `login` is the door's to tell."""
    roles: dict[int, list[Role]] = defaultdict(list)
    programs: dict[int, Program] = {}
    for member in Membership.objects.filter(user=user).select_related("program").order_by("program__name"):
        roles[member.program_id].append(Role(member.role))
        programs[member.program_id] = member.program
    return {
        "id": user.pk,
        "name": user.name,
        "email": user.email,
        "enter_sends": user.enter_sends,
        "sound": user.sound,
        "desktop_notice": user.desktop_notice,
        "programs": [_my_program(program, roles[pk]) for pk, program in programs.items()],
        "duties": [_my_duty(duty) for duty in _duties(user)],
        "next_shifts": [_my_shift(shift, shift.ends_at) for shift in _next_shifts(user, timezone.now())],
        "login": login,
    }


def _duties(user: User) -> list[Duty]:
    """The open duties of `user`, each with its break (`away`, `away_since`) and `shift_ends_at`."""
    more = {
        "away": F("pause__reason"),
        "away_since": F("pause__began_at"),
        "away_until": F("pause__back_at"),
        "shift_ends_at": SHIFT_ENDS_AT,
    }
    return list(open_duties().filter(user=user).annotate(**more).select_related("shift").order_by("began_at", "pk"))


def _my_duty(duty: Duty) -> MyDuty:
    reason, since, until = (vars(duty)[name] for name in ("away", "away_since", "away_until"))
    return {
        "program": duty.program_id,
        "since": duty.began_at.isoformat(),
        "away": {"reason": reason, "since": since.isoformat(), "until": iso(until)} if reason else None,
        "shift": _my_shift(duty.shift, vars(duty)["shift_ends_at"]) if duty.shift else None,
    }


def _next_shifts(user: User, now: datetime) -> list[Shift]:
    """What is planned next: also what has begun without them."""
    planned = Shift.objects.filter(user=user, ends_at__gt=now, published_at__isnull=False)
    return list(planned.exclude(duties__ended_at=None, duties__isnull=False).order_by("starts_at", "pk")[:SHIFTS_AHEAD])


def _my_shift(shift: Shift, ends_at: datetime) -> MyShift:
    return {
        "id": shift.pk,
        "program": shift.program_id,
        "starts_at": shift.starts_at.isoformat(),
        "ends_at": ends_at.isoformat(),
        "lines": shift.lines,
    }


def _my_program(program: Program, roles: list[Role]) -> MyProgram:
    rights = frozenset().union(*(RIGHTS[role] for role in roles))
    return {
        "id": program.pk,
        "slug": program.slug,
        "name": program.name,
        "kind": program.kind,
        "practice": program.practice,
        "roles": sorted(roles),
        "rights": sorted(rights),
        "capacity": program.capacity,
        "amber_after": int(program.amber_after.total_seconds()),
        "area": _asked_area(program),
    }


def _asked_area(program: Program) -> AskedArea | None:
    question = form_of(program.editions, Part.INTAKE).meant(ReportKey.AREA)
    if question is None:
        return None
    labels = {one.value: one.label["ja"] for one in question.choices}
    return {"question": question.key, "places": {code: name for code, name in labels.items() if names_a_place(name)}}


def my_sessions(user: User, readable: QuerySet[Session]) -> list[SessionState]:
    """The sessions `user` has now, each whole, with those whose record is still to be written.

    `readable` is what they may read: who left a program has no words of it, their unwritten records included.
    """
    rows = readable.filter(counselor=user, state__in=lifecycle.LIVE).order_by("first_claimed_at", "pk")
    return session_states(list(rows.select_related("visitor__channel", "counselor")), user)


class OpenProgram(TypedDict):
    """A program on the front page; `paused`: it takes nobody new until somebody resumes it."""

    slug: str
    name: str
    audience: str
    hours: str
    paused: bool


def open_programs() -> list[OpenProgram]:
    """The programs with a web page, for the front page: no drafts, nothing that is over or only for learning."""
    public = Program.objects.filter(stage__in=(Stage.OPEN, Stage.PAUSED), practice=False)
    rows = public.filter(channels__kind="web").distinct().order_by("name")
    return [
        {
            "slug": program.slug,
            "name": program.name,
            "audience": program.audience,
            "hours": opening.describe(program.opening(), "ja"),
            "paused": program.stage == Stage.PAUSED,
        }
        for program in rows
    ]
