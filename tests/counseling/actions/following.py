"""Follow-ups for tests."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from accounts.models import User
from counseling.actions import follow_ups
from counseling.actions.follow_ups import Wish
from counseling.follow_ups import Wanted
from counseling.models import FollowUp, Session

WHAT = "眠れているかを聞く"


def wanted(days: int = 1, **more: Any) -> Wanted:
    """In so many days."""
    return replace(Wanted(WHAT, timezone.localdate() + timedelta(days=days)), **more)


def followed(session: Session, by: User, days: int = 1, **more: Any) -> FollowUp:
    """`by` begins a follow-up of the session's visitor."""
    return follow_ups.make(session_id=session.pk, by=by, wanted=wanted(days, **more), client_id=uuid4())


def wish(row: FollowUp, by: User) -> Wish:
    """As it stands now."""
    row.refresh_from_db()
    return Wish(row.pk, by, row.version)


def late(row: FollowUp, hours: int = 1) -> None:
    """It was due so many hours ago."""
    FollowUp.objects.filter(pk=row.pk).update(due_at=timezone.now() - timedelta(hours=hours), by_time=True)
