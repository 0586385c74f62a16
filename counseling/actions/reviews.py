"""Review sheets (振り返りシート): a supervisor and a counselor look back on a finished session, for support.

Only the two of them read it. Each writes a draft, shows a version, and confirms what both wrote; with the second
confirmation it is finished. Where its supervisor no longer supervises the program, another one may take her place.
"""

import json
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Right
from counseling import crypto, lifecycle, permissions
from counseling.lifecycle import State
from counseling.models import Assignment, ReviewDraft, ReviewSheet, ReviewVersion, Session
from counseling.models.care import Side
from counseling.text import clean, in_one_way

# What each of the two is asked.
QUESTIONS = ("went_well", "was_hard", "to_try", "next_step")
ANSWER_LIMIT = 2_000  # UTF-16 units

Answers = dict[str, str]


class CannotReview(Exception):
    """The session is not over, it was never this counselor's, or it is one's own."""


class AnothersSheet(Exception):
    """Another supervisor has begun the sheet: it is between those two."""


class Finished(Exception):
    """Both have confirmed the sheet: it stays as it is."""


class NewerVersion(Exception):
    """This side has shown a version since, in another window."""


class NothingWritten(Exception):
    """There is nothing to show or to confirm: not a word, or not both have shown theirs."""


@transaction.atomic
def begin(*, session_id: int, program_id: int, counselor_id: int, by: User) -> ReviewSheet:
    """A supervisor begins a sheet with somebody who had the session. There is one for each: begun twice it is the same.

    Raises permissions.NotVisible, CannotReview, AnothersSheet.
    """
    permissions.require(by, Right.STEER, program_id)
    session = Session.objects.filter(pk=session_id, program=program_id).first()
    if session is None:
        raise permissions.NotVisible
    had_it = Assignment.objects.filter(session=session, user=counselor_id).exists()
    if session.state not in {State.WRAP_UP, *lifecycle.FINISHED} or not had_it or counselor_id == by.pk:
        raise CannotReview
    sheet, new = ReviewSheet.objects.get_or_create(
        session=session, counselor_id=counselor_id, defaults={"supervisor": by}
    )
    if sheet.supervisor_id != by.pk:
        raise AnothersSheet
    if new:
        _note(Deed.REVIEW_BEGUN, sheet, program_id, by)
    return sheet


@transaction.atomic
def take_over(*, sheet_id: int, by: User) -> None:
    """Supervise a sheet whose supervisor no longer supervises the program. Raises permissions.NotVisible, Finished."""
    sheet = _locked(sheet_id)
    if not permissions.orphaned_reviews(by).filter(pk=sheet.pk).exists():
        raise permissions.NotVisible
    _require_open(sheet)
    # What the one before had not shown was hers alone.
    ReviewDraft.objects.filter(sheet=sheet, side=Side.SUPERVISOR).delete()
    sheet.supervisor, sheet.supervisor_confirmed_at = by, None
    sheet.save(update_fields=["supervisor", "supervisor_confirmed_at"])
    _note(Deed.REVIEW_TAKEN_OVER, sheet, sheet.session.program_id, by)


@transaction.atomic
def keep_draft(*, sheet_id: int, answers: Mapping[str, str], based_on: int, by: User) -> None:
    """Keep what `by` has written and not shown; where nothing is written the draft is forgotten.

    Raises permissions.NotVisible, Finished, NewerVersion, text.UnacceptableText.
    """
    sheet, side = _open_side(sheet_id, by, based_on)
    words = _cleaned(answers)
    if not words:
        ReviewDraft.objects.filter(sheet=sheet, side=side).delete()
        return
    draft = ReviewDraft(sheet=sheet, side=side)
    ReviewDraft.objects.update_or_create(sheet=sheet, side=side, defaults={"body": _sealed(sheet, words, draft.place)})


@transaction.atomic
def show(*, sheet_id: int, answers: Mapping[str, str], based_on: int, by: User) -> int:
    """Show the other one a version; what either has confirmed before is to be confirmed again. Its number.

    The same words again are the same version.
    Raises permissions.NotVisible, Finished, NewerVersion, NothingWritten, text.UnacceptableText.
    """
    sheet, side = _open_side(sheet_id, by, based_on)
    words = _cleaned(answers)
    if not words:
        raise NothingWritten
    ReviewDraft.objects.filter(sheet=sheet, side=side).delete()
    last = _last(sheet, side)
    if last and json.loads(last.words(sheet.session.visitor.key())) == words:
        return last.number
    version = ReviewVersion(sheet=sheet, side=side, number=based_on + 1, by=by)
    version.body = _sealed(sheet, words, version.place)
    version.save(force_insert=True)
    sheet.counselor_confirmed_at = sheet.supervisor_confirmed_at = None
    sheet.save(update_fields=["counselor_confirmed_at", "supervisor_confirmed_at"])
    return version.number


@transaction.atomic
def confirm(*, sheet_id: int, seen: tuple[int, int], by: User) -> bool:
    """`by` agrees with what both wrote; True when that finishes the sheet. Twice is the same.

    `seen` are the numbers of the counselor's and the supervisor's version that were looked at.
    Raises permissions.NotVisible, Finished, NewerVersion, NothingWritten.
    """
    sheet = _locked(sheet_id)
    side = side_of(sheet, by)
    _require_open(sheet)
    numbers = [version.number if (version := _last(sheet, one)) else 0 for one in (Side.COUNSELOR, Side.SUPERVISOR)]
    if 0 in numbers:
        raise NothingWritten
    if numbers != list(seen):
        raise NewerVersion
    now = timezone.now()
    _confirm(sheet, side, now)
    if sheet.finished_at:
        ReviewDraft.objects.filter(sheet=sheet).delete()
        _note(Deed.REVIEW_FINISHED, sheet, sheet.session.program_id, by)
    return sheet.finished_at is not None


def _confirm(sheet: ReviewSheet, side: Side, now: datetime) -> None:
    if side == Side.COUNSELOR:
        sheet.counselor_confirmed_at = sheet.counselor_confirmed_at or now
    else:
        sheet.supervisor_confirmed_at = sheet.supervisor_confirmed_at or now
    if sheet.counselor_confirmed_at and sheet.supervisor_confirmed_at:
        sheet.finished_at = now
    sheet.save(update_fields=["counselor_confirmed_at", "supervisor_confirmed_at", "finished_at"])


def side_of(sheet: ReviewSheet, user: User) -> Side:
    """Which of the two `user` is. Raises permissions.NotVisible."""
    if not permissions.readable_reviews(user).filter(pk=sheet.pk).exists():
        raise permissions.NotVisible
    return Side.COUNSELOR if sheet.counselor_id == user.pk else Side.SUPERVISOR


def _locked(sheet_id: int) -> ReviewSheet:
    rows = ReviewSheet.objects.select_for_update(of=("self",), no_key=True).select_related("session__visitor")
    sheet = rows.filter(pk=sheet_id).first()
    if sheet is None:
        raise permissions.NotVisible
    return sheet


def _open_side(sheet_id: int, by: User, based_on: int) -> tuple[ReviewSheet, Side]:
    """The sheet, locked, and whose words `by` writes. Raises permissions.NotVisible, Finished, NewerVersion."""
    sheet = _locked(sheet_id)
    side = side_of(sheet, by)
    _require_open(sheet)
    last = _last(sheet, side)
    if (last.number if last else 0) != based_on:
        raise NewerVersion
    return sheet, side


def _require_open(sheet: ReviewSheet) -> None:
    if sheet.finished_at:
        raise Finished


def _last(sheet: ReviewSheet, side: str) -> ReviewVersion | None:
    return ReviewVersion.objects.filter(sheet=sheet, side=side).order_by("-number").first()


def _cleaned(answers: Mapping[str, str]) -> Answers:
    """What was written, without what was left empty. Raises text.UnacceptableText."""
    given = {name: in_one_way(answers.get(name, "")) for name in QUESTIONS}
    return {name: clean(words, limit=ANSWER_LIMIT) for name, words in given.items() if words}


def _sealed(sheet: ReviewSheet, words: Answers, place: str) -> bytes:
    """Raises crypto.CannotOpen where the visitor's words were erased."""
    return crypto.seal(sheet.session.visitor.key(), json.dumps(words), place)


def _note(deed: Deed, sheet: ReviewSheet, program_id: int, by: User) -> None:
    audit.note(deed, by=by, subject=f"session:{sheet.session_id}", program_id=program_id, sheet=sheet.pk)
