"""A sitting as its visitor reads it. This module cannot reach notes: it imports no such model."""

from counseling import assignment, crypto
from counseling.assignment import Waiting
from counseling.events import PhoneShown, TalkEvent, TalkHeader, TalkMessage, TalkState
from counseling.lifecycle import EndReason, Medium, State
from counseling.models import Channel, Message, Session, SessionEvent, Visitor
from counseling.telephone import PhoneFace

# What a visitor is told of: the log's other lines (notes, risk, deliveries) concern staff alone.
TOLD = (
    "session.opened",
    "session.accepted",
    "session.turned_away",
    "session.claimed",
    "session.requeued",
    "session.transferred",
    "session.ended",
    "session.reopened",
    "session.closed",
    "session.abandoned",
    "session.blocked",
    "message.received",
    "message.replied",
    "message.told",
    "message.unsent",
    "phone.offered",
    "phone.agreed",
    "phone.declined",
    "phone.withdrawn",
    "phone.ended",
    "phone.lapsed",
)

# Reasons that judge the visitor: they read that the talk is over, and no more.
OPINIONS = frozenset({EndReason.PRANK, EndReason.OUT_OF_SCOPE})


# What a visitor can answer, and what they can take back; who calls and when we are late is ours.
PHONE_SHOWN: dict[str, PhoneShown] = {
    PhoneFace.OFFERED: "offered",
    **dict.fromkeys((PhoneFace.AGREED, PhoneFace.TAKEN, PhoneFace.OVERDUE, PhoneFace.CALLING), "agreed"),
}


def visitor_by_identity(channel: Channel, identity: str) -> Visitor | None:
    """The visitor whom this channel knows by `identity`."""
    identity_hash = crypto.keyed_hash(identity, f"visitor:{channel.pk}")
    return (
        Visitor.objects.select_related("program", "channel")
        .filter(channel=channel, identity_hash=identity_hash)
        .first()
    )


def talk_state(visitor_id: int) -> TalkState | None:
    """The visitor's latest sitting, all of it; None for someone who has had none."""
    chats = Session.objects.select_related("visitor").filter(visitor=visitor_id, medium=Medium.CHAT)
    session = chats.order_by("-pk").first()
    if session is None:
        return None
    key = session.visitor.key()
    place, waiting = place_in_queue(session.program_id, session.pk)
    return {
        "session": session.pk,
        "header": talk_header(session.version, session.state, session.end_reason, session.phone),
        "messages": [talk_view(message, key) for message in Message.objects.filter(session=session).order_by("seq")],
        "place": place,
        "waiting": waiting,
        "upto": session.version,
    }


def talk_events(session_id: int, after: int) -> tuple[list[TalkEvent], int]:
    """What is new for the visitor since `after`, and the version that brings them up to."""
    log = list(SessionEvent.objects.filter(session=session_id, version__gt=after).order_by("version"))
    if not log:
        return [], after
    told = [event for event in log if event.kind in TOLD]
    key = Visitor.objects.get(sessions=session_id).key() if told else b""
    rows = Message.objects.filter(pk__in=[event.message_id for event in told if event.message_id])
    views = {message.pk: talk_view(message, key) for message in rows}
    new: list[TalkEvent] = [
        {
            "version": event.version,
            "at": event.at.isoformat(),
            "header": talk_header(
                event.version, event.header["state"], event.header["end_reason"], event.header.get("phone", "")
            ),
            "message": views.get(event.message_id) if event.message_id else None,
        }
        for event in told
    ]
    return new, log[-1].version


def talk_header(version: int, state: str, end_reason: str, phone: str = "") -> TalkHeader:
    """A session's face for its visitor: what our side holds, records or thinks of the talk is ours to know."""
    shown = {State.HELD: State.ACTIVE, State.CLOSED: State.WRAP_UP}.get(State(state), State(state))
    why = EndReason.CONCLUDED.value if end_reason in OPINIONS else end_reason
    return {
        "version": version,
        "state": shown.value,
        "end_reason": why,
        "phone": PHONE_SHOWN.get(phone, ""),
    }


def talk_view(message: Message, key: bytes) -> TalkMessage:
    """A message as the visitor sees it, opened with the visitor's key: no names of staff."""
    return {
        "seq": message.seq,
        "version": message.version,
        "author": message.author,  # type: ignore[typeddict-item]
        "kind": message.kind,  # type: ignore[typeddict-item]
        "text": message.own_words(key),
        "at": message.created_at.isoformat(),
        "client_id": str(message.client_id) if message.client_id else None,
        "unsent": message.unsent_at is not None,
    }


def place_in_queue(program_id: int, session_id: int) -> tuple[int | None, int]:
    """The session's place (1 is next; None when it does not wait) and how many wait in the program."""
    rows = Session.objects.filter(program=program_id, state=State.WAITING).values_list(
        "pk", "risk", "queued_at", "trial"
    )
    queue = [Waiting(pk, risk, queued_at, trial=trial) for pk, risk, queued_at, trial in rows if queued_at]
    return assignment.position(queue, session_id), assignment.waiting_beside(queue, session_id)
