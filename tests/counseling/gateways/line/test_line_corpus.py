"""Corpus C7: every webhook story comes out as it should, whatever LINE or an attacker sends."""

import base64
import hashlib
import hmac
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from counseling import crypto, tasks
from counseling.actions import inbox
from counseling.models import Channel, Delivery, InboundEvent, Message, Program, Session, Visitor
from simulator.running import Simulator
from tests.corpus import Case, load
from tests.corpus.webhooks import DESTINATION

SECRETS = {"first": "the-first-secret", "second": "the-second-secret"}
CASES = load("c7")
AT_ONCE = [case for case in CASES if any(request.get("at_once") for request in case.requests)]
ONE_BY_ONE = [case for case in CASES if case not in AT_ONCE]


def name_of(case: Case) -> str:
    return case.name


@pytest.fixture
def both(program: Program, line: Simulator) -> dict[str, Channel]:
    """Two channels of the destination that the corpus names, both known to the platform."""
    made = {}
    for key, secret in SECRETS.items():
        channel = Channel(program=program, kind="line", key=key, bot_user_id=DESTINATION)
        channel.secret = crypto.seal_house(secret.encode(), channel.place("secret"))
        channel.access_token = crypto.seal_house(key.encode(), channel.place("access_token"))
        channel.save()
        line.channel(channel_id=key, secret=secret, access_token=key, webhook_url="http://127.0.0.1:9/")
        made[key] = channel
    return made


def signed(secret: str, body: bytes) -> str:
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


def signature_of(name: str, channel: str, body: bytes) -> str | None:
    own = signed(SECRETS[channel], body)
    other = "second" if channel == "first" else "first"
    return {
        "right": own,
        "wrong_secret": signed("guessed", body),
        "other_channel": signed(SECRETS[other], body),
        "missing": None,
        "empty": "",
        "lower_case": own.lower(),
        "hexadecimal": hmac.new(SECRETS[channel].encode(), body, hashlib.sha256).hexdigest(),
        "space_inside": own[:10] + " " + own[10:],
        "without_padding": own.rstrip("="),
        "not_ascii": own[:-1] + "＝",
        "two_headers": f"{own},{signed('guessed', body)}",
        "of_other_body": signed(SECRETS[channel], body + b" "),
        "one_bit_off": chr(ord(own[0]) ^ 1) + own[1:],
    }[name]


def send(request: dict[str, Any]) -> int:
    if request.get("erase_first"):
        erase_everybody()
    channel, body = request.get("channel", "first"), request["body"]
    given = signature_of(request["signature"], channel, body)
    headers = {} if given is None else {"x-line-signature": given}
    answer = Client().post(f"/line/{channel}/webhook", body, content_type="application/json", headers=headers)
    return answer.status_code


def send_in_thread(request: dict[str, Any]) -> int:
    try:
        return send(request)
    finally:
        connections.close_all()


def erase_everybody() -> None:
    Session.objects.all().delete()
    Visitor.objects.all().delete()


def take_in_the_rest() -> None:
    for channel_id, source in inbox.due_sources(now=timezone.now()):
        tasks.take_in(channel_id, source)


def is_one_of(found: Any, expected: Any) -> bool:
    return found in expected if isinstance(expected, list) else found == expected


def check(case: Case, statuses: list[int]) -> None:
    expected = case.outcome
    for found, allowed in zip(statuses, expected["statuses"], strict=True):
        assert is_one_of(found, allowed)
    if expected.get("lenient") and statuses != [200]:
        return
    rows = list(InboundEvent.objects.exclude(event_id__startswith="unsend:").order_by("pk"))
    no_word = {"unknown": None, "unreadable": None}
    kinds = [no_word.get(row.kind, row.kind) for row in rows]
    assert kinds == expected["kinds"]
    unreadable = [place for place, row in enumerate(rows) if row.state == "failed"]
    allowed = expected["unreadable"]
    assert unreadable in allowed if allowed and isinstance(allowed[0], list) else unreadable == allowed
    assert not [row.kind for row in rows if row.state == "new"]
    check_messages(expected)


def check_messages(expected: dict[str, Any]) -> None:
    kept = Message.objects.filter(author="visitor").select_related("session__visitor").order_by("pk")
    assert is_one_of(kept.count(), expected["messages"])
    if "texts" in expected:
        words = [message.words(message.session.visitor.key()) for message in kept if not message.unsent_at]
        assert words == expected["texts"]
    if "sent" in expected:
        assert Delivery.objects.count() == expected["sent"]


@pytest.mark.parametrize("case", ONE_BY_ONE, ids=name_of)
def test_a_webhook_story_comes_out_right(case: Case, both: dict[str, Channel]) -> None:
    statuses = [send(request) for request in case.requests]
    take_in_the_rest()
    check(case, statuses)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("case", AT_ONCE, ids=name_of)
def test_webhooks_at_once_come_out_right(case: Case, both: dict[str, Channel]) -> None:
    with ThreadPoolExecutor(len(case.requests)) as pool:
        statuses = list(pool.map(send_in_thread, case.requests))
    take_in_the_rest()
    check(case, statuses)
