"""Places that take nothing: they rest, are stopped in the end, and people know; and trying one by hand."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from counseling import later
from counseling.actions import admission, notifications, sessions, subscriptions
from counseling.gateways.subscribers import telling
from counseling.lifecycle import EndReason
from counseling.models import Channel, Notification, Program, Session, Subscription
from counseling.models.machine import NotificationState
from tests.conftest import person
from tests.counseling.actions.told import (
    DAY,
    GONE,
    HOUR,
    NOW,
    REFUSED,
    TAKEN,
    Woken,
    claim,
    claimed,
    owe,
    states,
    tell,
)


@pytest.fixture(autouse=True)
def exact_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("counseling.outcomes.random.uniform", lambda *_: 1.0)


def test_what_was_taken_ends_the_failures(program: Program, place: Subscription) -> None:
    owe(program)
    tell(place, REFUSED)
    tell(place, TAKEN, NOW + HOUR)
    found = Subscription.objects.get()
    assert (found.failures, found.failing_since, found.rest_until) == (0, None, NOW + HOUR)


def test_a_short_breakdown_stops_nothing_however_much_is_owed(program: Program, place: Subscription) -> None:
    now = NOW
    for _each in range(40):
        owe(program, now)
        now = max(now, Subscription.objects.get().rest_until)
        tell(place, REFUSED, now)
    assert now < NOW + DAY
    assert Subscription.objects.get().stopped_at is None


def test_after_a_day_without_one_taken_a_place_is_stopped_and_what_is_owed_dropped(
    program: Program, place: Subscription
) -> None:
    owe(program)
    Subscription.objects.update(failures=9, failing_since=NOW - DAY)
    owe(program)
    tell(place, REFUSED)
    found = Subscription.objects.get()
    assert found.stopped_at == NOW
    assert states() == [NotificationState.DROPPED] * 2
    owe(program)
    assert Notification.objects.count() == 2
    assert claim(place, NOW + DAY) is None


def test_few_failures_stop_nothing_however_old(program: Program, place: Subscription) -> None:
    owe(program)
    Subscription.objects.update(failures=3, failing_since=NOW - 10 * DAY)
    tell(place, REFUSED)
    assert Subscription.objects.get().stopped_at is None


def test_who_is_gone_is_stopped_at_once(program: Program, place: Subscription) -> None:
    owe(program)
    tell(place, GONE)
    assert Subscription.objects.get().stopped_at == NOW


def test_a_place_whose_secret_is_lost_is_stopped(program: Program, place: Subscription) -> None:
    owe(program)
    Subscription.objects.update(secret=b"\x09nothing of ours")
    assert claim(place) is None
    assert Subscription.objects.get().stopped_at == NOW


def test_a_place_removed_meanwhile_takes_its_answer_with_it(program: Program, place: Subscription, aoi: User) -> None:
    owe(program)
    one = claimed(place)
    subscriptions.remove(program_id=program.pk, subscription_id=place.pk, by=aoi)
    assert not notifications.record(claimed=one, heard=TAKEN, now=NOW)


def test_a_place_stopped_meanwhile_stays_stopped(program: Program, place: Subscription, aoi: User) -> None:
    owe(program)
    one = claimed(place)
    subscriptions.pause(program_id=program.pk, subscription_id=place.pk, by=aoi)
    assert not notifications.record(claimed=one, heard=TAKEN, now=NOW)
    assert states() == [NotificationState.DROPPED]


def test_old_ones_are_forgotten_and_what_is_owed_is_not(program: Program, place: Subscription) -> None:
    owe(program)
    tell(place, TAKEN)
    owe(program)
    Notification.objects.update(created_at=NOW - timedelta(days=40))
    notifications.forget(now=NOW + timedelta(days=30))
    assert Notification.objects.count() == 2
    notifications.forget(now=NOW + timedelta(days=30, seconds=1))
    assert states() == [NotificationState.OWED]


def test_a_stop_is_told_to_administrators_once_by_mail(
    program: Program, place: Subscription, aoi: User, mio: User
) -> None:
    other = person("Other", program, Role.ADMINISTRATOR)
    left = person("Left", program, Role.ADMINISTRATOR)
    User.objects.filter(pk=left.pk).update(is_active=False)
    owe(program)
    tell(place, GONE)
    for _sweep in range(2):
        for due in subscriptions.due_stops(now=timezone.now()):
            telling.tell_stop(due)
    assert sorted(message.to[0] for message in mail.outbox) == sorted([aoi.email, other.email])
    said = mail.outbox[0]
    assert "外部への通知を止めました" in said.subject
    assert "example.jp" in said.body
    assert f"/programs/women/connections/subscriptions/{place.pk}/" in said.body
    assert "stopped" in said.body.lower()


def test_a_mail_that_was_not_sent_is_tried_again_later(
    program: Program, place: Subscription, monkeypatch: pytest.MonkeyPatch
) -> None:
    owe(program)
    tell(place, GONE)
    monkeypatch.setattr("accounts.mail.send", lambda *_, **__: False)
    telling.tell_stop(place.pk)
    now = timezone.now()
    assert subscriptions.due_stops(now=now) == []
    assert subscriptions.due_stops(now=now + timedelta(minutes=11)) == [place.pk]


def test_the_sweep_wakes_for_what_is_due(
    program: Program, place: Subscription, monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: Woken = []
    monkeypatch.setattr(later, "wake", lambda *call, **_: woken.append(call))
    owe(program)
    telling.wake_notifications()
    assert woken == [("notify", place.pk)]


def test_a_try_by_hand_goes_out_at_once_and_says_nothing_of_the_place(program: Program, place: Subscription) -> None:
    Subscription.objects.update(stopped_at=NOW, failures=12)
    one = notifications.claim_ping(place=Subscription.objects.select_related("program").get(), now=NOW)
    assert json.loads(one.body) == {
        "type": "ping", "timestamp": "2026-11-22T18:00:00+00:00", "data": {"program": "women"}
    }  # fmt: skip
    assert states() == [NotificationState.GIVEN_UP]
    notifications.record_ping(claimed=one, heard=TAKEN)
    row = Notification.objects.get()
    assert (row.state, row.status, row.tries) == (NotificationState.TAKEN, 200, 1)
    assert Subscription.objects.get().failures == 12


def test_of_two_tries_by_hand_at_once_one_waits(program: Program, place: Subscription) -> None:
    one = notifications.claim_ping(place=place, now=NOW)
    with pytest.raises(notifications.StillAsking):
        notifications.claim_ping(place=place, now=NOW)
    notifications.record_ping(claimed=one, heard=REFUSED)
    notifications.claim_ping(place=place, now=NOW)


def test_a_try_by_hand_that_broke_off_is_not_sent_by_the_worker(program: Program, place: Subscription) -> None:
    notifications.claim_ping(place=place, now=NOW)
    assert claim(place, NOW + HOUR) is None
    assert notifications.due_subscriptions(now=NOW + HOUR) == []


def test_a_sitting_that_is_turned_away_tells_nobody(
    place: Subscription, web_channel: Channel, program: Program, haru: User, waiting: Session
) -> None:
    sessions.claim(session_id=waiting.pk, by=haru)
    sessions.end(session_id=waiting.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    assert not Notification.objects.exists()
    assert admission.refusal_at(program, timezone.now()) is None


def test_a_claim_can_be_told_apart(program: Program, place: Subscription) -> None:
    owe(program)
    one = claimed(place)
    assert not notifications.record(claimed=replace(one, claimed_until=NOW), heard=TAKEN, now=NOW)


def test_a_clock_that_was_put_back_holds_up_nothing(program: Program, place: Subscription) -> None:
    owe(program)
    late = claimed(place)
    ahead = NOW + timedelta(hours=5)
    Notification.objects.update(next_try_at=ahead, claimed_until=ahead)
    Subscription.objects.update(rest_until=ahead)
    assert notifications.due_subscriptions(now=NOW) == [place.pk]
    assert claimed(place).key == late.key
