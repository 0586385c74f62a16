"""Whether a new sitting is taken in: why not, its place in the queue, and what its visitor is told."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from counseling import feeds, later, lifecycle, opening, stages, timeline
from counseling.actions import danger
from counseling.actions.writing import tell
from counseling.lifecycle import Move, Refusal, State
from counseling.models import Program, Session, Visitor
from counseling.opening import TOKYO
from counseling.stages import Stage
from counseling.triage import Risk

# No service day is longer, from its first opening to its last close.
LONGEST_DAY = timedelta(hours=48)


def receive_or_turn_away(session: Session) -> None:
    """Put a new sitting into the queue, or answer what the program says when it takes none."""
    if refusal := refusal_of(session):
        turn_away(session, refusal)
    else:
        accept(session)


def refusal_of(session: Session) -> Refusal | None:
    """Why the sitting is not taken in now; None when it is."""
    # A trial is let in whenever: in a draft, outside the hours, without enough people.
    in_danger = session.risk >= Risk.HIGH
    return None if session.trial else refusal_for(session.visitor, timezone.now(), in_danger=in_danger)


def turn_away(session: Session, refusal: Refusal, changed: tuple[str, ...] = (), *, told: bool = False) -> None:
    """Nobody takes it now: the visitor is told why, and where to turn (unless they were `told` already).

    `changed` are columns of the session that the caller changed.
    """
    now = timezone.now()
    session.state = lifecycle.after(Move.TURN_AWAY, State(session.state))
    session.refusal, session.ended_at, session.closed_at, session.waiting_since = refusal, now, now, None
    fields = ("state", "refusal", "ended_at", "closed_at", "waiting_since", *changed)
    timeline.record(session, "session.turned_away", at=now, fields=fields, refusal=refusal)
    if not told:
        tell(session, str(refusal))
    if session.risk >= Risk.HIGH:
        danger.call_supervisors(session)


def accept(session: Session, changed: tuple[str, ...] = ()) -> None:
    """Put it into the queue; the visitor is told their place. `changed`: columns that the caller changed."""
    now = timezone.now()
    session.state = lifecycle.after(Move.ACCEPT, State(session.state))
    session.queued_at, session.waiting_since = now, session.waiting_since or now
    session.refusal = ""
    fields = ("state", "queued_at", "waiting_since", "refusal", *changed)
    timeline.record(session, "session.accepted", at=now, fields=fields)
    place, waiting = feeds.place_in_queue(session.program_id, session.pk)
    tell(session, "accepted", waiting=waiting, place=place or waiting)
    later.offer(session.program_id)


def refusal_for(visitor: Visitor, now: datetime, *, in_danger: bool = False) -> Refusal | None:
    """Why the program takes no new sitting of this visitor at `now`; danger is never turned away by a limit."""
    if refusal := refusal_at(visitor.program, now):
        return refusal
    return Refusal.LIMITED if not in_danger and _has_used_up(visitor, now) else None


def refusal_at(program: Program, now: datetime) -> Refusal | None:
    """Why the program takes no new sitting at `now` (its stage, its hours, its people); None when it does."""
    if refusal := stages.refusal(Stage(program.stage)):
        return refusal
    if program.status_at(now).intake_open:
        return None if feeds.is_staffed(program) else Refusal.UNSTAFFED
    why = opening.why_closed(program.opening(), now, program.starts_on, program.ends_on)
    return _REFUSALS[why or "off_hours"]


_REFUSALS = {
    "off_hours": Refusal.OFF_HOURS,
    "after_intake_close": Refusal.AFTER_INTAKE_CLOSE,
    "not_yet": Refusal.NOT_YET,
    "ended": Refusal.PERIOD_OVER,
}


def _has_used_up(visitor: Visitor, now: datetime) -> bool:
    """Whether the visitor had as many sittings on this service day as the program allows."""
    program = visitor.program
    if program.daily_limit is None:
        return False
    lately = Session.objects.filter(visitor=visitor, trial=False, queued_at__gt=now - LONGEST_DAY, queued_at__lte=now)
    today = _service_day(program, now)
    taken = [at for at in lately.values_list("queued_at", flat=True) if at and _service_day(program, at) == today]
    return len(taken) >= program.daily_limit


def _service_day(program: Program, at: datetime) -> date:
    """The day a moment belongs to: a night that began before midnight is the day before's."""
    return program.status_at(at).service_day or at.astimezone(TOKYO).date()
