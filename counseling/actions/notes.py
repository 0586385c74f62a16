"""Words among staff: notes, drafts, and how far a counselor has read. Nothing here reaches a visitor."""

from uuid import UUID, uuid4

from django.db import transaction
from django.db.models.functions import Greatest
from django.utils import timezone

from accounts.models import User
from counseling import crypto, permissions, timeline
from counseling.actions.messages import REPLY_LIMIT, ClientIdReused
from counseling.models import Assignment, Draft, Note, Session
from counseling.text import clean, repair


@transaction.atomic
def add(*, session_id: int, by: User, client_id: UUID, words: str) -> tuple[Note, bool]:
    """A note in the session for colleagues; True when new.

    Raises permissions.NotVisible, text.UnacceptableText, ClientIdReused.
    """
    words = clean(words, limit=REPLY_LIMIT)
    session = permissions.lock(session_id, by)
    key = session.visitor.key()
    same = Note.objects.filter(session=session, by=by, client_id=client_id).first()
    if same:
        if same.words(key) != words:
            raise ClientIdReused
        return same, False
    return write_note(session, by=by, words=words, client_id=client_id), True


def write_note(session: Session, *, by: User, words: str, client_id: UUID | None = None) -> Note:
    """One more note, sealed, with its event. The session is locked by the caller."""
    note = Note(
        session=session,
        version=timeline.next_version(session),
        by=by,
        client_id=client_id or uuid4(),
        created_at=timezone.now(),
    )
    note.body = crypto.seal(session.visitor.key(), words, note.place)
    note.save(force_insert=True)
    timeline.record(session, "note.added", at=note.created_at, by=by, note=note, version=note.version)
    return note


@transaction.atomic
def keep_draft(*, session_id: int, by: User, words: str) -> None:
    """Keep what `by` has typed and not sent; empty words forget it. Raises permissions.NotVisible."""
    session = permissions.readable_sessions(by).select_related("visitor").filter(pk=session_id).first()
    if session is None:
        raise permissions.NotVisible
    words = repair(words)
    if not words:
        Draft.objects.filter(session=session, user=by).delete()
        return
    sealed = crypto.seal(session.visitor.key(), words, Draft(session=session, user=by).place)
    Draft.objects.update_or_create(session=session, user=by, defaults={"body": sealed})


def mark_read(*, session_id: int, by: User, seq: int) -> None:
    """`by` has seen the talk up to message `seq`. Never goes back; nothing for those who do not have the session."""
    Assignment.objects.filter(session=session_id, user=by, until=None).update(read_seq=Greatest("read_seq", seq))
