"""Owing, claiming and recording notifications at a moment of one's own."""

from datetime import datetime, timedelta

from django.utils import timezone

from counseling.actions import notifications
from counseling.actions.notifications import Claimed
from counseling.machines import Event, Heard
from counseling.models import Notification, Program, Subscription

URL = "https://example.jp/hook"
TAKEN, REFUSED, GONE = Heard(200), Heard(500), Heard(410)
NOW = datetime(2026, 11, 23, 3, 0, tzinfo=timezone.get_default_timezone())
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
Woken = list[tuple[str | int, ...]]


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
