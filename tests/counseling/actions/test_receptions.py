"""Machines are told when reception opens and closes: once for each change, with the reason."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from counseling.actions import duty, receptions, stages, subscriptions
from counseling.machines import Event
from counseling.models import Duty, Notification, Program, Subscription
from counseling.stages import Step
from tests.conftest import ALWAYS, NEVER


def told() -> list[tuple[str, dict[str, Any]]]:
    """What was owed since the last look."""
    rows = list(Notification.objects.order_by("pk"))
    Notification.objects.all().delete()
    return [(row.event, json.loads(row.body)["data"]) for row in rows]


def look(times: int = 3) -> list[tuple[str, dict[str, Any]]]:
    for _sweep in range(times):
        receptions.watch()
    return told()


def test_what_is_so_when_a_place_is_made_is_no_news(place: Subscription) -> None:
    assert look() == []
    assert Program.objects.get().reception_told is True


def test_closing_by_the_hours_is_told_once_with_its_reason(place: Subscription) -> None:
    Program.objects.update(hours=NEVER)
    assert look() == [
        ("reception.closed", {"program": "women", "reason": "off_hours", "next_opening": None}),
    ]
    assert look() == []


def test_opening_says_until_when(place: Subscription, monkeypatch: pytest.MonkeyPatch) -> None:
    noon = timezone.localtime().replace(hour=12, minute=0)
    monkeypatch.setattr(timezone, "now", lambda: noon)
    Program.objects.update(hours=NEVER)
    look()
    today = {noon.date().isoformat(): ["00:00-26:00"]}
    Program.objects.update(hours=NEVER | {"exceptions": today, "intake_close": 30})
    ((event, data),) = look()
    assert event == "reception.opened"
    assert data["program"] == "women"
    tomorrow = (noon + timedelta(days=1)).date().isoformat()
    assert (data["closes_at"], data["intake_until"]) == (f"{tomorrow}T02:00:00+09:00", f"{tomorrow}T01:30:00+09:00")
    Program.objects.update(hours=ALWAYS)
    assert look() == []


def test_too_few_people_close_it_and_enough_open_it(place: Subscription, program: Program, haru: User) -> None:
    Program.objects.update(least_on_duty=1)
    assert look() == []
    Duty.objects.filter(user=haru).delete()
    ((event, data),) = look()
    assert (event, data["reason"]) == ("reception.closed", "unstaffed")
    duty.check_in(program_id=program.pk, by=haru)
    assert [event for event, _data in look()] == ["reception.opened"]


def test_a_pause_closes_it_at_once_and_promises_no_hour(place: Subscription, program: Program, aoi: User) -> None:
    stages.step(program_id=program.pk, step=Step.PAUSE, by=aoi)
    assert look() == [("reception.closed", {"program": "women", "reason": "paused", "next_opening": None})]
    stages.step(program_id=program.pk, step=Step.RESUME, by=aoi)
    assert [event for event, _data in look()] == ["reception.opened"]


def test_another_reason_while_it_is_closed_is_no_change(place: Subscription, program: Program, aoi: User) -> None:
    Program.objects.update(hours=NEVER)
    look()
    stages.step(program_id=program.pk, step=Step.PAUSE, by=aoi)
    assert look() == []


def test_each_place_is_told_and_who_did_not_ask_is_not(place: Subscription, program: Program, aoi: User) -> None:
    for number, events in enumerate([[Event.RECEPTION_CLOSED], [Event.RISK_RAISED]]):
        subscriptions.make(program_id=program.pk, by=aoi, url=f"https://example.jp/{number}", events=events)
    Program.objects.update(hours=NEVER)
    assert [event for event, _data in look()] == ["reception.closed"] * 2


def test_while_nobody_is_to_be_told_nothing_is_watched(program: Program, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        receptions.watch()
    program.refresh_from_db()
    assert program.reception_told is None


def test_a_new_first_place_begins_with_what_is_so_then(program: Program, aoi: User, place: Subscription) -> None:
    subscriptions.remove(program_id=program.pk, subscription_id=place.pk, by=aoi)
    Program.objects.update(hours=NEVER)
    assert look() == []
    subscriptions.make(program_id=program.pk, by=aoi, url="https://example.jp/", events=list(Event))
    assert look() == []
    Program.objects.update(hours=ALWAYS)
    assert [event for event, _data in look()] == ["reception.opened"]


def test_while_its_only_place_is_paused_changes_are_not_told_later(
    program: Program, aoi: User, place: Subscription
) -> None:
    subscriptions.pause(program_id=program.pk, subscription_id=place.pk, by=aoi)
    Program.objects.update(hours=NEVER)
    assert look() == []
    subscriptions.resume(program_id=program.pk, subscription_id=place.pk, by=aoi)
    assert look() == []


def test_a_look_without_a_change_costs_one_query(place: Subscription, django_assert_num_queries: Any) -> None:
    look()
    with django_assert_num_queries(1):
        receptions.watch()
