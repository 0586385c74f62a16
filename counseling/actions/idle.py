"""Silence: the nudge, the second notice, the close; and the end of the hours for those who still wait.

A session at high risk is never ended by a timer.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from counseling import permissions, staffing, timeline
from counseling.actions import visits
from counseling.actions.sweeping import each
from counseling.actions.writing import tell
from counseling.feeds.crew import crews
from counseling.lifecycle import EndReason, Move, State
from counseling.models import Program, Session, SessionEvent
from counseling.triage import Risk

NUDGED, NOTICED = 1, 2


def walk() -> int:
    """Take the next step with every session that is silent for long enough; how many steps were taken."""
    now = timezone.now()
    silent = (
        Session.objects.filter(state=State.ACTIVE, waiting_since=None, first_response_at__isnull=False)
        .filter(
            Q(idle_steps=0, silent_since__lte=now - F("program__nudge_after"))
            | Q(idle_steps=NUDGED, silent_since__lte=now - F("program__notice_after"))
            | Q(idle_steps=NOTICED, silent_since__lte=now - F("program__close_after"), risk__lt=Risk.HIGH)
        )
        .values_list("pk", flat=True)
    )
    return each(list(silent), _step, now) + _end_of_hours(now)


@transaction.atomic
def _step(session_id: int, now: datetime) -> int:
    session = permissions.locked(session_id)
    if session.state != State.ACTIVE or session.waiting_since or session.silent_since is None:
        return 0
    program, silence = session.program, now - session.silent_since
    if session.idle_steps == 0 and silence >= program.nudge_after:
        _say(session, "nudge", NUDGED, now)
    elif session.idle_steps == NUDGED and silence >= program.notice_after:
        if not _had_time(session, program.notice_after - program.nudge_after, now):
            return 0
        _say(session, "notice", NOTICED, now)
    elif session.idle_steps == NOTICED and silence >= program.close_after and session.risk < Risk.HIGH:
        if not _had_time(session, program.close_after - program.notice_after, now):
            return 0
        tell(session, "idle_close")
        visits.finish(session, Move.END, "session.ended", reason=EndReason.IDLE)
    else:
        return 0
    return 1


def _had_time(session: Session, time: timedelta, now: datetime) -> bool:
    """Whether the visitor had `time` to answer the step before: it may have come late, after the worker was away."""
    told = SessionEvent.objects.filter(session=session, kind="session.nudged").order_by("-version")
    return now - told.values_list("at", flat=True)[0] >= time


def _say(session: Session, key: str, step: int, now: datetime) -> None:
    if key == "notice" and session.risk >= Risk.HIGH:
        # «We will end the talk» would be untrue: no timer ends this one.
        key = "nudge"
    session.idle_steps = step
    timeline.record(session, "session.nudged", at=now, fields=("idle_steps",), step=step)
    tell(session, key)


def _end_of_hours(now: datetime) -> int:
    """Those who still wait when the hours are over are told where to turn; not those at high risk.

    A talk that was going on and came back to the queue goes on while somebody is on duty who could take it.
    """
    waiting = Session.objects.filter(state=State.WAITING, risk__lt=Risk.HIGH, trial=False)
    programs = Program.objects.filter(pk__in=waiting.values("program"))
    closed = [program for program in programs if not program.status_at(now).open]
    at_work = crews(closed, now) if closed else {}
    left = [program.pk for program in closed if staffing.counted(at_work[program.pk])[0] == 0]
    over = waiting.filter(Q(program__in=left) | Q(program__in=closed, first_claimed_at=None))
    return each(list(over.values_list("pk", flat=True)), _turn_away, now)


@transaction.atomic
def _turn_away(session_id: int, _now: datetime) -> int:
    session = permissions.locked(session_id)
    if session.state != State.WAITING or session.risk >= Risk.HIGH:
        return 0
    tell(session, "hours_over")
    visits.part(session, EndReason.HOURS_OVER)
    return 1
