"""How urgent a session is. A machine may raise it (see writing.weigh); only a person lowers it."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from counseling import permissions, timeline
from counseling.actions import notifications
from counseling.actions.notes import write_note
from counseling.models import Session
from counseling.text import clean
from counseling.triage import Risk


@transaction.atomic
def assess(*, session_id: int, by: User, level: Risk, why: str) -> Session:
    """Set the risk with a reason, which is kept as a note among staff.

    Raises permissions.NotVisible, text.UnacceptableText (a reason is required).
    """
    why = clean(why, limit=2_000)
    session = permissions.lock(session_id, by)
    write_note(session, by=by, words=why)
    before, session.risk = Risk(session.risk), level
    now = timezone.now()
    timeline.record(session, "risk.changed", at=now, by=by, fields=("risk",), level=int(level))
    notifications.risk_raised(session, before=before, by="person", at=now)
    return session
