"""The webhook: stored before it is answered, once for ever, in order, whatever else fails."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import OperationalError, connections
from django.utils import timezone

from counseling import later, tasks
from counseling.actions import inbox
from counseling.gateways.line import webhook
from counseling.models import Attachment, Channel, Delivery, InboundEvent, Message, Session, Visitor
from simulator.running import Simulator
from tests.counseling.gateways.line.posting import REN, SENT_AT_MS, SORA, body_of, event, post, post_events, text_event

Woken = list[tuple[str, ...]]


@pytest.fixture
def woken(monkeypatch: pytest.MonkeyPatch) -> Woken:
    """What was left to the worker."""
    calls: Woken = []
    monkeypatch.setattr(later, "_after_commit", lambda name, *args: calls.append((name, *map(str, args))))
    return calls


def texts() -> list[str]:
    kept = Message.objects.filter(author="visitor").order_by("pk").select_related("session__visitor")
    return [message.words(message.session.visitor.key()) for message in kept]


def take_in_the_rest() -> None:
    for channel_id, source in inbox.due_sources(now=timezone.now()):
        tasks.take_in(channel_id, source)


def test_a_word_is_taken_in_before_the_answer(line_channel: Channel) -> None:
    assert post_events(text_event("こんばんは")) == 200
    message = Message.objects.get(author="visitor")
    assert texts() == ["こんばんは"]
    assert message.external_id == "1001"
    assert message.written_at == datetime.fromtimestamp((SENT_AT_MS + 1) / 1000, UTC)


def test_the_console_s_check_is_200(line_channel: Channel) -> None:
    assert post_events() == 200
    assert not InboundEvent.objects.exists()


def test_a_redelivery_is_taken_once(line_channel: Channel) -> None:
    post_events(text_event())
    assert post_events(text_event(deliveryContext={"isRedelivery": True})) == 200
    assert len(texts()) == 1


def test_a_batch_of_several_people_is_each_one_s_own(line_channel: Channel) -> None:
    post_events(text_event("そら", 1), text_event("れん", 2, REN), text_event("そら2", 3))
    assert sorted(texts()) == ["そら", "そら2", "れん"]
    assert Session.objects.count() == 2


def test_one_bad_event_does_not_spoil_its_batch(line_channel: Channel) -> None:
    assert post_events(text_event("一", 1), "not an event", text_event(None, 2), text_event("二", 3)) == 200
    assert texts() == ["一", "二"]
    failed = InboundEvent.objects.filter(state="failed").order_by("pk")
    assert [(row.kind, row.problem) for row in failed] == [("unreadable", "NotAnObject"), ("message", "Unreadable")]


def test_an_unreadable_body_is_kept_whole_and_sealed(line_channel: Channel) -> None:
    assert post("読めない本文".encode()) == 200
    row = InboundEvent.objects.get()
    assert (row.kind, row.state) == ("unreadable", "failed")
    assert "読めない".encode() not in bytes(row.body)


def test_events_for_another_account_are_kept_and_ignored(line_channel: Channel) -> None:
    assert post(body_of(text_event(), destination="U" + "f" * 32)) == 200
    assert InboundEvent.objects.get().state == "ignored"
    assert texts() == []


def test_a_channel_that_does_not_know_its_account_takes_any_destination(line_channel: Channel) -> None:
    Channel.objects.update(bot_user_id="")
    post_events(text_event())
    assert len(texts()) == 1


def test_in_standby_nothing_is_said(line_channel: Channel) -> None:
    post_events(text_event(mode="standby"))
    row = InboundEvent.objects.get()
    assert (row.state, row.problem, bytes(row.body)) == ("ignored", "standby", b"")
    assert not Delivery.objects.exists()


def test_a_sticker_is_told_by_its_meaning(line_channel: Channel) -> None:
    sticker = {"type": "sticker", "id": "9", "packageId": "1", "stickerId": "2", "keywords": ["ありがとう", "感謝"]}
    post_events(text_event(message=sticker))
    assert texts() == ["ありがとう、感謝"]
    assert Message.objects.get(author="visitor").kind == "sticker"


def test_a_picture_waits_to_be_fetched(line_channel: Channel, woken: Woken) -> None:
    post_events(text_event(message={"type": "image", "id": "77", "contentProvider": {"type": "line"}}))
    assert Attachment.objects.get().state == "pending"
    assert ("fetch", str(Message.objects.get(author="visitor").pk)) in woken


def test_an_unsend_before_its_message_leaves_a_tombstone(line_channel: Channel) -> None:
    post_events(event("unsend", 1, unsend={"messageId": "1002"}))
    post_events(text_event("言わなければ", 2))
    message = Message.objects.get(author="visitor")
    assert message.unsent_at is not None
    assert bytes(message.body) == b""


def test_follow_greets_and_unfollow_is_remembered(line_channel: Channel) -> None:
    post_events(event("follow", 1))
    assert Delivery.objects.count() == 1
    post_events(event("unfollow", 2))
    assert Visitor.objects.get().blocked_us_at is not None
    post_events(event("follow", 3))
    assert Visitor.objects.get().blocked_us_at is None


def test_a_group_is_left_by_the_worker(connected: Channel, line: Simulator, woken: Woken) -> None:
    group = "C" + "9" * 32
    line.platform.people.groups[group] = connected.key
    post_events(event("join", source={"type": "group", "groupId": group}))
    assert woken[0][0] == "take_in"
    take_in_the_rest()
    assert group not in line.platform.people.groups
    assert InboundEvent.objects.get().state == "ignored"


def test_words_in_a_group_are_nobody_s(line_channel: Channel) -> None:
    post_events(text_event(source={"type": "group", "groupId": "C" + "9" * 32, "userId": SORA}))
    assert texts() == []


def test_what_time_does_not_allow_is_left_to_the_worker(
    line_channel: Channel, woken: Woken, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "BUDGET_SECONDS", 0.0)
    assert post_events(text_event("あとで")) == 200
    assert texts() == []
    assert woken[0][:2] == ("take_in", str(line_channel.pk))
    take_in_the_rest()
    assert texts() == ["あとで"]


def test_stored_is_200_even_when_taking_in_fails(
    line_channel: Channel, woken: Woken, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(**_: object) -> bool:
        raise OperationalError

    monkeypatch.setattr(inbox, "take_in", away)
    assert post_events(text_event()) == 200
    assert InboundEvent.objects.get().state == "new"
    assert woken


def test_not_stored_is_never_200(line_channel: Channel, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(**_: object) -> None:
        raise OperationalError

    monkeypatch.setattr(inbox, "store", away)
    assert post_events(text_event()) == 503


def test_nothing_of_a_word_is_logged(line_channel: Channel, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    post_events(text_event("ログに出ない言葉", 1), text_event({"$gt": "ログに出ない言葉"}, 2))
    assert "ログに出ない言葉" not in caplog.text


def test_a_year_later_the_same_body_says_nothing_new(line_channel: Channel, monkeypatch: pytest.MonkeyPatch) -> None:
    post_events(text_event())
    InboundEvent.objects.update(received_at=datetime(2020, 1, 1, tzinfo=UTC), done_at=datetime(2020, 1, 1, tzinfo=UTC))
    Message.objects.update(created_at=datetime(2020, 1, 1, tzinfo=UTC))
    post_events(text_event())
    assert len(texts()) == 1


def in_thread(number: int) -> int:
    try:
        return post_events(text_event(f"{number}", number, user=SORA if number % 2 else REN))
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_forty_events_delivered_up_to_five_times_on_four_lines_are_forty_messages(line_channel: Channel) -> None:
    deliveries = [number for number in range(40) for _ in range(random.Random(number).randint(1, 5))]
    random.Random(1).shuffle(deliveries)
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(in_thread, deliveries)) == {200}
    take_in_the_rest()
    assert sorted(texts(), key=int) == [f"{number}" for number in range(40)]
    assert not InboundEvent.objects.exclude(state="done").exists()
