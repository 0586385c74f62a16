"""Whether a new sitting is taken in: why not, its place in the queue, and what its visitor is told."""

from datetime import datetime

from django.utils import timezone

from counseling import feeds, later, lifecycle, opening, stages, timeline
from counseling.actions import danger, keeping_out
from counseling.actions.writing import tell
from counseling.lifecycle import Move, Refusal, State
from counseling.models import Program, Session, Visitor
from counseling.stages import Stage
from counseling.triage import Risk


def receive_or_turn_away(session: Session) -> None:
    """Put a new sitting into the queue, or answer what the program says when it takes none."""
    if refusal := refusal_of(session):
        turn_away(session, refusal)
    else:
        let_in_danger(session)
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
    _tell_why(session, refusal, now, told=told)
    if session.risk >= Risk.HIGH:
        danger.call_supervisors(session)


def _tell_why(session: Session, refusal: Refusal, now: datetime, *, told: bool) -> None:
    """The program's text; to who is blocked not at every contact, but words near danger are always answered."""
    answer = keeping_out.turn_back(session.visitor, refusal, now, told=told)
    if answer:
        tell(session, answer.key, (), (), **answer.values)
    elif not told and session.risk >= danger.ANSWERED_FROM:
        danger.tell_contacts(session, refusal)


def let_in_danger(session: Session) -> None:
    """Somebody in danger is let in, whatever is arranged with them: where something is, supervisors are called."""
    now = timezone.now()
    kept_out = None if session.trial or session.in_spite_of else keeping_out.refusal_of(session.visitor, now)
    if kept_out is None or session.risk < Risk.HIGH:
        return
    session.in_spite_of = kept_out
    timeline.record(session, "session.let_in", at=now, fields=("in_spite_of",), refusal=kept_out)
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
    """Why the program takes no new sitting of this visitor at `now`; danger is never turned away by what is theirs."""
    if refusal := refusal_at(visitor.program, now):
        return refusal
    return None if in_danger else keeping_out.refusal_of(visitor, now)


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
