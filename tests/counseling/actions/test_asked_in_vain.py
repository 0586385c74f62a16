"""Who is asked before a talk on LINE, and is not let in or does not go on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from counseling import feeds
from counseling.actions import intake, messages
from counseling.lifecycle import EndReason, State
from counseling.models import Channel, Delivery, Message, Program, Session
from tests.conftest import NEVER, Say
from tests.counseling.actions.conftest import refreshed
from tests.counseling.asked import press, told

pytestmark = pytest.mark.django_db
REFUSE, NONE = "同意しない", "答えない"


def later(minutes: int) -> None:
    """So much time goes by: what was said and told lies back."""
    past = timezone.now() - timedelta(minutes=minutes)
    Message.objects.update(created_at=past)
    Session.objects.update(received_at=past, last_visitor_at=past)
    Delivery.objects.update(state="sent", created_at=past)


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"stage": "draft"}, "not_yet"),
        ({"stage": "paused"}, "paused"),
        ({"stage": "closed"}, "closed"),
        ({"hours": NEVER}, "off_hours"),
        ({"least_on_duty": 5}, "unstaffed"),
    ],
)
def test_where_nobody_is_let_in_nobody_is_asked(
    changes: dict[str, object], key: str, asking: Program, sora_says: Say
) -> None:
    Program.objects.update(**changes)
    session = sora_says("こんにちは")
    assert (session.state, told(session)) == (State.OFF_HOURS, [key])


def test_past_the_days_limit_nobody_is_asked(agreed: Session, line_channel: Channel, sora_says: Say) -> None:
    for _question in range(4):
        press(line_channel, NONE)
    Session.objects.update(state=State.CLOSED, ended_at=timezone.now(), closed_at=timezone.now())
    Program.objects.update(daily_limit=1)
    session = sora_says("もう一度")
    assert (session.state, told(session)) == (State.OFF_HOURS, ["limited"])


def test_a_sitting_that_ended_before_the_queue_counts_for_no_limit(
    asking: Program, line_channel: Channel, sora_says: Say
) -> None:
    Program.objects.update(daily_limit=1)
    sora_says("こんにちは")
    press(line_channel, REFUSE)
    assert told(sora_says("やっぱり"))[-1] == "consent"


def test_a_pause_in_the_midst_of_the_questions_is_told(agreed: Session, line_channel: Channel) -> None:
    Program.objects.update(stage="paused")
    for _question in range(4):
        press(line_channel, NONE)
    assert (refreshed(agreed).state, told(agreed)[-1]) == (State.OFF_HOURS, "paused")


def test_who_never_answers_is_let_go_kindly_and_begins_anew(agreed: Session, sora_says: Say) -> None:
    later(61)
    assert intake.lapse() == 1
    session = refreshed(agreed)
    assert (session.state, session.end_reason, told(session)[-1]) == (State.ABANDONED, EndReason.IDLE, "idle_close")
    assert sora_says("また来ました") != session


def test_who_answered_lately_is_not_let_go(agreed: Session) -> None:
    later(59)
    assert intake.lapse() == 0
    assert refreshed(agreed).state == State.INTAKE


def test_no_timer_lets_go_of_somebody_in_danger(asking: Program, sora_says: Say) -> None:
    session = sora_says("死にたい")
    later(600)
    assert intake.lapse() == 0
    assert refreshed(session).state == State.INTAKE


def test_an_answer_that_is_taken_back_is_forgotten(agreed: Session, line_channel: Channel, sora_says: Say) -> None:
    for label in (NONE, "いいえ", NONE):
        press(line_channel, label)
    sora_says("夫のことで")
    said = Message.objects.filter(author="visitor").latest("seq")
    messages.unsend(channel_id=line_channel.pk, external_id=str(said.external_id))
    session = refreshed(agreed)
    assert (intake.intake_words(session), session.attributes) == ({}, {"parent": "no"})


def test_the_board_shows_who_is_asked_without_a_word(agreed: Session) -> None:
    (shown,) = feeds.board(agreed.program_id)["sessions"]
    assert (shown["state"], shown["consent"]) == ("intake", "given")
