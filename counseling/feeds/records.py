"""Records: one as its page needs it, and those of a program that are still to be done."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet

from counseling import recording
from counseling.crypto import CannotOpen
from counseling.feeds import referrals
from counseling.forms import Answers, Form
from counseling.lifecycle import Classification, State
from counseling.models import Assignment, Message, Part, Program, Record, RecordReview, RecordVersion, Session
from counseling.models.edition import editions_with, form_of, number
from counseling.models.message import Author
from counseling.recording import Left, RecordState, Refused, Typed

Sessions = QuerySet[Session]


def form_numbered(session: Session, version: int) -> Form:
    """That version of the program's record form; without questions where there is none."""
    return form_of(editions_with(session.program, Part.RECORD, version), Part.RECORD)


def form_in_use(session: Session, record: Record) -> int:
    """Which version of the form the record is written in: today's, until it was filed once."""
    return record.form if record.number else number(session.program.editions, Part.RECORD)


def refusal(session: Session, record: Record, now: datetime, *, steers: bool) -> Refused | None:
    """Why somebody who has the session, or `steers` it, may not change its record now; None where they may."""
    # Closed before there were records: as if one had been filed.
    state = RecordState.FILED if session.state == State.CLOSED and not record.number else RecordState(record.state)
    edit_for = session.program.record_edit_for
    return recording.refusal(state, steers=steers, closed_at=session.closed_at, now=now, edit_for=edit_for)


@dataclass(frozen=True)
class Opened:
    """A version as it was filed, with all its answers."""

    version: RecordVersion
    form: Form
    answers: Answers
    left: tuple[Left, ...]


@dataclass(frozen=True)
class Sheet:
    """A record as its page shows it. `written` are the answers as its fields hold them, a draft's before a version's.

    `erased`: the visitor's key is destroyed, and every word with it.
    """

    session: Session
    record: Record
    form: Form
    form_number: int
    written: Typed
    classification: str
    thankful: str
    left: tuple[Left, ...] = ()
    form_changed: bool = False
    prefilled: bool = False
    erased: bool = False
    versions: list[Opened] = field(default_factory=list)
    reviews: list[tuple[RecordReview, str]] = field(default_factory=list)
    follow_up: dict[str, str] = field(default_factory=dict)

    @property
    def latest(self) -> Opened | None:
        """What was filed last."""
        return self.versions[-1] if self.versions else None


def sheet_of(session: Session) -> Sheet:
    """All of a session's record for somebody who may read it."""
    record = Record.objects.filter(session=session).select_related("draft_by").first() or Record(session=session)
    try:
        return _opened(session, record, session.visitor.key())
    except CannotOpen:
        return Sheet(session, record, Form(), record.form, {}, session.classification, "", erased=True)


def _opened(session: Session, record: Record, key: bytes) -> Sheet:
    in_use = form_in_use(session, record)
    form = form_numbered(session, in_use)
    versions = [_version(session, one, key) for one in _versions(record)]
    reviews = [(one, one.said(key)) for one in _reviews(record)]
    draft = record.kept(key)
    if draft is not None:
        kept, moved = draft.answers, draft.left
        if record.draft_form != in_use:
            kept, gone = recording.carried(form_numbered(session, record.draft_form), form, kept)
            moved += gone
        written = (kept, draft.classification, draft.thankful, moved)
        changed = record.draft_form != in_use
        sheet = Sheet(session, record, form, in_use, *written, changed, versions=versions, reviews=reviews)
        return replace(sheet, follow_up=draft.follow_up)
    if versions:
        last = versions[-1]
        thanks = {True: "yes", False: "no", None: ""}[last.version.thankful_end]
        filed = (recording.as_typed(last.answers), last.version.classification, thanks, last.left)
        return Sheet(session, record, form, in_use, *filed, versions=versions, reviews=reviews)
    told = recording.known_before(form_of(session.editions, Part.INTAKE), form, session.attributes)
    told |= recording.known_of_connecting(form, referrals.connecting(session))
    return Sheet(session, record, form, in_use, told, session.classification, "", prefilled=bool(told))


def _versions(record: Record) -> list[RecordVersion]:
    return list(record.versions.select_related("by").order_by("number")) if record.pk else []


def _reviews(record: Record) -> list[RecordReview]:
    return list(record.reviews.select_related("by").order_by("turn")) if record.pk else []


def _version(session: Session, version: RecordVersion, key: bytes) -> Opened:
    answers, left = version.opened(key)
    return Opened(version, form_numbered(session, version.form), answers, left)


def proposed(session: Session) -> Classification:
    """What the talk was, as far as its log tells."""
    first, last = session.first_response_at, session.last_visitor_at
    replied = first is not None and last is not None and last > first
    answered, reason = first is not None, session.end_reason
    return recording.propose(trial=session.trial, end_reason=reason, answered=answered, replied=replied)


def counts(session: Session) -> dict[str, int]:
    """The talk's messages by who wrote them: visitor, counselor, auto."""
    found = Message.objects.filter(session=session).values_list("author").annotate(count=Count("pk"))
    return dict.fromkeys((author.value for author in Author), 0) | dict(found)


def hands(session: Session) -> list[Assignment]:
    """Who had the talk, in their order."""
    return list(Assignment.objects.filter(session=session).select_related("user").order_by("pk"))


def listed(rows: Sessions, program: Program) -> Sessions:
    """Those of these sessions that are the program's, with what a list shows."""
    return rows.filter(program=program).select_related("visitor", "counselor", "record", "program")


STATES = {
    "due": Q(state=State.WRAP_UP),
    "returned": Q(state=State.CLOSED, record__state=RecordState.RETURNED),
    "filed": Q(state=State.CLOSED, record__state=RecordState.FILED),
    "checked": Q(state=State.CLOSED, record__state=RecordState.CHECKED),
}


def counted(rows: Sessions, now: datetime) -> dict[str, int]:
    """How many are in each list, and `overdue`: those that wait for their record longer than the program allows."""
    late = Q(state=State.WRAP_UP, ended_at__lte=now - F("program__record_due_after"))
    wanted = {**STATES, "overdue": late}
    found = rows.order_by().aggregate(**{f"n_{name}": Count("pk", filter=which) for name, which in wanted.items()})
    return {name: found[f"n_{name}"] for name in wanted}


def due(rows: Sessions) -> Sessions:
    """Talks that are over and whose record is not filed, the longest over first."""
    return rows.filter(STATES["due"]).order_by("ended_at", "pk")


def returned(rows: Sessions) -> Sessions:
    """Records a supervisor sent back, the longest back first."""
    return rows.filter(STATES["returned"]).order_by("record__since", "pk")


def filed(rows: Sessions) -> Sessions:
    """Records nobody has checked yet, the longest filed first."""
    return rows.filter(STATES["filed"]).order_by("record__since", "pk")


def checked(rows: Sessions) -> Sessions:
    """Records that were checked, the latest first."""
    return rows.filter(STATES["checked"]).order_by("-record__since", "-pk")
