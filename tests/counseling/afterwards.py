"""Sessions entered afterwards, for tests: a call of half an hour that ended an hour ago."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from counseling.actions import afterwards
from counseling.actions.afterwards import Told
from counseling.models import Session, Visitor


def ago(**length: float) -> datetime:
    """A full minute so long ago: forms know no seconds."""
    return (timezone.now() - timedelta(**length)).replace(second=0, microsecond=0)


def told(counselor: User, **other: Any) -> Told:
    """A call of the counselor's, unless `other` says otherwise."""
    given: dict[str, Any] = {"medium": "telephone", "began": ago(minutes=90), "ended": ago(minutes=60)} | other
    return Told(counselor_id=counselor.pk, **given)


def entered(visitor: Visitor, by: User, counselor: User | None = None, **other: Any) -> Session:
    """`by` enters a talk of the counselor's, without one their own."""
    session, _new = afterwards.enter(visitor_id=visitor.pk, by=by, told=told(counselor or by, **other))
    return session
