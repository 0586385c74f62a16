"""Sessions as rows of their own, in any state, for counting."""

from collections.abc import Callable
from datetime import datetime
from itertools import count
from typing import Any

import pytest

from counseling.models import Channel, Program, Session, Visitor
from counseling.opening import midnight

KeepSessions = Callable[..., list[Session]]
_hashes = count(1)


@pytest.fixture
def keep_sessions(program: Program, web_channel: Channel) -> KeepSessions:
    """Stores sessions with these columns, each of a visitor of its own, numbered on."""

    def keep(*columns: dict[str, Any]) -> list[Session]:
        first = Session.objects.filter(program=program).count() + 1
        visitors = Visitor.objects.bulk_create(
            Visitor(program=program, channel=web_channel, pseudonym=f"V{number}", identity_hash=f"hash {number}")
            for number in (next(_hashes) for _each in columns)
        )
        rows = [
            Session(program=program, visitor=visitor, number=first + place, **column)
            for place, (visitor, column) in enumerate(zip(visitors, columns, strict=True))
        ]
        return Session.objects.bulk_create(rows)

    return keep


def at(day: str, time: str = "12:00") -> datetime:
    """A moment in Tokyo."""
    hour, minute = time.split(":")
    return midnight(datetime.fromisoformat(day).date()).replace(hour=int(hour), minute=int(minute))
