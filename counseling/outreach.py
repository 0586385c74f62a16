"""Outreach (訪問相談): the way of a visit, from the request to what came of it. Pure: one table of moves.

Nobody goes without a supervisor's approval, and without a clock: arriving and coming away are told.
"""

from datetime import datetime, timedelta
from enum import StrEnum


class VisitState(StrEnum):
    """Where a visit stands."""

    REQUESTED = "requested"
    APPROVED = "approved"
    PLANNED = "planned"  # who goes and when is settled
    THERE = "there"
    AWAY = "away"  # they have left; the result is to be written
    OVER = "over"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class VisitMove(StrEnum):
    """What somebody does about one."""

    APPROVE = "approve"
    REFUSE = "refuse"
    PLAN = "plan"
    ARRIVE = "arrive"
    LEAVE = "leave"
    POSTPONE = "postpone"
    END = "end"
    WITHDRAW = "withdraw"


class VisitResult(StrEnum):
    """What came of it."""

    MET = "met"
    ABSENT = "absent"
    REFUSED = "refused"
    POSTPONED = "postponed"
    EMERGENCY = "emergency"


class VisitNext(StrEnum):
    """What follows a result."""

    END = "end"
    FOLLOW_UP = "follow_up"


_GOING = frozenset({VisitState.PLANNED, VisitState.THERE, VisitState.AWAY})
MOVES: dict[VisitMove, tuple[frozenset[VisitState], VisitState]] = {
    VisitMove.APPROVE: (frozenset({VisitState.REQUESTED}), VisitState.APPROVED),
    VisitMove.REFUSE: (frozenset({VisitState.REQUESTED}), VisitState.REFUSED),
    # Planned anew until somebody has arrived.
    VisitMove.PLAN: (frozenset({VisitState.APPROVED, VisitState.PLANNED}), VisitState.PLANNED),
    VisitMove.ARRIVE: (frozenset({VisitState.PLANNED}), VisitState.THERE),
    VisitMove.LEAVE: (frozenset({VisitState.THERE}), VisitState.AWAY),
    # To be planned for another day, as it was approved.
    VisitMove.POSTPONE: (_GOING, VisitState.APPROVED),
    VisitMove.END: (_GOING, VisitState.OVER),
    VisitMove.WITHDRAW: (
        frozenset({VisitState.REQUESTED, VisitState.APPROVED, VisitState.PLANNED}), VisitState.WITHDRAWN,
    ),
}  # fmt: skip
OVER = frozenset({VisitState.OVER, VisitState.REFUSED, VisitState.WITHDRAWN})
WORDS_LIMIT = 2_000
FURTHEST = timedelta(days=90)
LONGEST = timedelta(hours=12)


class CannotVisit(Exception):
    """It is not (or no longer) where this can be done."""


def after(move: VisitMove, state: VisitState) -> VisitState:
    """Where a visit stands after a move. Raises CannotVisit."""
    before, then = MOVES[move]
    if state not in before:
        raise CannotVisit(f"{move} in {state}")
    return then


def times_wrong(arrive: datetime | None, leave: datetime | None, now: datetime) -> dict[str, str]:
    """What is wrong with the two times at which who goes is expected to tell: field → missing, past, too_far, order."""
    found = {}
    if arrive is None or arrive <= now:
        found["arrive_by"] = "missing" if arrive is None else "past"
    elif arrive > now + FURTHEST:
        found["arrive_by"] = "too_far"
    if leave is None:
        found["leave_by"] = "missing"
    elif arrive is not None and not arrive < leave <= arrive + LONGEST:
        found["leave_by"] = "order"
    return found
