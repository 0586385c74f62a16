"""The calls themselves (電話の予定): taken by one person, made, and ended with what came of it.

Only who has taken a call is shown the number, and each showing is in the audit.
"""

from dataclasses import dataclass, field
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Right
from counseling import crypto, permissions, telephone
from counseling.actions import following, phoning, queue
from counseling.actions.phoning import BadAnswer
from counseling.follow_ups import Origin, Wanted
from counseling.models import PhoneCall, PhoneTransfer, Session
from counseling.telephone import DECIDED, SPOKEN, NextStep, PhoneFace, PhoneStage, Result
from counseling.text import UnacceptableText, clean
from counseling.triage import Risk

WORDS_LIMIT = 5_000


class NotOnTheList(Exception):
    """The call is not on the list (any more): taken back, over, or not agreed yet."""


class TakenAlready(Exception):
    """Somebody else makes this call."""


class NotTaken(Exception):
    """One has to take the call first."""


class NumberGone(Exception):
    """The number was forgotten by rule, or with the visitor's key."""


class OnThePhone(Exception):
    """A call is going on: it is ended with its result."""


class NotCalling(Exception):
    """No call of this person's is going on: its result was noted before."""


@dataclass(frozen=True)
class Shown:
    """What leads to the visitor: the number as people read it, and their wishes."""

    number: str
    wishes: str


@dataclass(frozen=True)
class Ending:
    """How a call ended: result and next step in codes, the slot of another call, and what was talked about."""

    result: str
    next_step: str
    slot: str = ""
    words: str = ""
    follow_up: Wanted = field(default_factory=Wanted)


@transaction.atomic
def take(*, transfer_id: int, by: User) -> None:
    """Make this call one's own: one person has it. Twice is the same.

    Raises permissions.NotVisible, NotOnTheList, TakenAlready, queue.NotForTrainees.
    """
    session, transfer = _locked(transfer_id, by)
    if transfer.stage == PhoneStage.TAKEN:
        if transfer.taken_by_id != by.pk:
            raise TakenAlready
        return
    if transfer.stage != PhoneStage.AGREED:
        raise NotOnTheList
    if session.risk >= Risk.HIGH and permissions.trainees(session.program_id, [by.pk]):
        raise queue.NotForTrainees
    transfer.stage, transfer.taken_by, transfer.taken_at = PhoneStage.TAKEN, by, timezone.now()
    transfer.save(update_fields=["stage", "taken_by", "taken_at"])
    phoning.record(session, transfer, "phone.taken", PhoneFace.TAKEN, by=by)


@transaction.atomic
def release(*, transfer_id: int, by: User) -> None:
    """Back on the list, for others: who has it, or a supervisor. Raises NotVisible, NotOnTheList, OnThePhone."""
    session, transfer = _locked(transfer_id, by)
    if transfer.stage != PhoneStage.TAKEN:
        raise NotOnTheList
    if transfer.taken_by_id != by.pk:
        permissions.require(by, Right.STEER, session.program_id)
    if phoning.is_calling(transfer):
        raise OnThePhone
    transfer.stage, transfer.taken_by, transfer.taken_at = PhoneStage.AGREED, None, None
    transfer.save(update_fields=["stage", "taken_by", "taken_at"])
    face = PhoneFace.OVERDUE if transfer.overdue_at else PhoneFace.AGREED
    phoning.record(session, transfer, "phone.released", face, by=by)


@transaction.atomic
def show(*, transfer_id: int, by: User, address: str | None = None) -> Shown:
    """The number, to who makes the call; every time is told to the audit.

    Raises permissions.NotVisible, NotTaken, NumberGone.
    """
    session, transfer = _own(transfer_id, by)
    number = _number(session, transfer)
    wishes = transfer.opened("wishes", session.visitor.key())
    audit.note(
        Deed.PHONE_NUMBER_READ, by=by, subject=f"session:{session.pk}", program_id=session.program_id, address=address
    )
    return Shown(telephone.written(number), wishes)


@transaction.atomic
def start(*, transfer_id: int, by: User) -> None:
    """Somebody dials. Twice is the same. Raises permissions.NotVisible, NotTaken, NumberGone."""
    session, transfer = _own(transfer_id, by)
    _number(session, transfer)
    if phoning.is_calling(transfer):
        return
    PhoneCall.objects.create(transfer=transfer, by=by)
    phoning.record(session, transfer, "phone.started", PhoneFace.CALLING, by=by)


@transaction.atomic
def end(*, transfer_id: int, by: User, ending: Ending) -> None:
    """The call is over: what came of it, and what follows. The number is forgotten unless there is another call.

    Raises permissions.NotVisible, NotCalling, phoning.BadAnswer (result: missing; next_step: missing, not_again,
    number_gone; slot: missing, gone; words: bad_words; follow_…: those of following.BadFollowUp).
    """
    session, transfer = _locked(transfer_id, by)
    call = PhoneCall.objects.filter(transfer=transfer, by=by, ended_at=None).first()
    if call is None:
        raise NotCalling
    now, result, step, slot = timezone.now(), *_checked(session, transfer, ending)
    call.ended_at, call.result, call.next_step = now, result, step
    if words := _words(ending):
        call.words = crypto.seal(session.visitor.key(), words, call.place)
    call.save()
    if step == NextStep.FOLLOW_UP:
        following.begin(
            session.visitor, ending.follow_up, origin=Origin.PHONE, by=by, client_id=uuid4(), risk=session.risk,
            session=session,
        )  # fmt: skip
    if result in SPOKEN:
        session.phoned_at = session.phoned_at or call.started_at
    if slot:
        transfer.stage, transfer.taken_by, transfer.taken_at = PhoneStage.AGREED, None, None
        phoning.place(transfer, slot)
        transfer.save()
    else:
        phoning.finish(transfer, result)
    face = PhoneFace.AGREED if slot else PhoneFace.MOVED if session.phoned_at else PhoneFace.OVER
    told = {"result": result, "next_step": step} | ({"slot": slot.starts.isoformat()} if slot else {})
    phoning.record(session, transfer, "phone.ended", face, by=by, fields=("phoned_at",), **told)


def _checked(
    session: Session, transfer: PhoneTransfer, ending: Ending
) -> tuple[Result, NextStep, telephone.Slot | None]:
    problems = {}
    if ending.result not in DECIDED:
        problems["result"] = "missing"
    if ending.next_step not in set(NextStep):
        problems["next_step"] = "missing"
    slot = None
    if ending.next_step == NextStep.AGAIN:
        slot = telephone.slot_of(phoning.plan_of(session.program).hours, timezone.now(), ending.slot)
        if ending.result in telephone.FINAL:
            problems["next_step"] = "not_again"
        elif not transfer.number:
            problems["next_step"] = "number_gone"
        elif slot is None:
            problems["slot"] = "gone" if ending.slot else "missing"
    if ending.next_step == NextStep.FOLLOW_UP:
        wrong = following.problems_of(session.program_id, session.risk, ending.follow_up)
        problems |= {f"follow_{field}": code for field, code in wrong.items()}
    try:
        _words(ending)
    except UnacceptableText:
        problems["words"] = "bad_words"
    if problems:
        raise BadAnswer(problems)
    return Result(ending.result), NextStep(ending.next_step), slot


def _words(ending: Ending) -> str:
    return clean(ending.words, limit=WORDS_LIMIT) if ending.words.strip() else ""


def _number(session: Session, transfer: PhoneTransfer) -> str:
    try:
        number = transfer.opened("number", session.visitor.key())
    except crypto.CannotOpen:
        number = ""
    if not number:
        raise NumberGone
    return number


def _own(transfer_id: int, by: User) -> tuple[Session, PhoneTransfer]:
    """A call that `by` has taken. Raises NotVisible, NotTaken."""
    session, transfer = _locked(transfer_id, by)
    if transfer.stage != PhoneStage.TAKEN or transfer.taken_by_id != by.pk:
        raise NotTaken
    return session, transfer


def _locked(transfer_id: int, by: User) -> tuple[Session, PhoneTransfer]:
    """A call-back under its session's lock, for who takes sessions in its program. Raises NotVisible."""
    calls = PhoneTransfer.objects.filter(pk=transfer_id, kind=telephone.Kind.CALL_BACK)
    known = calls.values_list("session_id", flat=True).first()
    if known is None:
        raise permissions.NotVisible
    session = permissions.lock_waiting(known, by)
    return session, calls.get()
