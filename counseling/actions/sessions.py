"""What staff do with a session: take it, pass it on, hold it, end it. Closing it is filing its record."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import Right, Role
from counseling import crypto, later, lifecycle, permissions, timeline
from counseling.actions import approvals, duty, phoning, queue, visits
from counseling.actions.writing import tell
from counseling.events import EventKind
from counseling.lifecycle import CannotMove, EndReason, Medium, Move, State, TakeOver
from counseling.models import Assignment, Program, Session
from counseling.text import clean
from counseling.triage import Risk

SUMMARY_LIMIT = 2_000


class NoRoom(Exception):
    """The person already has as many sessions as the program allows at once."""


def load_of(user_id: int) -> int:
    """How many sessions a person has now (active or held), over all programs."""
    return Session.objects.filter(counselor=user_id, state__in=lifecycle.TAKEN).count()


@transaction.atomic
def claim(*, session_id: int, by: User) -> Session:
    """Take one chosen session from the queue. Exactly one claimant wins.

    Raises permissions.NotVisible, CannotMove (someone else has it), duty.NotOnDuty, Diverted, OfferedToAnother,
    OnlyByOffer, NotForTrainees, NoRoom.
    """
    permissions.lock_person(by.pk)
    session = permissions.lock_waiting(session_id, by)
    if session.state == State.ACTIVE and session.counselor_id == by.pk:
        return session
    lifecycle.after(Move.CLAIM, State(session.state))
    duty.require_duty(user=by, program_id=session.program_id, by=by)
    queue.require_in_reach(session, by, timezone.now())
    _take(session, by, Move.CLAIM, "session.claimed", why="claimed", by=by)
    return session


@transaction.atomic
def claim_next(*, program_id: int, by: User) -> Session:
    """Take the next one: what is offered to `by` first, then by risk and waiting time; trainees pass by high risk.

    Raises permissions.NotVisible, duty.NotOnDuty, Diverted, NobodyWaits, OfferedToAnother, OnlyByOffer,
    NotForTrainees, NoRoom.
    """
    permissions.require(by, Right.TAKE_SESSIONS, program_id)
    permissions.lock_person(by.pk)
    duty.require_duty(user=by, program_id=program_id, by=by)
    head = queue.head(Program.objects.get(pk=program_id), by)
    _take(head, by, Move.CLAIM, "session.claimed", why="claimed", by=by)
    return head


def take_unasked(session: Session, by: User) -> None:
    """Give a locked session whose visitor is still being asked to `by`, to protect a life: whatever else they have."""
    session.queued_at = timezone.now()
    session.waiting_since = session.waiting_since or session.queued_at
    _hand(session, by, Move.PROTECT, "session.claimed", why="protected", by=by, fields=("queued_at", "waiting_since"))


def _take(session: Session, user: User, move: Move, event: EventKind, *, why: str, by: User, summary: str = "") -> None:
    """Give the session to `user`. Their capacity is locked by the caller and computed here, in the transaction."""
    if queue.role_of(user, session.program_id) == Role.TRAINEE and session.risk >= Risk.HIGH:
        raise queue.NotForTrainees
    _require_room(user, session.program, timezone.now())
    _hand(session, user, move, event, why=why, by=by, summary=summary)


def _hand(
    session: Session,
    user: User,
    move: Move,
    event: EventKind,
    *,
    why: str,
    by: User,
    summary: str = "",
    fields: tuple[str, ...] = (),
) -> None:
    now, role = timezone.now(), queue.role_of(user, session.program_id)
    session.state = lifecycle.after(move, State(session.state))
    session.counselor = user
    session.first_claimed_at = session.first_claimed_at or now
    session.silent_since, session.idle_steps = now, 0
    session.offered_to = session.offered_until = session.counselor_lost_at = None
    session.offer_declined = []
    assignment = Assignment(session=session, user=user, role=role, since=now, began_because=why)
    if summary:
        assignment.summary = crypto.seal(session.visitor.key(), summary, assignment.place)
    assignment.save(force_insert=True)
    changed = (
        *fields, "state", "counselor", "first_claimed_at", "silent_since", "idle_steps", "offered_to", "offered_until",
        "offer_declined", "counselor_lost_at", "taken_from", "taken_because",
    )  # fmt: skip
    timeline.record(session, event, at=now, by=by, fields=changed, to=user.pk, why=why)


def _require_room(user: User, program: Program, now: datetime) -> None:
    if load_of(user.pk) >= duty.capacity_of(user.pk, program, now):
        raise NoRoom


def _let_go(session: Session, why: str, now: datetime) -> None:
    Assignment.objects.filter(session=session, until=None).update(until=now, ended_because=why)
    approvals.drop(session)


@transaction.atomic
def requeue(*, session_id: int, by: User, summary: str) -> None:
    """Back to the queue, in the place of its first waiting, with a summary for whoever comes next.

    Raises permissions.NotVisible, CannotMove, text.UnacceptableText.
    """
    summary = clean(summary, limit=SUMMARY_LIMIT)
    session = permissions.lock(session_id, by)
    give_back(session, ended_because="requeued", summary=summary, by=by)


def give_back(session: Session, *, ended_because: str, summary: str, by: User | None = None, **details: Any) -> None:
    """Put a locked session back into the queue: its place and risk stay. Raises CannotMove."""
    now = timezone.now()
    session.state = lifecycle.after(Move.REQUEUE, State(session.state))
    _let_go(session, ended_because, now)
    _leave_summary(session, summary)
    session.offer_declined = [session.counselor_id]
    session.counselor = session.counselor_lost_at = None
    session.taken_from, session.taken_because = None, ""
    session.waiting_since = session.waiting_since or now
    taken = ("counselor", "counselor_lost_at", "taken_from", "taken_because")
    fields = ("state", *taken, "waiting_since", "offer_declined")
    timeline.record(session, "session.requeued", at=now, by=by, fields=fields, **details)
    later.offer(session.program_id)


def _leave_summary(session: Session, summary: str) -> None:
    """The last assignment carries what its holder leaves behind; the next one reads it."""
    last = Assignment.objects.filter(session=session).order_by("-pk").first()
    if last is not None:
        last.summary = crypto.seal(session.visitor.key(), summary, last.place)
        last.save(update_fields=["summary"])


@transaction.atomic
def transfer(*, session_id: int, by: User, to: User, summary: str) -> Session:
    """Hand the session over to a person on duty with room; a summary is required. A supervisor may take it over.

    Raises permissions.NotVisible (also for a person who takes no sessions here), CannotMove, duty.NotOnDuty,
    NotForTrainees, NoRoom, text.UnacceptableText.
    """
    summary = clean(summary, limit=SUMMARY_LIMIT)
    permissions.lock_person(to.pk)
    session = permissions.lock(session_id, by)
    permissions.require(to, Right.TAKE_SESSIONS, session.program_id)
    if session.counselor_id == to.pk:
        raise CannotMove(Move.TRANSFER, State(session.state))
    # Handed to oneself, it was somebody else's: then it is a take-over.
    pass_on(session, to=to, by=by, summary=summary, because=TakeOver.OTHER if to.pk == by.pk else None)
    return session


def pass_on(
    session: Session, *, to: User, by: User, summary: str = "", why: str = "", because: TakeOver | None = None
) -> None:
    """Give a locked session to `to`, whose capacity is locked, too; `because`: a supervisor takes it over.

    Raises CannotMove, duty.NotOnDuty, NotForTrainees, NoRoom.
    """
    lifecycle.after(Move.TRANSFER, State(session.state))
    duty.require_duty(user=to, program_id=session.program_id, by=by)
    session.taken_from_id, session.taken_because = (session.counselor_id, because) if because else (None, "")
    why = why or ("taken_over" if because else "transferred")
    _let_go(session, why, timezone.now())
    _take(session, to, Move.TRANSFER, "session.transferred", why=why, by=by, summary=summary)
    later.offer(session.program_id)


@transaction.atomic
def hold(*, session_id: int, by: User) -> None:
    """Set the talk aside for a moment; no timer closes it meanwhile. Raises NotVisible, CannotMove."""
    _turn(session_id, by, Move.HOLD, "session.held")


@transaction.atomic
def resume(*, session_id: int, by: User) -> None:
    """Take the talk up again. Raises NotVisible, CannotMove."""
    _turn(session_id, by, Move.RESUME, "session.resumed")


def _turn(session_id: int, by: User, move: Move, event: EventKind) -> None:
    session = permissions.lock(session_id, by)
    now = timezone.now()
    session.state = lifecycle.after(move, State(session.state))
    session.silent_since, session.idle_steps = now, 0
    timeline.record(session, event, at=now, by=by, fields=("state", "silent_since", "idle_steps"))


@transaction.atomic
def end(*, session_id: int, by: User, reason: EndReason, farewell: bool) -> None:
    """End the talk: the visitor gets the farewell if wished, the counselor's capacity is free at once.

    Raises permissions.NotVisible, CannotMove.
    """
    session = permissions.lock(session_id, by)
    lifecycle.after(Move.END, State(session.state))
    if farewell:
        tell(session, "farewell")
    visits.finish(session, Move.END, "session.ended", reason=reason, by=by)


@transaction.atomic
def reopen(*, session_id: int, by: User) -> None:
    """Back to the talk from its record (the visitor wrote again): only for its counselor, with room.

    Raises permissions.NotVisible, CannotMove (also when there is a newer sitting), duty.NotOnDuty, NoRoom.
    """
    permissions.lock_person(by.pk)
    # As the visitor's own words do, before the session: no newer sitting opens meanwhile.
    permissions.lock_visitor_of(session_id)
    session = permissions.lock_own(session_id, by)
    state = lifecycle.after(Move.REOPEN, State(session.state))
    if session.medium != Medium.CHAT:
        raise CannotMove(Move.REOPEN, State(session.state))
    duty.require_duty(user=by, program_id=session.program_id, by=by)
    _require_room(by, session.program, timezone.now())
    # The visitor's next words would go to the newer one, ended or not.
    if Session.objects.filter(visitor=session.visitor_id, medium=Medium.CHAT, pk__gt=session.pk).exists():
        raise CannotMove(Move.REOPEN, State(session.state))
    now = timezone.now()
    back = phoning.reopened(session)
    session.state, session.ended_at, session.end_reason = state, None, ""
    session.silent_since, session.idle_steps = now, 0
    fields = ("state", "ended_at", "end_reason", "silent_since", "idle_steps", *back)
    timeline.record(session, "session.reopened", at=now, by=by, fields=fields)
