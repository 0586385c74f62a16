"""A survey on LINE: one tap a question, back and forth, stopped, finished, taken back; old buttons do no harm."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from counseling.actions import taps
from counseling.gateways.line.reading import tapped
from counseling.models import Channel, Message, Program, Session, SessionEvent, SurveyAnswer, SurveyInvitation
from counseling.survey import SurveyTap
from tests.conftest import SORA
from tests.counseling.asked import buttons
from tests.counseling.survey.surveyed import (
    a_minute_passes,
    again,
    answer_of,
    keys,
    send,
    talked,
    tap,
    told,
    with_survey,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(active: Session, program: Program, haru: User) -> Session:
    """Sora's talk is over, and she was invited by buttons."""
    with_survey(program)
    session = talked(active, haru)
    send()
    return session


def all_of_it(line: Channel) -> None:
    for label in ("アンケートに答える", "はい", "聞いてくれた", "これでよい", "満足"):
        tap(line, label)


def test_one_tap_a_question(asked: Session, line_channel: Channel) -> None:
    all_of_it(line_channel)
    row = answer_of(asked)
    assert (row.stage, row.codes) == ("finished", {"good": "yes", "why": ["listened"], "satisfied": "satisfied"})
    assert row.finished_at is not None
    assert keys()[-1] == "survey_thanks"


def test_no_tap_touches_a_session(asked: Session, line_channel: Channel) -> None:
    before = SessionEvent.objects.count(), Message.objects.count()
    all_of_it(line_channel)
    tap(line_channel, "回答を取り消す")
    assert (SessionEvent.objects.count(), Message.objects.count(), Session.objects.count()) == (*before, 1)


def test_the_same_tap_twice_is_once(asked: Session, line_channel: Channel) -> None:
    tap(line_channel, "アンケートに答える")
    pressed = tap(line_channel, "いいえ")
    again(line_channel, pressed)
    assert answer_of(asked).codes == {"good": "no"}
    assert keys() == ["survey_invite", "survey_question", "survey_question"]


def test_an_earlier_button_asks_again_after_a_minute(asked: Session, line_channel: Channel) -> None:
    tap(line_channel, "アンケートに答える")
    pressed = tap(line_channel, "いいえ")
    a_minute_passes()
    again(line_channel, pressed)
    assert answer_of(asked).codes == {"good": "no"}
    assert "満足度" in told()[-1][1]


def test_a_question_is_skipped(asked: Session, line_channel: Channel) -> None:
    tap(line_channel, "アンケートに答える")
    tap(line_channel, "答えない")
    tap(line_channel, "満足")
    assert answer_of(asked).codes == {"satisfied": "satisfied"}


def test_an_answer_is_changed_until_the_end(asked: Session, line_channel: Channel) -> None:
    for label in (
        "アンケートに答える",
        "はい",
        "聞いてくれた",
        "これでよい",
        "ひとつ前へ",
        "ひとつ前へ",
        "いいえ",
        "不満",
    ):
        tap(line_channel, label)
    assert answer_of(asked).codes == {"good": "no", "satisfied": "dissatisfied"}


def test_several_are_taken_back(asked: Session, line_channel: Channel) -> None:
    for label in ("アンケートに答える", "はい", "聞いてくれた", "どれも選ばない", "満足"):
        tap(line_channel, label)
    assert answer_of(asked).codes == {"good": "yes", "satisfied": "satisfied"}


def test_whoever_stops_has_answered_so_far(asked: Session, line_channel: Channel) -> None:
    for label in ("アンケートに答える", "いいえ", "ここで終える"):
        tap(line_channel, label)
    assert (answer_of(asked).stage, answer_of(asked).codes) == ("finished", {"good": "no"})


def test_whoever_answers_nothing_has_declined(asked: Session, line_channel: Channel) -> None:
    for label in ("アンケートに答える", "ここで終える"):
        tap(line_channel, label)
    assert (answer_of(asked).stage, keys()[-1]) == ("declined", "survey_declined")


def test_declining_is_one_tap(asked: Session, line_channel: Channel) -> None:
    pressed = tap(line_channel, "答えない")
    again(line_channel, pressed)
    assert (answer_of(asked).stage, keys()) == (
        "declined", ["survey_invite", "survey_declined", "survey_over"],
    )  # fmt: skip


def test_answers_are_taken_back(asked: Session, line_channel: Channel) -> None:
    all_of_it(line_channel)
    pressed = tap(line_channel, "回答を取り消す")
    row = answer_of(asked)
    assert (row.stage, row.codes, bytes(row.words)) == ("withdrawn", {}, b"")
    assert keys()[-1] == "survey_withdrawn"
    again(line_channel, pressed)
    assert answer_of(asked).stage == "withdrawn"


def test_they_are_taken_back_long_after_the_survey_is_over(asked: Session, line_channel: Channel) -> None:
    all_of_it(line_channel)
    SurveyInvitation.objects.update(ends_on=date(2020, 1, 1))
    tap(line_channel, "回答を取り消す")
    assert answer_of(asked).stage == "withdrawn"


def test_a_late_answer_is_answered_kindly(asked: Session, line_channel: Channel) -> None:
    SurveyInvitation.objects.update(ends_on=timezone.now().date() - timedelta(days=2))
    tap(line_channel, "アンケートに答える")
    assert (keys()[-1], answer_of(asked).codes) == ("survey_over", {})


def test_a_button_of_a_survey_that_is_gone_is_answered_kindly(asked: Session, line_channel: Channel) -> None:
    pressed = tap(line_channel, "アンケートに答える")
    SurveyAnswer.objects.all().delete()
    again(line_channel, pressed)
    assert keys()[-1] == "survey_over"


def test_nobody_answers_for_somebody_else(asked: Session, line_channel: Channel, sora_says: object) -> None:
    stranger = "U" + "9" * 32
    sora_says("わたしは別の人です", identity=stranger)  # type: ignore[operator]
    forged = SurveyTap(answer_of(asked).pk, 0, ".start")
    taps.choose(channel_id=line_channel.pk, identity=stranger, tap=forged)
    taps.choose(channel_id=line_channel.pk, identity="U" + "8" * 32, tap=forged)
    assert answer_of(asked).asking == {}
    assert keys(stranger) == ["survey_over"]


def test_a_code_that_is_no_choice_asks_again(asked: Session, line_channel: Channel) -> None:
    tap(line_channel, "アンケートに答える")
    a_minute_passes()
    taps.choose(channel_id=line_channel.pk, identity=SORA, tap=SurveyTap(answer_of(asked).pk, 1, "maybe"))
    assert answer_of(asked).codes == {}
    assert list(buttons())[:3] == ["はい", "どちらとも", "いいえ"]


def test_line_s_postback_is_read_as_a_tap(asked: Session) -> None:
    event = {"source": {"userId": SORA}, "postback": {"data": "survey=5.2=yes"}}
    assert tapped(event).tap == SurveyTap(5, 2, "yes")  # type: ignore[union-attr]
