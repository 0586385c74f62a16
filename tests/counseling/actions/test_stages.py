"""Opening, pausing, resuming and closing a program."""

import pytest

from accounts.models import AuditEntry, User
from counseling import stages as rules
from counseling.actions import editions, stages
from counseling.checklist import Item
from counseling.models import Channel, Edition, Message, Program, Session
from counseling.models.edition import text_for
from counseling.permissions import NotVisible
from counseling.stages import CannotStep, Stage, Step
from counseling.triage import Risk
from tests.conftest import Say, assess


def take(program: Program, step: Step, by: User) -> Program:
    return stages.step(program_id=program.pk, step=step, by=by)


def at(program: Program, stage: Stage) -> None:
    Program.objects.filter(pk=program.pk).update(stage=stage)


@pytest.fixture
def whole(program: Program, web_channel: Channel, haru: User, mio: User) -> Program:
    """A program that lacks nothing."""
    Program.objects.filter(pk=program.pk).update(commissioner="神奈川県", channel_mode="web_only")
    return program


@pytest.mark.parametrize("step", list(Step))
@pytest.mark.parametrize("stage", list(Stage))
def test_only_the_table_s_steps_are_taken(whole: Program, aoi: User, stage: Stage, step: Step) -> None:
    program = whole
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
    assess(session_id=waiting.pk, by=mio, level=Risk.HIGH, word="今夜が心配")
    take(program, Step.CLOSE, aoi)
    assert stages.turn_away_waiting() == 0


def test_nobody_opens_what_is_not_ready(whole: Program, aoi: User) -> None:
    Program.objects.update(stage=Stage.DRAFT, commissioner="", hours={})
    with pytest.raises(stages.CannotOpen) as refused:
        take(whole, Step.OPEN, aoi)
    assert [line.item for line in refused.value.missing] == [Item.COMMISSIONER, Item.HOURS]
    whole.refresh_from_db()
    assert whole.stage == Stage.DRAFT
    assert not AuditEntry.objects.exists()


def test_a_pause_is_ended_whatever_is_missing_by_then(whole: Program, mio: User) -> None:
    Program.objects.update(stage=Stage.PAUSED, commissioner="")
    assert take(whole, Step.RESUME, mio).stage == Stage.OPEN


def test_who_and_when_is_kept_and_noted(whole: Program, mio: User) -> None:
    paused = take(whole, Step.PAUSE, mio)
    assert paused.stage_by == mio
    noted = AuditEntry.objects.get(deed="program.stage_changed")
    assert (noted.actor_id, noted.details) == (mio.pk, {"did": "pause"})


SAID = "事務所の停電で、しばらくお休みします。\n\n{emergency}"


def test_the_pause_says_what_was_written_for_it(whole: Program, aoi: User) -> None:
    stages.step(program_id=whole.pk, step=Step.PAUSE, by=aoi, said={"ja": SAID})
    whole.refresh_from_db()
    assert "停電" in text_for(whole, "paused")
    assert "110" in text_for(whole, "paused")
    assert Edition.objects.filter(program=whole, part="texts").count() == 1


def test_the_same_words_make_no_new_version(whole: Program, aoi: User) -> None:
    for step in (Step.PAUSE, Step.RESUME, Step.PAUSE):
        stages.step(program_id=whole.pk, step=step, by=aoi, said={"ja": SAID})
    assert Edition.objects.filter(program=whole, part="texts").count() == 1


def test_words_that_cannot_be_sent_pause_nothing(whole: Program, aoi: User) -> None:
    with pytest.raises(editions.InvalidContent):
        stages.step(program_id=whole.pk, step=Step.PAUSE, by=aoi, said={"ja": "連絡先のない文章"})
    whole.refresh_from_db()
    assert whole.stage == Stage.OPEN


def test_a_supervisor_pauses_and_changes_no_text(whole: Program, mio: User) -> None:
    with pytest.raises(NotVisible):
        stages.step(program_id=whole.pk, step=Step.PAUSE, by=mio, said={"ja": SAID})
    whole.refresh_from_db()
    assert whole.stage == Stage.OPEN
