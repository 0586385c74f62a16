"""The hot path in SQL: what is new in a session, without what an ORM costs at every word.

The shapes stay the feeds' own; tests/counseling/test_hub_reading.py holds both to the same answer.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from django.db import connection

from accounts.models import User
from counseling import feeds
from counseling.events import EventView, Person, TalkEvent
from counseling.models import Aside, Attachment, Delivery, Message, Note, Proposal, Visitor, Whisper
from counseling.models.message import UNREAD, WITH_CONTENT

HEAD = """
SELECT session.version, session.visitor_id, visitor.identity_hash, visitor.wrapped_key, visitor.share
  FROM counseling_session session JOIN counseling_visitor visitor ON visitor.id = session.visitor_id
 WHERE session.id = %s
"""
# A name by a sub-select: joins would be planned anew each time, in every possible order.
LOG = """
SELECT version, kind, at, by_id, (SELECT name FROM accounts_user WHERE id = by_id), header, details,
       message_id, note_id, whisper_id, proposal_id
  FROM counseling_sessionevent WHERE session_id = %s AND version > %s ORDER BY version
"""
MESSAGES = """
SELECT id, session_id, seq, version, author, by_id, (SELECT name FROM accounts_user WHERE id = by_id), kind, body,
       created_at, client_id, unsent_at, before_consent, findings
  FROM counseling_message WHERE id = ANY(%s)
"""
DELIVERIES = """
SELECT DISTINCT ON (message_id) message_id, id, state, reason, tries
  FROM counseling_delivery WHERE message_id = ANY(%s) ORDER BY message_id, id DESC
"""
ATTACHMENTS = """
SELECT message_id, id, state, content_type, size, width, height FROM counseling_attachment WHERE message_id = ANY(%s)
"""
ASIDES = """
SELECT id, session_id, version, by_id, (SELECT name FROM accounts_user WHERE id = by_id), client_id, body, created_at
  FROM {table} WHERE id = ANY(%s)
"""
A = TypeVar("A", bound=Aside)


class Head(NamedTuple):
    """Where a session stands, and whose it is."""

    version: int
    visitor: Visitor


class LogLine(NamedTuple):
    """One line of a session's log."""

    version: int
    kind: str
    at: datetime
    by_id: int | None
    by_name: str | None
    header: dict[str, Any]
    details: dict[str, Any]
    message_id: int | None
    note_id: int | None
    whisper_id: int | None
    proposal_id: int | None

    @property
    def by(self) -> Person | None:
        """Who did it; None for the visitor and the house."""
        return {"id": self.by_id, "name": self.by_name or ""} if self.by_id else None


def _rows(statement: str, *given: int | list[int]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(given))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def head_of(session_id: int) -> Head | None:
    """Where the session stands; None where there is none: one statement."""
    rows = _rows(HEAD, session_id)
    if not rows:
        return None
    version, visitor_id, identity_hash, wrapped_key, share = rows[0]
    visitor = Visitor(pk=visitor_id, identity_hash=identity_hash, wrapped_key=wrapped_key, share=share)
    return Head(version, visitor)


def log_since(session_id: int, after: int) -> list[LogLine]:
    """The session's log after a version: one statement."""
    return [
        LogLine(version, kind, at, by_id, name, json.loads(header), json.loads(details), *ids)
        for version, kind, at, by_id, name, header, details, *ids in _rows(LOG, session_id, after)
    ]


def messages_by_id(ids: Iterable[int | None]) -> dict[int, Message]:
    """These messages, without deliveries and attachments: one statement."""
    wanted = sorted({pk for pk in ids if pk})
    found = {}
    for row in _rows(MESSAGES, wanted) if wanted else ():
        pk, session_id, seq, version, author, by_id, name, kind, body, created_at, client_id, *rest = row
        unsent_at, before_consent, findings = rest
        found[pk] = Message(
            pk=pk, session_id=session_id, seq=seq, version=version, author=author, kind=kind, body=body,
            created_at=created_at, client_id=client_id, unsent_at=unsent_at, before_consent=before_consent,
            findings=findings,
            by=User(pk=by_id, name=name) if by_id else None,
        )  # fmt: skip
    return found


def _with_deliveries(messages: dict[int, Message]) -> None:
    ours = [pk for pk, message in messages.items() if message.author != "visitor"]
    for message_id, pk, state, reason, tries in _rows(DELIVERIES, ours) if ours else ():
        messages[message_id].owed = [Delivery(pk=pk, state=state, reason=reason, tries=tries)]  # type: ignore[attr-defined]


def _with_attachments(messages: dict[int, Message]) -> None:
    theirs = [pk for pk, message in messages.items() if message.kind in WITH_CONTENT]
    for message_id, pk, state, content_type, size, width, height in _rows(ATTACHMENTS, theirs) if theirs else ():
        messages[message_id].attachment = Attachment(
            pk=pk, state=state, content_type=content_type, size=size, width=width, height=height
        )


def _asides_by_id(kind: type[A], ids: Iterable[int | None]) -> dict[int, A]:
    wanted = sorted({pk for pk in ids if pk})
    statement = ASIDES.format(table=kind._meta.db_table)
    found = {}
    for pk, session_id, version, by_id, name, client_id, body, created_at in _rows(statement, wanted) if wanted else ():
        found[pk] = kind(
            pk=pk, session_id=session_id, version=version, by=User(pk=by_id, name=name), client_id=client_id,
            body=body, created_at=created_at,
        )  # fmt: skip
    return found


def _proposals(log: list[LogLine]) -> dict[int, Proposal]:
    """What waits for a supervisor: seldom, so by the ORM."""
    wanted = [line.proposal_id for line in log if line.proposal_id]
    return Proposal.objects.select_related("by", "decided_by").in_bulk(wanted) if wanted else {}


def talk_events(session_id: int, after: int, key: bytes) -> tuple[list[TalkEvent], int]:
    """As feeds.talk_events, opened with `key`: one or two statements."""
    log = log_since(session_id, after)
    told = [line for line in log if line.kind in feeds.TOLD]
    messages = messages_by_id(line.message_id for line in told)
    views = {pk: feeds.talk_view(message, key) for pk, message in messages.items()}
    new: list[TalkEvent] = [
        {
            "version": line.version,
            "at": line.at.isoformat(),
            "header": feeds.talk_header(
                line.version, line.header["state"], line.header["end_reason"], line.header.get("phone", "")
            ),
            "message": views.get(line.message_id) if line.message_id else None,
        }
        for line in told
    ]
    return new, log[-1].version if log else after


def session_events(session_id: int, after: int, key: bytes) -> list[EventView]:
    """As feeds.session_events, opened with `key`: two to seven statements."""
    log = log_since(session_id, after)
    said = messages_by_id(line.message_id for line in log)
    # What was said before consent is nobody's to read: to staff it is not there.
    messages = {pk: message for pk, message in said.items() if message.before_consent not in UNREAD}
    for message in messages.values():
        message.owed = []  # type: ignore[attr-defined]
    _with_deliveries(messages)
    _with_attachments(messages)
    notes = _asides_by_id(Note, (line.note_id for line in log))
    whispers = _asides_by_id(Whisper, (line.whisper_id for line in log))
    told = {pk: feeds.message_view(message, key) for pk, message in messages.items()}
    noted = {pk: feeds.note_view(note, key) for pk, note in notes.items()}
    whispered = {pk: feeds.whisper_view(whisper, key) for pk, whisper in whispers.items()}
    proposed = {pk: feeds.proposal_view(proposal, key) for pk, proposal in _proposals(log).items()}
    return [
        {
            "version": line.version,
            "kind": line.kind,  # type: ignore[typeddict-item]
            "at": line.at.isoformat(),
            "by": line.by,
            "header": line.header,  # type: ignore[typeddict-item]
            "message": told.get(line.message_id) if line.message_id else None,
            "note": noted.get(line.note_id) if line.note_id else None,
            "whisper": whispered.get(line.whisper_id) if line.whisper_id else None,
            "proposal": proposed.get(line.proposal_id) if line.proposal_id else None,
            "details": line.details,
        }
        for line in log
    ]
