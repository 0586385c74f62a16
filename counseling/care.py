"""When a talk weighed heavily on its counselor, and until when somebody should talk it over with them. Pure.

The rule, in this one place: a person's part in a session (from when they had it until they passed it on or it ended)
is heavy when the session's risk reached high before that part was over, when the part lasted longer than the
program's `heavy_after`, or when the counselor says that it was. It is no score, and nobody is compared by it.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

# So long after its end a pause is offered: later one has gone on anyhow.
OFFERED_FOR = timedelta(minutes=60)
# Who ended at the very end of a shift is talked with soon after it.
LEAST_TIME = timedelta(minutes=30)
# Where nobody was on duty (a supervisor's own hand), a shift's length.
WITHOUT_DUTY = timedelta(hours=8)


class Weight(StrEnum):
    """Why a talk was heavy."""

    RISK = "risk"
    LONG = "long"
    SAID = "said"


class PauseAnswer(StrEnum):
    """What a counselor made of the pause that was offered."""

    TAKEN = "taken"
    DECLINED = "declined"


class Debrief(StrEnum):
    """How the talk with the counselor (振り返り) came out: it was had, or they did not wish for it."""

    TALKED = "talked"
    NOT_NEEDED = "not_needed"


def weights(*, high_risk: bool, lasted: timedelta, heavy_after: timedelta, said: bool) -> tuple[Weight, ...]:
    """Why somebody's part in a session was heavy for them; empty where it was not."""
    found = {Weight.RISK: high_risk, Weight.LONG: lasted > heavy_after, Weight.SAID: said}
    return tuple(weight for weight, holds in found.items() if holds)


def due_at(ended_at: datetime, shift_ends: Iterable[datetime | None]) -> datetime:
    """Until when it should be talked over: the end of the shift, planned or done, whichever is later.

    `shift_ends` are those of the duty in which it ended; without any, a shift's length after it.
    """
    known = [moment for moment in shift_ends if moment is not None]
    return max(*known, ended_at + LEAST_TIME) if known else ended_at + WITHOUT_DUTY
