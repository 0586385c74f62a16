"""How words come to stand in a session: one place for the visitor's, the counselor's and the house's own.

The caller holds the session's row lock.
"""

from datetime import datetime
from typing import TypedDict, Unpack
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from counseling import crypto, later, lifecycle, timeline, triage
from counseling.actions import deliveries, notifications
from counseling.events import EventKind
from counseling.models import Attachment, Message, Program, Session
from counseling.models.edition import danger_words_of, marked_text_for, text_for
from counseling.models.message import WITH_CONTENT, Author
from counseling.models.prepared import insert
from counseling.models.program import ChannelKind


class Origin(TypedDict, total=False):
    """Where a message comes from: columns of `Message`, each with its own default."""

    kind: str
    by: User | None
    client_id: UUID | None
    external_id: str | None
    written_at: datetime | None
    auto_key: str
    unsent_at: datetime | None


def write(
    session: Session,
    event: EventKind,
    *,
    words: str,
    author: Author,
    fields: tuple[str, ...] = (),
    **origin: Unpack[Origin],
) -> Message:
    """One more message, sealed, with its event; what a gateway must carry is owed in the same transaction.

    `fields` are columns of the session the caller changed and that are saved with it.
    """
    now, visitor = timezone.now(), session.visitor
    session.message_count += 1
    message = Message(
        session=session,
        seq=session.message_count,
        version=timeline.next_version(session),
        author=author,
        channel_id=visitor.channel_id,
        created_at=now,
        **origin,
    )
    if words:
        message.body = crypto.seal(visitor.key(), words, message.place)
    insert(message)
    if message.kind in WITH_CONTENT and not message.unsent_at:
        _expect_content(message)
    if author == Author.VISITOR:
        fields = (*fields, *_visitor_clocks(session, now))
    else:
        owed = deliveries.owe(visitor=visitor, channel=visitor.channel, message=message, words=words)
        # As the feeds' prefetch would put it: the answer to the counselor asks no more.
        message.owed = [owed] if owed else []  # type: ignore[attr-defined]
    saved = ("message_count", *fields)
    timeline.record(session, event, at=now, by=message.by, message=message, version=message.version, fields=saved)
    return message


def answer(session: Session, *, by: User, client_id: UUID, words: str) -> Message:
    """A person's words to the visitor: nobody waits any more, and our own silence begins anew."""
    now = timezone.now()
    session.first_response_at = session.first_response_at or now
    session.waiting_since, session.silent_since, session.idle_steps = None, now, 0
    return write(
        session,
        "message.replied",
        author=Author.COUNSELOR,
        words=words,
        by=by,
        client_id=client_id,
        fields=("first_response_at", "waiting_since", "silent_since", "idle_steps"),
    )


def _expect_content(message: Message) -> None:
    Attachment.objects.create(message=message)
    later.fetch(message.pk)


def _visitor_clocks(session: Session, now: datetime) -> tuple[str, ...]:
    session.visitor_count += 1
    session.last_visitor_at = now
    session.idle_steps = 0
    if session.state in lifecycle.LIVE:
        session.waiting_since = session.waiting_since or now
    return ("visitor_count", "last_visitor_at", "idle_steps", "waiting_since")


def tell(session: Session, key: str, fields: tuple[str, ...] = (), **values: int | str) -> Message | None:
    """The house's own words `key` of the program; nothing where the program left the text empty."""
    on_our_page = session.visitor.channel.kind == ChannelKind.WEB
    said = marked_text_for if on_our_page else text_for
    words = said(session.program, key, session.visitor.language, **values)
    if not words.strip():
        return None
    return write(session, "message.told", words=words, author=Author.AUTO, auto_key=key, fields=fields)


def danger_in(program: Program, words: str) -> triage.Risk:
    """How much danger the words themselves suggest."""
    return triage.level(triage.find(words, danger_words_of(program)))


def weigh(session: Session, words: str) -> None:
    """Raise the risk where the words suggest danger: explainable, and never lowered by a machine."""
    findings = triage.find(words, danger_words_of(session.program))
    risk = triage.raised(triage.Risk(session.risk), triage.level(findings))
    if risk > session.risk:
        before, session.risk = triage.Risk(session.risk), risk
        meanings = ",".join(sorted({finding.meaning for finding in findings}))
        now = timezone.now()
        timeline.record(session, "risk.changed", at=now, fields=("risk",), level=int(risk), why=meanings)
        notifications.risk_raised(session, before=before, by="machine", at=now)
