"""Follow-up (要フォロー): made by a person, gone on with, handed on, and ended by a person alone.

Whoever acts has seen the follow-up as it stood (`seen`, its version): who is later is told who was first. Pressing the
same button twice is once.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import Right
from counseling import follow_ups, permissions
from counseling.actions import following
from counseling.actions.following import BadFollowUp
from counseling.actions.messages import ClientIdReused
from counseling.actions.queue import NotForTrainees
from counseling.feeds import follow_ups as feed
from counseling.follow_ups import Due, FollowMove, Origin, Wanted, after, due_wrong
from counseling.models import FollowUp, FollowUpStep, Session, Visitor
from counseling.models.follow_up import StepKind
from counseling.text import clean
from counseling.triage import Risk


class ChangedMeanwhile(Exception):
    """Somebody went on with it since it was looked at."""


@dataclass(frozen=True)
class Wish:
    """Who acts on which follow-up, as it stood at version `seen`."""

    follow_up_id: int
    by: User
    seen: int


@transaction.atomic
def make(*, session_id: int, by: User, wanted: Wanted, client_id: UUID) -> FollowUp:
    """Begin one from a session: its counselor, or a supervisor. The same `client_id` is one.

    Raises permissions.NotVisible, BadFollowUp, ClientIdReused.
    """
    session = permissions.lock(session_id, by)
    return _make(session.visitor, session, by, wanted, client_id)


@transaction.atomic
def make_for_visitor(*, visitor_id: int, by: User, wanted: Wanted, client_id: UUID) -> FollowUp:
    """Begin one by a supervisor's own decision, from the visitor's latest session.

    Raises permissions.NotVisible, BadFollowUp, ClientIdReused.
    """
    visitor = Visitor.objects.select_for_update(of=("self",), no_key=True).filter(pk=visitor_id).first()
    if visitor is None or not visitor.wrapped_key:
        raise permissions.NotVisible
    permissions.require(by, Right.STEER, visitor.program_id)
    latest = Session.objects.filter(visitor=visitor).order_by("-pk").first()
    return _make(visitor, latest, by, wanted, client_id)


def _make(visitor: Visitor, session: Session | None, by: User, wanted: Wanted, client_id: UUID) -> FollowUp:
    same = FollowUp.objects.filter(by=by, client_id=client_id).first()
    if same:
        if same.visitor_id != visitor.pk:
            raise ClientIdReused
        return same
    if wanted.is_waived:
        raise BadFollowUp({"why_not": "not_here"})
    return following.begin(
        visitor, wanted, origin=Origin.SUPERVISOR, by=by, client_id=client_id, risk=session.risk if session else 0,
        session=session,
    )  # fmt: skip


@transaction.atomic
def go_on(*, wish: Wish, words: str, day: date | None, clock: time | None) -> FollowUp:
    """Something was done, and there is a next day: the next step of the same follow-up.

    Raises permissions.NotVisible, ChangedMeanwhile, CannotFollow, NotForTrainees, BadFollowUp (what, day).
    """
    return _move(wish, FollowMove.GO_ON, words=words, due=(day, clock))


@transaction.atomic
def finish(*, wish: Wish, words: str) -> FollowUp:
    """It is done: what was done.

    Raises permissions.NotVisible, ChangedMeanwhile, CannotFollow, NotForTrainees, BadFollowUp (what).
    """
    return _move(wish, FollowMove.FINISH, words=words)


@transaction.atomic
def give_up(*, wish: Wish, words: str) -> FollowUp:
    """Give it up, for a reason; at high risk a supervisor has yet to agree, and it goes on meanwhile.

    Raises permissions.NotVisible, ChangedMeanwhile, CannotFollow, NotForTrainees, BadFollowUp (what).
    """
    return _move(wish, FollowMove.GIVE_UP, words=words)


@transaction.atomic
def confirm(*, wish: Wish) -> FollowUp:
    """A supervisor who did not ask for it agrees that it is given up.

    Raises permissions.NotVisible, ChangedMeanwhile, CannotFollow.
    """
    return _move(wish, FollowMove.CONFIRM)


@transaction.atomic
def refuse(*, wish: Wish, words: str, day: date | None, clock: time | None) -> FollowUp:
    """A supervisor wants it to go on, with a word and a next day.

    Raises permissions.NotVisible, ChangedMeanwhile, CannotFollow, BadFollowUp (what, day).
    """
    return _move(wish, FollowMove.REFUSE, words=words, due=(day, clock))


@transaction.atomic
def hand_on(*, wish: Wish, owner_id: int | None) -> FollowUp:
    """Another person has it now; without one the shift.

    Raises permissions.NotVisible, ChangedMeanwhile, CannotFollow, NotForTrainees, BadFollowUp (owner: not_here).
    """
    found = _seen(wish, FollowMove.HAND_ON)
    if isinstance(found, FollowUpStep):
        return found.follow_up
    if owner_id is not None and owner_id not in following.owners(found.program_id, found.risk):
        raise BadFollowUp({"owner": "not_here"})
    found.owner_id = owner_id
    return _keep(found, FollowMove.HAND_ON, wish.by, "", timezone.now())


@transaction.atomic
def raise_risk(*, wish: Wish, risk: Risk, words: str = "") -> FollowUp:
    """Somebody finds it more urgent. Nobody makes it less urgent: it is done, or given up.

    A trainee's goes to the shift once the risk is high. Raises as the others; BadFollowUp (risk: not_higher).
    """
    found = _seen(wish, FollowMove.RAISE)
    if isinstance(found, FollowUpStep):
        return found.follow_up
    if risk <= found.risk:
        raise BadFollowUp({"risk": "not_higher"})
    found.risk = risk
    if found.owner_id is not None and found.owner_id not in following.owners(found.program_id, risk):
        found.owner_id = None
    return _keep(found, FollowMove.RAISE, wish.by, words, timezone.now())


# What only a supervisor decides.
_DECISIONS = frozenset({FollowMove.CONFIRM, FollowMove.REFUSE})


def _move(
    wish: Wish, move: FollowMove, *, words: str = "", due: tuple[date | None, time | None] | None = None
) -> FollowUp:
    found, now = _seen(wish, move), timezone.now()
    if isinstance(found, FollowUpStep):
        return found.follow_up
    if move in _DECISIONS:
        _require_decider(found, wish.by)
    elif move == FollowMove.GIVE_UP and found.risk >= Risk.HIGH and not permissions.steers(wish.by, found.program_id):
        move = FollowMove.ASK_TO_GIVE_UP
    problems = {} if move == FollowMove.CONFIRM else follow_ups.words_wrong("what", words)
    if due is not None and (code := due_wrong(*due, now)):
        problems["day"] = code
    if problems:
        raise BadFollowUp(problems)
    if due is not None and due[0] is not None:
        found.due = Due(due[0], due[1])
    return _keep(found, move, wish.by, words, now)


def _keep(found: FollowUp, move: FollowMove, by: User, words: str, now: datetime) -> FollowUp:
    state = after(move, follow_ups.FollowState(found.state))
    found.state = state.value
    found.ended_at = now if state in follow_ups.OVER else None
    words = clean(words, limit=follow_ups.WORDS_LIMIT) if words.strip() else ""
    following.step(found, StepKind(move.value), by=by, at=now, words=words, key=found.visitor.key())
    return found


def _seen(wish: Wish, move: FollowMove) -> FollowUp | FollowUpStep:
    """The follow-up under its lock, for who may go on with it; the step itself where they took it just before."""
    found = locked(wish.follow_up_id, wish.by)
    if found.version != wish.seen:
        last = found.steps.order_by("-number").first()
        asked = {move.value, FollowMove.ASK_TO_GIVE_UP.value} if move == FollowMove.GIVE_UP else {move.value}
        if last and last.number == wish.seen + 1 and last.by_id == wish.by.pk and last.kind in asked:
            last.follow_up = found
            return last
        raise ChangedMeanwhile
    return found


def locked(follow_up_id: int, by: User) -> FollowUp:
    """The follow-up under its row lock, for who may go on with it. Raises permissions.NotVisible, NotForTrainees."""
    rows = FollowUp.objects.select_for_update(of=("self",), no_key=True).select_related("visitor", "program")
    found = rows.filter(pk=follow_up_id).first()
    if found is None or not feed.readable(by).filter(pk=follow_up_id).exists():
        raise permissions.NotVisible
    if found.risk >= Risk.HIGH and permissions.trainees(found.program_id, [by.pk]):
        raise NotForTrainees
    return found


def _require_decider(found: FollowUp, by: User) -> None:
    permissions.require(by, Right.STEER, found.program_id)
