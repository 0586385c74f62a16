"""Mails about calls that nobody answered in time: owed to each person by calls.escalate, sent by the worker, once."""

from datetime import datetime, timedelta

from django.db.models import F, QuerySet
from django.utils import timezone

from accounts import mail
from counseling.actions.owed_mails import claim
from counseling.models import CallMail

# Who sends holds the mail for so long; one the server did not take is tried again after it.
TRY_AGAIN_AFTER = timedelta(minutes=1)
# Later than this it would call people to what is over.
GIVEN_UP_AFTER = timedelta(hours=1)


def is_due(*, now: datetime) -> bool:
    """Whether a mail is owed."""
    return _due(now).exists()


def send_next(*, now: datetime) -> bool:
    """Send the mail that is due longest; False when there is none. It names no visitor and says nothing of the talk."""
    owed = claim(_due(now), "user", "session__program", "session__called_by", now=now, hold=TRY_AGAIN_AFTER)
    if owed is None:
        return False
    session = owed.session
    context = {
        "name": owed.user.name,
        "program": session.program.name,
        "by": session.called_by.name if session.called_by else "",
        "urgent": owed.kind == "urgent",
        "at": timezone.localtime(owed.called_at),
        "link": f"{mail.address_of('console')}#session-{session.pk}",
    }
    if not owed.user.is_active or mail.send("call", owed.user.email, **context):
        CallMail.objects.filter(pk=owed.pk).update(sent_at=now)
    return True


def _due(now: datetime) -> QuerySet[CallMail]:
    """Mails about calls that are still open and unanswered: the others are owed no more."""
    still = CallMail.objects.filter(session__called_at=F("called_at"), session__call_answered_at=None)
    return still.filter(sent_at=None, due_at__lte=now, called_at__gt=now - GIVEN_UP_AFTER)
