"""The secret address from which a person's calendar reads their shifts."""

import secrets

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from counseling import crypto
from counseling.models import CalendarFeed

PURPOSE = "calendar"


@transaction.atomic
def make(*, by: User) -> str:
    """A new address for `by`; the one before is good no more. Its key, which nobody can be told again."""
    key = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(
        user=by, defaults={"key_hash": crypto.keyed_hash(key, PURPOSE), "made_at": timezone.now()}
    )
    return key


@transaction.atomic
def stop(*, by: User) -> None:
    """No calendar reads the shifts of `by` any more."""
    CalendarFeed.objects.filter(user=by).delete()


def person_of(key: str) -> User | None:
    """Whose address it is; None for an unknown key and for somebody who left."""
    rows = CalendarFeed.objects.filter(key_hash=crypto.keyed_hash(key, PURPOSE), user__is_active=True)
    feed = rows.select_related("user").first()
    return feed.user if feed else None
