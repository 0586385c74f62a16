"""What machines are told: owed with what happened, sent once to each place, tried again, and given up in the end."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from counseling import later, tasks
from counseling.actions import notifications, risk, sessions, subscriptions, visits
from counseling.actions.notifications import Claimed
from counseling.lifecycle import EndReason
from counseling.machines import Event, Heard
from counseling.models import Channel, Notification, Program, Session, Subscription
from counseling.models.machine import NotificationState
from counseling.triage import Risk
from tests.conftest import Say, person

URL = "https://example.jp/hook"
TAKEN, REFUSED, GONE = Heard(200), Heard(500), Heard(410)
NOW = datetime(2026, 11, 23, 3, 0, tzinfo=timezone.get_default_timezone())
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
Woken = list[tuple[str | int, ...]]


@pytest.fixture(autouse=True)
def exact_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("counseling.outcomes.random.uniform", lambda *_: 1.0)


@pytest.fixture
def place(program: Program, aoi: User) -> Subscription:
    """A place that is told everything."""
    place, _secret = subscriptions.make(program_id=program.pk, by=aoi, url=URL, events=list(Event))
    Subscription.objects.update(rest_until=NOW)
    return place


def owe(program: Program, at: datetime = NOW, event: Event = Event.RECEPTION_CLOSED) -> None:
    notifications.owe(program=program, event=event, at=at, reason="off_hours")


def claim(place: Subscription, now: datetime = NOW) -> Claimed | None:
    return notifications.claim(subscription_id=place.pk, now=now)


def claimed(place: Subscription, now: datetime = NOW) -> Claimed:
    found = claim(place, now)
    assert found is not None
    return found


def tell(place: Subscription, heard: Heard, now: datetime = NOW) -> bool:
    return notifications.record(claimed=claimed(place, now), heard=heard, now=now)


def states() -> list[str]:
    return list(Notification.objects.order_by("pk").values_list("state", flat=True))


def risen(session: Session) -> list[dict[str, object]]:
    rows = Notification.objects.filter(event=Event.RISK_RAISED).order_by("pk")
    return [dict(json.loads(row.body)["data"]) for row in rows]


def test_words_of_danger_are_told_as_a_level_without_a_word(
    place: Subscription, waiting: Session, sora_says: Say
) -> None:
    assert not Notification.objects.exists()
    sora_says("もう死にたいです")
    (told,) = risen(waiting)
    assert told == {"program": "women", "session": 1, "level": 3, "before": 0, "by": "machine"}
    body = Notification.objects.get().body
    assert "死にたい" not in body
    assert waiting.visitor.pseudonym not in body


def test_a_person_who_raises_it_is_told_as_a_person(place: Subscription, active: Session, haru: User) -> None:
    for level in (Risk.HIGH, Risk.IMMINENT, Risk.IMMINENT, Risk.LOW):
        risk.assess(session_id=active.pk, by=haru, level=level, why="秘密のわけ")
    assert [(told["level"], told["before"], told["by"]) for told in risen(active)] == [
        (3, 0, "person"),
        (4, 3, "person"),
    ]
    assert "秘密" not in "".join(Notification.objects.values_list("body", flat=True))
    assert "Haru" not in "".join(Notification.objects.values_list("body", flat=True))


@pytest.mark.parametrize("only", ["trial", "practice"])
def test_what_only_tries_or_teaches_raises_no_alarm(
    place: Subscription, waiting: Session, sora_says: Say, only: str
) -> None:
    Session.objects.update(**({"trial": True} if only == "trial" else {}))
    Program.objects.update(**({"practice": True} if only == "practice" else {}))
    sora_says("死にたい")
    assert risen(waiting) == []


def test_the_risk_and_what_is_owed_for_it_stand_or_fall_together(
    place: Subscription, active: Session, haru: User
) -> None:
    with transaction.atomic():
        risk.assess(session_id=active.pk, by=haru, level=Risk.HIGH, why="わけ")
        transaction.set_rollback(True)
    assert Session.objects.get().risk == 0
    assert not Notification.objects.exists()


def test_only_who_asked_for_an_event_is_told_of_it(program: Program, aoi: User, place: Subscription) -> None:
    other, _secret = subscriptions.make(program_id=program.pk, by=aoi, url=URL + "2", events=[Event.RECEPTION_OPENED])
    owe(program)
    assert list(Notification.objects.values_list("subscription", flat=True)) == [place.pk]
    owe(program, event=Event.RECEPTION_OPENED)
    assert Notification.objects.filter(subscription=other).count() == 1


def test_another_programs_places_are_told_nothing(place: Subscription, aoi: User) -> None:
    other = Program.objects.create(slug="other", name="other", kind="women", starts_on=NOW.date())
    owe(other)
    assert not Notification.objects.exists()


def test_the_body_says_what_when_and_where(program: Program, place: Subscription) -> None:
    owe(program)
    assert json.loads(claimed(place).body) == {
        "type": "reception.closed",
        "timestamp": "2026-11-22T18:00:00+00:00",
        "data": {"program": "women", "reason": "off_hours"},
    }


def test_who_is_owed_wakes_the_worker_after_the_commit(
    program: Program,
    place: Subscription,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    woken: Woken = []
    monkeypatch.setattr(later, "wake", lambda *call, **_: woken.append(call))
    with django_capture_on_commit_callbacks(execute=True):
        owe(program)
        assert woken == []
    assert woken == [("notify", place.pk)]


def test_what_was_taken_is_done(program: Program, place: Subscription) -> None:
    owe(program)
    assert tell(place, TAKEN)
    assert states() == [NotificationState.TAKEN]
    assert claim(place, NOW + DAY) is None


def test_at_each_try_id_and_bytes_are_the_same_and_the_waits_grow(program: Program, place: Subscription) -> None:
    owe(program)
    now, seen, waits = NOW, set(), []
    for _try in range(15):
        one = claimed(place, now)
        seen.add((one.key, one.body, one.secret))
        notifications.record(claimed=one, heard=REFUSED, now=now)
        due = Notification.objects.get().next_try_at
        waits.append((due - now).total_seconds())
        now = max(due, Subscription.objects.get().rest_until)
    assert len(seen) == 1
    assert waits == [4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3600, 3600, 3600, 3600, 3600]


def test_after_a_day_of_tries_it_is_given_up(program: Program, place: Subscription) -> None:
    owe(program)
    tell(place, REFUSED)
    Subscription.objects.update(failures=0, failing_since=None)
    tell(place, REFUSED, NOW + DAY - timedelta(minutes=1))
    assert states() == [NotificationState.OWED]
    tell(place, REFUSED, NOW + DAY + HOUR)
    assert states() == [NotificationState.GIVEN_UP]
    row = Notification.objects.get()
    assert (row.status, row.tries) == (500, 3)


def test_while_one_is_under_way_nothing_else_goes_there(program: Program, place: Subscription) -> None:
    owe(program)
    owe(program)
    first = claimed(place)
    assert claim(place) is None
    notifications.record(claimed=first, heard=TAKEN, now=NOW)
    assert claimed(place).id != first.id


def test_a_claim_that_ran_out_is_taken_up_and_the_late_answer_counts_nothing(
    program: Program, place: Subscription
) -> None:
    owe(program)
    late = claimed(place)
    after = late.claimed_until
    assert place.pk in notifications.due_subscriptions(now=after)
    again = claimed(place, after)
    assert (again.id, again.key, again.tries) == (late.id, late.key, 2)
    assert not notifications.record(claimed=late, heard=TAKEN, now=after)
    assert notifications.record(claimed=again, heard=TAKEN, now=after)


def test_one_that_is_never_taken_holds_back_no_other(program: Program, place: Subscription) -> None:
    owe(program)
    poison = claimed(place)
    notifications.record(claimed=poison, heard=Heard(400), now=NOW)
    owe(program, NOW + timedelta(seconds=1))
    now = NOW + timedelta(seconds=3)
    other = claimed(place, now)
    assert other.id != poison.id
    notifications.record(claimed=other, heard=TAKEN, now=now)
    assert states() == [NotificationState.OWED, NotificationState.TAKEN]
    assert Subscription.objects.get().failures == 0


def test_a_place_that_fails_rests_as_a_whole(program: Program, place: Subscription) -> None:
    for _each in range(3):
        owe(program)
    tell(place, Heard(problem="timeout"))
    assert claim(place) is None
    assert notifications.due_subscriptions(now=NOW) == []
    assert notifications.due_subscriptions(now=NOW + timedelta(seconds=1)) == [place.pk]
    Subscription.objects.update(failures=30)
    tell(place, REFUSED, NOW + HOUR)
    assert Subscription.objects.get().rest_until == NOW + HOUR + timedelta(minutes=5)


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


def test_old_ones_are_forgotten(program: Program, place: Subscription) -> None:
    owe(program)
    tell(place, TAKEN)
    Notification.objects.update(done_at=NOW - timedelta(days=31))
    owe(program)
    tell(place, TAKEN)
    assert Notification.objects.count() == 1


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
            tasks.tell_stop(due)
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
    tasks.tell_stop(place.pk)
    now = timezone.now()
    assert subscriptions.due_stops(now=now) == []
    assert subscriptions.due_stops(now=now + timedelta(minutes=11)) == [place.pk]


def test_the_sweep_wakes_for_what_is_due(
    program: Program, place: Subscription, monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: Woken = []
    monkeypatch.setattr(later, "wake", lambda *call, **_: woken.append(call))
    owe(program)
    tasks.wake_notifications()
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
    assert visits.refusal_at(program, timezone.now()) is None


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
