"""The inbox: taken in once, in each person's order; a bad event harms nobody else."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count
from uuid import uuid4

import pytest
from django.db import OperationalError, connections, transaction
from django.utils import timezone

from accounts.models import User
from counseling.actions import inbox, messages
from counseling.actions.inbox import Arrival, Happening, Invited, Said, Unreadable, Unsent
from counseling.models import Channel, InboundEvent, Message, Session
from counseling.models.delivery import InboundState
from tests.conftest import SORA

_numbers = count(1)


def arrive(channel: Channel, *words: str, source: str = "sora") -> None:
    """Store events whose bodies are these words; `read` below understands them."""
    inbox.store(
        channel_id=channel.pk,
        arrivals=[Arrival(f"e{next(_numbers)}", source, "message", word.encode()) for word in words],
    )


def read(body: bytes, event_id: str) -> Happening:
    words = body.decode()
    if words == "poison":
        raise ZeroDivisionError(words)
    if words == "unreadable":
        raise Unreadable
    if words.startswith("unsend "):
        return Unsent(words.removeprefix("unsend "))
    return Said(SORA, event_id, "text", words)


def take_in(channel: Channel, source: str = "sora") -> bool:
    return inbox.take_in(channel_id=channel.pk, source=source, read=read)


def texts(channel: Channel) -> list[str]:
    kept = Message.objects.filter(channel=channel, author="visitor").order_by("pk").select_related("session__visitor")
    return [message.words(message.session.visitor.key()) for message in kept]


def states(channel: Channel) -> list[str]:
    return list(InboundEvent.objects.filter(channel=channel).order_by("pk").values_list("state", flat=True))


def test_events_are_taken_in_in_the_order_they_were_stored(line_channel: Channel) -> None:
    arrive(line_channel, "一", "二", "三")
    assert take_in(line_channel)
    assert texts(line_channel) == ["一", "二", "三"]


def test_what_was_taken_in_keeps_its_id_and_loses_its_body(line_channel: Channel) -> None:
    arrive(line_channel, "ひみつ")
    assert "ひみつ".encode() not in bytes(InboundEvent.objects.get().body)
    take_in(line_channel)
    row = InboundEvent.objects.get()
    assert (row.state, bytes(row.body)) == (InboundState.DONE, b"")


def test_an_event_stored_twice_is_taken_in_once(line_channel: Channel) -> None:
    same = Arrival("same", "sora", "message", "はい".encode())
    inbox.store(channel_id=line_channel.pk, arrivals=[same, same])
    inbox.store(channel_id=line_channel.pk, arrivals=[same])
    take_in(line_channel)
    inbox.store(channel_id=line_channel.pk, arrivals=[same])
    take_in(line_channel)
    assert texts(line_channel) == ["はい"]


def test_a_poison_event_waits_and_the_later_ones_go_on(line_channel: Channel) -> None:
    arrive(line_channel, "一", "poison", "三")
    assert take_in(line_channel)
    assert texts(line_channel) == ["一", "三"]
    assert states(line_channel) == ["done", "new", "done"]


def test_a_failure_is_remembered_by_its_class_and_not_its_words(
    line_channel: Channel, caplog: pytest.LogCaptureFixture
) -> None:
    arrive(line_channel, "poison")
    take_in(line_channel)
    assert InboundEvent.objects.get().problem == "ZeroDivisionError"
    assert "ZeroDivisionError" in caplog.text
    assert "poison" not in caplog.text


def test_a_poison_event_is_given_up_after_eight_tries_and_kept_sealed(line_channel: Channel) -> None:
    arrive(line_channel, "poison")
    for _try in range(inbox.MOST_TRIES):
        InboundEvent.objects.update(next_try_at=timezone.now())
        take_in(line_channel)
    row = InboundEvent.objects.get()
    assert (row.state, row.tries) == (InboundState.FAILED, inbox.MOST_TRIES)
    assert bytes(row.body)


def test_the_pause_between_tries_grows(line_channel: Channel) -> None:
    arrive(line_channel, "poison")
    pauses = []
    for _try in range(4):
        InboundEvent.objects.update(next_try_at=timezone.now())
        take_in(line_channel)
        pauses.append(InboundEvent.objects.get().next_try_at - timezone.now())
    assert pauses == sorted(pauses)
    assert pauses[-1] > timedelta(seconds=6)


def test_an_unreadable_event_fails_at_once(line_channel: Channel) -> None:
    arrive(line_channel, "unreadable", "二")
    take_in(line_channel)
    assert states(line_channel) == ["failed", "done"]


def test_a_failed_event_can_be_tried_again_by_hand(line_channel: Channel) -> None:
    arrive(line_channel, "unreadable")
    take_in(line_channel)
    event = InboundEvent.objects.get()
    assert inbox.try_again(event_id=event.pk)
    inbox.take_in(channel_id=line_channel.pk, source="sora", read=lambda _body, key: Said(SORA, key, "text", "読めた"))
    assert texts(line_channel) == ["読めた"]


def test_an_event_that_did_not_fail_is_not_tried_again(line_channel: Channel) -> None:
    arrive(line_channel, "一")
    take_in(line_channel)
    assert not inbox.try_again(event_id=InboundEvent.objects.get().pk)


def test_an_unsend_that_overtook_its_message_leaves_only_a_tombstone(line_channel: Channel) -> None:
    inbox.store(
        channel_id=line_channel.pk,
        arrivals=[
            Arrival("u1", "sora", "unsend", b"unsend m1"),
            Arrival("m1", "sora", "message", "言わなければ".encode()),
        ],
    )
    take_in(line_channel)
    message = Message.objects.get(author="visitor")
    assert message.unsent_at is not None
    assert bytes(message.body) == b""


def test_an_invitation_waits_for_someone_who_can_leave(line_channel: Channel) -> None:
    inbox.store(channel_id=line_channel.pk, arrivals=[Arrival("j1", "group", "join", b"-")])
    left: list[Invited] = []
    invited = Invited("group", "C1")
    inbox.take_in(channel_id=line_channel.pk, source="group", read=lambda _body, _key: invited)
    assert states(line_channel) == ["new"]
    inbox.take_in(channel_id=line_channel.pk, source="group", read=lambda _body, _key: invited, leave=left.append)
    assert (states(line_channel), left) == (["ignored"], [invited])


def test_nothing_is_taken_in_when_the_time_is_over(line_channel: Channel) -> None:
    arrive(line_channel, "一")
    assert not inbox.take_in(channel_id=line_channel.pk, source="sora", read=read, until=0.0)
    assert states(line_channel) == ["new"]


def test_only_sources_with_due_events_are_due(line_channel: Channel) -> None:
    arrive(line_channel, "一", source="sora")
    arrive(line_channel, "poison", source="ren")
    take_in(line_channel, "ren")
    assert inbox.due_sources(now=timezone.now()) == [(line_channel.pk, "sora")]
    later = timezone.now() + timedelta(minutes=1)
    assert len(inbox.due_sources(now=later)) == 2


def in_thread(work: object, *arguments: object) -> object:
    try:
        return work(*arguments)  # type: ignore[operator]
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_several_workers_take_in_each_event_once_and_in_order(line_channel: Channel) -> None:
    words = [f"{number}" for number in range(20)]
    arrive(line_channel, *words)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: in_thread(take_in, line_channel), range(4)))
    assert texts(line_channel) == words


@pytest.mark.django_db(transaction=True)
def test_the_hurried_give_way_to_a_lock_and_leave_it_to_the_worker(
    line_channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "PATIENCE_MILLISECONDS", 50)
    arrive(line_channel, "一")
    with transaction.atomic():
        InboundEvent.objects.select_for_update().get()
        with ThreadPoolExecutor(1) as pool:
            hurried = pool.submit(in_thread, hurry, line_channel)
            assert hurried.result() is False
    assert InboundEvent.objects.get().tries == 0


def hurry(channel: Channel) -> bool:
    return inbox.take_in(channel_id=channel.pk, source="sora", read=read, until=float("inf"))


@pytest.mark.django_db(transaction=True)
def test_visitor_and_counselor_writing_at_once_never_lock_each_other_out(
    line_channel: Channel, active: Session, haru: User
) -> None:
    arrive(line_channel, *(f"{number}" for number in range(20)))

    def replies() -> None:
        for _number in range(20):
            messages.reply(session_id=active.pk, by=haru, client_id=uuid4(), words="はい")

    with ThreadPoolExecutor(2) as pool:
        done = [pool.submit(in_thread, take_in, line_channel), pool.submit(in_thread, replies)]
    assert [one.exception() for one in done] == [None, None]
    assert set(states(line_channel)) == {"done"}
    assert InboundEvent.objects.filter(tries__gt=0).count() == 0


def test_what_is_raised_by_the_house_itself_is_raised(line_channel: Channel, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object, **__: object) -> None:
        raise OperationalError

    monkeypatch.setattr(inbox, "_next", away)
    with pytest.raises(OperationalError):
        take_in(line_channel)


def test_an_event_of_a_clock_that_was_put_back_does_not_wait(line_channel: Channel) -> None:
    arrive(line_channel, "きのうの明日")
    InboundEvent.objects.update(next_try_at=timezone.now() + timedelta(days=1))
    assert inbox.due_sources(now=timezone.now()) == [(line_channel.pk, "sora")]
    take_in(line_channel)
    assert states(line_channel) == ["done"]
