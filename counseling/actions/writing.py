"""How words come to stand in a session: one place for the visitor's, the counselor's and the house's own.

The caller holds the session's row lock.
"""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from counseling import crypto, later, lifecycle, timeline, triage
from counseling.actions import deliveries
from counseling.events import EventKind
from counseling.models import Attachment, Message, Session
from counseling.models.message import Author, MessageKind

WITH_CONTENT = frozenset({MessageKind.IMAGE, MessageKind.VIDEO, MessageKind.AUDIO, MessageKind.FILE})


def write(
    session: Session,
    event: EventKind,
    *,
    words: str,
    author: Author,
    kind: str = MessageKind.TEXT,
    by: User | None = None,
    client_id: UUID | None = None,
    external_id: str | None = None,
    written_at: datetime | None = None,
    auto_key: str = "",
    unsent: bool = False,
    fields: tuple[str, ...] = (),
) -> Message:
    """One more message, sealed, with its event; what a gateway must carry is owed in the same transaction."""
    now = timezone.now()
    session.message_count += 1
    message = Message(
        session=session,
        seq=session.message_count,
        version=timeline.next_version(session),
        author=author,
        by=by,
        kind=kind,
        client_id=client_id,
        external_id=external_id,
        auto_key=auto_key,
        written_at=written_at,
        channel_id=session.visitor.channel_id,
        created_at=now,
        unsent_at=now if unsent else None,
    )
    if words:
        message.body = crypto.seal(session.visitor.key(), words, message.place)
    message.save(force_insert=True)
    if kind in WITH_CONTENT and not unsent:
        Attachment.objects.create(message=message)
        later.fetch(message.pk)
    if author == Author.VISITOR:
        fields = (*fields, *_visitor_clocks(session, now))
    else:
        deliveries.owe(visitor=session.visitor, channel=session.visitor.channel, message=message, words=words)
    timeline.record(
        session, event, at=now, by=by, message=message, version=message.version, fields=("message_count", *fields)
    )
    return message


def _visitor_clocks(session: Session, now: datetime) -> tuple[str, ...]:
    session.visitor_count += 1
    session.last_visitor_at = now
    session.idle_steps = 0
    if session.state in lifecycle.LIVE:
        session.waiting_since = session.waiting_since or now
    return ("visitor_count", "last_visitor_at", "idle_steps", "waiting_since")


def tell(session: Session, key: str, **values: int) -> Message | None:
    """The house's own words `key` of the program; nothing where the program left the text empty."""
    words = session.program.text_for(key, "ja", **values)
    if not words.strip():
        return None
    return write(session, "message.told", words=words, author=Author.AUTO, auto_key=key)


def weigh(session: Session, words: str) -> None:
    """Raise the risk where the words suggest danger: explainable, and never lowered by a machine."""
    findings = triage.find(words)
    risk = triage.raised(triage.Risk(session.risk), triage.level(findings))
    if risk > session.risk:
        session.risk = risk
        meanings = ",".join(sorted({finding.meaning for finding in findings}))
        timeline.record(session, "risk.changed", at=timezone.now(), fields=("risk",), level=int(risk), why=meanings)
