"""The audit log of one program: what was done in it, and how its people signed in. Newest first, by a cursor."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from accounts.models import AuditEntry, User
from counseling.models import Agency, ApiToken, CannedReply, Channel, Program, Session, Subscription, Visitor

Rows = QuerySet[AuditEntry]


@dataclass(frozen=True)
class Search:
    """What is looked for; `about` are subjects ("kind:id"), None for any; `until` is the first moment after."""

    program: Program
    person: int | None = None
    deed: str = ""
    since: datetime | None = None
    until: datetime | None = None
    about: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Cursor:
    """A place in the log: what is older than this row comes next."""

    at: datetime
    id: int


def people(program: Program) -> QuerySet[User]:
    """Who works in the program, and who once did something in it."""
    did = AuditEntry.objects.filter(program_id=program.pk, actor_id=OuterRef("pk"))
    return User.objects.filter(Q(memberships__program=program) | Exists(did)).distinct().order_by("name", "pk")


def entries(search: Search, count: int, before: Cursor | None = None) -> list[AuditEntry]:
    """The next `count` rows, newest first. One query, each of whose parts walks an index from where it stands."""
    parts = [_newest(_narrowed(part, search), count, before) for part in _parts(search)]
    return list(parts[0].union(*parts[1:], all=True).order_by("-at", "-id")[:count])


def _parts(search: Search) -> list[Rows]:
    here, nowhere = (AuditEntry.objects.filter(program_id=pk) for pk in (search.program.pk, None))
    team = set(search.program.memberships.values_list("user_id", flat=True))
    if search.person is None:
        # A part for each person: with one for all of them PostgreSQL would read every sign-in there ever was.
        return [here, *(nowhere.filter(subject=f"user:{user}") for user in sorted(team))]
    subject = f"user:{search.person}"
    parts = [here.filter(actor_id=search.person), here.filter(subject=subject).exclude(actor_id=search.person)]
    return [*parts, nowhere.filter(subject=subject)] if search.person in team else parts


def _narrowed(rows: Rows, search: Search) -> Rows:
    if search.deed:
        rows = rows.filter(deed=search.deed)
    if search.since:
        rows = rows.filter(at__gte=search.since)
    if search.until:
        rows = rows.filter(at__lt=search.until)
    return rows if search.about is None else rows.filter(subject__in=search.about)


def _newest(rows: Rows, count: int, before: Cursor | None) -> Rows:
    if before:
        rows = rows.filter(at__lte=before.at).exclude(at=before.at, id__gte=before.id)
    return rows.order_by("-at", "-id")[:count]


def subjects_of(program: Program, text: str) -> tuple[str, ...]:
    """The visitor and the sessions that a person means by a pseudonym (K7Q2) or a session's number."""
    visitors = list(Visitor.objects.filter(program=program, pseudonym=text.upper()).values_list("pk", flat=True))
    by_number = Q(number=int(text)) if text.isascii() and text.isdecimal() and len(text) < 10 else Q(pk=None)
    sessions = Session.objects.filter(Q(visitor__in=visitors) | by_number, program=program)
    numbers = sessions.values_list("pk", flat=True)
    return *(f"visitor:{pk}" for pk in visitors), *(f"session:{pk}" for pk in numbers)


def names(rows: list[AuditEntry]) -> dict[str, str]:
    """What people call the subjects of these rows: one query for each kind that is there."""
    ids: dict[str, set[int]] = {}
    for row in rows:
        kind, _, number = row.subject.partition(":")
        if number.isdecimal():
            ids.setdefault(kind, set()).add(int(number))
    return {f"{kind}:{pk}": name for kind, pks in ids.items() for pk, name in _names_of(kind, pks)}


# What else is told of, and the column people know it by.
NAMED: dict[str, tuple[type[Model], str]] = {
    "user": (User, "name"),
    "visitor": (Visitor, "pseudonym"),
    "token": (ApiToken, "name"),
    "subscription": (Subscription, "url"),
    "channel": (Channel, "key"),
    "agency": (Agency, "name"),
    "reply": (CannedReply, "title"),
}


def _names_of(kind: str, pks: set[int]) -> list[tuple[int, str]]:
    if kind == "session":
        rows = Session.objects.filter(pk__in=pks).values_list("pk", "visitor__pseudonym", "number")
        return [(pk, f"{pseudonym} #{number}") for pk, pseudonym, number in rows]
    if kind not in NAMED:
        return []
    model, column = NAMED[kind]
    return list(model._default_manager.filter(pk__in=pks).values_list("pk", column))
