"""What of the queue somebody may take: the neediest first, past what is offered to others or kept for supervisors."""

from datetime import datetime

from django.db.models import Case, IntegerField, Q, When
from django.utils import timezone

from accounts.models import User
from accounts.roles import Right, Role
from counseling import permissions
from counseling.assignment import Routing
from counseling.lifecycle import State
from counseling.models import Membership, Program, Session
from counseling.triage import Risk


class NobodyWaits(Exception):
    """The queue holds nothing this person may take now."""


class OfferedToAnother(Exception):
    """The session is being offered to a colleague just now."""


class OnlyByOffer(Exception):
    """In this program one takes what is offered to oneself, and nothing is just now."""


class Diverted(Exception):
    """Just now who waits is for supervisors alone."""


class NotForTrainees(Exception):
    """The session is at high risk, and the person is here to learn."""


def require_in_reach(session: Session, by: User, now: datetime) -> None:
    """Diversion and offers keep others away, except supervisors. Raises Diverted, OfferedToAnother, OnlyByOffer."""
    offered = session.offered_until is not None and session.offered_until > now
    if _steers(by, session.program_id):
        return
    if session.program.diverted_since:
        raise Diverted
    if session.offered_to_id == by.pk:
        return
    if offered and session.offered_to_id is not None:
        raise OfferedToAnother
    if session.program.routing == Routing.OFFER and not session.trial:
        raise OnlyByOffer


def _steers(user: User, program_id: int) -> bool:
    return permissions.programs(user, Right.STEER).filter(pk=program_id).exists()


def head(program: Program, by: User) -> Session:
    """The next session for `by`, locked.

    Raises Diverted, NobodyWaits, OfferedToAnother (all that wait are), OnlyByOffer, NotForTrainees.
    """
    steers = _steers(by, program.pk)
    if program.diverted_since and not steers:
        raise Diverted
    only_offers = program.routing == Routing.OFFER and not steers
    mine = Case(When(offered_to=by, then=0), default=1, output_field=IntegerField())
    reach = Q(offered_to=by) if only_offers else _unoffered(timezone.now()) | Q(offered_to=by)
    waiting = Session.objects.filter(program=program, state=State.WAITING)
    highest = Risk.MODERATE if role_of(by, program.pk) == Role.TRAINEE else max(Risk)
    queue = waiting.filter(reach, risk__lte=highest).order_by(mine, "trial", "-risk", "queued_at", "pk")
    locked = queue.select_related("visitor__channel", "program").select_for_update
    first = locked(of=("self",), no_key=True, skip_locked=True).first()
    # Perhaps its visitor is writing at this very moment: that is no empty queue.
    while first is None and queue.exists():
        first = locked(of=("self",), no_key=True).first()
    if first is not None:
        return first
    if waiting.filter(reach, risk__gt=highest).exists():
        raise NotForTrainees
    if waiting.exists():
        raise OnlyByOffer if only_offers else OfferedToAnother
    raise NobodyWaits


def _unoffered(now: datetime) -> Q:
    return Q(offered_to=None) | Q(offered_until__lte=now)


def role_of(user: User, program_id: int) -> str:
    """In which role a person takes sessions of the program: the most experienced one."""
    roles = set(Membership.objects.filter(user=user, program=program_id).values_list("role", flat=True))
    return next(role for role in (Role.COUNSELOR, Role.SUPERVISOR, Role.TRAINEE) if role in roles)
