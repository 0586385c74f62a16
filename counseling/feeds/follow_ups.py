"""Follow-ups (要フォロー) as they are read: the work list of a program, one of them, and a visitor's.

Whoever takes sessions in a program may know that there is one, for whom and when. What it is about is for its owner,
for who made it, for supervisors, and for the people on duty where it is the shift's.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.roles import Right, holders
from counseling import crypto
from counseling.events import DueFollowUps
from counseling.models import Duty, FollowUp, FollowUpMessage, FollowUpStep, Membership, Program, Session, Visitor
from counseling.opening import midnight

LATELY = timedelta(days=14)
MOST = 300
FollowUps = QuerySet[FollowUp]


def held(user: Any, program: Any, right: Right) -> Exists:
    """Whether that person holds the right in that program."""
    roles = Membership.objects.filter(user=user, program=program, user__is_active=True, role__in=holders(right))
    return Exists(roles)


def _on_duty(user: Any, program: Any) -> Exists:
    return Exists(Duty.objects.filter(user=user, program=program, ended_at=None))


def standing(now: datetime) -> FollowUps:
    """Every follow-up with `owner_here` (they still take sessions there) and `falls` (the shift has it now).

    It falls to the shift where it has no owner, where the owner is no longer here, and from the day it is due on where
    the owner is not on duty.
    """
    tomorrow = midnight(timezone.localdate(now) + timedelta(days=1))
    here = held(OuterRef("owner"), OuterRef("program"), Right.TAKE_SESSIONS)
    away = ~Q(_on_duty(OuterRef("owner"), OuterRef("program"))) & Q(due_at__lte=tomorrow)
    falls = Q(owner=None) | ~Q(here) | away
    return FollowUp.objects.annotate(
        owner_here=here, falls=ExpressionWrapper(falls, output_field=BooleanField())
    ).select_related("visitor__channel", "visitor__door", "owner", "by", "session", "program")


def readable(user: User, now: datetime | None = None) -> FollowUps:
    """Those whose words `user` may read, and with which they may go on."""
    steers = Q(held(user, OuterRef("program"), Right.STEER))
    takes = Q(held(user, OuterRef("program"), Right.TAKE_SESSIONS))
    mine = Q(owner=user) | Q(by=user) | (Q(falls=True) & Q(_on_duty(user, OuterRef("program"))))
    return standing(now or timezone.now()).filter(steers | (takes & mine))


def one(user: User, follow_up_id: int) -> FollowUp | None:
    """One that `user` may read."""
    return readable(user).filter(pk=follow_up_id).first()


def open_in(program: Program, now: datetime) -> FollowUps:
    """Those of the program that are not over, by risk and then by time."""
    return standing(now).filter(program=program, ended_at=None).order_by(F("risk").desc(), "due_at", "pk")


def lately(program: Program, now: datetime) -> FollowUps:
    """Those that ended within LATELY, the last one first."""
    return standing(now).filter(program=program, ended_at__gt=now - LATELY).order_by("-ended_at")[:MOST]


def due_in(program_id: int, now: datetime) -> DueFollowUps:
    """How many are overdue, and how many more are due until the end of this day: one query."""
    end = midnight(timezone.localdate(now) + timedelta(days=1))
    late, today = Count("pk", filter=Q(due_at__lte=now)), Count("pk", filter=Q(due_at__gt=now))
    counted = FollowUp.objects.filter(program=program_id, ended_at=None, due_at__lte=end)
    numbers = counted.aggregate(late=late, today=today)
    return {"late": numbers["late"], "today": numbers["today"]}


@dataclass(frozen=True)
class Opened:
    """A step with its words; empty where none were written, or the visitor's key is gone."""

    step: FollowUpStep
    words: str


def steps(follow_up: FollowUp) -> list[Opened]:
    """Its steps, the last one first."""
    rows = follow_up.steps.select_related("by", "owner").order_by("-number")
    return [Opened(row, _said(row, follow_up)) for row in rows]


def messages(follow_up: FollowUp) -> list[tuple[FollowUpMessage, str]]:
    """What was written to its visitor, the last one first."""
    rows = follow_up.messages.select_related("by", "delivery", "answered_in").order_by("-pk")
    return [(row, _said(row, follow_up)) for row in rows]


def written_to(visitor: Visitor) -> QuerySet[FollowUpMessage]:
    """What was written to this visitor outside sittings, also to who they are on LINE."""
    return FollowUpMessage.objects.filter(follow_up__visitor__in=[visitor.pk, visitor.door_id or visitor.pk])


def is_written_to(visitor: Visitor) -> bool:
    """Whether something of it was not read yet."""
    return written_to(visitor).filter(read_at=None, delivery=None).exists()


def _said(row: FollowUpStep | FollowUpMessage, follow_up: FollowUp) -> str:
    try:
        return row.said(follow_up.visitor.key())
    except crypto.CannotOpen:
        return ""


def of_session(session: Session) -> FollowUps:
    """The follow-ups a session has led to, the last one first."""
    return standing(timezone.now()).filter(session=session).order_by("-pk")


@dataclass(frozen=True)
class Moment:
    """One line of a visitor's life, for a timeline: when, what kind, and the words its reader may see."""

    at: datetime
    kind: str
    words: str
    row_id: int


def of_visitors(by: User, visitor_ids: Collection[int]) -> list[Moment]:
    """Every step of these visitors' follow-ups that `by` may read, and what was written to them, by time."""
    mine = readable(by).filter(visitor__in=visitor_ids)
    told: list[Moment] = []
    for follow_up in mine:
        told += [Moment(o.step.at, f"follow_up.{o.step.kind}", o.words, follow_up.pk) for o in steps(follow_up)]
        told += [Moment(row.at, "follow_up.message", words, follow_up.pk) for row, words in messages(follow_up)]
    return sorted(told, key=lambda one: one.at)


def unread_of(by: User, visitor_ids: Collection[int]) -> list[datetime]:
    """When those follow-ups of these visitors began whose words are not `by`'s to read."""
    theirs = readable(by).filter(visitor__in=visitor_ids).values("pk")
    rows = FollowUp.objects.filter(visitor__in=visitor_ids).exclude(pk__in=theirs)
    return list(rows.values_list("at", flat=True))
