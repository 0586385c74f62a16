"""Keys for machines (APIキー): made, shown once, used, revoked."""

import hmac
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Right
from counseling import crypto, permissions
from counseling.feeds.tokens import Standing, standing_of, with_makers
from counseling.machines import Scope, new_key, prefix_of
from counseling.models import ApiToken, Program
from counseling.text import clean

PURPOSE = "api token"
NAME_LIMIT = 60
LONGEST_LIFE = timedelta(days=366)
MOST_TOKENS = 30
USE_IS_WRITTEN_EVERY = timedelta(minutes=1)
# What a key that nobody has is compared with: finding none takes as long as finding a wrong one.
NOBODYS = "0" * 64

Code = Literal["name_taken", "no_scope", "practice", "too_long_a_life", "too_many"]


class CannotMakeToken(Exception):
    """The key cannot be made like this; `code` says why."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def make(*, program_id: int, by: User, name: str, scopes: Iterable[Scope], life: timedelta) -> tuple[ApiToken, str]:
    """A new key, and the key itself, which nobody can be told again.

    Raises NotVisible, text.UnacceptableText, CannotMakeToken.
    """
    permissions.require(by, Right.CONFIGURE, program_id)
    if Program.objects.filter(pk=program_id, practice=True).exists():
        raise CannotMakeToken("practice")
    now, key = timezone.now(), new_key()
    wanted = [scope.value for scope in Scope if scope in set(scopes)]
    live = ApiToken.objects.filter(program=program_id, revoked_at=None)
    _check(wanted, life, live.count())
    try:
        with transaction.atomic():
            token = ApiToken.objects.create(
                program_id=program_id,
                name=clean(name.strip(), limit=NAME_LIMIT),
                scopes=wanted,
                prefix=prefix_of(key),
                key_hash=_hash(key),
                made_by=by,
                made_at=now,
                expires_at=now + life,
            )
    except IntegrityError as error:
        raise CannotMakeToken("name_taken") from error
    audit.note(
        Deed.TOKEN_MADE, by=by, subject=f"token:{token.pk}", program_id=program_id, scopes=wanted
    )  # fmt: skip
    return token, key


def _check(scopes: list[str], life: timedelta, live: int) -> None:
    problems: dict[Code, bool] = {
        "no_scope": not scopes,
        "too_long_a_life": not timedelta(0) < life <= LONGEST_LIFE,
        "too_many": live >= MOST_TOKENS,
    }
    for code, found in problems.items():
        if found:
            raise CannotMakeToken(code)


@transaction.atomic
def revoke(*, program_id: int, token_id: int, by: User) -> ApiToken:
    """The key opens nothing from now on; pressing again changes nothing. Raises NotVisible."""
    permissions.require(by, Right.CONFIGURE, program_id)
    token = ApiToken.objects.select_for_update(no_key=True).filter(pk=token_id, program=program_id).first()
    if token is None:
        raise permissions.NotVisible
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        audit.note(Deed.TOKEN_REVOKED, by=by, subject=f"token:{token_id}", program_id=program_id)
    return token


def recognise(*, key: str, now: datetime) -> ApiToken | None:
    """Whose key it is, with its program; None for one that is unknown or no longer good, which look alike.

    Its use is written down, at most once a minute.
    """
    prefix = prefix_of(key)
    token = with_makers().filter(prefix=prefix).first() if prefix else None
    is_its = hmac.compare_digest(token.key_hash if token else NOBODYS, _hash(key))
    if token is None or not is_its or standing_of(token, now) != Standing.GOOD:
        return None
    if token.last_used_at is None or token.last_used_at <= now - USE_IS_WRITTEN_EVERY:
        unwritten = Q(last_used_at=None) | Q(last_used_at__lte=now - USE_IS_WRITTEN_EVERY)
        ApiToken.objects.filter(unwritten, pk=token.pk).update(last_used_at=now)
    return token


def _hash(key: str) -> str:
    return crypto.keyed_hash(key, PURPOSE)
