"""The log of a session: record() takes the next version, writes one event, and rings on commit.

The caller holds the session's row lock, so versions are gapless and commit order is version order.
"""

from datetime import datetime
from typing import Any

from accounts.models import User
from counseling import events
from counseling.events import EventKind, header
from counseling.models import Message, Note, Proposal, Session, SessionEvent, Whisper
from counseling.models.prepared import insert


def next_version(session: Session) -> int:
    """Take the session's next version, for rows that must carry it before record()."""
    session.version += 1
    return session.version


def _meet_counselor(session: Session) -> None:
    """Who waited for the row's lock has the row as it is now, and the person joined to it as it was before."""
    if session.counselor_id is not None and session.counselor is None:
        session.counselor = User.objects.get(pk=session.counselor_id)


def record(
    session: Session,
    kind: EventKind,
    *,
    at: datetime,
    by: User | None = None,
    message: Message | None = None,
    note: Note | None = None,
    whisper: Whisper | None = None,
    proposal: Proposal | None = None,
    version: int | None = None,
    fields: tuple[str, ...] = (),
    **details: Any,
) -> SessionEvent:
    """Write the event for what just changed, save `fields` and the version, ring on commit.

    `version` is given when next_version() was already called for this event.
    """
    if version is None:
        next_version(session)
    _meet_counselor(session)
    event = SessionEvent(
        session=session,
        version=session.version,
        kind=kind,
        at=at,
        by=by,
        message_id=message.pk if message else None,
        note_id=note.pk if note else None,
        whisper_id=whisper.pk if whisper else None,
        proposal_id=proposal.pk if proposal else None,
        header=header(session),
        details=details,
    )
    insert(event, changed=session, fields=(*dict.fromkeys((*fields, "version")),))
    events.ring(events.session_group(session.pk), events.board_group(session.program_id))
    return event
