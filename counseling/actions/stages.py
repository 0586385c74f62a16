"""Opening a program to the public, pausing it at once, resuming it, closing it for good."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Right
from counseling import checklist, events, later, permissions, stages, wording
from counseling.actions import editions, visits
from counseling.actions.sweeping import each
from counseling.actions.writing import tell
from counseling.checklist import Line
from counseling.feeds.checklist import lines_of
from counseling.lifecycle import EndReason, State
from counseling.models import Part, Program, Session
from counseling.models.edition import texts_of
from counseling.stages import Stage, Step
from counseling.triage import Risk

# Supervisors see first that nobody can be taken any more; opening and closing for good is the administration's.
NEEDED = {Step.OPEN: Right.CONFIGURE, Step.PAUSE: Right.STEER, Step.RESUME: Right.STEER, Step.CLOSE: Right.CONFIGURE}
# What visitors read from then on.
TOLD = {Step.PAUSE: "paused", Step.CLOSE: "closed"}


class CannotOpen(Exception):
    """The program is not ready for the public; `missing` are the lines of its checklist that say so."""

    def __init__(self, missing: list[Line]) -> None:
        super().__init__(", ".join(f"{line.item}: {line.why}" for line in missing))
        self.missing = missing


@transaction.atomic
def step(*, program_id: int, step: Step, by: User, said: Mapping[str, str] | None = None) -> Program:
    """Take the program a step on; it holds from the next word on. Who is being talked with goes on.

    `said`: what visitors of a paused or closed program read, by language; only who configures it may change that.
    Raises permissions.NotVisible, stages.CannotStep, CannotOpen, editions.InvalidContent.
    """
    _require(by, step, program_id)
    program = Program.objects.select_for_update(no_key=True).get(pk=program_id)
    program.stage = stages.after(step, Stage(program.stage))
    if step == Step.OPEN and (missing := checklist.blocking(lines_of(program, timezone.now()))):
        raise CannotOpen(missing)
    program.stage_since, program.stage_by = timezone.now(), by
    program.save(update_fields=["stage", "stage_since", "stage_by"])
    if said and step in TOLD:
        _say(program, TOLD[step], said, by)
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


def _say(program: Program, key: str, said: Mapping[str, str], by: User) -> None:
    """A new version of the texts, where these words are others than before."""
    own = texts_of(program)
    new = {language: words for language, words in said.items() if words != wording.text_for(own, key, language)}
    if new:
        texts = {language: {**own.get(language, {}), key: words} for language, words in new.items()}
        editions.publish(program_id=program.pk, part=Part.TEXTS, content={**own, **texts}, by=by)


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
