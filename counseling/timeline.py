"""The log of a session: record() takes the next version, writes one event, and rings on commit.

The caller holds the session's row lock, so versions are gapless and commit order is version order.
"""

from datetime import datetime
from typing import Any

from accounts.models import User
from counseling import events
from counseling.events import EventKind, Person, SessionView
from counseling.models import Message, Note, Session, SessionEvent


def iso(moment: datetime | None) -> str | None:
    """A time as it crosses the wire."""
    return moment.isoformat() if moment else None


def person(user: User | None) -> Person | None:
    """A staff member as colleagues see them."""
    return {"id": user.pk, "name": user.name} if user else None


def header(session: Session) -> SessionView:
    """The session's face as it stands in memory. Needs `visitor`, `visitor.channel` and `counselor` loaded."""
    return {
        "id": session.pk,
        "program": session.program_id,
        "number": session.number,
        "version": session.version,
        "pseudonym": session.visitor.pseudonym,
        "visitor": session.visitor_id,
        "channel": session.visitor.channel.kind,  # type: ignore[typeddict-item]
        "state": session.state,  # type: ignore[typeddict-item]
        "risk": int(session.risk),
        "visits": session.visits,
        "attributes": session.attributes,
        "counselor": person(session.counselor),
        "offered_to": session.offered_to_id,
        "offered_until": iso(session.offered_until),
        "received_at": session.received_at.isoformat(),
        "queued_at": iso(session.queued_at),
        "claimed_at": iso(session.first_claimed_at),
        "ended_at": iso(session.ended_at),
        "end_reason": session.end_reason,
        "classification": session.classification,
        "thankful_end": session.thankful_end,
        "waiting_since": iso(session.waiting_since),
        "silent_since": iso(session.silent_since),
        "idle_steps": session.idle_steps,
        "message_count": session.message_count,
        "visitor_count": session.visitor_count,
    }


def next_version(session: Session) -> int:
    """Take the session's next version, for rows that must carry it before record()."""
    session.version += 1
    return session.version


def record(
    session: Session,
    kind: EventKind,
    *,
    at: datetime,
    by: User | None = None,
    message: Message | None = None,
    note: Note | None = None,
    version: int | None = None,
    fields: tuple[str, ...] = (),
    **details: Any,
) -> SessionEvent:
    """Write the event for what just changed, save `fields` and the version, ring on commit.

    `version` is given when next_version() was already called for this event.
    """
    if version is None:
        next_version(session)
    session.save(update_fields=[*fields, "version"])
    event = SessionEvent.objects.create(
        session=session,
        version=session.version,
        kind=kind,
        at=at,
        by=by,
        message_id=message.pk if message else None,
        note_id=note.pk if note else None,
        header=header(session),
        details=details,
    )
    events.ring(events.session_group(session.pk), events.board_group(session.program_id))
    return event
