"""How words come to stand in a session: one place for the visitor's, the counselor's and the house's own.

The caller holds the session's row lock.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict, Unpack
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from counseling import crypto, later, lifecycle, timeline, triage
from counseling.actions import deliveries, notifications
from counseling.events import EventKind
from counseling.lifecycle import State
from counseling.models import Attachment, Message, Program, Session
from counseling.models.edition import danger_words_of, marked_text_for, text_for
from counseling.models.message import WITH_CONTENT, Author, BeforeConsent
from counseling.models.prepared import insert
from counseling.models.program import ChannelKind
from counseling.quick_replies import QuickReply


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
    replies: Sequence[QuickReply] = (),
    findings: Sequence[triage.Finding] = (),
    **origin: Unpack[Origin],
) -> Message:
    """One more message, sealed, with its event; what a gateway must carry is owed in the same transaction.

    `fields` are columns of the session the caller changed and that are saved with it; `replies` are buttons below it.
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
        before_consent=BeforeConsent.WITHHELD if author == Author.VISITOR and session.withholds else "",
        **origin,
    )
    if words:
        _seal(message, visitor.key(), words, findings)
    insert(message)
    _expect_content(message)
    if author == Author.VISITOR:
        fields = (*fields, *_visitor_clocks(session, now))
    else:
        owed = deliveries.owe(visitor=visitor, channel=visitor.channel, message=message, words=words, replies=replies)
        # As the feeds' prefetch would put it: the answer to the counselor asks no more.
        message.owed = [owed] if owed else []  # type: ignore[attr-defined]
    saved = ("message_count", *fields)
    timeline.record(session, event, at=now, by=message.by, message=message, version=message.version, fields=saved)
    return message


def _seal(message: Message, key: bytes, words: str, findings: Sequence[triage.Finding]) -> None:
    message.body = crypto.seal(key, words, message.place)
    message.keep_findings(key, findings)


def hear(session: Session, words: str, **origin: Unpack[Origin]) -> tuple[Message, triage.Risk]:
    """The visitor's words, with what in them suggests danger; to what they raised the risk, NONE where they did not.

    Explainable, and never lowered by a machine: what was found stays with the message, its meanings in the log.
    """
    findings = triage.find(words, danger_words_of(session.program))
    message = write(session, "message.received", words=words, author=Author.VISITOR, findings=findings, **origin)
    meanings = ",".join(sorted({finding.meaning for finding in findings}))
    return message, raise_risk(session, triage.level(findings), why=meanings, seq=message.seq)


def answer(session: Session, *, by: User, client_id: UUID, words: str, replies: Sequence[QuickReply] = ()) -> Message:
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
        replies=replies,
        fields=("first_response_at", "waiting_since", "silent_since", "idle_steps"),
    )


def _expect_content(message: Message) -> None:
    if message.kind in WITH_CONTENT and not message.unsent_at:
        Attachment.objects.create(message=message)
        later.fetch(message.pk)


def _visitor_clocks(session: Session, now: datetime) -> tuple[str, ...]:
    session.visitor_count += 1
    session.last_visitor_at = now
    session.idle_steps = 0
    # Before the queue it is the visitor who is asked, and nobody who keeps them waiting.
    if session.state in lifecycle.LIVE - {State.INTAKE}:
        session.waiting_since = session.waiting_since or now
    return ("visitor_count", "last_visitor_at", "idle_steps", "waiting_since")


def tell(
    session: Session,
    key: str,
    fields: tuple[str, ...] = (),
    replies: Sequence[QuickReply] = (),
    **values: int | str,
) -> Message | None:
    """The house's own words `key` of the program; nothing where the program left the text empty."""
    on_our_page = session.visitor.channel.kind == ChannelKind.WEB
    said = marked_text_for if on_our_page else text_for
    words = said(session.program, key, session.visitor.language, **values)
    if not words.strip():
        return None
    return write(session, "message.told", words=words, author=Author.AUTO, auto_key=key, fields=fields, replies=replies)


def danger_in(program: Program, words: str) -> triage.Risk:
    """How much danger the words themselves suggest."""
    return triage.level(triage.find(words, danger_words_of(program)))


def raise_risk(
    session: Session, to: triage.Risk, *, why: str, seq: int | None = None, fields: tuple[str, ...] = ()
) -> triage.Risk:
    """Raise the risk to this where it is lower: to what it was raised, NONE where it was not.

    `seq` is the message for which it is; `fields` are columns of the session that the caller changed.
    """
    risk = triage.raised(triage.Risk(session.risk), to)
    if risk <= session.risk:
        return triage.Risk.NONE
    before, session.risk = triage.Risk(session.risk), risk
    now = timezone.now()
    if session.state == State.INTAKE and risk >= triage.Risk.HIGH:
        # Whatever is still to be asked: from now on it is somebody in danger who waits.
        session.waiting_since = session.waiting_since or now
    changed = ("risk", "waiting_since", *fields)
    timeline.record(session, "risk.changed", at=now, fields=changed, level=int(risk), why=why, seq=seq)
    notifications.risk_raised(session, before=before, by="machine", at=now)
    return risk
