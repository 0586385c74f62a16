"""What is told: the shapes that cross the wire, the groups that are rung, and ring().

The shapes here are the only ones; `static/src/protocol.ts` is generated from them (`manage.py docs`).
Times are ISO 8601 in UTC. A ring carries a group's name and nothing else.
"""

import json
import logging
from functools import cache
from typing import Literal, TypedDict

import redis
from django.conf import settings
from django.db import transaction

logger = logging.getLogger(__name__)

StateName = Literal[
    "intake", "waiting", "active", "held", "wrap_up", "closed", "abandoned", "off_hours", "out_of_scope", "blocked"
]
AuthorName = Literal["visitor", "counselor", "auto"]
MessageKindName = Literal["text", "sticker", "image", "video", "audio", "file", "location", "unknown"]
DeliveryStateName = Literal["queued", "sending", "sent", "refused", "unknown", "dismissed"]
AttachmentStateName = Literal["pending", "ready", "gone", "refused"]
EventKind = Literal[
    "session.opened",
    "session.accepted",
    "session.turned_away",
    "session.claimed",
    "session.offered",
    "session.offer_lapsed",
    "session.requeued",
    "session.transferred",
    "session.held",
    "session.resumed",
    "session.nudged",
    "session.ended",
    "session.reopened",
    "session.closed",
    "session.abandoned",
    "session.blocked",
    "session.consented",
    "message.received",
    "message.replied",
    "message.told",
    "message.unsent",
    "message.attached",
    "delivery.changed",
    "note.added",
    "risk.changed",
]


class Person(TypedDict):
    """A staff member, as colleagues see them."""

    id: int
    name: str


class SessionView(TypedDict):
    """The face of a session: everything the board and a talk's head show. No words."""

    id: int
    program: int
    number: int
    version: int
    pseudonym: str
    visitor: int
    channel: Literal["line", "web"]
    state: StateName
    risk: int
    visits: int
    attributes: dict[str, str]
    counselor: Person | None
    offered_to: int | None
    offered_until: str | None
    received_at: str
    queued_at: str | None
    claimed_at: str | None
    ended_at: str | None
    end_reason: str
    classification: str
    thankful_end: bool | None
    waiting_since: str | None
    silent_since: str | None
    idle_steps: int
    message_count: int
    visitor_count: int


class AttachmentView(TypedDict):
    """What came with a message; its content is at /api/attachments/<id> for those who may read the talk."""

    id: int
    state: AttachmentStateName
    content_type: str
    size: int
    width: int
    height: int


class DeliveryView(TypedDict):
    """How far a message to LINE has come."""

    id: int
    state: DeliveryStateName
    reason: str
    tries: int


class MessageView(TypedDict):
    """A message as staff see it. `version`: of the session, when this message last changed."""

    id: int
    seq: int
    version: int
    author: AuthorName
    by: Person | None
    kind: MessageKindName
    text: str
    at: str
    client_id: str | None
    unsent: bool
    attachment: AttachmentView | None
    delivery: DeliveryView | None


class NoteView(TypedDict):
    """Words among staff. Never part of a shape for visitors."""

    id: int
    version: int
    by: Person
    text: str
    at: str
    client_id: str


class EventView(TypedDict):
    """One line of a session's log with what it changed. Upsert by version: an older one changes nothing."""

    version: int
    kind: EventKind
    at: str
    by: Person | None
    header: SessionView
    message: MessageView | None
    note: NoteView | None
    details: dict[str, str | int | bool | None]


class SessionState(TypedDict):
    """All of a session for someone who may read it; `upto` is the version it stands at."""

    header: SessionView
    messages: list[MessageView]
    notes: list[NoteView]
    summary: str
    draft: str
    read_seq: int
    upto: int


class SessionFrame(TypedDict):
    """What is new in a session since `after`. A client whose version is below `after` asks again."""

    type: Literal["session"]
    session: int
    after: int
    upto: int
    events: list[EventView]


class Reception(TypedDict):
    """Whether a program receives now, as everybody sees it."""

    open: bool
    intake_open: bool
    hours: str
    closes_at: str | None
    intake_until: str | None
    next_open: str | None


class Colleague(TypedDict):
    """A person on a program with their load (同時対応)."""

    id: int
    name: str
    roles: list[str]
    present: bool
    takes: bool
    load: int
    capacity: int


class Board(TypedDict):
    """A program now, without words: live sessions, reception, people, and trouble with its channels."""

    program: int
    serial: int
    reception: Reception
    sessions: list[SessionView]
    colleagues: list[Colleague]
    trouble: list[str]
    at: str


class BoardFrame(TypedDict):
    """The board, or its differences: apply only when `base` is the serial you hold (null: take it whole)."""

    type: Literal["board"]
    program: int
    base: int | None
    serial: int
    reception: Reception
    changed: list[SessionView]
    gone: list[int]
    colleagues: list[Colleague]
    trouble: list[str]
    at: str


class TypingFrame(TypedDict):
    """Someone writes in a session just now."""

    type: Literal["typing"]
    session: int
    who: Literal["visitor", "counselor"]


class DeniedFrame(TypedDict):
    """A watch that is not or no longer allowed (as if it did not exist)."""

    type: Literal["denied"]
    topic: str
    id: int


class PongFrame(TypedDict):
    """The answer to a ping."""

    type: Literal["pong"]
    at: str


class ByeFrame(TypedDict):
    """The socket is about to be closed: sign in again, or come back later."""

    type: Literal["bye"]
    why: Literal["signed_out", "restarting", "too_slow"]


class TalkMessage(TypedDict):
    """A message as the visitor sees it: no names of staff."""

    seq: int
    version: int
    author: AuthorName
    kind: MessageKindName
    text: str
    at: str
    client_id: str | None
    unsent: bool


class TalkHeader(TypedDict):
    """A session as its visitor sees it."""

    version: int
    state: StateName
    end_reason: str


class TalkEvent(TypedDict):
    """One change as the visitor sees it."""

    version: int
    at: str
    header: TalkHeader
    message: TalkMessage | None


class TalkState(TypedDict):
    """All of a visitor's present sitting; `place` is the position in the queue and `waiting` how many wait."""

    session: int
    header: TalkHeader
    messages: list[TalkMessage]
    place: int | None
    waiting: int
    upto: int


class TalkFrame(TypedDict):
    """What is new for the visitor since `after`."""

    type: Literal["talk"]
    session: int
    after: int
    upto: int
    events: list[TalkEvent]


class QueueFrame(TypedDict):
    """The visitor's place in the queue changed."""

    type: Literal["queue"]
    place: int | None
    waiting: int


def session_group(session_id: int) -> str:
    """Rung when the session has a new version."""
    return f"session.{session_id}"


def board_group(program_id: int) -> str:
    """Rung when anything on the program's board changed."""
    return f"board.{program_id}"


def user_group(user_id: int) -> str:
    """Rung when a person's logins, roles or rights changed: their sockets look again at once."""
    return f"user.{user_id}"


def typing_message(session_id: int, who: str) -> dict[str, str | int]:
    """What is sent to a session's group while somebody writes; never stored."""
    return {"type": "typing", "group": session_group(session_id), "session": session_id, "who": who}


@cache
def _bell() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=0.5, socket_connect_timeout=0.5)


def ring_now(groups: tuple[str, ...]) -> None:
    """Ring these groups at once, in the words the channel layer expects. Never raises: who misses a ring polls."""
    try:
        with _bell().pipeline(transaction=False) as pipe:
            for group in groups:
                name = f"{settings.CHANNEL_PREFIX}__group__{group}"
                pipe.publish(name, json.dumps({"type": "ring", "group": group}))
            pipe.execute()
    except redis.RedisError as error:
        logger.warning("rings lost: %s", type(error).__name__)


def ring(*groups: str) -> None:
    """Ring these groups once the present transaction commits."""
    transaction.on_commit(lambda: ring_now(groups), robust=True)
