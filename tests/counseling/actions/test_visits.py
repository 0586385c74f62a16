"""Arriving and leaving: hours, consent, one open sitting, and what a block by the visitor means."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from counseling import crypto, feeds
from counseling.actions import friends, messages, records, sessions, visits
from counseling.lifecycle import Classification, EndReason, State
from counseling.models import Channel, Delivery, Program, Session, Visitor
from counseling.models.message import Message
from tests.conftest import NEVER, SORA, Say

TOKEN = "a-token-of-this-browser"


def start(channel: Channel, **changes: object) -> Session:
    wishes: dict[str, object] = {
        "channel_id": channel.pk,
        "identity": TOKEN,
        "terms_version": 1,
        "attributes": {"age": "30s", "area": "yokohama"},
        "line": "夫のことで",
    }
    return visits.start(**(wishes | changes))  # type: ignore[arg-type]


def test_starting_on_the_web_waits_in_the_queue(web_channel: Channel) -> None:
    session = start(web_channel)
    assert session.state == State.WAITING
    assert session.attributes == {"age": "30s", "area": "yokohama"}
    assert session.consented_at is not None
    first = Message.objects.filter(session=session).order_by("seq")[0]
    assert first.words(session.visitor.key()) == "夫のことで"


def test_every_attribute_may_be_declined(web_channel: Channel) -> None:
    session = start(web_channel, attributes={}, line="")
    assert session.attributes == {}
    assert session.state == State.WAITING


def test_answers_nobody_offered_are_dropped(web_channel: Channel) -> None:
    session = start(web_channel, attributes={"age": "<script>", "shoe": "42"})
    assert session.attributes == {}


def test_terms_that_changed_meanwhile_are_shown_again(web_channel: Channel) -> None:
    with pytest.raises(visits.CannotStart):
        start(web_channel, terms_version=0)


def test_starting_twice_gives_the_same_sitting(web_channel: Channel) -> None:
    assert start(web_channel).pk == start(web_channel).pk


def test_a_button_pressed_twice_outside_the_hours_says_the_line_once(web_channel: Channel, program: Program) -> None:
    Program.objects.filter(pk=program.pk).update(hours=NEVER)
    form = uuid4()
    session = start(web_channel, client_id=form)
    assert start(web_channel, client_id=form).pk == session.pk
    start(web_channel, client_id=form, line="書きなおしました")
    key = session.visitor.key()
    said = Message.objects.filter(session=session, author="visitor").order_by("seq")
    assert [message.words(key) for message in said] == ["夫のことで", "書きなおしました"]


def test_a_clock_that_was_put_back_hides_no_sitting(active: Session, haru: User, sora_says: Say) -> None:
    sessions.end(session_id=active.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    records.file(session_id=active.pk, by=haru, classification=Classification.VALID, thankful_end=None)
    tomorrow = timezone.now() + timedelta(days=1)
    Session.objects.filter(pk=active.pk).update(received_at=tomorrow)
    again = sora_says("また来ました")
    assert sora_says("聞こえますか").pk == again.pk != active.pk
    shown = feeds.talk_state(again.visitor_id)
    assert shown and shown["session"] == again.pk


def test_outside_the_hours_the_web_says_so(web_channel: Channel, program: Program) -> None:
    Program.objects.filter(pk=program.pk).update(hours=NEVER)
    session = start(web_channel)
    assert (session.state, session.refusal) == (State.OFF_HOURS, "off_hours")


def test_before_the_period_the_program_says_so(web_channel: Channel, program: Program) -> None:
    Program.objects.filter(pk=program.pk).update(starts_on=timezone.localdate() + timedelta(days=2))
    assert start(web_channel).refusal == "not_yet"


def test_after_the_period_the_program_says_so(web_channel: Channel, program: Program) -> None:
    Program.objects.filter(pk=program.pk).update(ends_on=timezone.localdate() - timedelta(days=2))
    assert start(web_channel).refusal == "period_over"


def test_words_on_the_web_without_a_sitting_are_refused(web_channel: Channel) -> None:
    with pytest.raises(messages.NoSitting):
        messages.receive(channel_id=web_channel.pk, identity=TOKEN, text="だれか")
    assert not Visitor.objects.exists()


def test_leaving_while_waiting_is_abandoning(web_channel: Channel) -> None:
    session = start(web_channel)
    visits.leave(channel_id=web_channel.pk, identity=TOKEN)
    visits.leave(channel_id=web_channel.pk, identity=TOKEN)
    session.refresh_from_db()
    assert (session.state, session.end_reason) == (State.ABANDONED, EndReason.VISITOR_LEFT)


def test_leaving_the_talk_leaves_the_record_to_write(active: Session, line_channel: Channel) -> None:
    visits.leave(channel_id=line_channel.pk, identity=SORA)
    active.refresh_from_db()
    assert (active.state, active.end_reason) == (State.WRAP_UP, EndReason.VISITOR_LEFT)


def test_a_stranger_leaving_changes_nothing(active: Session, line_channel: Channel) -> None:
    visits.leave(channel_id=line_channel.pk, identity="somebody else")
    active.refresh_from_db()
    assert active.state == State.ACTIVE


def test_a_new_friend_is_owed_the_greeting(line_channel: Channel) -> None:
    friends.follow(channel_id=line_channel.pk, identity=SORA)
    delivery = Delivery.objects.get()
    assert delivery.message is None
    assert not Session.objects.exists()


def test_blocking_us_while_waiting_ends_the_sitting(waiting: Session, line_channel: Channel) -> None:
    friends.unfollow(channel_id=line_channel.pk, identity=SORA)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.end_reason) == (State.BLOCKED, EndReason.VISITOR_BLOCKED)


def test_blocking_us_in_the_talk_leaves_the_record_to_write(active: Session, line_channel: Channel) -> None:
    friends.unfollow(channel_id=line_channel.pk, identity=SORA)
    active.refresh_from_db()
    assert active.state == State.WRAP_UP
    assert active.visitor.blocked_us_at is not None


def test_trying_again_outside_the_hours_is_one_access(web_channel: Channel, program: Program) -> None:
    Program.objects.filter(pk=program.pk).update(hours=NEVER)
    assert start(web_channel).pk == start(web_channel, line="もう一度").pk


def test_where_line_is_only_the_door_no_word_is_kept(line_channel: Channel, program: Program) -> None:
    Program.objects.filter(pk=program.pk).update(channel_mode="line_entry_webchat")
    for _word in range(3):
        assert friends.point_elsewhere(channel_id=line_channel.pk, identity=SORA)
    assert not Session.objects.exists()
    delivery = Delivery.objects.get()
    words = crypto.open_text(delivery.visitor.key(), delivery.text, delivery.place)
    assert "/talk/women/" in words


def test_where_line_is_the_room_words_are_taken(line_channel: Channel) -> None:
    assert not friends.point_elsewhere(channel_id=line_channel.pk, identity=SORA)


def test_words_without_an_id_of_their_own_are_each_taken(web_channel: Channel) -> None:
    start(web_channel)
    first, _new = messages.receive(channel_id=web_channel.pk, identity=TOKEN, text="ひとつ")
    second, _new = messages.receive(channel_id=web_channel.pk, identity=TOKEN, text="ふたつ")
    assert first.pk != second.pk


def test_the_same_person_on_two_channels_is_two_visitors(line_channel: Channel, web_channel: Channel) -> None:
    friends.follow(channel_id=line_channel.pk, identity=SORA)
    start(web_channel, identity=SORA)
    assert Visitor.objects.count() == 2


def test_a_word_long_after_the_end_does_not_join_it(active: Session, haru: User, sora_says: Say) -> None:
    Session.objects.filter(pk=active.pk).update(state=State.WRAP_UP, ended_at=timezone.now() - timedelta(hours=1))
    assert sora_says("もう一度お願いします").pk != active.pk


@pytest.mark.django_db(transaction=True)
def test_words_of_one_person_at_the_same_moment_open_one_sitting(line_channel: Channel) -> None:
    barrier = threading.Barrier(6)

    def say(number: int) -> None:
        barrier.wait()
        try:
            messages.receive(channel_id=line_channel.pk, identity=SORA, text="あの", external_id=f"p{number}")
        finally:
            connection.close()

    threads = [threading.Thread(target=say, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Session.objects.count() == 1
    assert Message.objects.filter(author="visitor").count() == 6
