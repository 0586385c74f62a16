"""How far a program has come: prepared, open to the public, paused, closed. Pure: no Django, no clock, no database."""

from enum import StrEnum

from counseling.lifecycle import Refusal


class Stage(StrEnum):
    """Where a program stands."""

    DRAFT = "draft"  # being set up: only its own people see it
    OPEN = "open"
    PAUSED = "paused"  # takes nobody new until somebody resumes it
    CLOSED = "closed"  # for good; its figures stay


class Step(StrEnum):
    """What an administrator or supervisor may do with it."""

    OPEN = "open"
    PAUSE = "pause"
    RESUME = "resume"
    CLOSE = "close"


STEPS: dict[Step, tuple[frozenset[Stage], Stage]] = {
    Step.OPEN: (frozenset({Stage.DRAFT}), Stage.OPEN),
    Step.PAUSE: (frozenset({Stage.OPEN}), Stage.PAUSED),
    Step.RESUME: (frozenset({Stage.PAUSED}), Stage.OPEN),
    Step.CLOSE: (frozenset({Stage.OPEN, Stage.PAUSED}), Stage.CLOSED),
}

REFUSALS = {Stage.DRAFT: Refusal.NOT_YET, Stage.PAUSED: Refusal.PAUSED, Stage.CLOSED: Refusal.CLOSED}


class CannotStep(Exception):
    """The program does not stand where this can be done."""

    def __init__(self, step: Step, stage: Stage) -> None:
        super().__init__(f"cannot {step} from {stage}")
        self.step, self.stage = step, stage


def after(step: Step, stage: Stage) -> Stage:
    """Where the program stands after `step`. Raises CannotStep."""
    sources, target = STEPS[step]
    if stage not in sources:
        raise CannotStep(step, stage)
    return target


def refusal(stage: Stage) -> Refusal | None:
    """Why a program at this stage takes nobody new; None while it is open to the public."""
    return REFUSALS.get(stage)
