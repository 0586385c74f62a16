"""Why somebody reads what is not theirs, and telling the audit log who read what.

The words themselves are read elsewhere; who is not told of reads nothing.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.audit import About
from accounts.deeds import Deed
from accounts.models import AuditEntry, User
from accounts.roles import Right
from counseling import permissions
from counseling.models import Reading, Session
from counseling.models.supervision import READING_LIFE, Reason

# A counselor comes back to their own talks all the time: it is told once, for as long as this.
ONE_READING = READING_LIFE


@transaction.atomic
def begin(*, session_id: int, by: User, reason: Reason, address: str | None = None) -> datetime:
    """`by` begins, or goes on, to read along in a talk for this reason; until when that holds.

    Told here, once: what is read meanwhile by whatever door is read for this reason. Raises permissions.NotVisible.
    """
    session = permissions.known_sessions(by).filter(pk=session_id).first()
    if session is None:
        raise permissions.NotVisible
    permissions.require(by, Right.READ_ALL, session.program_id)
    now = timezone.now()
    Reading.objects.update_or_create(session=session, user=by, defaults={"reason": reason, "at": now})
    about = [(f"session:{session_id}", session.program_id)]
    tell(Deed.SESSION_READ, by=by, about=about, every_time=True, address=address, reason=reason)
    return now + READING_LIFE


def tell(
    deed: Deed,
    *,
    by: User,
    about: Iterable[About],
    every_time: bool = False,
    address: str | None = None,
    **details: object,
) -> None:
    """`by` reads these subjects, each of a program; within ONE_READING it is told again only with `every_time`."""
    untold = set(about)
    if untold and not every_time:
        told = _told(deed, by=[by.pk], subjects=[subject for subject, _program in untold], details=details)
        untold = {(subject, program) for subject, program in untold if (by.pk, subject) not in told}
    if untold:
        audit.note_each(deed, by=by, about=sorted(untold), address=address, **details)


def _told(
    deed: Deed, *, by: list[int], subjects: list[str], details: Mapping[str, object] | None = None
) -> set[tuple[int | None, str]]:
    lately = AuditEntry.objects.filter(subject__in=subjects, at__gt=timezone.now() - ONE_READING, actor_id__in=by)
    return set(lately.filter(deed=deed, details__contains=details or {}).values_list("actor_id", "subject"))


def tell_session(*, session: Session, by: User, address: str | None) -> None:
    """`by` opens a session's record: of somebody else's talk it is told every time, or was with the reason for it."""
    about, others = [(f"session:{session.pk}", session.program_id)], session.counselor_id != by.pk
    reasoned = Reading.objects.filter(session=session, user=by, at__gt=timezone.now() - READING_LIFE).exists()
    tell(Deed.SESSION_READ, by=by, about=about, every_time=others and not reasoned, address=address)


def tell_attachment(*, attachment_id: int, session: Session, by: User, address: str | None) -> None:
    """`by` opens what came with a message of a session."""
    about, others = [(f"session:{session.pk}", session.program_id)], session.counselor_id != by.pk
    tell(Deed.ATTACHMENT_READ, by=by, about=about, every_time=others, address=address, attachment=attachment_id)


def tell_watched(session_id: int, user_ids: set[int]) -> None:
    """These people begin to follow a session through their sockets, which a line that breaks makes them do again."""
    subject = f"session:{session_id}"
    told = {user_id for user_id, _ in _told(Deed.SESSION_READ, by=list(user_ids), subjects=[subject])}
    for user in User.objects.filter(pk__in=user_ids - told):
        about = [(subject, Session.objects.values_list("program_id", flat=True).get(pk=session_id))]
        tell(Deed.SESSION_READ, by=user, about=about, every_time=True)
