"""The record of a talk (相談記録): its draft is kept, it is filed and corrected, and a supervisor checks it.

The one way to close a sitting: without what the program's form requires there is no filing, by whatever door.
"""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Right
from counseling import crypto, follow_ups, forms, lifecycle, permissions, recording, timeline
from counseling.actions import approvals, following
from counseling.events import EventKind
from counseling.feeds.records import form_in_use, form_numbered, refusal
from counseling.follow_ups import Wanted
from counseling.forms import Answers, Form
from counseling.lifecycle import Classification, Move, State
from counseling.models import Assignment, Part, Record, RecordReview, RecordVersion, Session
from counseling.models.edition import editions_with, number
from counseling.models.record import Decided
from counseling.recording import Left, RecordState, Refused, Written
from counseling.text import clean, is_blank, repair

WORD_LIMIT = 2_000


class ChangedMeanwhile(Exception):
    """Somebody changed the record since it was looked at, maybe in another window: both are to be seen first."""


class FormChanged(Exception):
    """The program asks other questions since the record was opened: they are to be looked at first."""


class CannotEdit(Exception):
    """It is too late for its counselor to change the record, or a supervisor has checked it; `why` says which."""

    def __init__(self, why: Refused) -> None:
        super().__init__(why)
        self.why = why


class CannotReview(Exception):
    """Nothing is there to be looked at, or it is the record of one's own talk: somebody else looks at it."""


class TooLong(Exception):
    """More was written than a draft can hold."""


@transaction.atomic
def keep_draft(*, session_id: int, by: User, written: Written, form: int, revision: int) -> Record:
    """Keep what is written and not filed; the same again changes nothing.

    `form` is the version it was typed in, `revision` that of the record it is based on. Raises permissions.NotVisible,
    CannotMove (nobody of ours has had the talk), CannotEdit, ChangedMeanwhile, TooLong.
    """
    session, record, now = _opened(session_id, by)
    if written.length > recording.LONGEST_DRAFT:
        raise TooLong
    # What nobody published is today's.
    form = number(editions_with(session.program, Part.RECORD, form), Part.RECORD)
    asked, key = form_numbered(session, form), session.visitor.key()
    before, given = record.kept(key), written.answers.items()
    answers = {question: [repair(one) for one in said] for question, said in given if asked.question(question)}
    left = _left(session, record, before, form)
    after = replace(written, answers=answers, left=left)
    if (before, record.draft_form) == (after, form):
        return record
    if revision != record.revision:
        raise ChangedMeanwhile
    record.keep(key, after)
    record.draft_form, record.draft_by, record.draft_at = form, by, now
    _change(record, "draft", "draft_form", "draft_by", "draft_at")
    return record


@transaction.atomic
def discard(*, session_id: int, by: User, revision: int) -> None:
    """Let go of what was written and not filed.

    Raises permissions.NotVisible, CannotMove, CannotEdit, ChangedMeanwhile.
    """
    _session, record, _now = _opened(session_id, by)
    if not record.draft:
        return
    if revision != record.revision:
        raise ChangedMeanwhile
    record.draft = b""
    _change(record, "draft")


@transaction.atomic
def file(
    *,
    session_id: int,
    by: User,
    classification: Classification,
    thankful_end: bool | None,
    answers: Answers | None = None,
    form: int | None = None,
    revision: int | None = None,
    follow_up: Wanted | None = None,
) -> RecordVersion:
    """File the record, or a correction of it; the first one closes the sitting. The same again makes no new version.

    `answers` to version `form` (without it: the one in use). A record that says 要フォロー needs a follow-up: what its
    form asks of it, and `follow_up` beside it. Raises permissions.NotVisible, CannotMove, CannotEdit, FormChanged,
    forms.InvalidAnswers (what is required and missing is in it), ChangedMeanwhile, following.BadFollowUp.
    """
    session, record, now = _opened(session_id, by)
    if session.state != State.CLOSED:
        lifecycle.after(Move.CLOSE, State(session.state))
    in_use, key = form_in_use(session, record), session.visitor.key()
    if form is not None and form != in_use:
        raise FormChanged
    asked = form_numbered(session, in_use)
    given = _checked(session, asked, answers or {}, classification, follow_up)
    last = record.versions.order_by("-number").first()
    filed = (given, classification, thankful_end)
    if last and not record.draft and (last.opened(key)[0], last.classification, last.thankful_end) == filed:
        return last
    if revision is not None and revision != record.revision:
        raise ChangedMeanwhile
    following.for_record(session, asked, given, follow_up, by=by)
    left = _left(session, record, record.kept(key), in_use) or (last.opened(key)[1] if last else ())
    version = _version(record, key, in_use, given, left)
    version.classification, version.thankful_end, version.by, version.at = classification, thankful_end, by, now
    version.save(force_insert=True)
    _close(session, version)
    record.number, record.form, record.draft = version.number, in_use, b""
    _stand(record, RecordState.FILED, now, "number", "form", "draft")
    return version


@transaction.atomic
def check(*, session_id: int, by: User, number: int, word: str = "") -> RecordReview:
    """A supervisor finds version `number` right; twice is the same.

    Raises permissions.NotVisible, CannotReview, ChangedMeanwhile, text.UnacceptableText.
    """
    return _review(session_id, by, number, Decided.CHECKED, word)


@transaction.atomic
def send_back(*, session_id: int, by: User, number: int, word: str) -> RecordReview:
    """A supervisor returns version `number` to its counselor, with a word; twice is the same.

    Raises permissions.NotVisible, CannotReview, ChangedMeanwhile, text.UnacceptableText (a word is required).
    """
    return _review(session_id, by, number, Decided.RETURNED, clean(word, limit=WORD_LIMIT))


def _opened(session_id: int, by: User) -> tuple[Session, Record, datetime]:
    """The session under its lock and its record, for somebody who may change it now."""
    session, now = permissions.lock(session_id, by), timezone.now()
    if session.state not in lifecycle.RECORDED:
        raise lifecycle.CannotMove(Move.CLOSE, State(session.state))
    record, _new = Record.objects.get_or_create(session=session)
    if why := refusal(session, record, now, steers=permissions.steers(by, session.program_id)):
        raise CannotEdit(why)
    return session, record, now


def _change(record: Record, *fields: str) -> None:
    record.revision += 1
    record.save(update_fields=["revision", *fields])


def _stand(record: Record, state: RecordState, now: datetime, *fields: str) -> None:
    record.state, record.since = state, now
    _change(record, "state", "since", *fields)


def _left(session: Session, record: Record, before: Written | None, form: int) -> tuple[Left, ...]:
    """What no version of the form asks any more once the draft is moved to version `form`."""
    if before is None:
        return ()
    if record.draft_form == form:
        return before.left
    was, will_be = form_numbered(session, record.draft_form), form_numbered(session, form)
    return before.left + recording.carried(was, will_be, before.answers)[1]


def _checked(
    session: Session, form: Form, answers: Answers, classification: Classification, follow_up: Wanted | None
) -> Answers:
    if follow_up and follow_up.is_waived:
        form = follow_ups.without_day(form)
    short = recording.is_short(classification, risk=session.risk, trial=session.trial)
    written = {key: said for key, said in answers.items() if not (isinstance(said, str) and is_blank(said))}
    given = forms.check(form, written, finished=not short)
    own = {one.key for one in form.questions if one.kind in forms.WORDS}
    return {key: clean(str(said)) if key in own else said for key, said in given.items()}


def _version(record: Record, key: bytes, form: int, given: Answers, left: tuple[Left, ...]) -> RecordVersion:
    """One more version, its answers in it; the caller says who filed it and as what."""
    version = RecordVersion(record=record, number=record.number + 1, form=form)
    asked = form_numbered(record.session, form)
    version.codes, words = forms.words_apart(asked, given)
    version.seal(key, words, left)
    return version


def _close(session: Session, version: RecordVersion) -> None:
    """The sitting is closed by its first version; a later one corrects what stands in it."""
    first, now = session.state != State.CLOSED, version.at
    session.classification, session.thankful_end = version.classification, version.thankful_end
    fields: tuple[str, ...] = ("classification", "thankful_end")
    if first:
        session.state = lifecycle.after(Move.CLOSE, State(session.state))
        session.closed_at, session.waiting_since = now, None
        fields = ("state", "closed_at", "waiting_since", *fields)
        Assignment.objects.filter(session=session, until=None).update(until=now, ended_because="closed")
        approvals.drop(session)
    event: EventKind = "session.closed" if first else "record.corrected"
    timeline.record(session, event, at=now, by=version.by, fields=fields, classification=version.classification)


def _review(session_id: int, by: User, number: int, decided: Decided, word: str) -> RecordReview:
    session, now = permissions.lock_steered(session_id, by), timezone.now()
    permissions.require(by, Right.READ_ALL, session.program_id)
    record = Record.objects.filter(session=session, number__gt=0).first()
    if record is None or session.counselor_id == by.pk:
        raise CannotReview
    last = record.reviews.order_by("-turn").first()
    if last and record.state == decided and (last.number, last.by_id) == (number, by.pk):
        return last
    if record.number != number:
        raise ChangedMeanwhile
    if record.state not in {RecordState.FILED, RecordState.CHECKED} or record.state == decided:
        raise CannotReview
    review = RecordReview(
        record=record, turn=last.turn + 1 if last else 1, number=number, decided=decided, by=by, at=now
    )
    if word.strip():
        word = clean(word, limit=WORD_LIMIT)
        review.word = crypto.seal(session.visitor.key(), word, review.place)
    review.save(force_insert=True)
    _stand(record, RecordState(decided), now)
    audit.note(
        Deed.RECORD_REVIEWED, by=by, subject=f"session:{session_id}", program_id=session.program_id, did=decided.value
    )
    return review
