"""Who may open a visitor's history (これまで), and which sessions in it they may know: asked at every read.

Supervisors open those of their program. Who has had a talk or a call with the visitor opens it as long as they may read
its record; a trainee sees nothing in it but what is theirs. That two visitors were merged gives nobody a right.
"""

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.roles import Right
from counseling import permissions
from counseling.models import PhoneCall, Session, Visitor


def visitors(user: User) -> QuerySet[Visitor]:
    """The visitors whose history `user` may open."""
    all_of = Q(program__in=permissions.programs(user, Right.READ_ALL))
    talked = permissions.recorded_sessions(user).filter(counselor=user)
    lately = Q(started_at__gt=timezone.now() - F("transfer__session__program__record_read_for"))
    called = PhoneCall.objects.filter(
        lately, by=user, transfer__session__program__in=permissions.programs(user, Right.TAKE_SESSIONS)
    )
    mine = Q(pk__in=talked.values("visitor")) | Q(pk__in=called.values("transfer__session__visitor"))
    return Visitor.objects.filter(all_of | mine)


def require(user: User, visitor_id: int) -> None:
    """Raises permissions.NotVisible unless `user` may open the visitor's history."""
    if not visitors(user).filter(pk=visitor_id).exists():
        raise permissions.NotVisible


def sessions(user: User, program_id: int) -> QuerySet[Session]:
    """The program's sessions whose times, people and states `user` may know; those of others may only be there."""
    there = Session.objects.filter(program=program_id)
    if permissions.trainees(program_id, [user.pk]):
        return there.filter(counselor=user)
    of_theirs = permissions.known_sessions(user).filter(program=program_id)
    return there.filter(Q(pk__in=of_theirs.values("pk")) | Q(pk__in=permissions.recorded_sessions(user).values("pk")))
