"""Consent (同意): what a visitor said before it is for nobody to read; shown once it is given, deleted where it is not.

The caller of what takes a session holds its row lock.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import DateTimeField, F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from counseling import permissions, timeline
from counseling.actions.sweeping import each
from counseling.lifecycle import FINISHED, WITHHOLDING, Consent
from counseling.models import Attachment, Message, Session
from counseling.models.message import AttachmentState, BeforeConsent
from counseling.triage import Risk

# A sitting before consent that nothing was heard of for as long as its program waits. High risk waits for a person.
SPOKE = Coalesce("last_visitor_at", "received_at", output_field=DateTimeField())
LAPSED = Q(spoke__lte=F("waited"), risk__lt=Risk.HIGH)


def give(session: Session, fields: tuple[str, ...] = ()) -> None:
    """The visitor agrees to the terms: from now on their words are read, those said before, too."""
    now = timezone.now()
    session.consent, session.consented_at = Consent.GIVEN, now
    timeline.record(session, "session.consented", at=now, fields=("consent", "consented_at", *fields))
    show_words(session)


def show_words(session: Session) -> None:
    """What was withheld is told now, message by message."""
    withheld = Message.objects.filter(session=session, before_consent=BeforeConsent.WITHHELD)
    for message in withheld.order_by("seq"):
        message.before_consent, message.version = BeforeConsent.SHOWN, timeline.next_version(session)
        message.save(update_fields=["before_consent", "version"])
        timeline.record(session, "message.shown", at=timezone.now(), message=message, version=message.version)


def delete_words(session: Session) -> None:
    """What was withheld is gone, unread: only that there was something stays."""
    withheld = Message.objects.filter(session=session, before_consent=BeforeConsent.WITHHELD)
    contents = Attachment.objects.filter(message__in=withheld.values("pk"))
    contents.update(content=b"", state=AttachmentState.GONE, size=0)
    withheld.update(body=b"", findings=b"", before_consent=BeforeConsent.DELETED)


def forget_unread() -> int:
    """Delete the words of sittings that ended without consent a while ago."""
    now = timezone.now()
    over = Session.objects.filter(state__in=FINISHED, consent__in=WITHHOLDING)
    over = over.filter(messages__before_consent=BeforeConsent.WITHHELD).distinct()
    return each(list(lapsed(over, now).values_list("pk", flat=True)), _forget, now)


def lapsed(sessions: QuerySet[Session], now: datetime) -> QuerySet[Session]:
    """Those of them whose visitor has not been heard for as long as the program waits; none at high risk."""
    waited = sessions.annotate(spoke=SPOKE, waited=now - F("program__intake_lapses_after"))
    return waited.filter(LAPSED)


@transaction.atomic
def _forget(session_id: int, _now: datetime) -> int:
    session = permissions.locked(session_id)
    if session.state not in FINISHED or not session.withholds or session.risk >= Risk.HIGH:
        return 0
    delete_words(session)
    return 1
