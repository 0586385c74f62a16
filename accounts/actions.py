"""The only writer of staff accounts after they are made: who may still sign in."""

import logging

from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts import audit, factors, people
from accounts.deeds import Deed
from accounts.models import Login, User

logger = logging.getLogger(__name__)


class CannotDeactivate(Exception):
    """Nobody locks themselves out: a colleague has to do it, who was not stopped meanwhile."""


class CannotReset(Exception):
    """Nobody does away with their own second factor: whoever finds their screen open could."""


@transaction.atomic
def deactivate(*, user_id: int, by: User) -> None:
    """Stop a person from signing in; their logins and invitations end. Raises CannotDeactivate.

    Holds both people's rows: of two who stop each other at once one stays.
    """
    rows = User.objects.select_for_update(no_key=True).filter(pk__in=[user_id, by.pk]).order_by("pk")
    if user_id == by.pk or by.pk not in {user.pk for user in rows if user.is_active}:
        raise CannotDeactivate
    User.objects.filter(pk=user_id).update(is_active=False)
    end_logins(user_id=user_id)
    people.withdraw_invitations(user_id=user_id)
    audit.note(Deed.PERSON_DEACTIVATED, by=by, subject=f"user:{user_id}")
    logger.info("user %s deactivated by %s", user_id, by.pk)


@transaction.atomic
def reactivate(*, user_id: int, by: User) -> None:
    """Let a person sign in again."""
    User.objects.filter(pk=user_id).update(is_active=True)
    audit.note(Deed.PERSON_REACTIVATED, by=by, subject=f"user:{user_id}")
    logger.info("user %s reactivated by %s", user_id, by.pk)


@transaction.atomic
def end_own_logins(*, keys: list[str], by: User, address: str | None) -> int:
    """End these logins of `by`, as end_logins does; told once. Returns how many there were."""
    deleted, _ = Login.objects.filter(user=by, pk__in=keys).delete()
    if deleted:
        audit.note(Deed.LOGIN_ENDED, by=by, subject=f"user:{by.pk}", address=address, rows=deleted)
    return deleted


def end_logins(*, user_id: int) -> int:
    """Delete every login of a person; their sockets close within two seconds. Returns how many there were."""
    deleted, _ = Login.objects.filter(user=user_id).delete()
    return deleted


def reset_second_factor(*, user_id: int, by: User) -> None:
    """Let a person who lost their devices register anew at the next sign-in; their logins end. Raises CannotReset."""
    if user_id == by.pk:
        raise CannotReset
    with factors.locked(user_id):
        Authenticator.objects.filter(user_id=user_id).delete()
        end_logins(user_id=user_id)
        audit.note(Deed.SECOND_FACTOR_RESET, by=by, subject=f"user:{user_id}")
