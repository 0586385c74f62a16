"""The measures once more, a session at a time in plain Python: written from domain.md §4, not from measures.py."""

from datetime import timedelta

from counseling.models import FollowUp, Outreach, Session
from counseling.opening import TOKYO, Hours, status_at

CLOSED = {"off_hours", "after_intake_close", "not_yet", "period_over", "paused", "closed"}


def names_of(session: Session) -> set[str]:
    """Every measure that counts this session."""
    if session.trial or session.medium != "chat" or session.classification == "test":
        return set()
    counted = {"accesses", outcome_of(session)}
    if session.refusal not in CLOSED:
        counted.add("in_hours")
    if session.first_response_at is not None:
        counted.add("answered")
    if "valid" in counted and session.thankful_end:
        counted.add("thankful")
    if session.phoned_at is not None:
        counted.add("phoned")
    return counted | after(session)


def after(session: Session) -> set[str]:
    """What came after it, row by row."""
    rows = [row for row in FollowUp.objects.all() if row.session_id == session.pk and not row.waived]
    found = {"followed"} if rows else set()
    found |= {"follow_done" if row.state == "done" else "follow_open" for row in rows if row.state != "given_up"}
    if any(row.arrived_at and row.session_id == session.pk for row in Outreach.objects.all()):
        found.add("visited")
    return found


def outcome_of(session: Session) -> str:
    """The one part of the accesses it belongs to."""
    verdict = session.classification or session.end_reason
    if session.refusal in CLOSED:
        return "out_of_hours"
    if "out_of_scope" in {session.refusal, session.state, verdict}:
        return "out_of_scope"
    if session.refusal:
        return "turned_away"
    if verdict == "prank":
        return "prank"
    if session.first_response_at is None:
        return "pending" if session.state in {"intake", "waiting", "active", "held"} else "unanswered"
    wrote_after = session.last_visitor_at is not None and session.last_visitor_at > session.first_response_at
    return "valid" if wrote_after else "no_reply"


def day_of(session: Session, hours: Hours, *, service: bool) -> str:
    """The day it is counted on."""
    arrived = session.received_at.astimezone(TOKYO)
    day = arrived.date()
    night = [window for window in hours.windows_on(day - timedelta(days=1)) if window.closes > 24 * 60]
    minutes = 24 * 60 + arrived.hour * 60 + arrived.minute
    if service and any(minutes < window.closes for window in night):
        day -= timedelta(days=1)
    assert not service or status_at(hours, arrived).service_day in {None, day}
    return day.isoformat()
