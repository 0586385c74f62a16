"""Places that are told of a program's events (通知先): made with a secret shown once, paused, resumed, removed."""

import base64
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Right, Role
from counseling import crypto, destinations, permissions
from counseling.actions import notifications
from counseling.actions.admission import refusal_at
from counseling.machines import Event
from counseling.models import Membership, Program, Subscription

SECRET_BYTES = 32
# By this the other side's libraries know the kind of secret (Standard Webhooks).
SECRET_BEGINS = "whsec_"  # noqa: S105 - what a secret begins with
MOST_SUBSCRIPTIONS = 10
STOP_TOLD_EVERY = timedelta(minutes=10)

Code = Literal["no_event", "too_many", "url_taken", "practice"] | destinations.Code


class CannotSubscribe(Exception):
    """Nothing can be told there; `code` says why."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def make(*, program_id: int, by: User, url: str, events: Iterable[Event]) -> tuple[Subscription, str]:
    """Tell this place from now on; and the secret, which nobody can be told again.

    Raises NotVisible, CannotSubscribe.
    """
    permissions.require(by, Right.CONFIGURE, program_id)
    program = Program.objects.select_for_update(of=("self",), no_key=True).get(pk=program_id)
    if program.practice:
        raise CannotSubscribe("practice")
    wanted = [event.value for event in Event if event in set(events)]
    others = Subscription.objects.filter(program=program).count()
    _check(url, wanted, others)
    secret = secrets.token_bytes(SECRET_BYTES)
    place = Subscription(program=program, url=url, events=wanted, made_by=by)
    place.secret = crypto.seal_house(secret, place.place)
    try:
        with transaction.atomic():
            place.save(force_insert=True)
    except IntegrityError as error:
        raise CannotSubscribe("url_taken") from error
    if not others:
        # What is so now is no news to anybody.
        program.reception_told = refusal_at(program, timezone.now()) is None
        program.save(update_fields=["reception_told"])
    audit.note(Deed.SUBSCRIPTION_MADE, by=by, subject=f"subscription:{place.pk}", program_id=program_id, events=wanted)
    return place, SECRET_BEGINS + base64.b64encode(secret).decode()


def _check(url: str, events: list[str], others: int) -> None:
    if not events:
        raise CannotSubscribe("no_event")
    if others >= MOST_SUBSCRIPTIONS:
        raise CannotSubscribe("too_many")
    try:
        destinations.destination_of(url, at_home=settings.DEBUG)
    except destinations.Unacceptable as error:
        raise CannotSubscribe(error.code) from error


def _locked(program_id: int, subscription_id: int, by: User) -> Subscription:
    permissions.require(by, Right.CONFIGURE, program_id)
    places = Subscription.objects.select_for_update(of=("self",), no_key=True).select_related("program")
    place = places.filter(pk=subscription_id, program=program_id).first()
    if place is None:
        raise permissions.NotVisible
    return place


@transaction.atomic
def pause(*, program_id: int, subscription_id: int, by: User) -> None:
    """Tell this place nothing; what is owed to it is not sent later either. Raises NotVisible."""
    place = _locked(program_id, subscription_id, by)
    if place.paused_at is None:
        now = timezone.now()
        place.paused_at = now
        place.save(update_fields=["paused_at"])
        notifications.drop(place, now)
        _note(Deed.SUBSCRIPTION_CHANGED, place, by, "paused")


@transaction.atomic
def resume(*, program_id: int, subscription_id: int, by: User) -> None:
    """Tell this place again what happens from now on, also after the house had stopped it. Raises NotVisible."""
    place = _locked(program_id, subscription_id, by)
    if place.paused_at is None and place.stopped_at is None:
        return
    place.paused_at = place.stopped_at = place.stop_told_at = place.stop_tried_at = place.failing_since = None
    place.failures, place.rest_until = 0, timezone.now()
    place.save()
    _note(Deed.SUBSCRIPTION_CHANGED, place, by, "resumed")


@transaction.atomic
def remove(*, program_id: int, subscription_id: int, by: User) -> str:
    """Forget this place, its secret and what it was told; its address. Raises NotVisible."""
    place = _locked(program_id, subscription_id, by)
    _note(Deed.SUBSCRIPTION_CHANGED, place, by, "removed")
    place.delete()
    return place.url


def _note(deed: Deed, place: Subscription, by: User, did: str) -> None:
    audit.note(deed, by=by, subject=f"subscription:{place.pk}", program_id=place.program_id, did=did)


@dataclass(frozen=True)
class Stopped:
    """A place that is told nothing any more, since when it took nothing, and who should know."""

    program: Program
    subscription_id: int
    host: str
    since: datetime
    recipients: list[str]


def due_stops(*, now: datetime) -> list[int]:
    """Places that stopped, of which administrators do not know yet."""
    return list(_untold(now).values_list("pk", flat=True))


def _untold(now: datetime) -> QuerySet[Subscription]:
    untried = Q(stop_tried_at=None) | Q(stop_tried_at__lte=now - STOP_TOLD_EVERY)
    return Subscription.objects.filter(untried, stop_told_at=None, stopped_at__isnull=False)


def claim_stop(*, subscription_id: int, now: datetime) -> Stopped | None:
    """Take it upon oneself to tell of it; None when somebody else does, or it was resumed."""
    if not _untold(now).filter(pk=subscription_id).update(stop_tried_at=now):
        return None
    place = Subscription.objects.select_related("program").get(pk=subscription_id)
    members = Membership.objects.filter(program=place.program_id, role=Role.ADMINISTRATOR, user__is_active=True)
    return Stopped(
        program=place.program,
        subscription_id=subscription_id,
        host=urlsplit(place.url).hostname or "",
        since=place.failing_since or now,
        recipients=list(members.order_by("user__email").values_list("user__email", flat=True).distinct()),
    )


def record_stop_told(*, subscription_id: int, now: datetime) -> None:
    """At least one of them was told: not again for this stop."""
    Subscription.objects.filter(pk=subscription_id).update(stop_told_at=now)
