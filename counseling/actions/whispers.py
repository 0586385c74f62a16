"""Whispers (ささやき): what a supervisor and the session's counselor say to each other beside the talk.

A whisper never leaves the house and never counts as a reply: clocks, counts and deliveries stay as they are.
"""

from uuid import UUID

from django.db import transaction

from accounts.models import User
from counseling import lifecycle, permissions, timeline
from counseling.actions.asides import sealed, taken_before
from counseling.models import Whisper
from counseling.text import clean

WHISPER_LIMIT = 2_000  # UTF-16 units


class CannotWhisper(Exception):
    """Nobody has the session just now, so there is nobody to whisper with."""


@transaction.atomic
def say(*, session_id: int, by: User, client_id: UUID, words: str) -> tuple[Whisper, bool]:
    """Whisper to whoever is at the other end: a supervisor to the counselor, the counselor back; True when new.

    Raises permissions.NotVisible, text.UnacceptableText, messages.ClientIdReused, CannotWhisper.
    """
    words = clean(words, limit=WHISPER_LIMIT)
    session = permissions.lock(session_id, by)
    if same := taken_before(Whisper, session, by=by, client_id=client_id, words=words):
        return same, False
    if session.counselor_id is None or session.state not in lifecycle.LIVE:
        raise CannotWhisper(session.state)
    whisper = sealed(Whisper, session, by=by, words=words, client_id=client_id)
    timeline.record(session, "whisper.said", at=whisper.created_at, by=by, whisper=whisper, version=whisper.version)
    return whisper, True
