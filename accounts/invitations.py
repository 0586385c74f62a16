"""Invitations as they are read: which key opens one, where each stands. Keys are kept as their hash only."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.db.models import QuerySet

from accounts.models import Invitation

GOOD_FOR = timedelta(days=7)
KEY_BYTES = 32


def new_key() -> str:
    """A key nobody can guess, as it stands in the link."""
    return secrets.token_urlsafe(KEY_BYTES)


def hash_of(key: str) -> str:
    """What is kept of a key: its SHA-256 in hex. A key of 256 random bits needs no slow hash."""
    return sha256(key.encode()).hexdigest()


def open_invitations(now: datetime) -> QuerySet[Invitation]:
    """Those that can still be accepted at `now`; who works here already comes in by the front door."""
    still = Invitation.objects.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=now)
    return still.filter(user__is_active=False)


def opened_by(key: str, now: datetime) -> QuerySet[Invitation]:
    """The open invitation of this key, or none: unknown, used, withdrawn and too old look alike."""
    return open_invitations(now).filter(key_hash=hash_of(key)).select_related("user", "by")
