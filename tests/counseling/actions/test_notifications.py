"""What machines are told: owed with what happened, sent once to each place, tried again, and given up in the end."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from accounts.models import User
from counseling import later
from counseling.actions import notifications, subscriptions
from counseling.machines import Event, Heard
from counseling.models import Notification, Program, Session, Subscription
from counseling.models.machine import NotificationState
from counseling.triage import Risk
from tests.conftest import Say, assess
from tests.counseling.actions.told import (
    DAY,
    HOUR,
    NOW,
    REFUSED,
    TAKEN,
    URL,
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
        assess(session_id=active.pk, by=haru, level=level, word="秘密のわけ")
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
        assess(session_id=active.pk, by=haru, level=Risk.HIGH, word="わけ")
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
