"""Offers: a waiting session is put before the counselor with most room, who has a while to accept."""

from django.db import connection, transaction
from django.db.models import Max, Q
from django.utils import timezone

from accounts.models import User
from accounts.roles import Right, holders
from counseling import assignment, later, lifecycle, outcomes, permissions, timeline
from counseling.assignment import Routing, Seat
from counseling.lifecycle import CannotMove, Move, State
from counseling.models import Assignment, Presence, Program, Session
from counseling.models.staff import PRESENCE_LIFE


@transaction.atomic
def offer_waiting(*, program_id: int) -> int:
    """Offer what waits to those with room, in order; how many offers were made. One run a program at a time."""
    program = Program.objects.get(pk=program_id)
    if program.routing == Routing.PULL:
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(2, %s)", [program_id])
    now = timezone.now()
    waiting = (
        Session.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
        .select_related("visitor__channel", "counselor", "program")
        .filter(program=program_id, state=State.WAITING)
        .filter(Q(offered_to=None) | Q(offered_until__lte=now))
        .order_by("-risk", "queued_at", "pk")
    )
    made = 0
    seats = seats_of(program)
    for session in waiting:
        seat = assignment.choose(seats, declined=frozenset(session.offer_declined))
        if seat is None:
            break
        session.offered_to_id, session.offered_until = seat.user_id, now + program.offer_for
        timeline.record(session, "session.offered", at=now, fields=("offered_to", "offered_until"), to=seat.user_id)
        seats = [_with_one_more(other) if other.user_id == seat.user_id else other for other in seats]
        made += 1
    return made


def _with_one_more(seat: Seat) -> Seat:
    return Seat(seat.user_id, seat.load + 1, seat.capacity, seat.last_taken_at)


def seats_of(program: Program) -> list[Seat]:
    """Everyone of the program who is present and takes sessions, with their load and open offers."""
    alive = timezone.now() - PRESENCE_LIFE
    people = list(
        Presence.objects.filter(
            seen_at__gt=alive,
            takes=True,
            user__is_active=True,
            user__memberships__program=program,
            user__memberships__role__in=holders(Right.TAKE_SESSIONS),
        )
        .values_list("user_id", flat=True)
        .distinct()
    )
    loads: dict[int, int] = dict.fromkeys(people, 0)
    taken = Session.objects.filter(counselor__in=people, state__in=lifecycle.TAKEN).values_list("counselor", flat=True)
    offered = Session.objects.filter(
        offered_to__in=people, state=State.WAITING, offered_until__gt=timezone.now()
    ).values_list("offered_to", flat=True)
    for user_id in [*taken, *offered]:
        if user_id is not None:
            loads[user_id] += 1
    latest = dict(
        Assignment.objects.filter(user__in=people)
        .values_list("user")
        .annotate(Max("since"))
        .values_list("user", "since__max")
    )
    return [Seat(user_id, load, program.capacity, latest.get(user_id)) for user_id, load in loads.items()]


@transaction.atomic
def decline(*, session_id: int, by: User) -> None:
    """`by` does not take the session offered: it goes to the next. Raises NotVisible, CannotMove."""
    session = permissions.lock_waiting(session_id, by)
    if session.offered_to_id != by.pk:
        raise CannotMove(Move.CLAIM, State(session.state))
    _withdraw(session, by)


def _withdraw(session: Session, by: User | None) -> None:
    asked = session.offered_to_id
    # Whoever was asked may have been deleted since.
    session.offer_declined = sorted({*session.offer_declined, asked} - {None})
    session.offered_to = session.offered_until = None
    fields = ("offered_to", "offered_until", "offer_declined")
    timeline.record(session, "session.offer_lapsed", at=timezone.now(), by=by, fields=fields, asked=asked)
    later.offer(session.program_id)


def lapse() -> int:
    """Withdraw offers nobody answered in time; how many. Each in a transaction of its own."""
    now = timezone.now()
    over = Q(offered_until__lte=now) | Q(offered_until__gt=now + outcomes.LONGEST_AHEAD)
    lapsed = 0
    for session_id in Session.objects.filter(over, state=State.WAITING).values_list("pk", flat=True):
        with transaction.atomic():
            session = permissions.locked(session_id)
            if session.state == State.WAITING and session.offered_until and outcomes.is_due(session.offered_until, now):
                _withdraw(session, None)
                lapsed += 1
    return lapsed


def offer_everywhere() -> int:
    """Offer in every program where someone waits without an offer; how many offers were made."""
    programs = (
        Session.objects.filter(state=State.WAITING, offered_to=None)
        .exclude(program__routing=Routing.PULL)
        .values_list("program_id", flat=True)
        .distinct()
    )
    return sum(offer_waiting(program_id=program_id) for program_id in programs)
