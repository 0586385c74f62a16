"""A supervisor steps into somebody else's talk: writes in it beside its counselor, takes it over, gives it back."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import Right
from counseling import permissions
from counseling.actions import calls, sessions
from counseling.actions.messages import REPLY_LIMIT, CannotReply, replied_before
from counseling.actions.writing import answer, tell
from counseling.lifecycle import State, TakeOver
from counseling.models import Message, Session
from counseling.text import clean

# The text by which a visitor is told, once a session, that a supervisor writes, too.
TOLD_BY = "stepped_in"


class NotTakenOver(Exception):
    """The session was not taken over, or from somebody who is not here any more: nobody is there to give it back to."""


@transaction.atomic
def write(*, session_id: int, by: User, client_id: UUID, words: str) -> tuple[Message, bool]:
    """The supervisor's own words to the visitor; the talk stays with its counselor. True when new.

    Raises permissions.NotVisible, text.UnacceptableText, messages.CannotReply, messages.ClientIdReused.
    """
    words = clean(words, limit=REPLY_LIMIT)
    session = permissions.lock_steered(session_id, by)
    if same := replied_before(session, client_id, words):
        return same, False
    if session.state != State.ACTIVE:
        raise CannotReply(session.state)
    # Whoever has taken the talk over meanwhile answers in it as its counselor.
    if session.counselor_id != by.pk:
        introduce(session)
    return answer(session, by=by, client_id=client_id, words=words), True


def introduce(session: Session) -> None:
    """Tell the visitor, once and where the program does, that a supervisor writes, too."""
    if session.program.tells_stepping_in and not _was_told(session):
        tell(session, TOLD_BY)


def _was_told(session: Session) -> bool:
    return Message.objects.filter(session=session, auto_key=TOLD_BY).exists()


@transaction.atomic
def take_over(*, session_id: int, by: User, because: TakeOver) -> Session:
    """Take the talk over from its counselor, who is told by whom and why. Twice is the same.

    Raises permissions.NotVisible, CannotMove, sessions.NoRoom.
    """
    permissions.lock_person(by.pk)
    session = permissions.lock_steered(session_id, by)
    if session.state == State.ACTIVE and session.counselor_id == by.pk:
        return session
    sessions.pass_on(session, to=by, by=by, because=because)
    calls.settle(session, by=by, now=timezone.now())
    return session


@transaction.atomic
def hand_back(*, session_id: int, by: User, summary: str) -> Session:
    """Give a talk that was taken over back to its counselor, with what happened meanwhile.

    Raises permissions.NotVisible, NotTakenOver, CannotMove, duty.NotOnDuty, sessions.NoRoom, queue.NotForTrainees,
    text.UnacceptableText.
    """
    summary = clean(summary, limit=sessions.SUMMARY_LIMIT)
    to = User.objects.filter(taken_over__pk=session_id, taken_over__counselor=by).first()
    if to is not None:
        permissions.lock_person(to.pk)
    session = permissions.lock_own(session_id, by)
    if to is None or session.taken_from_id != to.pk or not _takes(to, session):
        raise NotTakenOver
    sessions.pass_on(session, to=to, by=by, summary=summary, why="given_back")
    return session


def _takes(user: User, session: Session) -> bool:
    return permissions.programs(user, Right.TAKE_SESSIONS).filter(pk=session.program_id).exists()
