"""Whether an invitation that is due may go out now: as one table. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Step(StrEnum):
    """What becomes of it."""

    SEND = "send"
    WAIT = "wait"
    DROP = "drop"


@dataclass(frozen=True)
class Facts:
    """What there is to know when an invitation is due."""

    erased: bool = False  # the person's key is destroyed
    blocked: bool = False  # they blocked our account
    not_valid: bool = False  # trial, practice, prank, test, out of scope, nobody replied
    asks_nothing: bool = False  # the program's survey has no question
    nowhere: bool = False  # the plan does not reach their door
    asked_lately: bool = False  # within the program's interval
    too_late: bool = False  # it has waited too long
    talking: bool = False  # another talk of theirs goes on
    in_danger: bool = False  # the risk is high, or the emergency sheet is open
    messages_run_out: bool = False  # what is left of LINE's month is for links and contacts


class Verdict(NamedTuple):
    """The step, and for which of the facts."""

    step: Step
    why: str = ""


# In this order: what rules an invitation out for ever comes before what only delays it.
DROPS = ("erased", "blocked", "not_valid", "asks_nothing", "nowhere", "asked_lately", "too_late")
WAITS = ("talking", "in_danger", "messages_run_out")


def decide(facts: Facts) -> Verdict:
    """Send, wait or drop."""
    for step, names in ((Step.DROP, DROPS), (Step.WAIT, WAITS)):
        for name in names:
            if getattr(facts, name):
                return Verdict(step, name)
    return Verdict(Step.SEND)
