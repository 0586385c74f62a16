"""The worker's tasks: the sweep finds what no call has woken, and no part of it stops another."""

import threading

import pytest
from django.utils import timezone

from counseling import later, tasks
from counseling.actions import idle, inbox, messages, offers
from counseling.actions.inbox import Arrival
from counseling.gateways.registry import GATEWAYS
from counseling.models import Channel, Delivery, Message, Session
from counseling.outcomes import Content, Fetched
from tests.conftest import SORA

Woken = list[tuple[str | int, ...]]


@pytest.fixture
def woken(monkeypatch: pytest.MonkeyPatch) -> Woken:
    calls: Woken = []

    def wake(name: str, *args: int | str, expires: float | None = None) -> bool:
        calls.append((name, *args))
        return True

    monkeypatch.setattr(later, "wake", wake)
    return calls


def test_the_sweep_finds_words_that_nobody_was_woken_for(waiting: Session, woken: Woken) -> None:
    tasks.sweep()
    assert ("deliver", waiting.visitor_id) in woken


def test_the_sweep_finds_events_that_were_not_taken_in(line_channel: Channel, woken: Woken) -> None:
    inbox.store(channel_id=line_channel.pk, arrivals=[Arrival("e1", "sora", "message", b"{}")])
    tasks.sweep()
    assert woken == [("take_in", line_channel.pk, "sora")]


def test_the_sweep_finds_contents_that_were_not_fetched(line_channel: Channel, woken: Woken) -> None:
    message, _new = messages.receive(channel_id=line_channel.pk, identity=SORA, kind="audio", external_id="a")
    tasks.sweep()
    assert ("fetch", message.pk) in woken


def test_a_part_that_fails_stops_no_other(
    waiting: Session, woken: Woken, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> None:
        raise ZeroDivisionError("words of somebody")

    monkeypatch.setattr(tasks, "PARTS", (broken, *tasks.PARTS))
    tasks.sweep()
    assert ("deliver", waiting.visitor_id) in woken
    assert "broken failed: ZeroDivisionError" in caplog.text
    assert "words of somebody" not in caplog.text


def test_a_part_that_takes_its_time_is_left_to_the_sweep_that_is_at_it(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, over, others = threading.Event(), threading.Event(), []

    def slow() -> None:
        begun.set()
        assert over.wait(10)

    monkeypatch.setattr(tasks, "PARTS", (slow, lambda: others.append("done")))
    first = threading.Thread(target=tasks.sweep)
    first.start()
    assert begun.wait(10)
    tasks.sweep()
    assert others == ["done"]
    over.set()
    first.join()
    assert others == ["done", "done"]
    begun.clear()
    tasks.sweep()
    assert begun.is_set()


def test_the_sweep_lets_offers_lapse_and_walks_the_silent() -> None:
    assert {offers.lapse, idle.walk, offers.offer_everywhere} <= set(tasks.PARTS)


def test_what_was_settled_needs_no_gateway(waiting: Session) -> None:
    waiting.visitor.blocked_us_at = timezone.now()
    waiting.visitor.save()
    tasks.deliver(waiting.visitor_id)
    assert set(Delivery.objects.values_list("state", "reason")) == {("refused", "blocked")}


def test_one_visitor_gives_way_after_a_row_of_pushes(
    waiting: Session, woken: Woken, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "PUSHES_IN_A_ROW", 0)
    tasks.deliver(waiting.visitor_id)
    assert woken == [("deliver", waiting.visitor_id)]


def test_a_message_without_content_is_not_fetched(waiting: Session) -> None:
    tasks.fetch(Message.objects.filter(author="visitor").get().pk)


def test_contents_beyond_a_few_wait_their_turn(
    line_channel: Channel, woken: Woken, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (
        messages.receive(channel_id=line_channel.pk, identity=SORA, kind="image", external_id=name)[0]
        for name in ("i1", "i2")
    )
    asked = []

    def fetch(_channel: Channel, external_id: str, _most: int) -> Content:
        asked.append(external_id)
        tasks.fetch(second.pk)
        return Content(Fetched.GONE)

    monkeypatch.setattr(tasks, "_fetchers", threading.BoundedSemaphore(1))
    monkeypatch.setattr(GATEWAYS["line"], "fetch", fetch)
    tasks.fetch(first.pk)
    assert asked == ["i1"]
    assert woken[-1] == ("fetch", second.pk)
