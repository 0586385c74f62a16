"""Consent and the questions before a talk on LINE: tapped or typed, declined, tapped late, left alone."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from counseling.actions import editions, intake, messages, taps
from counseling.intake import Code
from counseling.lifecycle import Consent, State
from counseling.models import Channel, Delivery, Message, Part, Program, Session
from counseling.models.session import Visitor
from counseling.quick_replies import LONGEST_DATA, LONGEST_LABEL, MOST
from counseling.rich_menu import Area
from counseling.text import utf16_length
from tests.conftest import SORA, Say
from tests.counseling.actions.conftest import refreshed
from tests.counseling.asked import ask_first, buttons, press, tap_on, told

pytestmark = pytest.mark.django_db
AGREE, REFUSE, NONE = "同意して相談する", "同意しない", "答えない"


def last_said(session: Session) -> str:
    message = Message.objects.filter(session=session, author="auto").order_by("-seq")[0]
    return message.own_words(session.visitor.key())


def later(minutes: int) -> None:
    """So much time goes by: what was said and told lies back."""
    past = timezone.now() - timedelta(minutes=minutes)
    Message.objects.update(created_at=past)
    Session.objects.update(received_at=past, last_visitor_at=past)
    Delivery.objects.update(state="sent", created_at=past)


# The way through


def test_the_first_word_is_answered_with_the_terms(asking: Program, sora_says: Say) -> None:
    session = sora_says("聞いてください")
    assert (session.state, session.consent, session.queued_at) == (State.INTAKE, Consent.AWAITED, None)
    assert told(session) == ["consent"]
    assert "/talk/women/terms" in last_said(session)
    assert set(buttons()) == {AGREE, REFUSE}


def test_asking_by_the_menu_is_answered_in_the_same_way(asking: Program, line_channel: Channel) -> None:
    taps.take(channel_id=line_channel.pk, identity=SORA, area=Area.TALK)
    assert told(Session.objects.get()) == ["consent"]


def test_every_answer_is_kept_as_the_page_keeps_it(agreed: Session, line_channel: Channel, sora_says: Say) -> None:
    for label in ("30代", "はい", "2人", "家族", "お金", "これでよい"):
        press(line_channel, label)
    sora_says("夫のことで")
    session = refreshed(agreed)
    assert session.state == State.WAITING
    assert session.attributes == {"age": "30s", "parent": "yes", "children": "2", "topics": ["home", "money"]}
    assert intake.intake_words(session) == {"line": "夫のことで"}
    assert told(session)[-1] == "accepted"


def test_everything_may_be_declined(agreed: Session, line_channel: Channel) -> None:
    for _question in range(4):
        press(line_channel, NONE)
    session = refreshed(agreed)
    assert (session.state, session.attributes, session.intake_words) == (State.WAITING, {}, b"")


def test_what_hangs_on_an_answer_is_not_asked_without_it(agreed: Session, line_channel: Channel) -> None:
    press(line_channel, "30代")
    press(line_channel, "いいえ")
    assert "話したいこと" in last_said(agreed)


def test_it_can_all_be_typed(asking: Program, line_channel: Channel, sora_says: Say) -> None:
    session = sora_says("こんにちは")
    for words in ("同意します", "30代", "いいえ", "家族", "これでよい", "ひとりです"):
        sora_says(words)
    assert refreshed(session).attributes == {"age": "30s", "parent": "no", "topics": ["home"]}
    assert refreshed(session).state == State.WAITING


def test_other_words_are_answered_with_the_question_again(agreed: Session, sora_says: Say) -> None:
    Delivery.objects.update(state="sent")
    sora_says("うまく言えません")
    assert refreshed(agreed).state == State.INTAKE
    assert told(agreed)[-2:] == ["question", "question"]


def test_a_flood_of_words_is_not_answered_with_a_flood(asking: Program, sora_says: Say) -> None:
    session = sora_says("ねえ")
    for _word in range(20):
        Delivery.objects.update(state="sent")
        sora_says("ねえ")
    assert len(told(session)) <= 7


def test_while_a_question_is_on_its_way_it_is_not_asked_again(asking: Program, sora_says: Say) -> None:
    session = sora_says("ねえ")
    sora_says("ねえ")
    assert told(session) == ["consent"]


def test_the_language_is_asked_where_there_are_several(program: Program, line_channel: Channel, sora_says: Say) -> None:
    ask_first(program, languages=["ja", "en"])
    session = sora_says("Hello")
    press(line_channel, "English")
    assert refreshed(session).visitor.language == "en"
    assert set(buttons()) == {"Agree and talk", "I do not agree", "ことば/Language"}
    press(line_channel, "Agree and talk")
    assert "Age" in last_said(session)


def test_without_questions_consent_leads_into_the_queue(asking: Program, line_channel: Channel, sora_says: Say) -> None:
    editions.put_in_force(asking, Part.INTAKE, {"type": "object", "properties": {}}, by=None)
    asking.save(update_fields=["editions"])
    session = sora_says("こんにちは")
    press(line_channel, AGREE)
    assert refreshed(session).state == State.WAITING


def test_a_program_that_does_not_ask_lets_in_as_before(program: Program, sora_says: Say) -> None:
    session = sora_says("こんにちは")
    assert (session.state, session.consent) == (State.WAITING, "")


def test_buttons_keep_to_the_rules_of_line(agreed: Session, line_channel: Channel) -> None:
    for label in ("30代", "はい", "2人"):
        for reply in (shown := buttons()).values():
            assert utf16_length(reply.label) <= LONGEST_LABEL
            assert len(reply.data) <= LONGEST_DATA
        assert len(shown) <= MOST
        press(line_channel, label)


# Late, twice, or of another


def test_a_second_tap_changes_nothing(agreed: Session, line_channel: Channel) -> None:
    age = press(line_channel, "30代")
    before = refreshed(agreed)
    taps.choose(channel_id=line_channel.pk, identity=SORA, tap=age)
    after = refreshed(agreed)
    assert (after.attributes, after.intake, after.version) == (before.attributes, before.intake, before.version)


def test_a_tap_on_an_older_question_asks_the_present_one_again(agreed: Session, line_channel: Channel) -> None:
    age = press(line_channel, "30代")
    later(2)
    taps.choose(channel_id=line_channel.pk, identity=SORA, tap=age._replace(code="10s"))
    assert refreshed(agreed).attributes == {"age": "30s"}
    assert "お子さん" in last_said(agreed)


@pytest.mark.parametrize("code", ["40s", "nobody", Code.DONE, Code.DAY])
def test_a_button_that_was_never_shown_answers_nothing(code: str, agreed: Session, line_channel: Channel) -> None:
    tap = tap_on(buttons()["30代"])._replace(code=code)
    taps.choose(channel_id=line_channel.pk, identity=SORA, tap=tap)
    assert refreshed(agreed).attributes == {}
    assert refreshed(agreed).state == State.INTAKE


def test_another_persons_button_opens_nothing(agreed: Session, line_channel: Channel, sora_says: Say) -> None:
    tap = tap_on(buttons()["30代"])
    taps.choose(channel_id=line_channel.pk, identity="U" + "9" * 32, tap=tap)
    assert refreshed(agreed).attributes == {}
    assert Visitor.objects.count() == Session.objects.count() == 1


def test_agreeing_in_a_sitting_that_is_over_begins_another(
    asking: Program, line_channel: Channel, sora_says: Say
) -> None:
    first = sora_says("こんにちは")
    agree = press(line_channel, REFUSE)._replace(code=Code.AGREE)
    taps.choose(channel_id=line_channel.pk, identity=SORA, tap=agree)
    assert refreshed(first).state == State.ABANDONED
    second = Session.objects.latest("pk")
    assert (second.state, second.consent, told(second)) == (State.INTAKE, Consent.AWAITED, ["consent"])


def test_terms_that_changed_meanwhile_are_asked_again(asking: Program, line_channel: Channel, sora_says: Say) -> None:
    session = sora_says("こんにちは")
    editions.put_in_force(asking, Part.TERMS, {"ja": "新しい規約です。"}, by=None)
    asking.save(update_fields=["editions"])
    press(line_channel, AGREE)
    assert (refreshed(session).consent, told(session)) == (Consent.AWAITED, ["consent", "consent"])
    press(line_channel, AGREE)
    assert refreshed(session).consent == Consent.GIVEN


@pytest.mark.django_db(transaction=True)
def test_taps_and_words_at_once_make_one_sitting(asking: Program, line_channel: Channel) -> None:
    def in_a_thread(number: int) -> None:
        if number % 2:
            taps.take(channel_id=line_channel.pk, identity=SORA, area=Area.TALK)
        else:
            messages.receive(
                channel_id=line_channel.pk, identity=SORA, external_id=f"at-once-{number}", kind="text", text="ねえ",
                written_at=timezone.now(),
            )  # fmt: skip
        connection.close()

    threads = [threading.Thread(target=in_a_thread, args=(number,)) for number in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert Session.objects.count() == 1
