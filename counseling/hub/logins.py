"""Who is at the other end of a socket, and who of them may stay: one query for everybody."""

from dataclasses import dataclass
from hashlib import sha256
from importlib import import_module
from types import SimpleNamespace
from typing import cast

from django.conf import settings
from django.contrib.auth import get_user
from django.db import connection
from django.http import HttpRequest

from accounts import gate
from accounts.models import User
from counseling import feeds
from counseling.models import Channel
from counseling.models.program import ChannelKind


@dataclass(frozen=True, slots=True)
class Login:
    """A staff member's login: `mark` changes with the password."""

    key: str
    user_id: int
    mark: str


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
    return Login(session_key, user.pk, sha256(user.password.encode()).hexdigest())


def visit_of(slug: str, identity: str) -> Visit | None:
    """The visitor whom the program's web page knows by `identity`; None for a stranger or someone erased."""
    channels = Channel.objects.filter(kind=ChannelKind.WEB, program__slug=slug)
    channel = channels.order_by("pk").first()
    visitor = feeds.visitor_by_identity(channel, identity) if channel else None
    if visitor is None or not visitor.wrapped_key:
        return None
    return Visit(visitor.pk, visitor.program_id)


# The columns of a login's row, its person's and its visitor's are looked at together: one round trip.
GONE = """
SELECT 'login', held.key
  FROM unnest(%s::text[], %s::bigint[], %s::text[]) AS held(key, user_id, mark)
  LEFT JOIN accounts_login login ON login.session_key = held.key AND login.expire_date > now()
  LEFT JOIN accounts_user person ON person.id = held.user_id AND person.is_active
   AND encode(sha256(convert_to(person.password, 'UTF8')), 'hex') = held.mark
 WHERE login.session_key IS NULL OR person.id IS NULL
 UNION ALL
SELECT 'visit', held.id::text
  FROM unnest(%s::bigint[]) AS held(id)
  LEFT JOIN counseling_visitor visitor ON visitor.id = held.id AND visitor.wrapped_key <> ''
 WHERE visitor.id IS NULL
"""


def gone(logins: list[Login], visitors: list[int]) -> tuple[set[str], set[int]]:
    """The keys of logins that ended, and the visitors who were erased: one query."""
    with connection.cursor() as cursor:
        keys, users, marks = ([getattr(one, name) for one in logins] for name in ("key", "user_id", "mark"))
        cursor.execute(GONE, [keys, users, marks, visitors])
        rows = cursor.fetchall()
    return {key for kind, key in rows if kind == "login"}, {int(key) for kind, key in rows if kind == "visit"}
