"""Who is next, and who takes them. Pure: no Django, no clock, no database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Routing(StrEnum):
    """How waiting sessions reach counselors."""

    PULL = "pull"
    OFFER = "offer"
    BOTH = "both"


@dataclass(frozen=True)
class Waiting:
    """A session in the queue."""

    session_id: int
    risk: int
    queued_at: datetime
    offered_to: int | None = None


@dataclass(frozen=True)
class Seat:
    """A counselor who is present and takes sessions; `load` counts sessions taken and offers open."""

    user_id: int
    load: int
    capacity: int
    last_taken_at: datetime | None

    @property
    def has_room(self) -> bool:
        """One more session fits."""
        return self.load < self.capacity


def in_order(queue: Iterable[Waiting]) -> list[Waiting]:
    """First come first served within risk: the higher risk first, then the longer wait."""
    return sorted(queue, key=lambda waiting: (-waiting.risk, waiting.queued_at, waiting.session_id))


def position(queue: Iterable[Waiting], session_id: int) -> int | None:
    """The place in the queue, 1 for the next one; None for a session that does not wait."""
    ids = [waiting.session_id for waiting in in_order(queue)]
    return ids.index(session_id) + 1 if session_id in ids else None


def choose(seats: Iterable[Seat], *, declined: frozenset[int] = frozenset()) -> Seat | None:
    """Whom to offer a session: the least loaded, then who waited longest for one.

    A person who declined or let it lapse is asked again only when nobody else has room.
    """
    free = [seat for seat in seats if seat.has_room]
    fresh = [seat for seat in free if seat.user_id not in declined] or free
    return min(
        fresh,
        key=lambda seat: (
            seat.load,
            seat.last_taken_at.timestamp() if seat.last_taken_at else 0.0,
            seat.user_id,
        ),
        default=None,
    )
