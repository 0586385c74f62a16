"""Opening, pausing, resuming and closing a program."""

import pytest

from accounts.models import User
from counseling import stages as rules
from counseling.actions import risk, stages
from counseling.models import Message, Program, Session
from counseling.permissions import NotVisible
from counseling.stages import CannotStep, Stage, Step
from counseling.triage import Risk
from tests.conftest import Say


def take(program: Program, step: Step, by: User) -> Program:
    return stages.step(program_id=program.pk, step=step, by=by)


def at(program: Program, stage: Stage) -> None:
    Program.objects.filter(pk=program.pk).update(stage=stage)


@pytest.mark.parametrize("step", list(Step))
@pytest.mark.parametrize("stage", list(Stage))
def test_only_the_table_s_steps_are_taken(program: Program, aoi: User, stage: Stage, step: Step) -> None:
    at(program, stage)
    sources, target = rules.STEPS[step]
    if stage in sources:
        assert take(program, step, aoi).stage == target
    else:
        with pytest.raises(CannotStep):
            take(program, step, aoi)


REFUSED = [(Stage.DRAFT, "not_yet"), (Stage.PAUSED, "paused"), (Stage.CLOSED, "closed")]


@pytest.mark.parametrize(("stage", "refusal"), REFUSED)
def test_a_program_that_is_not_open_takes_nobody_new(
    program: Program, sora_says: Say, stage: Stage, refusal: str
) -> None:
    at(program, stage)
    session = sora_says()
    assert (session.state, session.refusal) == ("off_hours", refusal)
    assert Message.objects.filter(session=session, auto_key=refusal).exists()


def test_who_is_talked_with_goes_on_while_it_is_paused(
    program: Program, active: Session, aoi: User, sora_says: Say
) -> None:
    take(program, Step.PAUSE, aoi)
    assert sora_says("続きです").pk == active.pk


def test_a_supervisor_pauses_and_resumes_but_does_not_close(program: Program, mio: User) -> None:
    take(program, Step.PAUSE, mio)
    assert take(program, Step.RESUME, mio).stage == Stage.OPEN
    with pytest.raises(NotVisible):
        take(program, Step.CLOSE, mio)


@pytest.mark.parametrize("step", list(Step))
def test_a_counselor_takes_no_step(program: Program, haru: User, step: Step) -> None:
    with pytest.raises(NotVisible):
        take(program, step, haru)


def test_who_waits_when_it_closes_is_told_farewell(program: Program, waiting: Session, aoi: User) -> None:
    take(program, Step.CLOSE, aoi)
    assert stages.turn_away_waiting() == 1
    waiting.refresh_from_db()
    assert waiting.state == "abandoned"
    assert Message.objects.filter(session=waiting, auto_key="closed").exists()


def test_who_waits_at_high_risk_is_not_sent_away(program: Program, waiting: Session, aoi: User, mio: User) -> None:
    risk.assess(session_id=waiting.pk, by=mio, level=Risk.HIGH, why="今夜が心配")
    take(program, Step.CLOSE, aoi)
    assert stages.turn_away_waiting() == 0
