"""Requests as those who plan a program decide them: what would change, and what it would mean. Reading only."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import QuerySet

from counseling import roster as rules
from counseling.feeds.roster import BEFORE, as_work
from counseling.models import Program, Shift, ShiftRequest
from counseling.models.shift import RequestState
from counseling.roster import Concern, Work

AFTER = timedelta(days=7)
SHOWN_DECISIONS = 10


@dataclass
class Decision:
    """A request with the new concerns that approving it would bring."""

    request: ShiftRequest
    concerns: list[Concern] = field(default_factory=list)


def to_decide(program: Program, now: datetime) -> list[Decision]:
    """What a colleague accepted and waits for a planner; the soonest shift first."""
    rows = _of(program).filter(state=RequestState.ACCEPTED, shift__starts_at__gt=now).order_by("shift__starts_at", "pk")
    asked = list(rows)
    shifts = _shifts_of(asked)
    return [Decision(one, _new_concerns(one, shifts)) for one in asked]


def unanswered(program: Program, now: datetime) -> list[ShiftRequest]:
    """What no colleague has accepted yet."""
    return list(_of(program).filter(state=RequestState.OPEN, shift__starts_at__gt=now).order_by("shift__starts_at"))


def decided(program: Program) -> list[ShiftRequest]:
    """What was decided last."""
    rows = _of(program).filter(state__in=[RequestState.APPROVED, RequestState.DECLINED])
    return list(rows.order_by("-decided_at")[:SHOWN_DECISIONS])


def waiting_count(program: Program, now: datetime) -> int:
    """How many a planner has to decide."""
    return _of(program).filter(state=RequestState.ACCEPTED, shift__starts_at__gt=now).count()


def _of(program: Program) -> QuerySet[ShiftRequest]:
    return ShiftRequest.objects.filter(shift__program=program).select_related(
        "shift", "in_return", "asked_by", "to", "decided_by"
    )


def _shifts_of(asked: list[ShiftRequest]) -> list[Shift]:
    """Everything these people are planned for around these requests, in all programs: one query."""
    if not asked:
        return []
    moments = [shift.starts_at for one in asked for shift in (one.shift, one.in_return) if shift]
    people = {user_id for one in asked for user_id in (one.asked_by_id, one.to_id)}
    return list(
        Shift.objects.filter(user__in=people, starts_at__gt=min(moments) - BEFORE, starts_at__lt=max(moments) + AFTER)
    )


def _new_concerns(asked: ShiftRequest, shifts: list[Shift]) -> list[Concern]:
    takes = {asked.shift_id: asked.to_id}
    if asked.in_return_id:
        takes[asked.in_return_id] = asked.asked_by_id
    both = {asked.asked_by_id, asked.to_id}
    before = [as_work(shift) for shift in shifts if shift.user_id in both]
    after = [
        Work(work.starts_at, work.ends_at, takes.get(work.key, work.user), work.lines, work.program, work.key)
        for work in before
    ]
    known = {(one.kind, one.user, one.on) for one in _concerns(before)}
    return [one for one in _concerns(after) if (one.kind, one.user, one.on) not in known]


def _concerns(works: Iterable[Work]) -> list[Concern]:
    listed = list(works)
    return [*rules.double_bookings(listed), *rules.strains(listed)]
