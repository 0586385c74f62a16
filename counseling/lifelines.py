"""A person's way in time order (経過): their talks, what happened in them, and what was decided about them.

Everything here is what `histories.opened` lets its reader know; of what they may not, only that it is there.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import get_language

from counseling import crypto
from counseling.feeds import follow_ups, outreach, referrals, surveys
from counseling.feeds import history as feed
from counseling.histories import Opened
from counseling.lifecycle import Medium
from counseling.models import Approach, Assessment, Block, Limit, PhoneCall, RecordVersion, Session, SessionEvent

# What of a session's log somebody who reads up on a person wants to know.
TOLD = (
    "risk.changed", "call.made", "call.answered", "session.claimed", "session.transferred", "session.requeued",
    "session.protected", "session.let_in", "session.reopened", "phone.offered", "phone.agreed", "phone.declined",
    "phone.withdrawn", "phone.lapsed", "agency.contacted", "sheet.filed",
)  # fmt: skip


@dataclass(frozen=True)
class Moment:
    """One thing that happened, with `words` where they are this reader's (`reads`).

    `kind`: that of a log's line, or session, hidden, phone.called, record.filed, referral, follow_up.*, outreach.*,
    survey, approach, limit, block, merged, unmerged, and `.ended` of them; `.hidden` of a referral, a follow-up or a
    visit tells alone that there is one. `row` is what it stands in.
    """

    at: datetime
    kind: str
    session: Session | None = None
    by: str = ""
    details: dict[str, Any] = field(default_factory=dict)
    words: str = ""
    reads: bool = True
    row: Any = None


def lifeline(found: Opened) -> list[Moment]:
    """All of a person's way, in order of time."""
    moments = [*_sessions(found), *_logged(found), *_called(found), *_filed(found), *_arranged(found)]
    moments += [*_merged(found), *_referred(found), *_followed(found)]
    moments += [*_answered(found), *_unread(found)]
    return sorted(moments, key=lambda one: one.at)


def of_case(found: Opened, session: Session) -> list[Moment]:
    """One talk and what followed: its own, and what came after it until the person's next chat."""
    later = [
        one.received_at for one in found.sessions if one.medium == Medium.CHAT and one.received_at > session.received_at
    ]
    until = min(later, default=None)
    return [one for one in lifeline(found) if _belongs(one, session, until)]


def _belongs(one: Moment, session: Session, until: datetime | None) -> bool:
    if one.session is not None and one.session.pk == session.pk:
        return True
    chat = one.session is not None and one.session.medium == Medium.CHAT
    return not chat and session.received_at <= one.at and (until is None or one.at < until)


def _sessions(found: Opened) -> Iterator[Moment]:
    for one in found.sessions:
        kind = "session" if one.pk in found.known else "hidden"
        yield Moment(one.received_at, kind, one, reads=one.pk in found.recorded)


def _known(found: Opened) -> dict[int, Session]:
    return {one.pk: one for one in found.sessions if one.pk in found.known}


def _logged(found: Opened) -> Iterator[Moment]:
    known = _known(found)
    log = (
        SessionEvent.objects.filter(session__in=known, kind__in=TOLD)
        .select_related("by")
        .order_by("session", "version")
    )
    looks = {(one.session_id, one.version): one for one in Assessment.objects.filter(session__in=found.recorded)}
    for event in log:
        session, look = known[event.session_id], looks.get((event.session_id, event.version))
        yield Moment(
            event.at, event.kind, session, by=event.by.name if event.by else "", details=event.details,
            words=_opened(session, look), reads=event.session_id in found.recorded,
        )  # fmt: skip


def _opened(session: Session, look: Assessment | None) -> str:
    """The word with which a person judged the risk."""
    try:
        return look.said(session.visitor.key())[1] if look else ""
    except crypto.CannotOpen:
        return ""


def _called(found: Opened) -> Iterator[Moment]:
    known = _known(found)
    calls = PhoneCall.objects.filter(transfer__session__in=known, ended_at__isnull=False)
    for call in calls.select_related("by", "transfer"):
        session = known[call.transfer.session_id]
        reads = session.pk in found.recorded
        try:
            words = call.said(session.visitor.key()) if reads else ""
        except crypto.CannotOpen:
            words = ""
        yield Moment(call.started_at, "phone.called", session, by=call.by.name, words=words, reads=reads, row=call)


def _filed(found: Opened) -> Iterator[Moment]:
    known = _known(found)
    versions = RecordVersion.objects.filter(record__session__in=known).select_related("by", "record")
    for one in versions.defer("words"):
        session = known[one.record.session_id]
        yield Moment(one.at, "record.filed", session, by=one.by.name, reads=session.pk in found.recorded, row=one)


def _arranged(found: Opened) -> Iterator[Moment]:
    kept = {one.pk: one for one in found.visitors}
    for note in Approach.objects.filter(visitor__in=kept).select_related("by"):
        try:
            words = note.words(kept[note.visitor_id].key(), "body") if found.reads_approach else ""
        except crypto.CannotOpen:
            words = ""
        yield Moment(note.at, "approach", by=note.by.name, words=words, reads=found.reads_approach, row=note)
    for kind, rows in (("limit", Limit.objects), ("block", Block.objects)):
        for row in rows.filter(visitor__in=kept).select_related("by", "ended_by"):
            yield Moment(row.at, kind, by=row.by.name, reads=found.steers, row=row)
            if row.ended_at:
                who = row.ended_by.name if row.ended_by else ""
                yield Moment(row.ended_at, f"{kind}.ended", by=who, reads=found.steers, row=row)


def _merged(found: Opened) -> Iterator[Moment]:
    for one in feed.merges_of(one.pk for one in found.visitors) if found.steers else ():
        yield Moment(one.at, "merged", by=one.by.name, row=one)
        if one.undone_at and one.undone_by:
            yield Moment(one.undone_at, "unmerged", by=one.undone_by.name, row=one)


def _referred(found: Opened) -> Iterator[Moment]:
    """What was done to connect them with agencies, as far as it is this reader's."""
    known = _known(found)
    for one in referrals.of_visitors(found.user, [visitor.pk for visitor in found.visitors]):
        yield Moment(one.at, "referral", known.get(one.session_id), by=one.by.name, words=one.words, row=one)


def _followed(found: Opened) -> Iterator[Moment]:
    """What was done to follow them up and to visit them, as far as it is this reader's."""
    ids = [visitor.pk for visitor in found.visitors]
    for one in (*follow_ups.of_visitors(found.user, ids), *outreach.of_visitors(found.user, ids)):
        yield Moment(one.at, one.kind, words=one.words, row=one)


def _unread(found: Opened) -> Iterator[Moment]:
    """What was done with them that is somebody else's to read: only that it is there."""
    if found.trainee:
        return
    ids = [visitor.pk for visitor in found.visitors]
    kinds = {"referral": referrals.unread_of, "follow_up": follow_ups.unread_of, "outreach": outreach.unread_of}
    for kind, unread_of in kinds.items():
        for at in unread_of(found.user, ids):
            yield Moment(at, f"{kind}.hidden", reads=False)


def _answered(found: Opened) -> Iterator[Moment]:
    """What they answered to the survey, for who reads that."""
    known = _known(found)
    for one in surveys.of_visitors(found.user, [visitor.pk for visitor in found.visitors], get_language() or "ja"):
        said = "\n".join(f"{asked}: {answer}" for asked, answer in one.lines)
        yield Moment(one.at, "survey", known.get(one.session_id), words=said, row=one)
