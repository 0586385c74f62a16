"""A record after it was filed: corrected in versions, looked at by a supervisor, read and listed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEntry, User
from counseling.actions import records, sessions
from counseling.actions.records import CannotEdit, CannotReview, ChangedMeanwhile
from counseling.feeds import records as feed
from counseling.lifecycle import Classification, EndReason, State
from counseling.models import Program, Record, RecordReview, RecordVersion, Session, SessionEvent
from counseling.recording import RecordState, Refused, Written
from counseling.text import UnacceptableText
from tests.conftest import Say
from tests.counseling.actions.recorded import ANSWERS, COMPLAINT, FORM, draft, filed, readable

DAY = timedelta(days=1)


def age(session: Session, by: timedelta) -> None:
    """The sitting was closed so long ago."""
    Session.objects.filter(pk=session.pk).update(closed_at=timezone.now() - by)


def test_the_same_filed_twice_is_one_version(over: Session, haru: User) -> None:
    assert filed(over, haru, revision=0).pk == filed(over, haru, revision=0).pk
    assert RecordVersion.objects.count() == 1


def test_a_correction_is_another_version_and_the_session_says_what_it_was(over: Session, haru: User) -> None:
    first = filed(over, haru)
    second = filed(over, haru, classification=Classification.OUT_OF_SCOPE, thankful_end=None)
    over.refresh_from_db()
    assert (over.state, over.classification, over.thankful_end) == (State.CLOSED, "out_of_scope", None)
    assert [first.number, second.number] == [1, 2]
    kinds = SessionEvent.objects.filter(session=over).order_by("version").values_list("kind", flat=True)
    assert list(kinds)[-2:] == ["session.closed", "record.corrected"]


def test_a_counselor_corrects_for_a_day_and_a_supervisor_longer(over: Session, haru: User, mio: User) -> None:
    filed(over, haru)
    age(over, DAY)
    with pytest.raises(CannotEdit) as refused:
        filed(over, haru, thankful_end=False)
    assert refused.value.why == Refused.TOO_LATE
    with pytest.raises(CannotEdit):
        draft(over, haru, revision=1, summary=["おそい"])
    assert filed(over, mio, thankful_end=False).number == 2


def test_a_program_has_its_own_number_of_hours(over: Session, haru: User) -> None:
    filed(over, haru)
    Program.objects.update(record_edit_for=timedelta(hours=48))
    age(over, DAY)
    assert filed(over, haru, thankful_end=False).number == 2


def test_what_was_begun_again_can_be_let_go(over: Session, haru: User) -> None:
    filed(over, haru)
    draft(over, haru, revision=1, summary=["やめる"])
    with pytest.raises(ChangedMeanwhile):
        records.discard(session_id=over.pk, by=haru, revision=1)
    records.discard(session_id=over.pk, by=haru, revision=2)
    assert feed.sheet_of(over).written["summary"] == ["仕事がつらいとのこと"]


def test_a_sitting_closed_before_there_were_records_is_a_supervisor_s_to_write(
    over: Session, haru: User, mio: User
) -> None:
    Session.objects.update(state=State.CLOSED, closed_at=timezone.now() - 2 * DAY)
    with pytest.raises(CannotEdit):
        filed(over, haru)
    assert filed(over, mio).number == 1


# The supervisor's look


def test_a_supervisor_finds_it_right(over: Session, haru: User, mio: User) -> None:
    filed(over, haru)
    review = records.check(session_id=over.pk, by=mio, number=1)
    assert (review.decided, review.word) == ("checked", b"")
    assert Record.objects.get().state == RecordState.CHECKED
    assert records.check(session_id=over.pk, by=mio, number=1).pk == review.pk
    with pytest.raises(CannotEdit) as refused:
        filed(over, haru, thankful_end=False)
    assert refused.value.why == Refused.CHECKED


def test_it_goes_back_with_a_word_is_corrected_and_checked(over: Session, haru: User, mio: User) -> None:
    filed(over, haru)
    age(over, 30 * DAY)
    with pytest.raises(UnacceptableText):
        records.send_back(session_id=over.pk, by=mio, number=1, word="  ")
    review = records.send_back(session_id=over.pk, by=mio, number=1, word="危険を確かめたかを書いてください")
    assert review.said(over.visitor.key()) == "危険を確かめたかを書いてください"
    assert "危険を" not in str(list(RecordReview.objects.values()))
    filed(over, haru, answers=ANSWERS | {"summary": "死にたい気持ちはないとのこと"})
    assert Record.objects.get().state == RecordState.FILED
    with pytest.raises(ChangedMeanwhile):
        records.check(session_id=over.pk, by=mio, number=1)
    records.check(session_id=over.pk, by=mio, number=2, word="ありがとう")
    deeds = AuditEntry.objects.filter(deed="record.reviewed").order_by("pk").values_list("details", flat=True)
    assert list(deeds) == [{"did": "returned"}, {"did": "checked"}]


def test_nobody_checks_the_record_of_their_own_talk(asked: Program, waiting: Session, mio: User) -> None:
    sessions.claim(session_id=waiting.pk, by=mio)
    sessions.end(session_id=waiting.pk, by=mio, reason=EndReason.CONCLUDED, farewell=False)
    filed(waiting, mio)
    with pytest.raises(CannotReview):
        records.check(session_id=waiting.pk, by=mio, number=1)


def test_what_is_not_filed_is_not_looked_at(over: Session, haru: User, mio: User) -> None:
    with pytest.raises(CannotReview):
        records.check(session_id=over.pk, by=mio, number=0)
    filed(over, haru)
    records.send_back(session_id=over.pk, by=mio, number=1, word="直して")
    with pytest.raises(CannotReview):
        records.check(session_id=over.pk, by=mio, number=1)


# Who reads


def test_a_counselor_reads_for_the_program_s_days_and_a_supervisor_longer(
    over: Session, haru: User, mio: User, ren: User, program: Program
) -> None:
    filed(over, haru)
    age(over, 27 * DAY)
    assert list(readable(haru, program)) == [over]
    age(over, 28 * DAY)
    assert list(readable(haru, program)) == []
    assert list(readable(mio, program)) == [over]
    assert list(readable(ren, program)) == []


def test_the_longest_over_stands_first_and_who_is_late_is_counted(
    over: Session, asked: Program, haru: User, mio: User, sora_says: Say
) -> None:
    other = sora_says("はじめまして", "U" + "9" * 32)
    sessions.claim(session_id=other.pk, by=haru)
    sessions.end(session_id=other.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    Session.objects.filter(pk=other.pk).update(ended_at=timezone.now() - timedelta(hours=9))
    rows = readable(mio, asked)
    assert list(feed.due(rows)) == [other, over]
    assert feed.counted(rows, timezone.now()) == {"due": 2, "returned": 0, "filed": 0, "checked": 0, "overdue": 1}


def test_what_the_talk_was_is_proposed(over: Session, sora_says: Say) -> None:
    assert feed.proposed(over) == Classification.NO_REPLY
    Session.objects.update(last_visitor_at=timezone.now())
    assert feed.proposed(Session.objects.get(pk=over.pk)) == Classification.VALID


def test_an_unfiled_sheet_holds_what_was_written(over: Session, haru: User) -> None:
    records.keep_draft(
        session_id=over.pk, by=haru, written=Written({"complaint": ["work"]}, "valid", "yes"), form=1, revision=0
    )
    sheet = feed.sheet_of(over)
    assert (sheet.classification, sheet.thankful, sheet.form) == ("valid", "yes", FORM)
    assert COMPLAINT in sheet.form.questions
