"""Who may see and do what. Asked again at every read; what you may not see does not exist (404)."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.roles import RIGHTS, Right, Role, holders
from counseling.lifecycle import OPEN, RECORDED
from counseling.models import Membership, Practice, Program, Reading, ReviewSheet, Session, Visitor
from counseling.models.prepared import Prepared
from counseling.models.supervision import READING_LIFE
from counseling.stages import Stage


class NotVisible(Exception):
    """It does not exist, or not for this person: the two look the same from outside."""


def require_founder(user: User) -> None:
    """Raises NotVisible unless `user` may make new programs: who administers one, or the whole house."""
    if not (user.is_active and (user.is_superuser or programs(user, Right.CONFIGURE).exists())):
        raise NotVisible


def _programs_with(right: Right, user: User) -> QuerySet[Membership, int]:
    return Membership.objects.filter(user=user, user__is_active=True, role__in=holders(right)).values_list(
        "program_id", flat=True
    )


def programs(user: User, right: Right = Right.WATCH_BOARD) -> QuerySet[Program]:
    """The programs in which `user` holds `right`."""
    return Program.objects.filter(pk__in=_programs_with(right, user))


def rights(user: User) -> dict[Program, frozenset[Right]]:
    """Every program `user` has a role in, by name, closed ones last, with the rights held there: one query."""
    held: dict[Program, frozenset[Right]] = {}
    members = Membership.objects.filter(user=user, user__is_active=True).select_related("program")
    by_name = members.order_by("program__name", "program_id")
    for member in sorted(by_name, key=lambda member: member.program.stage == Stage.CLOSED):
        held[member.program] = held.get(member.program, frozenset()) | RIGHTS[Role(member.role)]
    return held


_roles_in = Prepared(
    lambda user_id, program_id: Membership.objects.filter(user=user_id, user__is_active=True, program=program_id).only(
        "role"
    ),
    int,
    int,
)


def require(user: User, right: Right, program_id: int) -> None:
    """Raises NotVisible unless `user` holds `right` in the program."""
    if not any(right in RIGHTS[Role(held.role)] for held in _roles_in(user.pk, program_id)):
        raise NotVisible


# Who configures a program or steers it.
LEADS = frozenset({Right.CONFIGURE, Right.STEER})


def _rights_in(user: User, program_id: int) -> frozenset[Right]:
    return frozenset[Right]().union(*(RIGHTS[Role(held.role)] for held in _roles_in(user.pk, program_id)))


def may_try(user: User, program_id: int) -> bool:
    """Whether `user` may try the program as its visitor: who leads it; for practice, who takes sessions."""
    held = _rights_in(user, program_id)
    return not held.isdisjoint(LEADS) or (
        Right.TAKE_SESSIONS in held and Program.objects.filter(pk=program_id, practice=True).exists()
    )


def practices(user: User, program_id: int) -> QuerySet[Practice]:
    """Talks with characters in the program whose words `user` may look back on: those they began, or may read."""
    mine = Q(by=user) & Q(session__program__in=_programs_with(Right.WATCH_BOARD, user))
    return Practice.objects.filter(mine | Q(session__in=readable_sessions(user)), session__program=program_id)


def lock_practice(practice_id: int, by: User) -> Practice:
    """A talk with a character under its row lock, for who began it, or may steer there. Raises NotVisible."""
    rows = Practice.objects.select_for_update(of=("self",), no_key=True).select_related("session")
    practice = rows.filter(pk=practice_id, session__program__practice=True).first()
    if practice is None or (practice.by_id != by.pk and not may_end(by, practice.session.program_id)):
        raise NotVisible
    require(by, Right.WATCH_BOARD, practice.session.program_id)
    return practice


def may_end(user: User, program_id: int) -> bool:
    """Whether `user` may end and erase what others practise in the program."""
    return not _rights_in(user, program_id).isdisjoint(LEADS)


def steers(user: User, program_id: int) -> bool:
    """Whether `user` may act on the sessions of others in the program."""
    return Right.STEER in _rights_in(user, program_id)


def readable_sessions(user: User) -> QuerySet[Session]:
    """Sessions whose words `user` may read now: one's own, and those of one's present visitors.

    Supervisors read those for which they gave a reason within READING_LIFE (actions.reading.begin).
    """
    return Session.objects.filter(_own(user) | (_of_all(user) & Q(pk__in=_reasoned(user))))


def readable(session_id: int, user: User) -> Session:
    """The session whose words `user` may read now. Raises NotVisible."""
    session = readable_sessions(user).filter(pk=session_id).first()
    if session is None:
        raise NotVisible
    return session


def known_sessions(user: User) -> QuerySet[Session]:
    """Sessions of which `user` may know that they were, without their words: supervisors need no reason for it."""
    return Session.objects.filter(_own(user) | _of_all(user))


def readable_reviews(user: User) -> QuerySet[ReviewSheet]:
    """Review sheets `user` may read now: as one of the two, while they hold that part in the program."""
    counselor = Q(counselor=user, session__program__in=_programs_with(Right.TAKE_SESSIONS, user))
    supervisor = Q(supervisor=user, session__program__in=_programs_with(Right.STEER, user))
    return ReviewSheet.objects.filter(counselor | supervisor)


def orphaned_reviews(user: User) -> QuerySet[ReviewSheet]:
    """Open sheets whose supervisor no longer supervises there, for those who do: that they are, without their words."""
    person, place = OuterRef("supervisor"), OuterRef("session__program")
    held = holders(Right.STEER)
    steers = Membership.objects.filter(user=person, user__is_active=True, program=place, role__in=held)
    there = ReviewSheet.objects.filter(~Exists(steers), session__program__in=_programs_with(Right.STEER, user))
    return there.filter(finished_at=None).exclude(counselor=user)


def recorded_sessions(user: User) -> QuerySet[Session]:
    """Sessions whose record `user` may read: those of a supervisor's programs, and one's own for a while."""
    lately = Q(closed_at=None) | Q(closed_at__gt=timezone.now() - F("program__record_read_for"))
    mine = lately & Q(counselor=user, program__in=_programs_with(Right.TAKE_SESSIONS, user))
    return Session.objects.filter(mine | _of_all(user), state__in=RECORDED)


def _own(user: User) -> Q:
    mine = Q(counselor=user) | Q(visitor__in=_present_visitors(user))
    return mine & Q(program__in=_programs_with(Right.TAKE_SESSIONS, user))


def _of_all(user: User) -> Q:
    return Q(program__in=_programs_with(Right.READ_ALL, user))


def _reasoned(user: User) -> QuerySet[Reading, int]:
    lately = Reading.objects.filter(user=user, at__gt=timezone.now() - READING_LIFE)
    return lately.values_list("session_id", flat=True)


def _present_visitors(user: User) -> QuerySet[Session, int]:
    return Session.objects.filter(counselor=user, state__in=OPEN).values_list("visitor_id", flat=True)


# Asked at every word of every talk that is watched: in SQL it costs a tenth. Sub-selects, as joins cost more to plan.
_ROLES_AROUND = """
SELECT member.user_id, member.role, session.counselor_id = member.user_id OR EXISTS (
           SELECT FROM counseling_session present WHERE present.visitor_id = session.visitor_id
              AND present.counselor_id = member.user_id AND present.state = ANY(%s)),
       (SELECT at > %s FROM counseling_reading WHERE session_id = session.id AND user_id = member.user_id),
       (SELECT shows_reading FROM counseling_program WHERE id = session.program_id)
  FROM counseling_session session
  JOIN counseling_membership member ON member.program_id = session.program_id AND member.user_id = ANY(%s)
  JOIN accounts_user person ON person.id = member.user_id AND person.is_active
 WHERE session.id = %s
"""


class Readers(NamedTuple):
    """Who may read a session now, and who of them reads along in it so that its counselor may know."""

    everybody: set[int]
    shown: set[int]


def readers(session_id: int, user_ids: set[int]) -> Readers:
    """Which of these people may read the session now, as readable_sessions says: one query for all."""
    since = timezone.now() - READING_LIFE
    with connection.cursor() as cursor:
        cursor.execute(_ROLES_AROUND, [[state.value for state in OPEN], since, list(user_ids), session_id])
        rows = cursor.fetchall()
    own = {user_id for user_id, role, own, *_ in rows if own and Right.TAKE_SESSIONS in RIGHTS[Role(role)]}
    along = {
        (user_id, shown)
        for user_id, role, _own, reasoned, shown in rows
        if reasoned and Right.READ_ALL in RIGHTS[Role(role)] and user_id not in own
    }
    return Readers(own | {user_id for user_id, _shown in along}, {user_id for user_id, shown in along if shown})


def watchers(program_id: int, user_ids: set[int]) -> set[int]:
    """Which of these people may watch the program's board now."""
    roles = Membership.objects.filter(
        program=program_id, user__in=user_ids, user__is_active=True, role__in=holders(Right.WATCH_BOARD)
    )
    return set(roles.values_list("user_id", flat=True))


def trainees(program_id: int, user_ids: Iterable[int]) -> set[int]:
    """Which of these people take sessions in the program as trainees, and in no other role."""
    roles = Membership.objects.filter(program=program_id, user__in=user_ids, role__in=holders(Right.TAKE_SESSIONS))
    grown = roles.exclude(role=Role.TRAINEE).values("user")
    return set(roles.exclude(user__in=grown).values_list("user_id", flat=True))


def lock(session_id: int, by: User) -> Session:
    """The session under its row lock, for its counselor or someone who may steer. Raises NotVisible."""
    session = locked(session_id)
    if session.counselor_id == by.pk:
        require(by, Right.TAKE_SESSIONS, session.program_id)
    else:
        require(by, Right.STEER, session.program_id)
    return session


def lock_own(session_id: int, by: User) -> Session:
    """The session under its row lock, for its counselor only. Raises NotVisible."""
    session = locked(session_id)
    if session.counselor_id != by.pk:
        raise NotVisible
    require(by, Right.TAKE_SESSIONS, session.program_id)
    return session


def lock_own_as(session_id: int, by: User) -> tuple[Session, bool]:
    """The session under its row lock, for its counselor only; whether they are a trainee. Raises NotVisible."""
    session = locked(session_id)
    roles = {Role(held.role) for held in _roles_in(by.pk, session.program_id)}
    taking = {role for role in roles if Right.TAKE_SESSIONS in RIGHTS[role]}
    if session.counselor_id != by.pk or not taking:
        raise NotVisible
    return session, taking == {Role.TRAINEE}


def lock_steered(session_id: int, by: User) -> Session:
    """The session under its row lock, for someone who may steer its program. Raises NotVisible."""
    session = locked(session_id)
    require(by, Right.STEER, session.program_id)
    return session


def lock_waiting(session_id: int, by: User) -> Session:
    """The session under its row lock, for anyone who takes sessions of its program. Raises NotVisible."""
    session = locked(session_id)
    require(by, Right.TAKE_SESSIONS, session.program_id)
    return session


_locked = Prepared(
    lambda session_id: (
        Session.objects.select_for_update(of=("self",), no_key=True)
        .select_related("visitor__channel", "counselor", "program")
        .filter(pk=session_id)
    ),
    int,
).first


def locked(session_id: int) -> Session:
    """The session under its row lock, for the house itself. Raises NotVisible where there is none.

    NO KEY UPDATE, as everywhere: a plain FOR UPDATE would wait for every insert that refers to the row.
    """
    session = _locked(session_id)
    if session is None:
        raise NotVisible
    return session


def lock_visitor_of(session_id: int) -> None:
    """Hold the session's visitor until the transaction ends: their words and new sittings wait."""
    visitors = Visitor.objects.select_for_update(of=("self",), no_key=True)
    visitors.filter(sessions=session_id).values_list("pk").first()


def lock_person(user_id: int) -> None:
    """Hold a person's capacity until the transaction ends: claims of one person come one after another.

    Raises NotVisible for an id that nobody has: the lock's key has 32 bits.
    """
    if user_id >= 2**31:
        raise NotVisible
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(1, %s)", [user_id])
