"""Who may open a visitor's history (これまで), and what of it they may read: asked at every read.

Supervisors open those of their program. Who has had a talk or a call with the visitor, or went to them, opens it as
long as they may read its record; a trainee sees nothing in it but what is theirs. That two visitors were merged gives
nobody a right: it only shows that more is there.
"""

from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.roles import Right
from counseling import permissions
from counseling.feeds.history import person_of
from counseling.lifecycle import OPEN
from counseling.models import Outreach, PhoneCall, Session, Visitor


def visitors(user: User) -> QuerySet[Visitor]:
    """The visitors whose history `user` may open."""
    all_of = Q(program__in=permissions.programs(user, Right.READ_ALL))
    talked = permissions.recorded_sessions(user).filter(counselor=user)
    lately = Q(started_at__gt=timezone.now() - F("transfer__session__program__record_read_for"))
    called = PhoneCall.objects.filter(
        lately, by=user, transfer__session__program__in=permissions.programs(user, Right.TAKE_SESSIONS)
    )
    went = Outreach.objects.filter(
        going__user=user, arrived_at__gt=timezone.now() - F("program__record_read_for"),
        program__in=permissions.programs(user, Right.TAKE_SESSIONS),
    )  # fmt: skip
    mine = Q(pk__in=talked.values("visitor")) | Q(pk__in=called.values("transfer__session__visitor"))
    mine |= Q(pk__in=went.values("visitor"))
    return Visitor.objects.filter(all_of | mine)


def require(user: User, visitor_id: int) -> None:
    """Raises permissions.NotVisible unless `user` may open the visitor's history."""
    if not visitors(user).filter(pk=visitor_id).exists():
        raise permissions.NotVisible


@dataclass(frozen=True)
class Opened:
    """A history as `user` may see it: everybody who is the person, their sessions from the first on, and what is read.

    `known`: sessions whose times, people and states they may know; of the others only that they are there. `recorded`:
    those whose record they may read. `in_hand`: a talk with this person is theirs now. `trainee`: of what is not
    theirs they do not even see that it is there.
    """

    user: User
    visitors: list[Visitor]
    sessions: list[Session]
    known: frozenset[int]
    recorded: frozenset[int]
    steers: bool
    in_hand: bool
    trainee: bool

    @property
    def visitor(self) -> Visitor:
        """Whose history was opened."""
        return self.visitors[0]

    @property
    def reads_approach(self) -> bool:
        """Whether how to answer this person is theirs to read: who talks with them now, and supervisors."""
        return self.steers or self.in_hand


def opened(user: User, visitor_id: int, program_id: int) -> Opened:
    """The history of a visitor of the program: six queries. Raises permissions.NotVisible."""
    if not visitors(user).filter(pk=visitor_id, program=program_id).exists():
        raise permissions.NotVisible
    person = person_of(visitor_id)
    there = Session.objects.filter(visitor__in=[one.pk for one in person]).order_by("received_at", "pk")
    mine = Q(counselor=user)
    trainee = bool(permissions.trainees(program_id, [user.pk]))
    shown = list((there.filter(mine) if trainee else there).select_related("visitor__channel", "counselor", "program"))
    known = permissions.known_sessions(user).filter(pk__in=[one.pk for one in shown]).values_list("pk", flat=True)
    recorded = permissions.recorded_sessions(user).filter(pk__in=[one.pk for one in shown]).values_list("pk", flat=True)
    readable = frozenset(recorded)
    return Opened(
        user=user,
        visitors=person,
        sessions=shown,
        known=frozenset(known) | readable,
        recorded=readable,
        steers=permissions.programs(user, Right.READ_ALL).filter(pk=program_id).exists(),
        trainee=trainee,
        in_hand=any(one.counselor_id == user.pk and one.state in OPEN for one in shown),
    )
