"""Lost sessions: the counselor's console is gone with the talk still theirs. Told at once, given back after a while.

Nothing is freed silently: until it is given back, the talk counts for its counselor as before. A held talk is lost
and given back like any other: who would take it up again is gone. So is one at high risk: it waits, it is not ended.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from accounts.roles import Right, holders
from counseling import lifecycle, permissions, timeline
from counseling.actions import sessions
from counseling.actions.sweeping import each
from counseling.models import Assignment, Duty, Membership, Presence, Session
from counseling.models.staff import PRESENCE_LIFE

BROKEN = (
    "{time}に担当者の接続が切れたため、この相談を待機列に戻しました。相談は続いています。"
    "これまでのやりとりを読んで、続きから応じてください。"
)
GONE = (
    "{time}に担当者が窓口の担当から外れたため、この相談を待機列に戻しました。相談は続いています。"
    "これまでのやりとりを読んで、続きから応じてください。"
)


class Step(StrEnum):
    """What is to be done with a taken session."""

    LOST = "lost"  # the counselor is not there: say so
    FOUND = "found"  # the counselor is back: say so
    BROKEN = "broken"  # away for too long: back to the queue
    GONE = "gone"  # no longer of the team: back to the queue at once


def watch() -> int:
    """Take the next step with every taken session whose counselor went or came; how many steps were taken."""
    now = timezone.now()
    return each(_due(now).values_list("pk", flat=True), _step, now)


def find(*, user_ids: list[int]) -> int:
    """These people are back: their lost sessions are found at once; how many steps were taken."""
    now = timezone.now()
    lost = _due(now).filter(counselor__in=user_ids, counselor_lost_at__isnull=False)
    return each(lost.values_list("pk", flat=True), _step, now)


def _due(now: datetime) -> QuerySet[Any]:
    """Taken sessions with the `step` that is due for each.

    There is: a console is open, and the person is on duty (also on a break) or may take over without. While nobody
    at all has been present for so long it is the house's own line that is broken: then no talk goes to the queue.
    """
    alive = Presence.objects.filter(seen_at__gt=now - PRESENCE_LIFE)
    roles = Membership.objects.filter(user=OuterRef("counselor"), program=OuterRef("program"), user__is_active=True)
    checked_in = Duty.objects.filter(user=OuterRef("counselor"), program=OuterRef("program"), ended_at=None)
    at_work = Exists(checked_in) | Exists(roles.filter(role__in=holders(Right.STEER)))
    waited = Exists(alive.filter(came_at__lte=now - OuterRef("program__rescue_after")))
    step = Case(
        When(~Exists(roles.filter(role__in=holders(Right.TAKE_SESSIONS))), then=Value(Step.GONE)),
        When(
            Exists(alive.filter(user=OuterRef("counselor"))) & at_work,
            then=Case(When(counselor_lost_at__isnull=False, then=Value(Step.FOUND))),
        ),
        When(counselor_lost_at=None, then=Value(Step.LOST)),
        When(Q(counselor_lost_at__lte=now - F("program__rescue_after")) & waited, then=Value(Step.BROKEN)),
    )
    return Session.objects.filter(state__in=lifecycle.TAKEN).annotate(step=step).filter(step__isnull=False)


@transaction.atomic
def _step(session_id: int, now: datetime) -> int:
    session = permissions.locked(session_id)
    step = _due(now).filter(pk=session_id).values_list("step", flat=True).first()
    if step == Step.LOST:
        session.counselor_lost_at = now
        timeline.record(session, "session.lost", at=now, fields=("counselor_lost_at",))
    elif step == Step.FOUND:
        session.counselor_lost_at = None
        timeline.record(session, "session.found", at=now, fields=("counselor_lost_at",))
    elif step is not None:
        text = GONE if step == Step.GONE else BROKEN
        since = timezone.localtime(session.counselor_lost_at or now)
        summary = _with_what_was_left(session, text.format(time=f"{since:%H:%M}"))
        sessions.give_back(session, ended_because="lost", summary=summary, why="lost")
    return int(step is not None)


def _with_what_was_left(session: Session, told: str) -> str:
    """What the lost counselor was handed themselves goes on to the next one, below what happened."""
    key = session.visitor.key()
    last = Assignment.objects.filter(session=session).order_by("-pk")[:2]
    handed = next((one.words(key) for one in last if one.summary), "")
    return f"{told}\n\n{handed}" if handed else told
