"""What supervisors arrange, for tests: decided as somebody who saw what stands."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from accounts.models import User
from counseling.actions import arrangements
from counseling.actions.arrangements import Wish
from counseling.arrangements import Agreed, BlockReason
from counseling.models import Approach, Block, Limit, Visitor

HOW, SAID = "ゆっくり聴き、約束の時間を最初に伝える", "一日一回にしましょう"
WHY = "一日に何度も書かれ、疲れてしまうため"


def day(ahead: int) -> date:
    """So many days from today, in Japan."""
    return timezone.localdate() + timedelta(days=ahead)


def wish(visitor: Visitor, by: User, seen: int = 0, **more: Any) -> Wish:
    return Wish(visitor.pk, by, more.pop("client_id", None) or uuid4(), seen, **more)


def write(visitor: Visitor, by: User, words: str = HOW, seen: int = 0) -> Approach:
    return arrangements.write_approach(wish=wish(visitor, by, seen), words=words)


def agree(
    visitor: Visitor, by: User, seen: int = 0, *, ends: int = 30, reason: str = WHY, told: str = SAID, **numbers: int
) -> Limit:
    """So many sittings (one a day, unless told otherwise)."""
    agreed = Agreed(day(ends), **(numbers or {"per_day": 1}))
    return arrangements.agree(wish=wish(visitor, by, seen), agreed=agreed, reason=reason, told=told)


def block(visitor: Visitor, by: User, seen: int = 0, *, ends: int = 14, reason: str = WHY) -> Block:
    return arrangements.block(wish=wish(visitor, by, seen), ends_on=day(ends), code=BlockReason.ABUSE, reason=reason)


def runs_out(row: Limit | Block) -> None:
    """Its last day was yesterday."""
    type(row)._default_manager.filter(pk=row.pk).update(ends_on=day(-1))
