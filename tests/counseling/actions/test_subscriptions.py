"""Places that are told of events: who makes them, what is kept of their secret, and how they come and go."""

import base64
from datetime import date

import pytest
from django.core import serializers
from django.utils import timezone

from accounts.models import AuditEntry, User
from accounts.roles import Role
from counseling import crypto
from counseling.actions import notifications, subscriptions
from counseling.actions.subscriptions import CannotSubscribe
from counseling.machines import Event
from counseling.models import Membership, Notification, Program, Subscription
from counseling.permissions import NotVisible

URL = "https://example.jp/hook"


def make(program: Program, by: User, url: str = URL, events: list[Event] | None = None) -> tuple[Subscription, str]:
    return subscriptions.make(program_id=program.pk, by=by, url=url, events=list(Event) if events is None else events)


def test_the_secret_is_told_once_and_kept_sealed(program: Program, aoi: User) -> None:
    _place, secret = make(program, aoi)
    key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    assert len(key) == 32
    assert Subscription.objects.get().signing_key() == key
    stored = serializers.serialize("json", Subscription.objects.all())
    assert secret not in stored
    assert base64.b64encode(key).decode() not in stored
    assert key not in bytes(Subscription.objects.get().secret)


def test_a_secret_belongs_to_its_row(program: Program, aoi: User) -> None:
    one, _secret = make(program, aoi)
    other, _secret = make(program, aoi, URL + "2")
    Subscription.objects.filter(pk=other.pk).update(secret=one.secret)
    with pytest.raises(crypto.CannotOpen):
        Subscription.objects.get(pk=other.pk).signing_key()


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://example.jp/", "not_https"),
        ("https://10.0.0.1/", "not_open"),
        ("https://a:b@example.jp/", "has_account"),
        ("example.jp", "not_an_address"),
    ],
)
def test_what_may_not_be_called_is_refused(program: Program, aoi: User, url: str, code: str) -> None:
    with pytest.raises(CannotSubscribe, match=code):
        make(program, aoi, url)
    assert not Subscription.objects.exists()


def test_a_place_is_told_of_something(program: Program, aoi: User) -> None:
    with pytest.raises(CannotSubscribe, match="no_event"):
        make(program, aoi, events=[])


def test_a_place_is_there_once(program: Program, aoi: User) -> None:
    make(program, aoi)
    with pytest.raises(CannotSubscribe, match="url_taken"):
        make(program, aoi)


def test_there_are_not_places_without_end(program: Program, aoi: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subscriptions, "MOST_SUBSCRIPTIONS", 1)
    make(program, aoi)
    with pytest.raises(CannotSubscribe, match="too_many"):
        make(program, aoi, URL + "2")


def test_who_does_not_configure_changes_nothing(program: Program, aoi: User, mio: User, haru: User) -> None:
    place, _secret = make(program, aoi)
    for by in (mio, haru):
        with pytest.raises(NotVisible):
            make(program, by, URL + "2")
        for act in (subscriptions.pause, subscriptions.resume, subscriptions.remove):
            with pytest.raises(NotVisible):
                act(program_id=program.pk, subscription_id=place.pk, by=by)


def test_another_programs_place_cannot_be_touched(program: Program, aoi: User) -> None:
    place, _secret = make(program, aoi)
    other = Program.objects.create(slug="other", name="other", kind="women", starts_on=date(2026, 1, 1))
    Membership.objects.create(user=aoi, program=other, role=Role.ADMINISTRATOR)
    for act in (subscriptions.pause, subscriptions.resume, subscriptions.remove):
        with pytest.raises(NotVisible):
            act(program_id=other.pk, subscription_id=place.pk, by=aoi)


def test_a_pause_drops_what_is_owed_and_owes_nothing_more(program: Program, aoi: User) -> None:
    place, _secret = make(program, aoi)
    now = timezone.now()
    notifications.owe(program=program, event=Event.RECEPTION_OPENED, at=now)
    subscriptions.pause(program_id=program.pk, subscription_id=place.pk, by=aoi)
    notifications.owe(program=program, event=Event.RECEPTION_OPENED, at=now)
    assert list(Notification.objects.values_list("state", flat=True)) == ["dropped"]
    subscriptions.resume(program_id=program.pk, subscription_id=place.pk, by=aoi)
    assert notifications.claim(subscription_id=place.pk, now=timezone.now()) is None
    notifications.owe(program=program, event=Event.RECEPTION_OPENED, at=now)
    assert notifications.claim(subscription_id=place.pk, now=timezone.now()) is not None


def test_resuming_forgets_the_failures(program: Program, aoi: User) -> None:
    place, _secret = make(program, aoi)
    now = timezone.now()
    Subscription.objects.update(stopped_at=now, stop_told_at=now, stop_tried_at=now, failures=12, failing_since=now)
    subscriptions.resume(program_id=program.pk, subscription_id=place.pk, by=aoi)
    place.refresh_from_db()
    assert (place.stopped_at, place.stop_told_at, place.stop_tried_at) == (None, None, None)
    assert (place.failures, place.failing_since) == (0, None)


def test_every_deed_is_told_and_pressing_twice_tells_once(program: Program, aoi: User) -> None:
    place, _secret = make(program, aoi)
    wish = {"program_id": program.pk, "subscription_id": place.pk, "by": aoi}
    for act in (subscriptions.pause, subscriptions.pause, subscriptions.resume, subscriptions.resume):
        act(**wish)  # type: ignore[arg-type]
    subscriptions.remove(**wish)  # type: ignore[arg-type]
    told = AuditEntry.objects.filter(subject=f"subscription:{place.pk}").order_by("pk")
    assert [(entry.deed, entry.details) for entry in told] == [
        ("subscription.made", {"events": [event.value for event in Event]}),
        ("subscription.changed", {"did": "paused"}),
        ("subscription.changed", {"did": "resumed"}),
        ("subscription.changed", {"did": "removed"}),
    ]
    assert not Subscription.objects.exists()
