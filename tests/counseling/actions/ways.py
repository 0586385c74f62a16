"""Everything that can become of a talk and its visitor, as ways to be tried in any order."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from counseling import tasks
from counseling.actions import (
    afterwards,
    erasures,
    friends,
    idle,
    lost,
    merging,
    messages,
    phone_calls,
    reassigning,
    records,
    retention,
    sessions,
    stages,
    stepping_in,
    telephone,
    visits,
)
from counseling.actions.afterwards import CannotEnter, EnteredOtherwise
from counseling.actions.duty import NotOnDuty
from counseling.actions.following import BadFollowUp
from counseling.actions.merging import SamePerson, UndoneBefore
from counseling.actions.messages import CannotReply
from counseling.actions.phone_calls import Ending, NotCalling, NotOnTheList, NotTaken, NumberGone, TakenAlready
from counseling.actions.phoning import BadAnswer
from counseling.actions.queue import NobodyWaits, NotForTrainees, OfferedToAnother, OnlyByOffer
from counseling.actions.sessions import NoRoom
from counseling.actions.stepping_in import NotTakenOver
from counseling.follow_ups import Wanted
from counseling.forms import InvalidAnswers
from counseling.lifecycle import CannotMove, Classification, EndReason, TakeOver
from counseling.models import Channel, Duty, Membership, Merge, PhoneTransfer, Presence, Program, Session
from counseling.models.keeping import Checked, Why
from counseling.models.merge import MergeReason
from counseling.permissions import NotVisible
from counseling.stages import CannotStep, Step
from counseling.telephone import NextStep, Result
from counseling.triage import Risk
from tests.conftest import ALWAYS, NEVER, SORA, Say
from tests.counseling.actions.calling import typed
from tests.counseling.actions.following import wanted
from tests.counseling.actions.recorded import ANSWERS
from tests.counseling.afterwards import ago, told

REFUSALS = (
    NotVisible, CannotMove, NotOnDuty, NoRoom, NobodyWaits, NotForTrainees, OfferedToAnother, OnlyByOffer, CannotReply,
    NotTakenOver, CannotStep, InvalidAnswers, records.CannotEdit, records.CannotReview, records.ChangedMeanwhile,
    BadFollowUp, CannotEnter, EnteredOtherwise, Session.DoesNotExist, SamePerson, UndoneBefore, Merge.DoesNotExist,
    telephone.CannotOffer, telephone.OfferedAlready, telephone.OnThePhone, telephone.NotNow, BadAnswer,
    PhoneTransfer.DoesNotExist, NotOnTheList, TakenAlready, NotTaken, NumberGone, NotCalling, erasures.StillOpen,
)  # fmt: skip
AGAIN = "U" + "1b" * 16


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


def _clock(_stage: Stage) -> None:
    """Everything the worker does by itself."""
    _earlier()
    tasks.sweep()


def _another_telephone(stage: Stage) -> None:
    stage.says("わたしです", identity=AGAIN)


def _merge(stage: Stage) -> None:
    ids = Session.objects.order_by("visitor").values_list("visitor", flat=True)
    one, other = ids[0], ids[len(ids) - 1]
    merging.merge(visitor_id=one, other_id=other, reason=MergeReason.SAID, by=stage.people["mio"])


def _promise_a_call(stage: Stage) -> None:
    telephone.enter(session_id=stage.session.pk, by=stage.session.counselor or stage.somebody(), typed=typed())


def _call(stage: Stage) -> None:
    transfer, by = PhoneTransfer.objects.latest("pk"), stage.somebody()
    phone_calls.take(transfer_id=transfer.pk, by=by)
    phone_calls.start(transfer_id=transfer.pk, by=by)
    steps = [NextStep.NONE, NextStep.CHAT, NextStep.FOLLOW_UP]
    ending = Ending(stage.chance.choice(list(Result)), stage.chance.choice(steps), follow_up=wanted())
    phone_calls.end(transfer_id=transfer.pk, by=by, ending=ending)


def _erase(stage: Stage) -> None:
    visitor_id = stage.chance.choice(list(Session.objects.values_list("visitor", flat=True)))
    erasures.erase(visitor_id=visitor_id, by=stage.people["aoi"], why=Why.REQUEST, checked=Checked.PAPER)


def _years_later(stage: Stage) -> None:
    """The program's retention, a night long: what is not closed stays."""
    Program.objects.update(retention={"words": 30, "records": 30, "contacts": 30})
    night = timezone.now() + timedelta(days=400)
    while retention.step(stage.program.pk, night):
        pass


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
    "the clock": _clock,
    "another telephone": _another_telephone,
    "merge": _merge,
    "undo a merge": lambda stage: merging.undo(merge_id=Merge.objects.latest("pk").pk, by=stage.people["mio"]),
    "promise a call": _promise_a_call,
    "call": _call,
    "erase": _erase,
    "years later": _years_later,
    "file": _file,
    "file what was entered": _file_entered,
    "a supervisor looks": lambda stage: records.check(session_id=stage.session.pk, by=stage.people["mio"], number=1),
}
