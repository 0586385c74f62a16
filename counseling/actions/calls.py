"""Calls for a supervisor in the midst of a talk (SVに相談・緊急): made, answered by a name, or brought to the next.

A call stands on every supervisor's screen until it is answered; meanwhile the talk goes on. Who does not answer in the
program's time is not waited for: mails go to the supervisors who are not there, and after as long again to the
administrators. What was called for is said in whispers: a call is codes and times alone.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.roles import Right, Role, holders
from counseling import later, lifecycle, permissions, timeline
from counseling.actions import reading
from counseling.actions.sweeping import each
from counseling.events import EventKind
from counseling.lifecycle import CallKind, CallStep
from counseling.models import CallMail, Membership, Presence, Session
from counseling.models.staff import PRESENCE_LIFE
from counseling.models.supervision import Reason

FIELDS = (
    "call_kind", "called_at", "called_by", "call_step", "call_due_at", "call_answered_at", "call_answered_by",
)  # fmt: skip


WEIGHT = {CallKind.APPROVAL: 0, CallKind.CONSULT: 1, CallKind.URGENT: 2}


class CannotCall(Exception):
    """The talk is over: what is asked about its record can be whispered."""


class NoCall(Exception):
    """Nobody calls in this session just now: the call was answered and ended, or taken back."""


class AnsweredAlready(Exception):
    """Another supervisor has answered the call."""


@transaction.atomic
def make(*, session_id: int, by: User, kind: CallKind) -> None:
    """The session's counselor calls. The same again is one call; an urgent one takes the place of a consultation.

    Raises permissions.NotVisible, CannotCall.
    """
    session = permissions.lock_own(session_id, by)
    if session.state not in lifecycle.TAKEN:
        raise CannotCall(session.state)
    call(session, kind=kind, by=by, now=timezone.now())


def call(session: Session, *, kind: CallKind, by: User, now: datetime) -> None:
    """Call in a locked session; nothing where a call of this weight, or a heavier one, stands there already."""
    if session.call_kind and WEIGHT[CallKind(session.call_kind)] >= WEIGHT[kind]:
        return
    somebody = _supervisors(session).filter(user__in=_present(now)).exists()
    session.call_kind, session.called_at, session.called_by = kind, now, by
    session.call_answered_at = session.call_answered_by = None
    session.call_step = CallStep.SUPERVISORS
    session.call_due_at = now + session.program.call_after if somebody else now
    _record(session, "call.made", now, by, call=kind)
    if not somebody:
        _go_on(session, now)


@transaction.atomic
def answer(*, session_id: int, by: User, address: str | None = None) -> datetime:
    """A supervisor comes: the counselor sees who. Until when they may read along; twice is the same.

    Raises permissions.NotVisible, NoCall, AnsweredAlready.
    """
    session = permissions.lock_steered(session_id, by)
    if not session.call_kind:
        raise NoCall
    if session.call_answered_by_id not in {None, by.pk}:
        raise AnsweredAlready
    if session.call_answered_by_id is None:
        now = timezone.now()
        session.call_answered_at, session.call_answered_by, session.call_due_at = now, by, None
        _record(session, "call.answered", now, by, call=session.call_kind)
    return reading.begin(session_id=session_id, by=by, reason=Reason.ASKED, address=address)


@transaction.atomic
def end(*, session_id: int, by: User) -> None:
    """The call is over: its counselor takes it back, or whoever came has helped. Twice is the same.

    Raises permissions.NotVisible.
    """
    session = permissions.lock(session_id, by)
    if session.call_kind:
        settle(session, by=by, now=timezone.now())


def settle(session: Session, *, by: User | None, now: datetime) -> None:
    """End the call of a locked session, where there is one."""
    if not session.call_kind:
        return
    kind, session.call_kind = session.call_kind, ""
    session.called_at = session.called_by = session.call_due_at = None
    session.call_answered_at = session.call_answered_by = None
    session.call_step = CallStep.SUPERVISORS
    _record(session, "call.ended", now, by, call=kind)


def escalate() -> int:
    """Bring every call that nobody answered in time to the next; how many. Each in a transaction of its own."""
    now = timezone.now()
    due = Session.objects.filter(call_due_at__lte=now, state__in=lifecycle.LIVE)
    return each(due.values_list("pk", flat=True), _escalate, now)


@transaction.atomic
def _escalate(session_id: int, now: datetime) -> int:
    session = permissions.locked(session_id)
    if session.call_due_at is None or session.call_due_at > now or session.state not in lifecycle.LIVE:
        return 0
    _go_on(session, now)
    return 1


def _go_on(session: Session, now: datetime) -> None:
    """To the absent supervisors; where there are none, or they do not come either, to the administrators."""
    step = CallStep(session.call_step + 1)
    people = _told_at(session, step, now)
    if not people and step == CallStep.ABSENT:
        step = CallStep.MANAGERS
        people = _told_at(session, step, now)
    session.call_step = step
    session.call_due_at = None if step == CallStep.MANAGERS else now + session.program.call_after
    _record(session, "call.escalated", now, None, call=session.call_kind, step=int(step))
    about = {"session": session, "kind": session.call_kind, "called_at": session.called_at or now}
    CallMail.objects.bulk_create(CallMail(user_id=person, due_at=now, **about) for person in people)
    later.send_mails("calls")


def _told_at(session: Session, step: CallStep, now: datetime) -> list[int]:
    """Whom a call is mailed to at this step: people of the program who are not on its screens; nobody in practice."""
    if session.program.practice:
        return []
    people = _supervisors(session)
    if step == CallStep.ABSENT:
        people = people.exclude(user__in=_present(now))
    else:
        people = Membership.objects.filter(
            program=session.program_id, role=Role.ADMINISTRATOR, user__is_active=True
        ).exclude(user=session.counselor_id)
    return sorted(set(people.values_list("user_id", flat=True)))


def _supervisors(session: Session) -> QuerySet[Membership]:
    people = Membership.objects.filter(program=session.program_id, role__in=holders(Right.STEER), user__is_active=True)
    return people.exclude(user=session.counselor_id)


def _present(now: datetime) -> QuerySet[Presence, int]:
    return Presence.objects.filter(seen_at__gt=now - PRESENCE_LIFE).values_list("user_id", flat=True)


def _record(session: Session, kind: EventKind, at: datetime, by: User | None, **details: Any) -> None:
    timeline.record(session, kind, at=at, by=by, fields=FIELDS, **details)
