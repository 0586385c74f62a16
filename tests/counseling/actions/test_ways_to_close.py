"""No way of ending a talk files it without what its program requires: buttons, timers, sweeps, many at once."""

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from counseling import forms, recording
from counseling.actions import (
    afterwards,
    friends,
    idle,
    lost,
    messages,
    reassigning,
    records,
    sessions,
    stages,
    stepping_in,
    visits,
)
from counseling.actions.afterwards import CannotEnter, EnteredOtherwise
from counseling.actions.duty import NotOnDuty
from counseling.actions.following import BadFollowUp
from counseling.actions.messages import CannotReply
from counseling.actions.queue import NobodyWaits, NotForTrainees, OfferedToAnother, OnlyByOffer
from counseling.actions.sessions import NoRoom
from counseling.actions.stepping_in import NotTakenOver
from counseling.feeds import records as feed
from counseling.follow_ups import Wanted, without_day
from counseling.forms import InvalidAnswers
from counseling.lifecycle import FINISHED, CannotMove, Classification, EndReason, State, TakeOver
from counseling.models import Channel, Duty, FollowUp, Membership, Presence, Program, Session
from counseling.permissions import NotVisible
from counseling.stages import CannotStep, Step
from counseling.triage import Risk
from tests.conftest import ALWAYS, NEVER, SORA, Say
from tests.counseling.actions.recorded import ANSWERS, ask, readable
from tests.counseling.afterwards import ago, told

REFUSALS = (
    NotVisible, CannotMove, NotOnDuty, NoRoom, NobodyWaits, NotForTrainees, OfferedToAnother, OnlyByOffer, CannotReply,
    NotTakenOver, CannotStep, InvalidAnswers, records.CannotEdit, records.CannotReview, records.ChangedMeanwhile,
    BadFollowUp, CannotEnter, EnteredOtherwise, Session.DoesNotExist,
)  # fmt: skip


@dataclass
class Stage:
    """One talk with Sora and everybody who can do something about it."""

    program: Program
    line: Channel
    people: dict[str, User]
    says: Say
    chance: random.Random

    @property
    def session(self) -> Session:
        """Sora's latest sitting."""
        return Session.objects.select_related("visitor").filter(medium="chat").latest("pk")

    def somebody(self) -> User:
        """One of the staff."""
        return self.people[self.chance.choice(sorted(self.people))]


def _earlier(hours: int = 2) -> None:
    """All the clocks of the talk stand so much earlier."""
    ago = timezone.now() - timedelta(hours=hours)
    Session.objects.exclude(silent_since=None).update(silent_since=ago)
    Session.objects.exclude(counselor_lost_at=None).update(counselor_lost_at=ago)
    Presence.objects.update(came_at=ago - timedelta(hours=1))


def _silence(stage: Stage) -> None:
    for _step in range(3):
        _earlier()
        stage.session.events.filter(kind="session.nudged").update(at=timezone.now() - timedelta(hours=3))
        idle.walk()


def _hours_over(_stage: Stage) -> None:
    Program.objects.update(hours=NEVER)
    Duty.objects.update(ended_at=timezone.now(), ended_because="checked_out")
    idle.walk()
    Program.objects.update(hours=ALWAYS)
    Duty.objects.update(ended_at=None, ended_because="")


def _program_closed(stage: Stage) -> None:
    stages.step(program_id=stage.program.pk, step=Step.CLOSE, by=stage.people["aoi"])
    stages.turn_away_waiting()
    Program.objects.update(stage="open")


def _gone(stage: Stage) -> None:
    """The counselor leaves the team for good, and the sweep sees it."""
    held = Membership.objects.filter(user=stage.session.counselor, role=Role.COUNSELOR)
    roles = list(held)
    held.delete()
    lost.watch()
    Membership.objects.bulk_create(roles)


def _many_back(stage: Stage) -> None:
    ids = list(Session.objects.values_list("pk", flat=True))
    reassigning.reassign(
        program_id=stage.program.pk, session_ids=ids, by=stage.people["mio"], to=None, summary="まとめて"
    )


def _reply(stage: Stage) -> None:
    session = stage.session
    messages.reply(session_id=session.pk, by=session.counselor or stage.somebody(), client_id=uuid4(), words="はい")


def _enter(stage: Stage) -> None:
    by = stage.somebody()
    wish = told(by, medium=stage.chance.choice(["telephone", "visit"]), began=ago(hours=stage.chance.randint(2, 9)))
    afterwards.enter(visitor_id=stage.session.visitor_id, by=by, told=wish)


def _file_entered(stage: Stage) -> None:
    entered = Session.objects.exclude(medium="chat").latest("pk")
    _file_of(stage, entered)


def _file(stage: Stage) -> None:
    _file_of(stage, stage.session)


def _file_of(stage: Stage, session: Session) -> None:
    again = {"follow_up": "yes", "until": str(timezone.localdate()), "what": "様子を聞く"}
    answers = stage.chance.choice([{}, ANSWERS, {"summary": "だけ"}, ANSWERS | again, ANSWERS | again | {"what": ""}])
    why_not = Wanted(why_not=stage.chance.choice(["", "", "望んでいない"]))
    classification = stage.chance.choice(list(Classification))
    records.file(
        session_id=session.pk, by=stage.somebody(), classification=classification, thankful_end=None,
        answers=answers, follow_up=why_not,
    )  # fmt: skip


def _end(stage: Stage) -> None:
    reason = stage.chance.choice(list(EndReason))
    sessions.end(session_id=stage.session.pk, by=stage.somebody(), reason=reason, farewell=True)


def _own(act: Callable[..., object]) -> Callable[[Stage], object]:
    return lambda stage: act(session_id=stage.session.pk, by=stage.session.counselor or stage.somebody())


WAYS: dict[str, Callable[[Stage], object]] = {
    "sora says": lambda stage: stage.says("もしもし"),
    "claim": lambda stage: sessions.claim(session_id=stage.session.pk, by=stage.somebody()),
    "claim next": lambda stage: sessions.claim_next(program_id=stage.program.pk, by=stage.somebody()),
    "reply": _reply,
    "put back": lambda stage: sessions.requeue(session_id=stage.session.pk, by=stage.somebody(), summary="要約"),
    "many put back": _many_back,
    "hand over": lambda stage: sessions.transfer(
        session_id=stage.session.pk, by=stage.somebody(), to=stage.somebody(), summary="要約"
    ),
    "take over": lambda stage: stepping_in.take_over(
        session_id=stage.session.pk, by=stage.people["mio"], because=TakeOver.ASKED
    ),
    "hold": _own(sessions.hold),
    "resume": _own(sessions.resume),
    "end": _end,
    "reopen": _own(sessions.reopen),
    "sora leaves": lambda stage: visits.leave(channel_id=stage.line.pk, identity=SORA),
    "sora blocks us": lambda stage: friends.unfollow(channel_id=stage.line.pk, identity=SORA),
    "silence": _silence,
    "hours over": _hours_over,
    "program closed": _program_closed,
    "counselor gone": _gone,
    "danger": lambda stage: Session.objects.filter(pk=stage.session.pk).update(risk=Risk.HIGH),
    "enter a call": _enter,
    "file": _file,
    "file what was entered": _file_entered,
    "a supervisor looks": lambda stage: records.check(session_id=stage.session.pk, by=stage.people["mio"], number=1),
}


@pytest.fixture
def stage(
    program: Program, line_channel: Channel, haru: User, ren: User, mio: User, aoi: User, sora_says: Say
) -> Stage:
    ask(program)
    people = {"haru": haru, "ren": ren, "mio": mio, "aoi": aoi}
    return Stage(program, line_channel, people, sora_says, random.Random(1))


def holds(session: Session) -> None:
    """What is closed has all its program requires; what ended otherwise nobody of ours talked in."""
    if session.state == State.CLOSED:
        assert session.closed_at is not None
        opened = feed.sheet_of(session).latest
        assert opened is not None
        short = recording.is_short(
            Classification(session.classification), risk=session.risk, trial=session.trial
        )  # fmt: skip
        followed = FollowUp.objects.filter(session=session)
        form = without_day(opened.form) if followed.filter(waived=True).exists() else opened.form
        assert forms.check(form, opened.answers, finished=not short) == opened.answers
        assert session.trial or opened.answers.get("follow_up") != "yes" or followed.exists()
    elif session.state in FINISHED:
        assert session.first_response_at is None
    elif session.state == State.WRAP_UP:
        assert session.counselor_id is not None
        assert session.closed_at is None


@pytest.mark.parametrize("seed", range(25))
def test_whatever_happens_in_whatever_order(stage: Stage, seed: int) -> None:
    stage.chance.seed(seed)
    stage.says("聞いてください")
    for way in stage.chance.choices(sorted(WAYS), k=25):
        with suppress(*REFUSALS):
            WAYS[way](stage)
        for session in Session.objects.select_related("visitor", "program"):
            holds(session)


ENDS = [
    ("sora leaves", EndReason.VISITOR_LEFT),
    ("sora blocks us", EndReason.VISITOR_BLOCKED),
    ("hours over", EndReason.HOURS_OVER),
    ("program closed", EndReason.HOURS_OVER),
]


@pytest.mark.parametrize(("way", "reason"), ENDS)
def test_a_talk_that_was_put_back_and_ends_there_is_its_last_counselor_s_to_write(
    stage: Stage, haru: User, ren: User, way: str, reason: EndReason
) -> None:
    session = stage.says("聞いてください")
    sessions.claim(session_id=session.pk, by=haru)
    messages.reply(session_id=session.pk, by=haru, client_id=uuid4(), words="こんばんは")
    sessions.requeue(session_id=session.pk, by=haru, summary="要約")
    sessions.claim(session_id=session.pk, by=ren)
    sessions.requeue(session_id=session.pk, by=ren, summary="すぐ戻します")
    WAYS[way](stage)
    session.refresh_from_db()
    assert (session.state, session.end_reason, session.counselor) == (State.WRAP_UP, reason, haru)
    assert [one.pk for one in feed.due(readable(haru, stage.program))] == [session.pk]


@pytest.mark.parametrize(("way", "reason"), [*ENDS[:2], ("silence", EndReason.IDLE)])
def test_a_talk_that_ends_by_itself_waits_for_its_record(stage: Stage, haru: User, way: str, reason: EndReason) -> None:
    session = stage.says("聞いてください")
    sessions.claim(session_id=session.pk, by=haru)
    messages.reply(session_id=session.pk, by=haru, client_id=uuid4(), words="こんばんは")
    WAYS[way](stage)
    session.refresh_from_db()
    assert (session.state, session.end_reason, session.closed_at) == (State.WRAP_UP, reason, None)


@pytest.mark.parametrize("way", [way for way, _reason in ENDS])
def test_who_was_never_answered_needs_no_record(stage: Stage, way: str) -> None:
    session = stage.says("聞いてください")
    WAYS[way](stage)
    session.refresh_from_db()
    assert session.state in FINISHED - {State.CLOSED}
