"""Asking a colleague for a substitute or a swap: a colleague accepts, then a planner approves."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import Right
from counseling import permissions
from counseling.actions import planning, shifts
from counseling.actions.planning import CannotPlan, Plan, Problem
from counseling.models import Membership, Shift, ShiftRequest
from counseling.models.shift import RequestKind, RequestState

LONGEST_REASON = 200
WAITING = shifts.WAITING


@transaction.atomic
def ask(
    *, shift_id: int, by: User, to_id: int | None = None, in_return_id: int | None = None, reason: str = ""
) -> ShiftRequest:
    """Ask for a substitute for one's own shift (`to_id` None: anyone with its role), or to swap it for `in_return_id`.

    Raises CannotPlan, NotVisible.
    """
    shift = _lock([shift_id])[0]
    if shift.user_id != by.pk:
        raise permissions.NotVisible
    permissions.require(by, Right.WORK_SHIFTS, shift.program_id)
    _refuse_unless_ahead(shift)
    in_return = _in_return(shift, in_return_id) if in_return_id else None
    to = in_return.user_id if in_return else to_id
    if to == by.pk:
        raise CannotPlan((0, Problem.ONESELF))
    if to and not _holds(to, shift):
        raise CannotPlan((0, Problem.NOT_IN_ROLE))
    if ShiftRequest.objects.filter(shift=shift, state__in=WAITING).exists():
        raise CannotPlan((0, Problem.ASKED_ALREADY))
    kind = RequestKind.SWAP if in_return else RequestKind.SUBSTITUTE
    words = reason.strip()[:LONGEST_REASON]
    return ShiftRequest.objects.create(shift=shift, kind=kind, asked_by=by, to_id=to, in_return=in_return, reason=words)


@transaction.atomic
def accept(*, request_id: int, by: User) -> ShiftRequest:
    """The colleague takes it on; a planner decides then. Of two at once one wins. Raises CannotPlan, NotVisible."""
    asked = _locked(request_id)
    anothers = asked.to_id not in {None, by.pk} and asked.state == RequestState.OPEN
    if by.pk == asked.asked_by_id or anothers or not _holds(by.pk, asked.shift):
        raise permissions.NotVisible
    _refuse_unless(asked, RequestState.OPEN)
    asked.to = by
    planning.check(asked.shift.program_id, _plans(asked), instead_of=_moved(asked))
    asked.state, asked.accepted_at = RequestState.ACCEPTED, timezone.now()
    asked.save(update_fields=["to", "state", "accepted_at"])
    return asked


@transaction.atomic
def refuse(*, request_id: int, by: User) -> ShiftRequest:
    """The colleague who was asked cannot. Raises CannotPlan, NotVisible."""
    asked = _locked(request_id)
    if asked.to_id != by.pk:
        raise permissions.NotVisible
    return _settled(asked, RequestState.DECLINED, by)


@transaction.atomic
def withdraw(*, request_id: int, by: User) -> ShiftRequest:
    """Who asked needs it no more. Raises CannotPlan, NotVisible."""
    asked = _locked(request_id)
    if asked.asked_by_id != by.pk:
        raise permissions.NotVisible
    return _settled(asked, RequestState.WITHDRAWN, by)


@transaction.atomic
def approve(*, request_id: int, by: User) -> ShiftRequest:
    """Move the shifts as was agreed; both people are told. Raises CannotPlan, NotVisible."""
    asked = _planned(request_id, by)
    _refuse_unless(asked, RequestState.ACCEPTED)
    plans, moved = _plans(asked), _moved(asked)
    planning.check(asked.shift.program_id, plans, instead_of=moved)
    _settled(asked, RequestState.APPROVED, by)
    rows = [asked.shift, *([asked.in_return] if asked.in_return else [])]
    # What else is asked about these shifts was asked by or of somebody who has them no more.
    shifts.end_requests(rows, by=by)
    for shift, plan in zip(rows, plans, strict=True):
        planning.tell_later([shift])
        shifts.write(shift, plan)
        planning.tell_later([shift])
    return asked


@transaction.atomic
def decline(*, request_id: int, by: User) -> ShiftRequest:
    """A planner says that it stays as it is. Raises CannotPlan, NotVisible."""
    return _settled(_planned(request_id, by), RequestState.DECLINED, by)


def _planned(request_id: int, by: User) -> ShiftRequest:
    """The request, for one who plans its program, with the roster held before the row: as every planner does."""
    program_id = ShiftRequest.objects.filter(pk=request_id).values_list("shift__program_id", flat=True).first()
    if program_id is None:
        raise permissions.NotVisible
    planning.lock_roster(program_id, by)
    return _locked(request_id)


def _locked(request_id: int) -> ShiftRequest:
    rows = ShiftRequest.objects.select_for_update(of=("self",)).select_related("shift", "in_return")
    asked = rows.filter(pk=request_id).first()
    if asked is None:
        raise permissions.NotVisible
    return asked


def _lock(shift_ids: Sequence[int]) -> list[Shift]:
    rows = list(Shift.objects.select_for_update().filter(pk__in=shift_ids).order_by("pk"))
    if len(rows) != len(shift_ids):
        raise permissions.NotVisible
    return rows


def _in_return(shift: Shift, in_return_id: int) -> Shift:
    """The colleague's shift of the same program; the other way round, too, the role must fit."""
    in_return = Shift.objects.filter(pk=in_return_id, program=shift.program_id, published_at__isnull=False).first()
    if in_return is None or in_return.user_id is None:
        raise permissions.NotVisible
    _refuse_unless_ahead(in_return)
    if not _holds(shift.user_id or 0, in_return):
        raise CannotPlan((0, Problem.NOT_IN_ROLE))
    return in_return


def _holds(user_id: int, shift: Shift) -> bool:
    held = Membership.objects.filter(user=user_id, user__is_active=True, program=shift.program_id, role=shift.role)
    return held.exists()


def _refuse_unless_ahead(shift: Shift) -> None:
    if shift.starts_at <= timezone.now():
        raise CannotPlan((0, Problem.BEGUN))
    if shift.published_at is None:
        raise CannotPlan((0, Problem.UNPUBLISHED))


def _refuse_unless(asked: ShiftRequest, state: RequestState) -> None:
    theirs = asked.shift.user_id == asked.asked_by_id
    if asked.in_return:
        theirs = theirs and asked.in_return.user_id == asked.to_id
    if asked.state != state or not theirs:
        raise CannotPlan((0, Problem.SETTLED))
    for shift in (asked.shift, asked.in_return):
        if shift:
            _refuse_unless_ahead(shift)


def _settled(asked: ShiftRequest, state: RequestState, by: User) -> ShiftRequest:
    if asked.state not in WAITING:
        raise CannotPlan((0, Problem.SETTLED))
    asked.state, asked.decided_by, asked.decided_at = state, by, timezone.now()
    asked.save(update_fields=["state", "decided_by", "decided_at"])
    return asked


def _plans(asked: ShiftRequest) -> list[Plan]:
    """The shifts as they would be: with the other one of the two."""
    pairs = [(asked.shift, asked.to_id)] + ([(asked.in_return, asked.asked_by_id)] if asked.in_return else [])
    return [Plan(user_id, shift.role, shift.starts_at, shift.ends_at, shift.lines) for shift, user_id in pairs]


def _moved(asked: ShiftRequest) -> list[int]:
    return [shift.pk for shift in (asked.shift, asked.in_return) if shift]
