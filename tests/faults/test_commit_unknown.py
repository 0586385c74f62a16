"""R7, R9, R10: the answer to a commit is lost, the database is away, events come five times: once is once."""

import os
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
import redis
from django.conf import settings
from django.utils import timezone

from accounts.models import User
from counseling import tasks
from counseling.actions import inbox, sessions, visits
from counseling.gateways.web import limits
from counseling.models import Channel, InboundEvent, Message, Session
from tests.counseling.gateways.line.posting import text_event
from tests.faults.doors import Answer, Doors
from tests.faults.faultproxy import FaultProxy

ROUNDS = int(os.environ.get("FAULT_ROUNDS", "10"))
COMMIT = b"COMMIT\0"
RETRYABLE = {0, 500, 502, 503}


@pytest.fixture
def talk(web_channel: Channel, haru: User, doors: Doors) -> Session:
    """Haru's session with the visitor of `doors`."""
    started = visits.start(channel_id=web_channel.pk, identity=doors.visit, terms_version=1, attributes={}, line="")
    return sessions.claim(session_id=started.pk, by=haru)


def insist(send: Callable[[], Answer], most: int = 20) -> tuple[Answer, int]:
    """Send until it is taken, as every client of ours does; the last answer and how many came before it."""
    for tries in range(most):
        answer = send()
        if answer.status not in RETRYABLE:
            return answer, tries
    raise AssertionError(f"never taken: {answer.status}")


def rounds_of(postgres: FaultProxy, send: Callable[[UUID], Answer], nth: int = 1) -> list[Any]:
    """The ids of messages that were taken although the answer to their commit was lost."""
    ids = []
    for _round in range(3 * ROUNDS):
        client_id, lost = uuid4(), postgres.dropped
        postgres.drop_reply_after(COMMIT, nth)
        answer, tries = insist(partial(send, client_id))
        assert postgres.dropped == lost + 1
        assert (answer.status, tries > 0) == (200, True), "taken before, and said so"
        ids.append(answer.json["seq"])
    return ids


def test_a_reply_whose_commit_was_not_answered_is_there_once(talk: Session, doors: Doors, postgres: FaultProxy) -> None:
    ids = rounds_of(postgres, lambda client_id: doors.reply(talk.pk, client_id, f"返事 {client_id}"))
    rows = Message.objects.filter(session=talk, author="counselor").order_by("seq")
    assert [row.seq for row in rows] == ids
    assert rows.values("client_id").distinct().count() == 3 * ROUNDS


def test_a_visitors_word_whose_commit_was_not_answered_is_there_once(
    talk: Session, doors: Doors, postgres: FaultProxy
) -> None:
    def say(client_id: UUID) -> Answer:
        # No pace is too fast for this visitor.
        redis.Redis.from_url(settings.REDIS_URL).delete(limits.key_of(doors.visit))
        return doors.visitor_says(client_id, f"言葉 {client_id}")

    ids = rounds_of(postgres, say)
    rows = Message.objects.filter(session=talk, author="visitor").order_by("seq")
    assert [row.seq for row in rows] == ids


@pytest.mark.parametrize("nth", [1, 2, 3])
def test_a_webhook_whose_commit_was_not_answered_is_taken_in_once(
    nth: int, line_channel: Channel, doors: Doors, postgres: FaultProxy
) -> None:
    for number in range(1, ROUNDS + 1):
        postgres.drop_reply_after(COMMIT, nth)
        answer, _tries = insist(partial(doors.webhook, text_event(f"言葉{number}", number)))
        postgres.disarm()
        assert answer.status == 200
    take_in_the_rest()
    assert words(line_channel) == [f"言葉{number}" for number in range(1, ROUNDS + 1)]


def take_in_the_rest() -> None:
    """What the worker would do."""
    InboundEvent.objects.filter(state="new").update(next_try_at=timezone.now())
    for channel_id, source in inbox.due_sources(now=timezone.now()):
        tasks.take_in(channel_id, source)
    assert not InboundEvent.objects.filter(state="new").exists()


def words(channel: Channel) -> list[str]:
    rows = Message.objects.filter(channel=channel, author="visitor").select_related("session__visitor").order_by("pk")
    return [row.words(row.session.visitor.key()) for row in rows]


def test_without_the_database_no_webhook_is_said_to_be_kept(
    line_channel: Channel, doors: Doors, postgres: FaultProxy
) -> None:
    said = {}
    for number in range(1, 3 * ROUNDS + 1):
        if number % 3 == 2:
            postgres.down()
        if number % 3 == 0:
            postgres.reset()
        said[number] = doors.webhook(text_event(f"言葉{number}", number)).status
        if number % 3 == 2:
            postgres.up()
            assert said[number] in RETRYABLE
    kept = set(InboundEvent.objects.values_list("event_id", flat=True))
    told = {number for number, status in said.items() if status == 200}
    assert len(told) >= ROUNDS
    assert {f"01TEST{number:020}" for number in told} <= kept
    for number in set(said) - told:
        insist(partial(doors.webhook, text_event(f"言葉{number}", number)))
    take_in_the_rest()
    assert sorted(words(line_channel)) == sorted(f"言葉{number}" for number in said)


def test_events_that_come_five_times_at_once_are_taken_in_once(line_channel: Channel, doors: Doors) -> None:
    chance = random.Random(7)
    amount = 50 * ROUNDS
    deliveries = [number for number in range(1, amount + 1) for _time in range(chance.randint(1, 5))]
    chance.shuffle(deliveries)
    bodies = [deliveries[start : start + 5] for start in range(0, len(deliveries), 5)]

    def post(numbers: list[int]) -> int:
        events = [text_event(f"言葉{number}", number, user=f"U{number % 20:032x}") for number in numbers]
        return insist(partial(doors.webhook, *events))[0].status

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(post, bodies)) == {200}
    take_in_the_rest()
    assert sorted(words(line_channel)) == sorted(f"言葉{number}" for number in range(1, amount + 1))
