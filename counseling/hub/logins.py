"""Who is at the other end of a socket, and who of them may stay: one query for everybody."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from importlib import import_module
from types import SimpleNamespace
from typing import NamedTuple, cast

from django.conf import settings
from django.contrib.auth import get_user
from django.db import connection
from django.http import HttpRequest

from accounts import gate
from accounts.models import User
from counseling import feeds
from counseling.events import RolesFrame
from counseling.models import Channel
from counseling.models.program import ChannelKind


@dataclass(frozen=True, slots=True)
class Login:
    """A staff member's login: `mark` changes with the password, `roles` (JSON: HeldRole[]) with what they are where."""

    key: str
    user_id: int
    mark: str
    roles: str

    def roles_frame(self) -> RolesFrame:
        """The roles, as a socket tells them."""
        return {"type": "roles", "held": json.loads(self.roles)}


@dataclass(frozen=True, slots=True)
class Visit:
    """A visitor at a program's page."""

    visitor_id: int
    program_id: int


def login_of(session_key: str) -> Login | None:
    """The login this cookie stands for; None when it ended, passed no second factor, or its person may not sign in."""
    if not session_key:
        return None
    session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    user = get_user(cast("HttpRequest", SimpleNamespace(session=session)))
    if not isinstance(user, User) or not gate.has_passed(session):
        return None
    with connection.cursor() as cursor:
        cursor.execute(ROLES, [user.pk])
        roles: str = cursor.fetchone()[0]
    return Login(session_key, user.pk, sha256(user.password.encode()).hexdigest(), roles)


def visit_of(slug: str, identity: str) -> Visit | None:
    """The visitor whom the program's web page knows by `identity`; None for a stranger or someone erased."""
    channels = Channel.objects.filter(kind=ChannelKind.WEB, program__slug=slug)
    channel = channels.order_by("pk").first()
    visitor = feeds.visitor_by_identity(channel, identity) if channel else None
    if visitor is None or not visitor.wrapped_key:
        return None
    return Visit(visitor.pk, visitor.program_id)


# Always written alike: only ever compared with itself.
ROLES = """
SELECT coalesce(json_agg(json_build_object('program', program_id, 'role', role) ORDER BY program_id, role), '[]')::text
  FROM counseling_membership WHERE user_id = %s
"""
# The columns of a login's row, its person's and its visitor's are looked at together: one round trip.
GONE = f"""
SELECT CASE WHEN login.session_key IS NULL OR person.id IS NULL THEN 'ended' ELSE 'changed' END, held.place
  FROM unnest(%s::text[], %s::bigint[], %s::text[], %s::text[])
       WITH ORDINALITY AS held(key, user_id, mark, roles, place)
  LEFT JOIN accounts_login login ON login.session_key = held.key AND login.expire_date > now()
  LEFT JOIN accounts_user person ON person.id = held.user_id AND person.is_active
   AND encode(sha256(convert_to(person.password, 'UTF8')), 'hex') = held.mark
 WHERE login.session_key IS NULL OR person.id IS NULL OR held.roles <> ({ROLES % "held.user_id"})
 UNION ALL
SELECT 'erased', held.id
  FROM unnest(%s::bigint[]) AS held(id)
  LEFT JOIN counseling_visitor visitor ON visitor.id = held.id AND visitor.wrapped_key <> ''
 WHERE visitor.id IS NULL
"""  # noqa: S608 - nothing but our own words


class Gone(NamedTuple):
    """Who may not stay: logins that ended, those whose person holds other roles now, and visitors who were erased."""

    ended: frozenset[Login]
    changed: frozenset[Login]
    erased: frozenset[int]


def gone(logins: Iterable[Login], visitors: Iterable[int]) -> Gone:
    """Which of these may not stay: one query."""
    held = list(logins)
    keys, users, marks, roles = ([getattr(one, name) for one in held] for name in ("key", "user_id", "mark", "roles"))
    with connection.cursor() as cursor:
        cursor.execute(GONE, [keys, users, marks, roles, list(visitors)])
        rows = cursor.fetchall()
    ended, changed = (frozenset(held[at - 1] for why, at in rows if why == what) for what in ("ended", "changed"))
    return Gone(ended, changed, frozenset(at for why, at in rows if why == "erased"))
