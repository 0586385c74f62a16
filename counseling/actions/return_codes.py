"""Return codes (再訪コード): by one a visitor of the web finds what we wrote to them, from any device, anonymously.

Ten figures, kept as a keyed hash alone, good for the program's time. How many may be tried is bounded at the door
(gateways.web.limits).
"""

import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from counseling import crypto, permissions
from counseling.feeds.follow_ups import written_to
from counseling.models import FollowUpMessage, ReturnCode, Visitor
from counseling.models.program import ChannelKind

FIGURES = 10


class NoCodeNeeded(Exception):
    """The visitor comes by LINE: there they are told, and need no code."""


class WrongCode(Exception):
    """Nobody has this code (any more)."""


@dataclass(frozen=True)
class Letter:
    """What was written to the visitor, and when."""

    at: datetime
    words: str


@transaction.atomic
def give(*, session_id: int, by: User) -> str:
    """A new code for a session's visitor, as it is said (123-456-7890), told once; those before it end.

    For the session's counselor, or a supervisor. Raises permissions.NotVisible, NoCodeNeeded.
    """
    session, now = permissions.lock(session_id, by), timezone.now()
    visitor = session.visitor
    if visitor.channel.kind == ChannelKind.LINE or visitor.door_id:
        raise NoCodeNeeded
    if not visitor.wrapped_key:
        raise permissions.NotVisible
    ReturnCode.objects.filter(visitor=visitor, ends_at__gt=now).update(ends_at=now)
    code = "".join(secrets.choice("0123456789") for _figure in range(FIGURES))
    ReturnCode.objects.create(
        visitor=visitor, code_hash=_hash(session.program_id, code), made_by=by, made_at=now,
        ends_at=now + session.program.return_code_life,
    )  # fmt: skip
    audit.note(Deed.RETURN_CODE_GIVEN, by=by, subject=f"session:{session.pk}", program_id=session.program_id)
    return f"{code[:3]}-{code[3:6]}-{code[6:]}"


def _hash(program_id: int, code: str) -> str:
    return crypto.keyed_hash(code, f"return_code:{program_id}")


def figures(typed: str) -> str:
    """The figures of what was typed, in any width, with anything between them."""
    return "".join(one for one in unicodedata.normalize("NFKC", typed)[:40] if one in "0123456789")


@transaction.atomic
def find(*, program_id: int, code: str) -> Visitor:
    """Whose code this is. Raises WrongCode."""
    now, typed = timezone.now(), figures(code)
    rows = ReturnCode.objects.select_for_update(of=("self",)).select_related("visitor")
    found = rows.filter(code_hash=_hash(program_id, typed), visitor__program=program_id, ends_at__gt=now).first()
    if len(typed) != FIGURES or found is None or not found.visitor.wrapped_key:
        raise WrongCode
    found.used_at = now
    found.save(update_fields=["used_at"])
    return found.visitor


@transaction.atomic
def letters(*, visitor_id: int) -> list[Letter]:
    """What was written to this visitor outside sittings, the last one first; from now on it is read."""
    visitor = Visitor.objects.get(pk=visitor_id)
    rows = list(written_to(visitor).select_related("follow_up__visitor").order_by("-pk")[:50])
    FollowUpMessage.objects.filter(pk__in=[row.pk for row in rows], read_at=None).update(read_at=timezone.now())
    try:
        return [Letter(row.at, row.said(row.follow_up.visitor.key())) for row in rows]
    except crypto.CannotOpen:
        return []


def has_letters(visitor: Visitor | None) -> bool:
    """Whether something was written to this visitor, whom LINE led here."""
    return visitor is not None and visitor.door_id is not None and written_to(visitor).exists()
