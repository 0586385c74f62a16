"""Silence is answered step by step; a session at high risk is never ended by a timer."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from accounts.models import User
from counseling.actions import idle, messages, sessions
from counseling.lifecycle import EndReason, State
from counseling.models import Duty, Message, Program, Session, SessionEvent, Visitor
from counseling.triage import Risk
from tests.conftest import NEVER, Say, assess

NewId = Callable[[], UUID]


@pytest.fixture
def silent(active: Session, haru: User, new_id: NewId) -> Session:
    """A talk in which Haru spoke last."""
    messages.reply(session_id=active.pk, by=haru, client_id=new_id(), words="いかがですか")
    return active


def pass_time(session: Session, minutes: int) -> Session:
    """The talk is silent for so long, and its last step is half as old."""
    ago = timezone.now() - timedelta(minutes=minutes)
    SessionEvent.objects.filter(session=session, kind="session.nudged").update(at=ago + timedelta(minutes=minutes / 2))
    Session.objects.filter(pk=session.pk).update(silent_since=ago)
    idle.walk()
    return Session.objects.get(pk=session.pk)


def told(session: Session) -> list[str]:
    rows = Message.objects.filter(session=session, author="auto").order_by("seq")
    return list(rows.values_list("auto_key", flat=True))


def test_silence_gets_nudge_notice_and_close(silent: Session) -> None:
    assert pass_time(silent, 11).idle_steps == 1
    assert pass_time(silent, 16).idle_steps == 2
    ended = pass_time(silent, 21)
    assert (ended.state, ended.end_reason) == (State.WRAP_UP, EndReason.IDLE)
    assert told(silent) == ["accepted", "nudge", "notice", "idle_close"]


def test_each_step_is_taken_once(silent: Session) -> None:
    pass_time(silent, 11)
    pass_time(silent, 12)
    assert told(silent).count("nudge") == 1


def test_a_step_that_came_late_leaves_time_to_answer(silent: Session) -> None:
    pass_time(silent, 600)
    idle.walk()
    assert told(silent) == ["accepted", "nudge"]
    pass_time(silent, 600)
    idle.walk()
    assert (told(silent)[-1], Session.objects.get(pk=silent.pk).state) == ("notice", State.ACTIVE)


def test_a_session_that_cannot_be_told_holds_up_no_other(silent: Session, haru: User, sora_says: Say) -> None:
    other = sessions.claim(session_id=sora_says("はじめまして", "U" + "9" * 32).pk, by=haru)
    messages.reply(session_id=other.pk, by=haru, client_id=uuid4(), words="こんばんは")
    Visitor.objects.filter(pk=silent.visitor_id).update(wrapped_key=b"")
    Session.objects.update(silent_since=timezone.now() - timedelta(minutes=11))
    assert idle.walk() == 1
    assert told(other)[-1] == "nudge"


def test_a_word_of_the_visitor_starts_again(silent: Session, sora_says: Say) -> None:
    pass_time(silent, 16)
    sora_says("すみません、書いています")
    assert Session.objects.get(pk=silent.pk).idle_steps == 0
    assert pass_time(silent, 60).state == State.ACTIVE


def test_who_waits_for_us_is_never_closed(active: Session) -> None:
    assert pass_time(active, 600).state == State.ACTIVE


def test_no_timer_ends_a_session_at_high_risk(silent: Session, haru: User) -> None:
    assess(session_id=silent.pk, by=haru, level=Risk.HIGH, word="計画がある")
    for minutes in (11, 16, 21, 600):
        assert pass_time(silent, minutes).state == State.ACTIVE
    assert "idle_close" not in told(silent)
    assert "notice" not in told(silent)


def test_a_talk_that_is_lowered_after_the_notice_is_not_closed_at_once(silent: Session, haru: User) -> None:
    pass_time(silent, 16)
    assess(session_id=silent.pk, by=haru, level=Risk.HIGH, word="計画がある")
    assert pass_time(silent, 600).state == State.ACTIVE
    assess(session_id=silent.pk, by=haru, level=Risk.LOW, word="ご家族と一緒にいる")
    assert (pass_time(silent, 600).state, told(silent)[-1]) == (State.ACTIVE, "nudge")


def test_a_held_talk_is_left_alone(silent: Session) -> None:
    Session.objects.filter(pk=silent.pk).update(state=State.HELD)
    assert pass_time(silent, 600).state == State.HELD


def test_who_still_waits_when_the_hours_end_is_told(waiting: Session, program: Program) -> None:
    Program.objects.filter(pk=program.pk).update(hours=NEVER)
    idle.walk()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.end_reason) == (State.ABANDONED, EndReason.HOURS_OVER)
    assert told(waiting)[-1] == "hours_over"


def test_who_waits_at_high_risk_when_the_hours_end_stays(sora_says: Say, program: Program) -> None:
    session = sora_says("死にたい")
    Program.objects.filter(pk=program.pk).update(hours=NEVER)
    idle.walk()
    session.refresh_from_db()
    assert session.state == State.WAITING


def test_a_talk_handed_back_after_the_hours_waits_while_somebody_is_on_duty(
    active: Session, program: Program, haru: User
) -> None:
    Program.objects.filter(pk=program.pk).update(hours=NEVER)
    sessions.requeue(session_id=active.pk, by=haru, summary="要約")
    idle.walk()
    active.refresh_from_db()
    assert active.state == State.WAITING
    Duty.objects.filter(program=program).update(ended_at=timezone.now(), ended_because="checked_out")
    idle.walk()
    active.refresh_from_db()
    assert (active.state, told(active)[-1]) == (State.ABANDONED, "hours_over")


def test_a_running_talk_goes_on_after_the_hours(active: Session, program: Program) -> None:
    Program.objects.filter(pk=program.pk).update(hours=NEVER)
    idle.walk()
    active.refresh_from_db()
    assert active.state == State.ACTIVE
