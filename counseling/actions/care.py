"""Care after a heavy talk: its counselor says that it was hard, rests or goes on; somebody talks it over with them.

What is written here stands in no session's log: it is about the counselor, and not about the visitor.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Right
from counseling import permissions
from counseling.actions import duty
from counseling.care import Debrief, PauseAnswer
from counseling.feeds import heavy
from counseling.feeds.heavy import Stint
from counseling.models import Aftercare, Assignment


class NotOver(Exception):
    """The talk still goes on: what it was like is said afterwards."""


class NoPause(Exception):
    """No pause is offered: the talk was not heavy, it is long over, or the program offers none."""


class NotHeavy(Exception):
    """The talk was not heavy (any more): nothing is to be talked over."""


class OnesOwn(Exception):
    """Nobody ticks off their own talk: somebody else talks it over with them."""


@transaction.atomic
def mark(*, session_id: int, hard: bool, by: User) -> None:
    """`by` says of a talk they had that it was hard, or takes that back. Raises permissions.NotVisible, NotOver."""
    stint = _own(session_id, by)
    Aftercare.objects.update_or_create(assignment=stint.assignment, defaults={"hard": hard})


@transaction.atomic
def take_pause(*, session_id: int, by: User) -> datetime:
    """Rest a while after a heavy talk, in every program one is on duty in; until when. Twice is the same.

    Nobody's leave is asked: where too few are left, the supervisors are told by the board and by mail.
    Raises permissions.NotVisible, NotOver, NoPause, duty.NotOnDuty.
    """
    stint, now = _own(session_id, by), timezone.now()
    if stint.aftercare.pause == PauseAnswer.TAKEN and (until := heavy.pausing_until(by)):
        return until
    until = now + _offered(stint, now)
    duty.pause(by=by, until=until)
    Aftercare.objects.update_or_create(assignment=stint.assignment, defaults={"pause": PauseAnswer.TAKEN})
    return until


@transaction.atomic
def decline_pause(*, session_id: int, by: User) -> None:
    """Go on without a pause; a supervisor sees that it was offered. Raises permissions.NotVisible, NotOver, NoPause."""
    stint = _own(session_id, by)
    _offered(stint, timezone.now())
    Aftercare.objects.update_or_create(assignment=stint.assignment, defaults={"pause": PauseAnswer.DECLINED})


def _offered(stint: Stint, now: datetime) -> timedelta:
    """How long the pause is. Raises NoPause."""
    if not stint.offers_pause(now):
        raise NoPause
    length: timedelta = stint.assignment.session.program.care_pause
    return length


def _own(session_id: int, by: User) -> Stint:
    """As own_stint, the other deeds of `by` waiting meanwhile."""
    permissions.lock_person(by.pk)
    return own_stint(session_id=session_id, by=by)


def own_stint(*, session_id: int, by: User) -> Stint:
    """What `by` had of the session last, as the rule sees it. Raises permissions.NotVisible, NotOver."""
    latest = Assignment.objects.filter(session=session_id, user=by).select_related("session").order_by("-pk").first()
    if latest is None:
        raise permissions.NotVisible
    permissions.require(by, Right.TAKE_SESSIONS, latest.session.program_id)
    return _over(latest)


def _over(assignment: Assignment) -> Stint:
    """Raises NotOver."""
    found = heavy.stints(heavy.over_since(assignment.since).filter(pk=assignment.pk))
    if not found:
        raise NotOver
    return found[0]


@transaction.atomic
def debrief(*, assignment_id: int, program_id: int, outcome: Debrief, by: User) -> None:
    """A supervisor has talked a heavy talk over with its counselor, or they did not wish for it. The first tick stands.

    Raises permissions.NotVisible, NotOver, NotHeavy, OnesOwn.
    """
    stint = _of_program(assignment_id, program_id, by)
    if not stint.weights:
        raise NotHeavy
    row, _new = Aftercare.objects.select_for_update().get_or_create(assignment=stint.assignment)
    if row.debrief:
        return
    row.debrief, row.debriefed_by, row.debriefed_at = outcome, by, timezone.now()
    row.save(update_fields=["debrief", "debriefed_by", "debriefed_at"])
    _note(Deed.DEBRIEF_TICKED, stint, by)


@transaction.atomic
def undo_debrief(*, assignment_id: int, program_id: int, by: User) -> None:
    """It was ticked by mistake: it stands in the list again. Raises permissions.NotVisible, NotOver, OnesOwn."""
    stint = _of_program(assignment_id, program_id, by)
    ticked = Aftercare.objects.filter(assignment=stint.assignment).exclude(debrief="")
    if ticked.update(debrief="", debriefed_by=None, debriefed_at=None):
        _note(Deed.DEBRIEF_UNTICKED, stint, by)


def _of_program(assignment_id: int, program_id: int, by: User) -> Stint:
    """Raises permissions.NotVisible, NotOver, OnesOwn."""
    permissions.require(by, Right.STEER, program_id)
    assignment = Assignment.objects.filter(pk=assignment_id, session__program=program_id).first()
    if assignment is None:
        raise permissions.NotVisible
    if assignment.user_id == by.pk:
        raise OnesOwn
    return _over(assignment)


def _note(deed: Deed, stint: Stint, by: User) -> None:
    """The audit knows that it was talked over; how it came out is between the two."""
    session = stint.assignment.session
    audit.note(deed, by=by, subject=f"session:{session.pk}", program_id=session.program_id)
