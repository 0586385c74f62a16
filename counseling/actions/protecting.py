"""A supervisor goes on without the visitor's consent, to protect a life: with a reason, and told to the audit."""

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from counseling import permissions, timeline
from counseling.actions import consents, reading, sessions
from counseling.actions.notes import write_note
from counseling.lifecycle import Consent, State
from counseling.models import Session
from counseling.models.supervision import Reason
from counseling.text import clean
from counseling.triage import Risk


class NothingToProtect(Exception):
    """Nobody's life is in danger as far as is known, or nothing is withheld (any more)."""


@transaction.atomic
def protect(*, session_id: int, by: User, why: str, address: str | None = None) -> Session:
    """Read what was said before consent, and take the sitting over where it is not over. Twice is the same.

    Only a supervisor, only at high risk, and only with a reason, which stays as a note among staff; whatever else they
    have in hand. Raises permissions.NotVisible, text.UnacceptableText, NothingToProtect.
    """
    why = clean(why, limit=sessions.SUMMARY_LIMIT)
    permissions.lock_person(by.pk)
    session = permissions.lock_steered(session_id, by)
    if session.consent == Consent.WITHOUT and session.counselor_id == by.pk:
        return session
    if not session.withholds or session.risk < Risk.HIGH:
        raise NothingToProtect
    now = timezone.now()
    session.consent = Consent.WITHOUT
    write_note(session, by=by, words=why)
    timeline.record(session, "session.protected", at=now, by=by, fields=("consent",))
    if session.state == State.INTAKE:
        sessions.take_unasked(session, by)
    consents.show_words(session)
    # Of a sitting that is over the words are read like anybody else's: for an hour.
    reading.begin(session_id=session_id, by=by, reason=Reason.URGENCY, address=address)
    audit.note(
        Deed.CONSENT_OVERRIDDEN, by=by, subject=f"session:{session_id}", program_id=session.program_id, address=address
    )
    return session
