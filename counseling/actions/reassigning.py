"""Many sessions given on in one go, each in a transaction of its own: one that cannot go keeps no other."""

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import User
from accounts.roles import Right
from counseling import lifecycle, permissions
from counseling.actions import duty, queue, sessions
from counseling.lifecycle import CannotMove, State
from counseling.models import Session
from counseling.text import clean

MOST = 50
REFUSALS = (permissions.NotVisible, CannotMove, duty.NotOnDuty, queue.NotForTrainees, sessions.NoRoom)


@dataclass(frozen=True)
class Reassigned:
    """What became of one session; without a refusal it is where it was to go."""

    session_id: int
    refusal: Exception | None = None


def reassign(
    *, program_id: int, session_ids: Iterable[int], by: User, to: User | None, summary: str
) -> list[Reassigned]:
    """Give these sessions of the program to `to`, or back to the queue (None), with one summary for all.

    What is there already counts as done, so that an answer that was lost may be asked for again. Before anything is
    done it raises permissions.NotVisible (also for a person who takes no sessions here) and text.UnacceptableText.
    """
    permissions.require(by, Right.STEER, program_id)
    if to is not None:
        permissions.require(to, Right.TAKE_SESSIONS, program_id)
    summary = clean(summary, limit=sessions.SUMMARY_LIMIT)
    wanted = list(dict.fromkeys(session_ids))
    here = set(Session.objects.filter(pk__in=wanted, program=program_id).values_list("pk", flat=True))
    return [
        _reassigned(pk, by, to, summary) if pk in here else Reassigned(pk, permissions.NotVisible()) for pk in wanted
    ]


def _reassigned(session_id: int, by: User, to: User | None, summary: str) -> Reassigned:
    try:
        if to is None:
            sessions.requeue(session_id=session_id, by=by, summary=summary)
        else:
            sessions.transfer(session_id=session_id, by=by, to=to, summary=summary)
    except REFUSALS as refusal:
        return Reassigned(session_id, None if _is_there(session_id, to) else refusal)
    return Reassigned(session_id)


def _is_there(session_id: int, to: User | None) -> bool:
    states = {State.WAITING} if to is None else lifecycle.TAKEN
    return Session.objects.filter(pk=session_id, counselor=to, state__in=states).exists()
