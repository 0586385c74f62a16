"""The emergency sheet of a sitting: what police can use, the steps taken, who was told. Opened, never written here."""

from datetime import datetime
from typing import Literal, NamedTuple, cast

from django.db.models import QuerySet
from django.utils import timezone

from counseling import crypto
from counseling.emergency import Clued, Contacted, Said, Sheet, Sitting, SpokenFrom, Step
from counseling.feeds.intake import intake_of
from counseling.feeds.line_account import account_of
from counseling.models import AgencyContact, Clue, Filing, Message, Session, StepTick, Trace, Visitor
from counseling.models.edition import steps_of
from counseling.models.message import UNREAD, Author, MessageKind
from counseling.text import ruby

# What somebody at a police station reads first, and reads whole.
LAST_MESSAGES = 30


class Taken(NamedTuple):
    """A step of the list, and who took it; nobody yet where `tick` is None."""

    place: int
    step: Step
    tick: StepTick | None


class Filed(NamedTuple):
    """The sheet as it was given out; `is_whole` unless part of it was erased since."""

    filing: Filing
    sheet: Sheet
    contact: Contacted
    is_whole: bool


def sheet_of(session: Session) -> Sheet:
    """All that can be used, as it stands now. Raises crypto.CannotOpen where the visitor was erased."""
    key = session.visitor.key()
    return {
        "made_at": timezone.now().isoformat(),
        "sitting": _sitting(session),
        "clues": [clue_view(one, key) for one in _clues(session).filter(taken_back_at=None)],
        "intake": [(one["label"], "、".join(one["answers"])) for one in intake_of(session, key)],
        "messages": [_said(one, key) for one in last_messages(session)],
        "connections": [_spoken_from(one, key) for one in Trace.objects.filter(session=session).order_by("first_at")],
    }


def _sitting(session: Session) -> Sitting:
    at_line = line_visitor(session)
    account = account_of(at_line.channel) if at_line else None
    return {
        "program": session.program.name,
        "commissioner": session.program.commissioner,
        "number": session.number,
        "pseudonym": session.visitor.pseudonym,
        "channel": cast("Literal['line', 'web']", session.visitor.channel.kind),
        "line_id": at_line.address() if at_line else "",
        "line_account": f"{account.name} {account.basic_id}".strip() if account else "",
        "risk": int(session.risk),
        "consent": session.consent,
        "counselor": session.counselor.name if session.counselor else "",
        "received_at": session.received_at.isoformat(),
        "first_response_at": _iso(session.first_response_at),
        "last_visitor_at": _iso(session.last_visitor_at),
        "ended_at": _iso(session.ended_at),
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def line_visitor(session: Session) -> Visitor | None:
    """Who the visitor is on LINE: themselves, or by whom they came through its door; nobody who was erased there."""
    visitor = session.visitor
    if visitor.channel.kind == "line":
        return visitor
    doors = Visitor.objects.select_related("channel").filter(beyond=visitor)
    return doors.exclude(wrapped_key=b"").first()


def last_messages(session: Session) -> list[Message]:
    """The last words of the talk, oldest first; without what waits for consent, as everywhere among staff."""
    rows = Message.objects.filter(session=session).exclude(before_consent__in=UNREAD)
    return list(reversed(rows.order_by("-seq")[:LAST_MESSAGES]))


def _said(message: Message, key: bytes) -> Said:
    words = message.words(key)
    text = ruby.plain(words) if message.author == Author.AUTO else words
    kind = "" if message.kind == MessageKind.TEXT else f"[{MessageKind(message.kind).label}] "
    at = message.created_at.isoformat()
    return {"seq": message.seq, "author": message.author, "at": at, "text": f"{kind}{text}".strip()}  # type: ignore[typeddict-item]


def _spoken_from(trace: Trace, key: bytes) -> SpokenFrom:
    address, browser = trace.words(key)
    at = {"first_at": trace.first_at.isoformat(), "last_at": trace.last_at.isoformat()}
    return cast("SpokenFrom", {"address": address, "browser": browser, **at})


def _clues(session: Session) -> QuerySet[Clue]:
    return Clue.objects.filter(session=session).select_related("by", "message").order_by("pk")


def clue_view(clue: Clue, key: bytes) -> Clued:
    """One clue, opened with the visitor's key."""
    return {
        "id": clue.pk,
        "kind": clue.kind,  # type: ignore[typeddict-item]
        "words": clue.words(key),
        "seq": clue.message.seq if clue.message else 0,
        "at": clue.created_at.isoformat(),
        "by": clue.by.name,
    }


def steps_taken(session: Session) -> list[Taken]:
    """The steps of the session's own edition, each with who took it."""
    ticks = StepTick.objects.filter(session=session, taken_back_at=None).select_related("by")
    by_place = {tick.step: tick for tick in ticks}
    return [Taken(place, one, by_place.get(place)) for place, one in enumerate(steps_of(session.editions).lines)]


def contacted(session: Session) -> list[Contacted]:
    """The contact log as it holds now, oldest contact first; each with its earlier versions."""
    key = session.visitor.key()
    rows = {one.pk: one for one in AgencyContact.objects.filter(session=session).select_related("by")}
    corrected = {one.corrects_id for one in rows.values()}
    found = [_contact_with_earlier(one, rows, key) for pk, one in rows.items() if pk not in corrected]
    return sorted(found, key=lambda one: (one["at"], one["id"]))


def _contact_with_earlier(contact: AgencyContact, rows: dict[int, AgencyContact], key: bytes) -> Contacted:
    view = contact_view(contact, key)
    before = contact.corrects_id
    while before is not None:
        view["earlier"].append(contact_view(rows[before], key))
        before = rows[before].corrects_id
    return view


def contact_view(contact: AgencyContact, key: bytes) -> Contacted:
    """One row of the log, opened with the visitor's key."""
    return {
        **contact.told(key),
        "id": contact.pk,
        "by": contact.by.name,
        "at": contact.contacted_at.isoformat(),
        "written_at": contact.created_at.isoformat(),
        "ground": contact.ground,  # type: ignore[typeddict-item]
        "consented_at": _iso(contact.consented_at),
        "next_due_at": _iso(contact.next_due_at),
        "earlier": [],
    }


def filings(session: Session) -> list[Filing]:
    """How often the sheet was given out, and for which contact."""
    return list(Filing.objects.filter(session=session).select_related("by", "contact__by").order_by("pk"))


def filed(session: Session, filing_id: int) -> Filed | None:
    """The sheet as it was given out; None where it was not. Raises crypto.CannotOpen."""
    rows = Filing.objects.filter(session=session).select_related("by", "contact__by")
    filing = rows.filter(pk=filing_id).first()
    if filing is None:
        return None
    key = session.visitor.key()
    random, sheet = filing.given(key)
    if filing.door_identity:
        sheet["sitting"]["line_id"] = _door_identity(filing, session)
    whole = crypto.digest(Filing.canonical(random, sheet)) == filing.digest
    return Filed(filing, sheet, contact_view(filing.contact, key), whole)


def _door_identity(filing: Filing, session: Session) -> str:
    """What finds the visitor at LINE; empty where that was erased."""
    try:
        door = session.visitor.door
        return crypto.open_text(door.key(), filing.door_identity, filing.door_place) if door else ""
    except crypto.CannotOpen:
        return ""
