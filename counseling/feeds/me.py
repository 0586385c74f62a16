"""A staff member's own view: who they are here, and the sessions they have."""

from collections import defaultdict
from typing import TypedDict

from accounts.models import User
from accounts.roles import RIGHTS, Role
from counseling import lifecycle, opening
from counseling.events import SessionState
from counseling.feeds.session import session_states
from counseling.models import Membership, Presence, Program, Session


class MyProgram(TypedDict):
    """A program as one of its people sees it; `amber_after` in seconds."""

    id: int
    slug: str
    name: str
    kind: str
    roles: list[str]
    rights: list[str]
    capacity: int
    amber_after: int


class Me(TypedDict):
    """A staff member and what they may do where."""

    id: int
    name: str
    email: str
    enter_sends: bool
    sound: bool
    desktop_notice: bool
    takes: bool
    programs: list[MyProgram]


def me(user: User) -> Me:
    """Who `user` is here: two queries."""
    roles: dict[int, list[Role]] = defaultdict(list)
    programs: dict[int, Program] = {}
    for member in Membership.objects.filter(user=user).select_related("program").order_by("program__name"):
        roles[member.program_id].append(Role(member.role))
        programs[member.program_id] = member.program
    presence = Presence.objects.filter(user=user).first()
    return {
        "id": user.pk,
        "name": user.name,
        "email": user.email,
        "enter_sends": user.enter_sends,
        "sound": user.sound,
        "desktop_notice": user.desktop_notice,
        "takes": presence is not None and presence.takes,
        "programs": [_my_program(program, roles[pk]) for pk, program in programs.items()],
    }


def _my_program(program: Program, roles: list[Role]) -> MyProgram:
    rights = frozenset().union(*(RIGHTS[role] for role in roles))
    return {
        "id": program.pk,
        "slug": program.slug,
        "name": program.name,
        "kind": program.kind,
        "roles": sorted(roles),
        "rights": sorted(rights),
        "capacity": program.capacity,
        "amber_after": int(program.amber_after.total_seconds()),
    }


def my_sessions(user: User) -> list[SessionState]:
    """The sessions `user` has now, each whole, with those whose record is still to be written."""
    rows = Session.objects.filter(counselor=user, state__in=lifecycle.LIVE).order_by("first_claimed_at", "pk")
    return session_states(list(rows.select_related("visitor__channel", "counselor")), user)


class OpenProgram(TypedDict):
    """A program on the front page."""

    slug: str
    name: str
    audience: str
    hours: str


def open_programs() -> list[OpenProgram]:
    """The programs that have a web page, for the front page."""
    rows = Program.objects.filter(channels__kind="web").distinct().order_by("name")
    return [
        {
            "slug": program.slug,
            "name": program.name,
            "audience": program.audience,
            "hours": opening.describe(program.opening(), "ja"),
        }
        for program in rows
    ]
