"""The only writer of staff accounts after they are made: who may still sign in."""

import logging

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session as Login
from django.db import transaction
from django.utils import timezone

from accounts.models import User

logger = logging.getLogger(__name__)


class CannotDeactivate(Exception):
    """Nobody locks themselves out: a colleague has to do it."""


@transaction.atomic
def deactivate(*, user_id: int, by: User) -> None:
    """Stop a person from signing in, and end every login they have. Raises CannotDeactivate for oneself."""
    if user_id == by.pk:
        raise CannotDeactivate
    User.objects.filter(pk=user_id).update(is_active=False)
    end_logins(user_id=user_id)
    logger.info("user %s deactivated by %s", user_id, by.pk)


@transaction.atomic
def reactivate(*, user_id: int, by: User) -> None:
    """Let a person sign in again."""
    User.objects.filter(pk=user_id).update(is_active=True)
    logger.info("user %s reactivated by %s", user_id, by.pk)


def end_logins(*, user_id: int) -> int:
    """Delete every login of a person; their sockets close within two seconds. Returns how many there were."""
    # A login's owner is inside its signed text. There are as many rows as staff at work: tens, not millions.
    alive = Login.objects.filter(expire_date__gt=timezone.now())
    theirs = [login.pk for login in alive if login.get_decoded().get(SESSION_KEY) == str(user_id)]
    deleted, _ = Login.objects.filter(pk__in=theirs).delete()
    return deleted
