"""Words among staff: notes, drafts, and how far a counselor has read. Nothing here reaches a visitor."""

from uuid import UUID

from django.db import transaction
from django.db.models.functions import Greatest

from accounts.models import User
from counseling import crypto, permissions, timeline
from counseling.actions.asides import sealed, taken_before
from counseling.actions.messages import REPLY_LIMIT
from counseling.models import Assignment, Draft, Note, Session
from counseling.text import clean, repair


@transaction.atomic
def add(*, session_id: int, by: User, client_id: UUID, words: str) -> tuple[Note, bool]:
    """A note in the session for colleagues; True when new.

    Raises permissions.NotVisible, text.UnacceptableText, messages.ClientIdReused.
    """
    words = clean(words, limit=REPLY_LIMIT)
    session = permissions.lock(session_id, by)
    if same := taken_before(Note, session, by=by, client_id=client_id, words=words):
        return same, False
    return write_note(session, by=by, words=words, client_id=client_id), True


def write_note(session: Session, *, by: User, words: str, client_id: UUID | None = None) -> Note:
    """One more note, sealed, with its event. The session is locked by the caller."""
    note = sealed(Note, session, by=by, words=words, client_id=client_id)
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


def mark_read(*, session_id: int, by: User, seq: int, whisper: int = 0) -> None:
    """`by` has seen the talk up to message `seq`, and the whispers up to the one with the id `whisper`.

    Never goes back; nothing for those who do not have the session.
    """
    Assignment.objects.filter(session=session_id, user=by, until=None).update(
        read_seq=Greatest("read_seq", seq), read_whisper=Greatest("read_whisper", whisper)
    )
