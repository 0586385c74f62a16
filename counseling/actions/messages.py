"""Words received from a visitor, replied by a counselor, taken back; notes and drafts among staff."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from counseling import lifecycle, permissions, timeline
from counseling.actions import danger, intake, phone_answers, traces, visits
from counseling.actions.traces import SpokeFrom
from counseling.actions.writing import Origin, answer, hear
from counseling.lifecycle import State
from counseling.models import Attachment, InboundEvent, Message, Session, Visitor
from counseling.models.delivery import InboundState
from counseling.models.message import AttachmentState, Author, MessageKind
from counseling.models.prepared import Prepared
from counseling.text import clean

REPLY_LIMIT = 20_000  # UTF-16 units: four of LINE's messages


class ClientIdReused(Exception):
    """The same client_id came with other words: refused, or one of the two would be lost."""


class CannotReply(Exception):
    """The session is not with its counselor just now (held, ended)."""


class NeedsApproval(Exception):
    """A trainee's words wait for a supervisor: propose them (approvals.propose)."""


class NoSitting(Exception):
    """The visitor has no sitting open, and this channel does not open one by a word."""


@transaction.atomic
def receive(
    *,
    channel_id: int,
    identity: str,
    kind: str = MessageKind.TEXT,
    text: str = "",
    external_id: str | None = None,
    client_id: UUID | None = None,
    written_at: datetime | None = None,
    spoke_from: SpokeFrom | None = None,
) -> tuple[Message, bool]:
    """Take a visitor's words; True when they are new.

    What comes from a platform (`external_id`) opens a sitting or is answered off hours; a word on the web page needs an
    open one. Idempotent on (channel, external_id) and (visitor, client_id). Raises NoSitting, ClientIdReused.
    """
    visitor = visits.visitor_for(channel_id=channel_id, identity=identity, create=external_id is not None)
    if visitor is None:
        raise NoSitting
    if known := _taken_before(visitor, external_id, client_id, text):
        return known, False
    present = visits.sitting_for(visitor, text)
    if present is None and external_id is None:
        raise NoSitting
    session = present or visits.open_sitting(visitor)
    unsent_at = timezone.now() if _was_unsent(channel_id, external_id) else None
    words = "" if unsent_at else text
    kept = phone_answers.kept_back(session, words) if external_id and kind == MessageKind.TEXT else None
    origin = Origin(kind=kind, external_id=external_id, client_id=client_id, written_at=written_at, unsent_at=unsent_at)
    message, raised = hear(session, kept or words, **origin)
    traces.keep(session, spoke_from)
    if present is None:
        intake.admit(session, raised)
    elif session.state == State.INTAKE:
        intake.hear(session, message, raised)
    elif session.phone and external_id:
        phone_answers.heard(session, words, taken=kept is not None)
    elif session.refusal and session.state in lifecycle.FINISHED:
        danger.answer(session, raised, lifecycle.Refusal(session.refusal))
    return message, True


_by_external_id = Prepared(
    lambda channel_id, external_id: Message.objects.filter(channel=channel_id, external_id=external_id), int, str
).first
_by_client_id = Prepared(
    lambda visitor_id, client_id: Message.objects.filter(
        session__visitor=visitor_id, author=Author.VISITOR, client_id=client_id
    ),
    int,
    UUID,
).first


def _taken_before(visitor: Visitor, external_id: str | None, client_id: UUID | None, words: str) -> Message | None:
    if external_id:
        return _by_external_id(visitor.channel_id, external_id)
    if client_id is None:
        return None
    same = _by_client_id(visitor.pk, client_id)
    if same and not same.unsent_at and same.own_words(visitor.key()) != words:
        raise ClientIdReused
    return same


_event = Prepared(
    lambda channel_id, event_id: InboundEvent.objects.filter(channel=channel_id, event_id=event_id).only("pk"), int, str
).first


def _was_unsent(channel_id: int, external_id: str | None) -> bool:
    if external_id is None:
        return False
    return _event(channel_id, f"unsend:{external_id}") is not None


_reply_by_client_id = Prepared(
    lambda session_id, client_id: Message.objects.filter(
        session=session_id, author=Author.COUNSELOR, client_id=client_id
    ),
    int,
    UUID,
).first


@transaction.atomic
def reply(*, session_id: int, by: User, client_id: UUID, words: str) -> tuple[Message, bool]:
    """The counselor's words to the visitor, owed to the gateway in the same transaction; True when new.

    Raises permissions.NotVisible, text.UnacceptableText, CannotReply, NeedsApproval, ClientIdReused.
    """
    words = clean(words, limit=REPLY_LIMIT)
    session, trainee = permissions.lock_own_as(session_id, by)
    if same := replied_before(session, client_id, words):
        return same, False
    if session.state != State.ACTIVE:
        raise CannotReply(session.state)
    if trainee and session.program.approves_trainees:
        raise NeedsApproval
    return answer(session, by=by, client_id=client_id, words=words), True


def replied_before(session: Session, client_id: UUID, words: str) -> Message | None:
    """The same words to the visitor, where they came before. Raises ClientIdReused where others did with this id."""
    same = _reply_by_client_id(session.pk, client_id)
    if same and same.words(session.visitor.key()) != words:
        raise ClientIdReused
    return same


@transaction.atomic
def unsend(*, channel_id: int, external_id: str) -> None:
    """The visitor took a message back: its words go, a tombstone stays. Known before its message, too."""
    InboundEvent.objects.get_or_create(
        channel_id=channel_id,
        event_id=f"unsend:{external_id}",
        defaults={"kind": "unsend", "state": InboundState.DONE, "done_at": timezone.now()},
    )
    message = Message.objects.filter(channel=channel_id, external_id=external_id).first()
    if message is None:
        return
    session = permissions.locked(message.session_id)
    message.refresh_from_db()
    if message.unsent_at:
        return
    changed = intake.forget_answer(session, message)
    message.body = message.findings = b""
    message.unsent_at, message.version = timezone.now(), timeline.next_version(session)
    message.save(update_fields=["body", "findings", "unsent_at", "version"])
    Attachment.objects.filter(message=message).update(content=b"", state=AttachmentState.GONE, size=0)
    timeline.record(
        session, "message.unsent", at=message.unsent_at, message=message, version=message.version, fields=changed
    )
