"""How a stored row becomes the shape that crosses the wire, for what every audience shares."""

from datetime import datetime
from typing import TypedDict, cast

from accounts.models import User
from counseling.events.session import CallKindName, CallView, Person, SessionView
from counseling.models import Session


def iso(moment: datetime | None) -> str | None:
    """A time as it crosses the wire."""
    return moment.isoformat() if moment else None


def person(user: User | None) -> Person | None:
    """A staff member as colleagues see them."""
    return {"id": user.pk, "name": user.name} if user else None


def _call(session: Session) -> CallView | None:
    if session.called_at is None or session.called_by_id is None:
        return None
    return {
        "kind": cast("CallKindName", session.call_kind),
        "by": session.called_by_id,
        "at": session.called_at.isoformat(),
        "step": int(session.call_step),
        "due_at": iso(session.call_due_at),
        "answered_by": session.call_answered_by_id,
        "answered_at": iso(session.call_answered_at),
    }


class _Arranged(TypedDict):
    approach: int
    agreed_minutes: int | None
    in_spite_of: str


def _arranged(session: Session) -> _Arranged:
    """What is arranged for its visitor, as the sitting carries it."""
    return {
        "approach": session.approach,
        "agreed_minutes": session.agreed_minutes,
        "in_spite_of": session.in_spite_of,
    }


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
        "consent": session.consent,  # type: ignore[typeddict-item]
        "visits": session.visits,
        "trial": session.trial,
        "attributes": session.attributes,
        "counselor": person(session.counselor),
        "counselor_lost_at": iso(session.counselor_lost_at),
        "taken_from": session.taken_from_id,
        "taken_because": session.taken_because,
        **_arranged(session),
        "call": _call(session),
        "phone": session.phone,  # type: ignore[typeddict-item]
        "reported_at": iso(session.reported_at),
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
