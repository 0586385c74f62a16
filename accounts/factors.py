"""What proves a person beside the password: an app's numbers or a passkey; recovery codes stand in for either."""

from collections.abc import Iterator
from contextlib import contextmanager

from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts.models import User

KINDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def count(user_id: int) -> int:
    """How many apps and passkeys the person has registered."""
    found: int = Authenticator.objects.filter(user_id=user_id, type__in=KINDS).count()
    return found


def has_one(user_id: int) -> bool:
    """Whether the person's sign-in asks for more than the password."""
    return count(user_id) > 0


@contextmanager
def locked(user_id: int) -> Iterator[int]:
    """A transaction in which nobody else changes the person's factors: how many there are now."""
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).only("pk").get(pk=user_id)
        yield count(user_id)
