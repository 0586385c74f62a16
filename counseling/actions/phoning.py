"""What every step of a move to the telephone (電話移行) shares: its rows, its words, its lines in the session's log.

The caller holds the session's row lock. Nothing here tells a number to anybody.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from counseling import opening, phone_words, telephone, timeline
from counseling.actions.writing import answer, tell
from counseling.events import EventKind
from counseling.languages import Labels, said
from counseling.lifecycle import EndReason
from counseling.models import Message, PhoneCall, PhoneTransfer, Program, Session
from counseling.models.edition import telephone_of, text_for, with_readings
from counseling.quick_replies import QuickReply, button
from counseling.telephone import SPOKEN, BadNumber, Kind, PhoneFace, PhoneStage, Plan, Result, Slot, TapCode, Voice
from counseling.telephone.taps import data_of
from counseling.text import UnacceptableText, clean, ruby

# The number may outlive the telephone's hours by so long: a call that began late can still be tried again.
FORGET_AFTER = timedelta(hours=1)
WISHES_LIMIT = 300
UNANSWERED = (PhoneStage.PROPOSED, PhoneStage.OFFERED, PhoneStage.ANSWERING)
EXPECTED = (PhoneStage.AGREED, PhoneStage.TAKEN)


class BadAnswer(ValueError):
    """What was answered cannot be taken; `problems`: field → code.

    Codes: of the number those of BadNumber; of the slot «gone» (past, or outside the hours); «missing»; «bad_words».
    """

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(", ".join(f"{field}: {code}" for field, code in problems.items()))
        self.problems = problems


@dataclass(frozen=True)
class Typed:
    """An answer as it was typed: a number, the code of a slot, a code of Voice, and wishes in own words."""

    number: str
    slot: str
    voice: str
    wishes: str = ""


@dataclass(frozen=True)
class Agreement:
    """An answer that can be kept."""

    number: str
    slot: Slot
    voice: Voice
    wishes: str = ""


def plan_of(program: Program) -> Plan:
    """The program's telephone; its hours end with the program."""
    plan = telephone_of(program)
    return Plan(plan.line, plan.calls_back, plan.hours.between(program.starts_on, program.ends_on))


def checked(program: Program, typed: Typed, now: datetime) -> Agreement:
    """The answer by the rules. Raises BadAnswer with everything that is wrong at once."""
    problems: dict[str, str] = {}
    number = wishes = ""
    try:
        number = telephone.normalised(typed.number)
    except BadNumber as wrong:
        problems["number"] = wrong.code
    slot = telephone.slot_of(plan_of(program).hours, now, typed.slot)
    if slot is None:
        problems["slot"] = "gone" if typed.slot else "missing"
    if typed.voice not in set(Voice):
        problems["voice"] = "missing"
    try:
        wishes = clean(typed.wishes, limit=WISHES_LIMIT) if typed.wishes.strip() else ""
    except UnacceptableText:
        problems["wishes"] = "bad_words"
    if problems or slot is None:
        raise BadAnswer(problems)
    return Agreement(number, slot, Voice(typed.voice), wishes)


def open_of(session: Session) -> PhoneTransfer | None:
    """The session's move that is not over."""
    return PhoneTransfer.objects.filter(session=session).exclude(stage=PhoneStage.OVER).first()


def is_calling(transfer: PhoneTransfer) -> bool:
    """Whether somebody is on the line just now."""
    return PhoneCall.objects.filter(transfer=transfer, ended_at=None).exists()


def record(
    session: Session,
    transfer: PhoneTransfer,
    event: EventKind,
    face: PhoneFace,
    *,
    by: User | None = None,
    fields: tuple[str, ...] = (),
    **details: Any,
) -> None:
    """One line of the log, which the session's face follows: codes and times, never a number."""
    session.phone = face
    timeline.record(
        session, event, at=timezone.now(), by=by, fields=("phone", *fields), move=transfer.kind, **details
    )  # fmt: skip


def offer_words(session: Session, kind: Kind) -> str:
    """What is said to offer it, in the visitor's language."""
    plan, language = plan_of(session.program), session.visitor.language
    key = "phone_line" if kind == Kind.LINE else "phone_offer"
    hours = opening.describe(plan.hours, language)
    return text_for(session.program, key, language, line=plan.line, line_hours=hours)


def make_offer(session: Session, transfer: PhoneTransfer, *, by: User, client_id: UUID, words: str) -> Message:
    """Say it to the visitor: these words are the person's who offers."""
    calls_back = transfer.kind == Kind.CALL_BACK
    asked = ((TapCode.YES, phone_words.YES), (TapCode.NO, phone_words.NO)) if calls_back else ()
    message = answer(session, by=by, client_id=client_id, words=words, replies=buttons(session, transfer, *asked))
    transfer.stage = PhoneStage.OFFERED
    transfer.save()
    record(session, transfer, "phone.offered", PhoneFace.OFFERED if calls_back else PhoneFace.LINE, by=by)
    return message


def buttons(session: Session, transfer: PhoneTransfer, *choices: tuple[str, Labels]) -> tuple[QuickReply, ...]:
    """Buttons below a message on LINE."""
    language = session.visitor.language

    def label(words: Labels) -> str:
        return ruby.bracketed(with_readings(session.program, said(words, language), language))

    return tuple(button(label(words), data_of(transfer.pk, code)) for code, words in choices)


def agree(session: Session, transfer: PhoneTransfer, agreement: Agreement, *, by: User | None) -> None:
    """Everything is known: the call stands on the list, and the visitor reads when it comes."""
    key, slot = session.visitor.key(), agreement.slot
    transfer.stage, transfer.agreed_at = PhoneStage.AGREED, timezone.now()
    place(transfer, slot)
    transfer.voice = agreement.voice
    transfer.put("number", key, agreement.number)
    transfer.put("wishes", key, agreement.wishes)
    transfer.save()
    moment = opening.moment(slot.starts, session.visitor.language)
    tell(session, "phone_agreed", slot=moment, replies=buttons(session, transfer, (TapCode.BACK, phone_words.BACK)))
    record(session, transfer, "phone.agreed", PhoneFace.AGREED, by=by, slot=slot.starts.isoformat())


def place(transfer: PhoneTransfer, slot: Slot) -> None:
    """The call comes in this slot, and nobody is late for it."""
    transfer.slot_from, transfer.slot_until = slot.starts, slot.ends
    transfer.forget_at = slot.closes + FORGET_AFTER
    transfer.overdue_at = transfer.escalated_at = None


def finish(transfer: PhoneTransfer, result: Result) -> None:
    """It is over: what would lead to the visitor is forgotten with it."""
    transfer.forget()
    transfer.stage, transfer.result, transfer.ended_at = PhoneStage.OVER, result, timezone.now()
    transfer.save()


def over(session: Session, transfer: PhoneTransfer, event: EventKind, result: Result, *, by: User | None) -> None:
    """It ends without a call: declined, taken back, lapsed."""
    finish(transfer, result)
    record(session, transfer, event, PhoneFace.OVER, by=by, result=result)


def settle(session: Session, reason: EndReason, now: datetime) -> tuple[str, ...]:
    """The talk ends: an offer without an answer ends with it, a promised call does not. Which columns changed.

    Who ends it as 電話へ says that the visitor has moved, but where we have still to call.
    """
    transfer = open_of(session)
    moves = reason == EndReason.TELEPHONE
    if transfer and transfer.stage in EXPECTED:
        return ()
    if transfer:
        by_number = moves and transfer.kind == Kind.LINE
        finish(transfer, Result.TALKED if by_number else Result.WITHDRAWN)
        session.phone = PhoneFace.OVER
    if moves:
        session.phone, session.phoned_at = PhoneFace.MOVED, session.phoned_at or now
    return ("phone", "phoned_at") if transfer or moves else ()


def reopened(session: Session) -> tuple[str, ...]:
    """The talk goes on after all: it has moved only where somebody has spoken with the visitor."""
    if session.end_reason != EndReason.TELEPHONE or open_of(session):
        return ()
    calls = PhoneCall.objects.filter(transfer__session=session, result__in=SPOKEN).order_by("pk")
    session.phoned_at = calls.values_list("started_at", flat=True).first()
    session.phone = PhoneFace.MOVED if session.phoned_at else PhoneFace.NONE
    return ("phone", "phoned_at")
