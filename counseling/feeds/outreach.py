"""Visits (訪問相談) as they are read: the list of a program, one of them, a visitor's.

Whoever takes sessions in a program may know that there is one. Its words are for who asked for it, those who go, and
supervisors. Where the visitor lives is told by actions.outreach.show alone.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import F, OuterRef, Q, QuerySet

from accounts.models import User
from accounts.roles import Right
from counseling import crypto
from counseling.feeds.follow_ups import Moment, held
from counseling.models import Outreach, OutreachStep, Program

LATELY = timedelta(days=30)
MOST = 200


def readable(user: User) -> QuerySet[Outreach]:
    """Those whose words `user` may read."""
    steers, takes = (Q(held(user, OuterRef("program"), right)) for right in (Right.STEER, Right.TAKE_SESSIONS))
    mine = Q(by=user) | Q(pk__in=Outreach.objects.filter(going__user=user).values("pk"))
    rows = Outreach.objects.filter(steers | (mine & takes))
    return rows.select_related("visitor", "session", "by", "program").prefetch_related("goers")


def open_in(program: Program) -> QuerySet[Outreach]:
    """Those of the program that are not over, by risk and then by time."""
    rows = Outreach.objects.filter(program=program, ended_at=None).select_related("visitor", "by")
    return rows.prefetch_related("goers").order_by(F("risk").desc(), F("arrive_by").asc(nulls_first=True), "pk")[:MOST]


def lately(program: Program, now: datetime) -> QuerySet[Outreach]:
    """Those that are over, the last one first."""
    rows = Outreach.objects.filter(program=program, ended_at__gt=now - LATELY).select_related("visitor", "by")
    return rows.prefetch_related("goers").order_by("-ended_at")[:MOST]


def steps(row: Outreach) -> list[tuple[OutreachStep, str]]:
    """Its steps with their words, the last one first; empty where none were written, or the key is gone."""
    rows = row.steps.select_related("by").order_by("-number")
    return [(step, _said(step, row)) for step in rows]


def _said(step: OutreachStep, row: Outreach) -> str:
    try:
        return step.said(row.visitor.key())
    except crypto.CannotOpen:
        return ""


def consent(row: Outreach) -> str:
    """What the visitor said when they wished for it."""
    try:
        return row.opened("consent", row.visitor.key())
    except crypto.CannotOpen:
        return ""


def of_visitors(by: User, visitor_ids: Collection[int]) -> list[Moment]:
    """Every step of these visitors' visits that `by` may read, by time."""
    told = [
        Moment(step.at, f"outreach.{step.kind}", words, row.pk)
        for row in readable(by).filter(visitor__in=visitor_ids)
        for step, words in steps(row)
    ]
    return sorted(told, key=lambda one: one.at)


def unread_of(by: User, visitor_ids: Collection[int]) -> list[datetime]:
    """When those visits to these visitors were asked for whose words are not `by`'s to read."""
    theirs = readable(by).filter(visitor__in=visitor_ids).values("pk")
    rows = Outreach.objects.filter(visitor__in=visitor_ids).exclude(pk__in=theirs)
    return list(rows.values_list("at", flat=True))
