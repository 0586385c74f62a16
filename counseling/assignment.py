"""Who is next, and who takes them. Pure: no Django, no clock, no database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction


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
    trial: bool = False


@dataclass(frozen=True)
class Seat:
    """A counselor who is present and on duty; `load` counts sessions taken and offers open.

    `rests_until`: after a heavy session nothing is offered before then. A trainee takes nothing at high risk.
    """

    user_id: int
    load: int
    capacity: int
    last_taken_at: datetime | None
    rests_until: datetime | None = None
    trainee: bool = False

    @property
    def fullness(self) -> Fraction:
        """Load relative to capacity: people have different lines."""
        return Fraction(self.load, max(self.capacity, 1))

    def is_free(self, now: datetime, *, high_risk: bool = False, trial: bool = False) -> bool:
        """Whether a session may be offered here at `now`; a trial only where a line stays free for a visitor."""
        has_room = self.load + trial < self.capacity
        rested = self.rests_until is None or self.rests_until <= now
        return has_room and rested and not (self.trainee and high_risk)


def in_order(queue: Iterable[Waiting]) -> list[Waiting]:
    """First come first served within risk: the higher risk first, then the longer wait; trials after everybody."""
    return sorted(queue, key=lambda waiting: (waiting.trial, -waiting.risk, waiting.queued_at, waiting.session_id))


def position(queue: Iterable[Waiting], session_id: int) -> int | None:
    """The place in the queue, 1 for the next one; None for a session that does not wait."""
    ids = [waiting.session_id for waiting in in_order(queue)]
    return ids.index(session_id) + 1 if session_id in ids else None


def waiting_beside(queue: Iterable[Waiting], session_id: int) -> int:
    """How many wait, as the visitor of this session is told: trials count only among themselves."""
    waiting = list(queue)
    tries = any(one.trial for one in waiting if one.session_id == session_id)
    return sum(tries or not one.trial for one in waiting)


def choose(
    seats: Iterable[Seat],
    *,
    now: datetime,
    high_risk: bool = False,
    trial: bool = False,
    declined: frozenset[int] = frozenset(),
    preferred: int | None = None,
) -> Seat | None:
    """Whom to offer a session: `preferred` if free, else the least full, then who waited longest for one.

    A person who declined or let it lapse is asked again only when nobody else has room. Nothing the visitor wishes
    for (a woman, a language) comes in here: such wishes are shown to people, who decide.
    """
    free = [seat for seat in seats if seat.is_free(now, high_risk=high_risk, trial=trial)]
    fresh = [seat for seat in free if seat.user_id not in declined] or free
    return min(
        fresh,
        key=lambda seat: (
            seat.user_id != preferred or seat.user_id in declined,
            seat.fullness,
            seat.last_taken_at.timestamp() if seat.last_taken_at else 0.0,
            seat.user_id,
        ),
        default=None,
    )
