"""The house's side of a move to the telephone (電話移行): offered, entered, taken back, noted as done."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from counseling import lifecycle, permissions
from counseling.actions import approvals, phoning, stepping_in
from counseling.actions.phoning import Typed
from counseling.actions.writing import tell
from counseling.lifecycle import State
from counseling.models import PhoneTransfer, Session
from counseling.telephone import Kind, PhoneFace, PhoneStage, Result, slots


class CannotOffer(Exception):
    """The telephone cannot be offered just now.

    `code`: not_active (no talk goes on), blocked (the visitor blocked us), no_line and no_call_back (the program has
    none), no_slot (no time is left).
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class OfferedAlready(Exception):
    """The telephone was offered in this session, and that is not over."""


class OnThePhone(Exception):
    """Somebody is calling the visitor just now."""


class NotNow(Exception):
    """The move is not (or no longer) where this can happen."""


@transaction.atomic
def offer(*, session_id: int, kind: Kind, by: User, client_id: UUID) -> PhoneTransfer:
    """Offer the telephone: its counselor, or a supervisor as herself; a trainee's offer waits for a supervisor.

    Raises permissions.NotVisible, CannotOffer, OfferedAlready.
    """
    session = permissions.lock(session_id, by)
    _require_offerable(session, kind)
    words = phoning.offer_words(session, kind)
    transfer = PhoneTransfer(session=session, kind=kind, offered_by=by)
    if _needs_approval(session, by):
        proposal, _new = approvals.propose(session_id=session_id, by=by, client_id=client_id, words=words)
        transfer.proposal, transfer.stage = proposal, PhoneStage.PROPOSED
        transfer.save()
        return transfer
    if session.counselor_id != by.pk:
        stepping_in.introduce(session)
    transfer.save()
    phoning.make_offer(session, transfer, by=by, client_id=client_id, words=words)
    return transfer


def _needs_approval(session: Session, by: User) -> bool:
    """Whether what `by` says to the visitor waits for a supervisor."""
    if session.counselor_id != by.pk or not session.program.approves_trainees:
        return False
    return bool(permissions.trainees(session.program_id, [by.pk]))


def _require_offerable(session: Session, kind: Kind) -> None:
    if phoning.open_of(session):
        raise OfferedAlready
    plan, now = phoning.plan_of(session.program), timezone.now()
    hindrances = {
        "not_active": session.state != State.ACTIVE,
        "blocked": session.visitor.blocked_us_at is not None,
        "no_line": kind == Kind.LINE and not plan.line,
        "no_call_back": kind == Kind.CALL_BACK and not plan.calls_back,
        "no_slot": kind == Kind.CALL_BACK and not slots(plan.hours, now),
    }
    for code, holds in hindrances.items():
        if holds:
            raise CannotOffer(code)


@transaction.atomic
def enter(*, session_id: int, by: User, typed: Typed) -> PhoneTransfer:
    """Put a call on the list for a visitor who has told their number in the talk; they are told what was entered.

    Raises permissions.NotVisible, CannotOffer, OfferedAlready (a call is on the list), phoning.BadAnswer.
    """
    session = permissions.lock(session_id, by)
    if session.state not in lifecycle.TAKEN:
        raise CannotOffer("not_active")
    if not phoning.plan_of(session.program).calls_back:
        raise CannotOffer("no_call_back")
    agreement = phoning.checked(session.program, typed, timezone.now())
    transfer = phoning.open_of(session)
    if transfer and transfer.stage not in {PhoneStage.OFFERED, PhoneStage.ANSWERING}:
        raise OfferedAlready
    if transfer and transfer.kind == Kind.LINE:
        phoning.finish(transfer, Result.WITHDRAWN)
        transfer = None
    transfer = transfer or PhoneTransfer(session=session, kind=Kind.CALL_BACK, offered_by=by)
    transfer.save()
    phoning.agree(session, transfer, agreement, by=by)
    return transfer


@transaction.atomic
def withdraw(*, transfer_id: int, by: User) -> None:
    """Take it back: its session's counselor, or a supervisor. Who was promised a call is told.

    Raises permissions.NotVisible, OnThePhone, NotNow.
    """
    session, transfer = _locked(transfer_id, by)
    if transfer.stage in {PhoneStage.OVER, PhoneStage.PROPOSED}:
        raise NotNow(transfer.stage)
    if phoning.is_calling(transfer):
        raise OnThePhone
    if transfer.stage in phoning.EXPECTED:
        tell(session, "phone_cancelled")
    phoning.over(session, transfer, "phone.withdrawn", Result.WITHDRAWN, by=by)


@transaction.atomic
def note_moved(*, transfer_id: int, by: User) -> None:
    """The visitor has called the number they were told, as far as its session's counselor or a supervisor knows.

    Raises permissions.NotVisible, NotNow.
    """
    session, transfer = _locked(transfer_id, by)
    if transfer.kind != Kind.LINE or transfer.stage != PhoneStage.OFFERED:
        raise NotNow(transfer.stage)
    phoning.finish(transfer, Result.TALKED)
    session.phoned_at = session.phoned_at or timezone.now()
    phoning.record(
        session, transfer, "phone.ended", PhoneFace.MOVED, by=by, fields=("phoned_at",), result=Result.TALKED
    )  # fmt: skip


def _locked(transfer_id: int, by: User) -> tuple[Session, PhoneTransfer]:
    known = PhoneTransfer.objects.filter(pk=transfer_id).values_list("session_id", flat=True).first()
    if known is None:
        raise permissions.NotVisible
    session = permissions.lock(known, by)
    return session, PhoneTransfer.objects.get(pk=transfer_id)
