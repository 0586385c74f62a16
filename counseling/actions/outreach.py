"""Outreach (訪問相談): requested with the visitor's wish, approved by a supervisor, gone on by two, and ended.

Whoever acts has seen the visit as it stood (`seen`). Where the visitor lives is told by `show` alone, and to the audit
each time.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Right
from counseling import crypto, follow_ups, outreach, permissions
from counseling.actions import following, visit_clock
from counseling.actions.messages import ClientIdReused
from counseling.actions.visiting import BadVisit, Wish, expect, keep, locked, locked_for_going, replan
from counseling.follow_ups import Origin, Wanted
from counseling.models import Outreach
from counseling.outreach import VisitMove, VisitNext, VisitResult, VisitState
from counseling.text import clean

ADDRESS_LIMIT = 500


class RequestedAlready(Exception):
    """A visit to this visitor is under way."""


class AddressGone(Exception):
    """The address was forgotten by rule, or with the visitor's key."""


@dataclass(frozen=True)
class Request:
    """What is asked for: why, what the visitor said when they wished for it and when, and where."""

    why: str
    consent: str
    consented_at: datetime | None
    address: str


@dataclass(frozen=True)
class Plan:
    """Who goes, and by when they tell that they have arrived and come away."""

    goer_ids: frozenset[int]
    arrive_by: datetime | None
    leave_by: datetime | None
    # Fewer than the program asks for, for a reason.
    words: str = ""


@dataclass(frozen=True)
class Ending:
    """What came of it, in a code and words, and what follows."""

    result: str
    words: str
    next_step: str = VisitNext.END
    follow_up: Wanted | None = None


@transaction.atomic
def request(*, session_id: int, by: User, asked: Request, client_id: UUID) -> Outreach:
    """Ask that somebody goes to a session's visitor: its counselor, or a supervisor. The same `client_id` is one.

    Raises permissions.NotVisible, BadVisit, RequestedAlready, ClientIdReused.
    """
    session, now = permissions.lock(session_id, by), timezone.now()
    if same := Outreach.objects.filter(by=by, client_id=client_id).first():
        if same.session_id != session.pk:
            raise ClientIdReused
        return same
    problems = _wrong({"why": asked.why, "consent": asked.consent, "address": asked.address})
    if asked.consented_at is None or asked.consented_at > now:
        problems["consented_at"] = "missing" if asked.consented_at is None else "future"
    if problems:
        raise BadVisit(problems)
    if Outreach.objects.filter(visitor=session.visitor_id, ended_at=None).exists():
        raise RequestedAlready
    made = Outreach(
        program_id=session.program_id, visitor=session.visitor, session=session, by=by, client_id=client_id, at=now,
        risk=session.risk, consented_at=asked.consented_at or now,
    )  # fmt: skip
    key = session.visitor.key()
    made.put("consent", key, clean(asked.consent, limit=outreach.WORDS_LIMIT))
    made.put("address", key, clean(asked.address, limit=ADDRESS_LIMIT))
    made.save(force_insert=True)
    keep(made, "request", by, asked.why)
    return made


def _wrong(given: dict[str, str]) -> dict[str, str]:
    return {name: code for field, words in given.items() for name, code in follow_ups.words_wrong(field, words).items()}


@transaction.atomic
def approve(*, wish: Wish, words: str) -> Outreach:
    """A supervisor lets it be, under the conditions written; without any they write that there are none.

    Raises permissions.NotVisible, ChangedMeanwhile, CannotVisit, BadVisit (words).
    """
    return _decide(wish, VisitMove.APPROVE, words)


@transaction.atomic
def refuse(*, wish: Wish, words: str) -> Outreach:
    """A supervisor lets it not be, for a reason. Raises as approve."""
    return _decide(wish, VisitMove.REFUSE, words)


def _decide(wish: Wish, move: VisitMove, words: str) -> Outreach:
    row, done = locked(wish, move)
    if done:
        return row
    permissions.require(wish.by, Right.STEER, row.program_id)
    expect(_wrong({"words": words}))
    _to(row, move)
    keep(row, move, wish.by, words)
    audit.note(
        Deed.VISIT_DECIDED, by=wish.by, subject=f"session:{row.session_id}", program_id=row.program_id, did=move.value
    )
    return row


@transaction.atomic
def plan(*, wish: Wish, planned: Plan) -> Outreach:
    """A supervisor settles who goes and when; fewer people than the program asks for need a word why.

    Raises permissions.NotVisible, ChangedMeanwhile, CannotVisit, BadVisit (goers: missing, not_here, too_few; times).
    """
    row, done = locked(wish, VisitMove.PLAN)
    if done:
        return row
    permissions.require(wish.by, Right.STEER, row.program_id)
    expect(replan(row, planned.goer_ids, planned.arrive_by, planned.leave_by, planned.words, timezone.now()))
    _to(row, VisitMove.PLAN)
    row.arrive_by, row.leave_by, row.overdue_at = planned.arrive_by, planned.leave_by, None
    row.goers.set(planned.goer_ids)
    keep(row, VisitMove.PLAN, wish.by, planned.words)
    return row


@transaction.atomic
def arrive(*, wish: Wish) -> Outreach:
    """One of those who go tells that they are there. Raises permissions.NotVisible, ChangedMeanwhile, CannotVisit."""
    return _tell(wish, VisitMove.ARRIVE)


@transaction.atomic
def leave(*, wish: Wish) -> Outreach:
    """One of those who go tells that they have come away. Raises as arrive."""
    return _tell(wish, VisitMove.LEAVE)


def _tell(wish: Wish, move: VisitMove) -> Outreach:
    row, done = locked_for_going(wish, move)
    if done:
        return row
    _to(row, move)
    now = timezone.now()
    if move == VisitMove.ARRIVE:
        row.arrived_at = now
    else:
        row.left_at = now
    row.overdue_at = None
    keep(row, move, wish.by, "")
    return row


@transaction.atomic
def end(*, wish: Wish, ending: Ending) -> Outreach:
    """Who went, or a supervisor, notes what came of it, and what follows. Postponed, it is to be planned anew.

    The address is forgotten unless there is another day. Raises permissions.NotVisible, ChangedMeanwhile, CannotVisit,
    BadVisit (result: missing; words; follow_…: those of following.BadFollowUp).
    """
    postponed = ending.result == VisitResult.POSTPONED
    row, done = locked_for_going(wish, VisitMove.POSTPONE if postponed else VisitMove.END)
    if done:
        return row
    problems = _wrong({"words": ending.words})
    if ending.result not in set(VisitResult):
        problems["result"] = "missing"
    follows = ending.next_step == VisitNext.FOLLOW_UP and not postponed
    wanted = ending.follow_up or Wanted()
    if follows:
        wrong = following.problems_of(row.program_id, row.risk, wanted)
        problems |= {f"follow_{field}": code for field, code in wrong.items()}
    expect(problems)
    _to(row, VisitMove.POSTPONE if postponed else VisitMove.END)
    _after_result(row, VisitResult(ending.result))
    keep(row, VisitMove.POSTPONE if postponed else VisitMove.END, wish.by, ending.words)
    if follows:
        following.begin(
            row.visitor, wanted, origin=Origin.VISIT, by=wish.by, client_id=row.client_id, risk=row.risk,
            session=row.session,
        )  # fmt: skip
    return row


def _after_result(row: Outreach, result: VisitResult) -> None:
    row.result, row.overdue_at = result.value, None
    if result == VisitResult.EMERGENCY:
        visit_clock.owe(row, timezone.now())
    if result == VisitResult.POSTPONED:
        row.arrive_by = row.leave_by = row.arrived_at = row.left_at = None
        row.goers.clear()
    elif row.arrived_at is not None and row.left_at is None:
        # Who writes the result has come away.
        row.left_at = timezone.now()


@transaction.atomic
def withdraw(*, wish: Wish, words: str) -> Outreach:
    """Taken back before anybody arrived, for a reason: by who asked for it, or a supervisor.

    Raises permissions.NotVisible, ChangedMeanwhile, CannotVisit, BadVisit (words).
    """
    row, done = locked(wish, VisitMove.WITHDRAW)
    if done:
        return row
    if row.by_id != wish.by.pk:
        permissions.require(wish.by, Right.STEER, row.program_id)
    expect(_wrong({"words": words}))
    _to(row, VisitMove.WITHDRAW)
    keep(row, VisitMove.WITHDRAW, wish.by, words)
    return row


def _to(row: Outreach, move: VisitMove) -> None:
    """Move it; what is over no longer holds where the visitor lives."""
    state = outreach.after(move, VisitState(row.state))
    row.state = state.value
    if state in outreach.OVER:
        row.ended_at, row.address = timezone.now(), b""


@transaction.atomic
def show(*, outreach_id: int, by: User, address: str | None = None) -> str:
    """Where the visitor lives, to who goes and to supervisors; every time is told to the audit.

    Raises permissions.NotVisible, AddressGone.
    """
    row, _done = locked_for_going(Wish(outreach_id, by, -1), None)
    try:
        where = row.opened("address", row.visitor.key())
    except crypto.CannotOpen:
        where = ""
    if not where:
        raise AddressGone
    subject = f"session:{row.session_id}"
    audit.note(Deed.VISIT_ADDRESS_READ, by=by, subject=subject, program_id=row.program_id, address=address)
    return where
