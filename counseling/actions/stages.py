"""Opening a program to the public, pausing it at once, resuming it, closing it for good."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Right
from counseling import events, later, permissions, stages
from counseling.actions import visits
from counseling.actions.sweeping import each
from counseling.actions.writing import tell
from counseling.lifecycle import EndReason, State
from counseling.models import Program, Session
from counseling.stages import Stage, Step
from counseling.triage import Risk

# Supervisors see first that nobody can be taken any more; opening and closing for good is the administration's.
NEEDED = {Step.OPEN: Right.CONFIGURE, Step.PAUSE: Right.STEER, Step.RESUME: Right.STEER, Step.CLOSE: Right.CONFIGURE}


@transaction.atomic
def step(*, program_id: int, step: Step, by: User) -> Program:
    """Take the program a step on; it holds from the next word on. Who is being talked with goes on.

    Raises permissions.NotVisible, stages.CannotStep.
    """
    _require(by, step, program_id)
    program = Program.objects.select_for_update(no_key=True).get(pk=program_id)
    program.stage = stages.after(step, Stage(program.stage))
    program.stage_since, program.stage_by = timezone.now(), by
    program.save(update_fields=["stage", "stage_since", "stage_by"])
    events.ring(events.board_group(program_id))
    later.offer(program_id)
    audit.note(Deed.STAGE_CHANGED, by=by, subject=f"program:{program_id}", program_id=program_id, did=step.value)
    return program


def _require(by: User, wanted: Step, program_id: int) -> None:
    """Who configures the program may do all; who steers it may pause and resume."""
    try:
        permissions.require(by, NEEDED[wanted], program_id)
    except permissions.NotVisible:
        permissions.require(by, Right.CONFIGURE, program_id)


def turn_away_waiting() -> int:
    """Those who still wait in a program that was closed are told farewell; not those at high risk."""
    waiting = Session.objects.filter(state=State.WAITING, risk__lt=Risk.HIGH, program__stage=Stage.CLOSED)
    return each(list(waiting.values_list("pk", flat=True)), _turn_away, timezone.now())


@transaction.atomic
def _turn_away(session_id: int, _now: datetime) -> int:
    session = permissions.locked(session_id)
    if session.state != State.WAITING or session.risk >= Risk.HIGH or session.program.stage != Stage.CLOSED:
        return 0
    tell(session, "closed")
    visits.part(session, EndReason.HOURS_OVER)
    return 1
