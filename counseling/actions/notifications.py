"""What machines are told: owed with what happened, sent one at a time to each place, tried again for a day.

Owed in the same transaction as the event; claimed under the subscription's lock; recorded. A gateway sends between
claim and record, so a crash anywhere leaves a claim that expires, and the same bytes go out again under the same id.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from counseling import crypto, later, outcomes
from counseling.lifecycle import Medium
from counseling.machines import PING, Event, Heard
from counseling.models import Notification, Program, Session, Subscription
from counseling.models.machine import NotificationState

CLAIM_LIFE = timedelta(seconds=30)
TRIED_FOR = timedelta(days=1)
# A place where nothing was taken for a day, in so many tries at least, is told nothing more.
LEAST_FAILURES = 10
LONGEST_WAIT_SECONDS, LONGEST_REST_SECONDS = 3600.0, 300.0
# The first wait is of some seconds: what restarts is back by then.
WAITS_FROM = 2
KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Claimed:
    """One request to make under a claim: where, signed with what, under which id, and the very bytes."""

    id: int
    subscription_id: int
    key: UUID
    url: str
    secret: bytes
    body: str
    tries: int
    created_at: datetime
    claimed_until: datetime


def owe(*, program: Program, event: Event, at: datetime, **happened: Any) -> None:
    """Owe `event` to every place that wants it. Within the transaction of what happened."""
    places = Subscription.objects.filter(
        program=program, paused_at=None, stopped_at=None, events__contains=[event.value]
    )
    body = written(event, program, at, **happened)
    for place_id in list(places.values_list("pk", flat=True)):
        Notification.objects.create(subscription_id=place_id, event=event, body=body, created_at=at, next_try_at=at)
        later.notify(place_id)


def risk_raised(session: Session, *, before: int, by: Literal["machine", "person"], at: datetime) -> None:
    """Owe that somebody may be in greater danger than was thought; not of a talk that only tries or teaches.

    Nor of what is told of afterwards: machines read of chats alone.
    """
    real = session.medium == Medium.CHAT and not session.trial and not session.program.practice
    if session.risk > before and real:
        told = {"session": session.number, "level": int(session.risk), "before": int(before), "by": by}
        owe(program=session.program, event=Event.RISK_RAISED, at=at, **told)


def written(event: str, program: Program, at: datetime, **happened: Any) -> str:
    """The body: what happened, when, and in which program."""
    told = {"type": event, "timestamp": at.astimezone(UTC).isoformat(), "data": {"program": program.slug, **happened}}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _has_come(name: str, now: datetime) -> Q:
    """The moment has come, or lies so far ahead that only a clock that was put back since can have written it."""
    return Q(**{f"{name}__lte": now}) | Q(**{f"{name}__gt": now + outcomes.LONGEST_AHEAD})


def due_subscriptions(*, now: datetime, most: int = 100) -> list[int]:
    """Places to which something may be sent at `now`, and whose claims ran out."""
    free = Q(claimed_until=None) | _has_come("claimed_until", now)
    open_there = Q(subscription__paused_at=None, subscription__stopped_at=None)
    due = free & open_there & _has_come("next_try_at", now) & _has_come("subscription__rest_until", now)
    owed = Notification.objects.filter(due, state=NotificationState.OWED)
    return list(owed.order_by("subscription_id").values_list("subscription_id", flat=True).distinct()[:most])


@transaction.atomic
def claim(*, subscription_id: int, now: datetime) -> Claimed | None:
    """Claim what has been due longest at this place; None while something is under way there, or nothing is due."""
    ours = Subscription.objects.select_for_update(no_key=True).filter(pk=subscription_id)
    place = ours.filter(_has_come("rest_until", now), paused_at=None, stopped_at=None).first()
    owed = Notification.objects.filter(subscription=place, state=NotificationState.OWED)
    if place is None or owed.exclude(claimed_until=None).exclude(_has_come("claimed_until", now)).exists():
        return None
    first = owed.filter(_has_come("next_try_at", now)).order_by("next_try_at", "pk").first()
    try:
        return _claimed(first, place, now) if first else None
    except crypto.CannotOpen:
        # Its secret was sealed with a key that is gone: only a new place helps.
        _stop(place, now)
        return None


def _claimed(notification: Notification, place: Subscription, now: datetime) -> Claimed:
    secret = place.signing_key()
    notification.tries += 1
    notification.claimed_until = now + CLAIM_LIFE
    notification.save(update_fields=["tries", "claimed_until"])
    return Claimed(
        id=notification.pk,
        subscription_id=place.pk,
        key=notification.key,
        url=place.url,
        secret=secret,
        body=notification.body,
        tries=notification.tries,
        created_at=notification.created_at,
        claimed_until=notification.claimed_until,
    )


@transaction.atomic
def record(*, claimed: Claimed, heard: Heard, now: datetime) -> bool:
    """Record what became of a claimed notification; False when the claim had run out, or the place is gone."""
    place = Subscription.objects.select_for_update(no_key=True).filter(pk=claimed.subscription_id).first()
    under_claim = Notification.objects.filter(
        pk=claimed.id, state=NotificationState.OWED, claimed_until=claimed.claimed_until
    )
    changes = {"claimed_until": None, "status": heard.status, "problem": heard.problem, **_after(claimed, heard, now)}
    if place is None or not under_claim.update(**changes):
        return False
    if heard.is_taken:
        _took(place, now)
    else:
        _failed(place, heard, now)
    return True


def _after(claimed: Claimed, heard: Heard, now: datetime) -> dict[str, Any]:
    if heard.is_taken:
        return {"state": NotificationState.TAKEN, "done_at": now}
    if now - claimed.created_at >= TRIED_FOR:
        return {"state": NotificationState.GIVEN_UP, "done_at": now}
    return {"next_try_at": now + outcomes.wait(claimed.tries + WAITS_FROM, longest=LONGEST_WAIT_SECONDS)}


def _took(place: Subscription, now: datetime) -> None:
    if place.failures:
        place.failures, place.failing_since, place.rest_until = 0, None, now
        place.save(update_fields=["failures", "failing_since", "rest_until"])


def _failed(place: Subscription, heard: Heard, now: datetime) -> None:
    """One more in a row. All of the place rests, so that one that never answers holds no thread for long."""
    place.failures += 1
    place.failing_since = place.failing_since or now
    place.rest_until = now + outcomes.wait(place.failures, longest=LONGEST_REST_SECONDS)
    is_hopeless = place.failures >= LEAST_FAILURES and now - place.failing_since >= TRIED_FOR
    place.save(update_fields=["failures", "failing_since", "rest_until"])
    if heard.wants_no_more or is_hopeless:
        _stop(place, now)


def _stop(place: Subscription, now: datetime) -> None:
    place.stopped_at = now
    place.save(update_fields=["stopped_at"])
    drop(place, now)


def drop(place: Subscription, now: datetime) -> None:
    """What is still owed there is not sent any more."""
    owed = Notification.objects.filter(subscription=place, state=NotificationState.OWED)
    owed.update(state=NotificationState.DROPPED, done_at=now, claimed_until=None)


def forget(*, now: datetime) -> None:
    """What was told, or given up, long ago is nobody's business any more."""
    Notification.objects.filter(done_at__lt=now - KEPT).delete()


class StillAsking(Exception):
    """A try by hand is under way there just now."""


@transaction.atomic
def claim_ping(*, place: Subscription, now: datetime) -> Claimed:
    """A try by a person's hand, at once and only once: it says nothing about the place's failures. Raises StillAsking.

    Given up from the start: whoever sends it says what became of it.
    """
    Subscription.objects.select_for_update(no_key=True).get(pk=place.pk)
    lately = Notification.objects.filter(subscription=place, event=PING, claimed_until__gt=now)
    if lately.exists():
        raise StillAsking
    ping = Notification(
        subscription=place,
        event=PING,
        body=written(PING, place.program, now),
        state=NotificationState.GIVEN_UP,
        created_at=now,
        done_at=now,
    )
    ping.save()
    return _claimed(ping, place, now)


def record_ping(*, claimed: Claimed, heard: Heard) -> None:
    """What became of the try."""
    state = NotificationState.TAKEN if heard.is_taken else NotificationState.GIVEN_UP
    Notification.objects.filter(pk=claimed.id).update(
        state=state, status=heard.status, problem=heard.problem, claimed_until=None, done_at=timezone.now()
    )
