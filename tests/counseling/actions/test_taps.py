"""Taps on the rich menu: what each is answered with, once for a burst, and how 相談する leads into a talk."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from counseling import crypto
from counseling.actions import editions, entry, friends, sessions, taps
from counseling.actions.deliveries import PUSH_PARTS, claim_push
from counseling.lifecycle import EndReason, State
from counseling.models import Channel, Delivery, Message, Part, Program, Session
from counseling.rich_menu import Area
from counseling.text import split_utf16
from tests.conftest import NEVER, SORA, Say


def tap(channel: Channel, area: Area, identity: str = SORA) -> None:
    taps.take(channel_id=channel.pk, identity=identity, area=area)


def notices() -> list[str]:
    """What is owed outside any session, in order."""
    owed = Delivery.objects.filter(message=None).select_related("visitor").order_by("pk")
    return [crypto.open_text(one.visitor.key(), one.text, one.place) for one in owed]


def a_minute_later() -> None:
    """Everything owed has arrived, more than a minute ago."""
    Delivery.objects.update(state="sent", created_at=timezone.now() - timedelta(seconds=61))
    Message.objects.update(created_at=timezone.now() - timedelta(seconds=61))


def told(session: Session) -> list[str]:
    """The house's own texts in the session, by key."""
    keys = Message.objects.filter(session=session, author="auto").order_by("seq")
    return list(keys.values_list("auto_key", flat=True))


@pytest.mark.parametrize(
    ("area", "words"),
    [
        (Area.HOURS, "いま受け付けています。"),
        (Area.CONTACTS, "0120-061-338"),
        (Area.TERMS, "匿名・無料です。"),
    ],
)
def test_an_area_is_answered_at_once(area: Area, words: str, line_channel: Channel) -> None:
    tap(line_channel, area)
    (told_words,) = notices()
    assert words in told_words
    assert not Session.objects.exists()


def test_outside_the_hours_one_is_told_when_it_opens_next(program: Program, line_channel: Channel) -> None:
    tomorrow = (timezone.localdate() + timedelta(days=1)).strftime("%a").lower()
    Program.objects.update(hours={"weekly": {tomorrow: ["18:00-22:00"]}})
    tap(line_channel, Area.HOURS)
    assert "いまは受付時間外です。次の受付は、" in notices()[0]
    assert "18:00" in notices()[0]


@pytest.mark.parametrize(("stage", "said"), [("paused", "受付を止めています"), ("draft", "まだ始まっていません")])
def test_who_does_not_know_when_it_opens_promises_nothing(
    stage: str, said: str, program: Program, line_channel: Channel
) -> None:
    Program.objects.update(stage=stage)
    tap(line_channel, Area.HOURS)
    assert said in notices()[0]
    assert "次の受付は" not in notices()[0]


def test_without_terms_one_is_told_what_everybody_is_told(program: Program, line_channel: Channel) -> None:
    Program.objects.update(editions={})
    tap(line_channel, Area.TERMS)
    assert "医療行為ではありません" in notices()[0]


def test_terms_of_any_length_arrive_whole_and_in_order(program: Program, line_channel: Channel) -> None:
    terms = "\n".join(f"第{number}条 " + "あ" * 900 for number in range(1, 41))
    editions.put_in_force(program, Part.TERMS, {"ja": terms}, by=None)
    program.save(update_fields=["editions"])
    tap(line_channel, Area.TERMS)
    assert "".join(notices()) == terms
    assert all(len(split_utf16(part)) <= PUSH_PARTS for part in notices())
    assert Delivery.objects.count() > 1


def test_the_same_is_told_once_a_minute_and_each_area_by_itself(line_channel: Channel) -> None:
    for area in (Area.HOURS, Area.HOURS, Area.CONTACTS, Area.HOURS, Area.CONTACTS, Area.TERMS):
        tap(line_channel, area)
    assert list(Delivery.objects.order_by("pk").values_list("auto_key", flat=True)) == [
        "menu_hours", "menu_contacts", "menu_terms",
    ]  # fmt: skip
    a_minute_later()
    tap(line_channel, Area.HOURS)
    assert Delivery.objects.count() == 4


def test_while_sending_stands_still_nothing_piles_up(line_channel: Channel) -> None:
    tap(line_channel, Area.CONTACTS)
    Delivery.objects.update(created_at=timezone.now() - timedelta(days=1))
    tap(line_channel, Area.CONTACTS)
    assert Delivery.objects.count() == 1


def test_a_clock_that_was_put_back_keeps_nobody_waiting(line_channel: Channel) -> None:
    tap(line_channel, Area.CONTACTS)
    Delivery.objects.update(state="sent", created_at=timezone.now() + timedelta(hours=1))
    tap(line_channel, Area.CONTACTS)
    assert Delivery.objects.count() == 2


def test_taps_share_one_push_with_what_is_owed_already(line_channel: Channel) -> None:
    friends.follow(channel_id=line_channel.pk, identity=SORA)
    tap(line_channel, Area.HOURS)
    tap(line_channel, Area.CONTACTS)
    push = claim_push(visitor_id=Delivery.objects.earliest("pk").visitor_id, now=timezone.now())
    assert push
    assert len(push.texts) == 3


def test_wanting_to_talk_opens_a_sitting_without_an_empty_word(line_channel: Channel) -> None:
    tap(line_channel, Area.TALK)
    session = Session.objects.get()
    assert (session.state, session.visitor_count) == (State.WAITING, 0)
    assert session.waiting_since is not None
    assert told(session) == ["accepted"]
    assert not Message.objects.filter(author="visitor").exists()


def test_the_first_word_after_it_is_of_the_same_sitting(line_channel: Channel, sora_says: Say) -> None:
    tap(line_channel, Area.TALK)
    session = sora_says("あの…")
    assert session == Session.objects.get()
    assert told(session) == ["accepted"]


def test_tapping_again_while_waiting_tells_the_place_once_a_minute(line_channel: Channel) -> None:
    for _tap in range(3):
        tap(line_channel, Area.TALK)
    session = Session.objects.get()
    assert told(session) == ["accepted"]
    a_minute_later()
    tap(line_channel, Area.TALK)
    assert told(session) == ["accepted"] * 2


def test_in_the_talk_a_tap_is_a_sign_of_life(active: Session, line_channel: Channel) -> None:
    long_ago = timezone.now() - timedelta(minutes=19)
    Session.objects.update(idle_steps=2, waiting_since=None, silent_since=long_ago, last_visitor_at=long_ago)
    tap(line_channel, Area.TALK)
    active.refresh_from_db()
    assert (active.idle_steps, active.state) == (0, State.ACTIVE)
    assert active.waiting_since is not None
    assert active.last_visitor_at is not None
    assert active.last_visitor_at > long_ago
    assert told(active)[-1] == "menu_talking"
    assert active.visitor_count == 1


def test_while_the_record_is_written_a_tap_begins_another_talk(
    active: Session, line_channel: Channel, haru: User
) -> None:
    sessions.end(session_id=active.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    tap(line_channel, Area.TALK)
    again = Session.objects.exclude(pk=active.pk).get()
    assert again.state == State.WAITING


def test_outside_the_hours_wanting_to_talk_is_answered_and_is_one_access(
    program: Program, line_channel: Channel
) -> None:
    Program.objects.update(hours=NEVER)
    tap(line_channel, Area.TALK)
    session = Session.objects.get()
    assert (session.state, session.refusal) == (State.OFF_HOURS, "off_hours")
    a_minute_later()
    tap(line_channel, Area.TALK)
    tap(line_channel, Area.TALK)
    assert Session.objects.get() == session
    assert [words[:4] for words in notices()] == ["メッセー"]
    assert "0120-061-338" in notices()[0]


def test_who_is_out_of_scope_is_told_so_again(waiting: Session, line_channel: Channel) -> None:
    now = timezone.now()
    Session.objects.update(state=State.OUT_OF_SCOPE, ended_at=now, closed_at=now, last_visitor_at=now)
    tap(line_channel, Area.TALK)
    assert "お受けできないご相談です" in notices()[0]


def test_where_line_is_only_the_door_the_page_is_named_right_after_the_greeting(
    program: Program, line_channel: Channel
) -> None:
    Program.objects.update(channel_mode="line_entry_webchat")
    friends.follow(channel_id=line_channel.pk, identity=SORA)
    tap(line_channel, Area.TALK)
    tap(line_channel, Area.TALK)
    greeting, address = notices()
    assert "友だち追加" in greeting
    assert "/talk/women/" in address
    assert not Session.objects.exists()


def test_a_tap_of_somebody_new_makes_them_known(line_channel: Channel) -> None:
    tap(line_channel, Area.HOURS, "U" + "7" * 32)
    assert Delivery.objects.get().visitor.channel == line_channel


@pytest.mark.django_db(transaction=True)
def test_taps_at_the_same_moment_open_one_sitting(line_channel: Channel) -> None:
    barrier = threading.Barrier(5)

    def enter() -> None:
        barrier.wait()
        try:
            entry.enter(channel_id=line_channel.pk, identity=SORA)
        finally:
            connection.close()

    threads = [threading.Thread(target=enter) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told(Session.objects.get()) == ["accepted"]
