"""Somebody may be in danger and nobody of the staff reads it now: where to turn at once, and who is called."""

from collections.abc import Sequence

from django.utils import timezone

from counseling import later
from counseling.actions import notices
from counseling.actions.writing import tell
from counseling.lifecycle import Refusal
from counseling.models import Message, OnCallMail, Session
from counseling.models.message import Author
from counseling.quick_replies import QuickReply
from counseling.triage import Risk

# The text with the emergency contacts.
CONTACTS = "danger_before_consent"
# From here on words are answered by it; and from here on supervisors are called.
ANSWERED_FROM, CALLED_FROM = Risk.MODERATE, Risk.HIGH


def answer(
    session: Session,
    raised: Risk,
    refusal: Refusal | None,
    replies: Sequence[QuickReply] = (),
    changed: tuple[str, ...] = (),
) -> bool:
    """Answer words that `raised` the risk with emergency contacts, and call supervisors; False where they did not.

    `refusal`: why nobody is let in just now; `changed`: columns of the session that the caller changed. Once for each
    level that is reached.
    """
    if raised < ANSWERED_FROM:
        return False
    tell_contacts(session, refusal, replies, changed)
    if raised >= CALLED_FROM:
        call_supervisors(session)
    return True


def tell_contacts(
    session: Session,
    refusal: Refusal | None,
    replies: Sequence[QuickReply] = (),
    changed: tuple[str, ...] = (),
) -> None:
    """Where to turn at once, and whether anybody is here now."""
    said = notices.said_now(session.program, refusal, session.visitor.language)
    tell(session, CONTACTS, changed, replies, now=said)


def was_told_lately(session: Session) -> bool:
    """Whether the contacts were told since the visitor began to write, in one go."""
    now = timezone.now()
    told = Message.objects.filter(session=session, author=Author.AUTO, auto_key=CONTACTS)
    return told.filter(created_at__gt=now - session.program.episode_silence, created_at__lte=now).exists()


def call_supervisors(session: Session) -> None:
    """The one place where supervisors are called to somebody in danger whom nobody attends to yet.

    The board and the wall show them by the risk itself; where nobody is let in now, or they were let in in spite of
    what was arranged with them, who is on call is owed a mail, once for a sitting.
    """
    if (session.refusal or session.in_spite_of) and not session.trial and not session.program.practice:
        OnCallMail.objects.get_or_create(session=session)
        later.send_mails("on_call")
