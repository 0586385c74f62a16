"""A record: kept while somebody writes, filed once it is whole, corrected, looked at by a supervisor."""

from datetime import timedelta

import pytest

from accounts.models import User
from counseling import crypto
from counseling.actions import records, sessions
from counseling.actions.records import ChangedMeanwhile, FormChanged, TooLong
from counseling.feeds import records as feed
from counseling.forms import Form, InvalidAnswers, Kind, Question
from counseling.lifecycle import CannotMove, Classification, State
from counseling.models import Program, Record, RecordVersion, Session, SessionEvent, Visitor
from counseling.permissions import NotVisible
from counseling.recording import Left, RecordState
from counseling.triage import Risk
from tests.counseling.actions.recorded import ANSWERS, SUMMARY, ask, draft, filed

DAY = timedelta(days=1)


def test_a_whole_record_closes_the_sitting(over: Session, haru: User) -> None:
    version = filed(over, haru)
    over.refresh_from_db()
    assert (over.state, over.classification, over.thankful_end) == (State.CLOSED, "valid", True)
    assert (version.number, version.codes) == (1, {"complaint": "work"})
    assert version.opened(over.visitor.key()) == (ANSWERS, ())
    assert over.record.state == RecordState.FILED
    assert SessionEvent.objects.filter(session=over, kind="session.closed").count() == 1


def test_words_are_sealed_and_nothing_is_read_once_the_key_is_destroyed(over: Session, haru: User) -> None:
    draft(over, haru, summary=["書きかけ"])
    filed(over, haru)
    draft(over, haru, revision=2, summary=["直しかけ"])
    stored = str(list(Record.objects.values())) + str(list(RecordVersion.objects.values()))
    assert "仕事がつらい" not in stored
    assert "直しかけ" not in stored
    Visitor.objects.update(wrapped_key=b"")
    over.refresh_from_db()
    sheet = feed.sheet_of(Session.objects.get(pk=over.pk))
    assert sheet.erased
    assert sheet.written == {}
    with pytest.raises(crypto.CannotOpen):
        RecordVersion.objects.get().opened(Visitor.objects.get(pk=over.visitor_id).key())


def test_a_ciphertext_opens_in_its_own_place_only(over: Session, haru: User) -> None:
    filed(over, haru)
    record, version = Record.objects.get(), RecordVersion.objects.get()
    record.draft = version.words
    with pytest.raises(crypto.CannotOpen):
        record.kept(over.visitor.key())


def test_what_is_missing_is_said_and_nothing_is_closed(over: Session, haru: User) -> None:
    with pytest.raises(InvalidAnswers) as wrong:
        filed(over, haru, answers={"summary": "　 ", "follow_up": "yes"})
    assert wrong.value.problems == {"complaint": "required", "summary": "required", "until": "required"}
    over.refresh_from_db()
    assert (over.state, over.classification) == (State.WRAP_UP, "")
    assert not Record.objects.exists()


@pytest.mark.parametrize("classification", ["no_reply", "prank", "test"])
def test_where_there_was_no_talk_the_questions_may_stay_empty(
    over: Session, haru: User, classification: Classification
) -> None:
    assert filed(over, haru, classification=Classification(classification), answers={}).codes == {}


@pytest.mark.parametrize("classification", Classification)
def test_at_high_risk_everything_is_asked(over: Session, haru: User, classification: Classification) -> None:
    Session.objects.update(risk=Risk.HIGH)
    with pytest.raises(InvalidAnswers):
        filed(over, haru, classification=classification, answers={})


def test_a_trial_needs_no_answers(over: Session, haru: User) -> None:
    Session.objects.update(trial=True)
    assert filed(over, haru, answers={})


def test_a_talk_that_goes_on_is_not_filed(asked: Program, active: Session, haru: User) -> None:
    with pytest.raises(CannotMove):
        filed(active, haru)
    with pytest.raises(CannotMove):
        filed(active, haru, answers={}, classification=Classification.PRANK)


@pytest.mark.parametrize("stranger", ["ren", "aoi", "kei", "nao"])
def test_nobody_else_writes_it(over: Session, stranger: str, request: pytest.FixtureRequest) -> None:
    by = request.getfixturevalue(stranger)
    with pytest.raises(NotVisible):
        filed(over, by)
    with pytest.raises(NotVisible):
        draft(over, by, summary=["ことば"])
    with pytest.raises(NotVisible):
        records.check(session_id=over.pk, by=by, number=1)
    with pytest.raises(NotVisible):
        records.send_back(session_id=over.pk, by=by, number=1, word="直して")


def test_a_supervisor_writes_the_record_of_who_cannot(over: Session, mio: User) -> None:
    assert filed(over, mio).by == mio


# Drafts


def test_a_draft_is_kept_while_the_talk_goes_on(asked: Program, active: Session, haru: User) -> None:
    kept = draft(active, haru, summary=["書きか\nけ"], until=["あした"])
    assert (kept.revision, kept.draft_by) == (1, haru)
    assert feed.sheet_of(active).written == {"summary": ["書きか\nけ"], "until": ["あした"]}


def test_the_same_draft_again_changes_nothing(over: Session, haru: User) -> None:
    assert draft(over, haru, summary=["同じ"]).revision == 1
    assert draft(over, haru, summary=["同じ"], revision=0).revision == 1


def test_two_people_who_write_at_once_are_told(over: Session, haru: User, mio: User) -> None:
    draft(over, haru, summary=["ハルの"])
    with pytest.raises(ChangedMeanwhile):
        draft(over, mio, summary=["ミオの"])
    with pytest.raises(ChangedMeanwhile):
        filed(over, mio, revision=0)
    assert feed.sheet_of(over).written == {"summary": ["ハルの"]}
    over.refresh_from_db()
    assert over.state == State.WRAP_UP


def test_the_next_counselor_goes_on_with_the_draft(asked: Program, active: Session, haru: User, ren: User) -> None:
    draft(active, haru, summary=["ここまで"])
    sessions.transfer(session_id=active.pk, by=haru, to=ren, summary="お願いします")
    assert draft(active, ren, revision=1, summary=["ここまで、そのあと"]).draft_by == ren
    with pytest.raises(NotVisible):
        draft(active, haru, revision=2, summary=["もう書けない"])


def test_what_cannot_be_stored_is_repaired_and_what_is_not_asked_is_left_out(over: Session, haru: User) -> None:
    draft(over, haru, summary=["ゼロ\0と\ud83d"], no_such_question=["x"])
    assert feed.sheet_of(over).written == {"summary": ["ゼロ\ufffdと\ufffd"]}


def test_a_draft_has_an_end(over: Session, haru: User) -> None:
    with pytest.raises(TooLong):
        draft(over, haru, summary=["あ" * 300_001])


def test_a_draft_of_a_form_nobody_published_is_one_of_today_s(over: Session, haru: User) -> None:
    assert draft(over, haru, form=-1, summary=["ことば"]).draft_form == 1


# Another form meanwhile


def test_answers_move_to_a_new_form_and_nothing_is_lost(over: Session, haru: User, program: Program) -> None:
    draft(over, haru, summary=["仕事のこと"], complaint=["work"])
    ask(program, Form((SUMMARY, Question("place", Kind.TEXT, {"ja": "場所"}, required=True))))
    over.program.refresh_from_db()
    sheet = feed.sheet_of(over)
    assert sheet.form_changed
    assert (sheet.written, sheet.left) == ({"summary": ["仕事のこと"]}, (Left("主訴", "仕事"),))
    with pytest.raises(FormChanged):
        filed(over, haru, form=1)
    draft(over, haru, revision=1, form=2, summary=["仕事のこと"], place=["横浜"])
    version = filed(over, haru, form=2, revision=2, answers={"summary": "仕事のこと", "place": "横浜"})
    assert version.opened(over.visitor.key())[1] == (Left("主訴", "仕事"),)


def test_what_was_filed_stays_in_its_form(over: Session, haru: User, program: Program) -> None:
    filed(over, haru)
    ask(program, Form((SUMMARY,)))
    again = filed(over, haru, answers=ANSWERS | {"complaint": "money"})
    assert (again.form, again.codes) == (1, {"complaint": "money"})
