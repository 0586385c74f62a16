"""Offers: a waiting session is put before the counselor with most room, who has a while to accept."""

from dataclasses import replace
from datetime import datetime

from django.db import connection, transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from accounts.models import User
from counseling import assignment, later, lifecycle, outcomes, permissions, staffing, timeline
from counseling.actions import duty
from counseling.assignment import Routing, Seat
from counseling.feeds import heavy
from counseling.feeds.crew import crews
from counseling.lifecycle import CannotMove, Move, State
from counseling.models import Assignment, Program, Session
from counseling.stages import Stage
from counseling.triage import Risk


@transaction.atomic
def offer_waiting(*, program_id: int) -> int:
    """Offer what waits to those with room, in order; how many offers were made. One run a program at a time.

    What lies before somebody who cannot take it any more is withdrawn first.
    """
    program = Program.objects.get(pk=program_id)
    if program.routing == Routing.PULL:
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(2, %s)", [program_id])
    now = timezone.now()
    seats = _withdraw_unfit(program, seats_of(program, now), now)
    if not any(seat.is_free(now) for seat in seats.values()):
        return 0
    return _offer_in_order(program, seats, now)


def _waiting(program: Program) -> QuerySet[Session]:
    """The program's queue under its row locks, in order; what somebody else holds just now is left out."""
    locked = Session.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
    rows = locked.select_related("visitor__channel", "counselor", "program")
    return rows.filter(program=program, state=State.WAITING).order_by("trial", "-risk", "queued_at", "pk")


def _withdraw_unfit(program: Program, seats: dict[int, Seat], now: datetime) -> dict[int, Seat]:
    """Withdraw offers to people who are gone, on a break, full, or too new for the risk; the seats after that."""
    seats = dict(seats)
    for session in _waiting(program).filter(offered_to__isnull=False, offered_until__gt=now):
        seat = seats.get(session.offered_to_id or 0)
        if seat is None or seat.load > seat.capacity or (seat.trainee and session.risk >= Risk.HIGH):
            _withdraw(session, None)
            if seat is not None:
                seats[seat.user_id] = replace(seat, load=seat.load - 1)
    return seats


def _offer_in_order(program: Program, seats: dict[int, Seat], now: datetime) -> int:
    made = 0
    waiting = list(_waiting(program).filter(offered_to=None))
    known = _known_counselors(program, waiting)
    for session in waiting:
        seat = assignment.choose(
            seats.values(),
            now=now,
            high_risk=session.risk >= Risk.HIGH,
            # Nobody else comes to a program that is not open.
            trial=session.trial and program.stage == Stage.OPEN,
            declined=frozenset(session.offer_declined),
            preferred=known.get(session.visitor_id),
        )
        # A trainee's room is none for the next one at high risk, and perhaps for the one after that.
        if seat is None:
            continue
        session.offered_to_id, session.offered_until = seat.user_id, now + program.offer_for
        timeline.record(session, "session.offered", at=now, fields=("offered_to", "offered_until"), to=seat.user_id)
        seats[seat.user_id] = replace(seat, load=seat.load + 1)
        made += 1
    return made


def _known_counselors(program: Program, waiting: list[Session]) -> dict[int, int]:
    """By visitor: who answered them the last time, where the program asks that one first."""
    if not program.same_counselor:
        return {}
    answered = Session.objects.filter(
        visitor__in=[session.visitor_id for session in waiting],
        medium=lifecycle.Medium.CHAT,
        first_response_at__isnull=False,
        counselor__isnull=False,
    ).exclude(state__in=lifecycle.OPEN)
    latest = answered.order_by("visitor", "-received_at").distinct("visitor")
    return {visitor: person for visitor, person in latest.values_list("visitor_id", "counselor_id") if person}


def seats_of(program: Program, now: datetime) -> dict[int, Seat]:
    """Everyone who may be offered a session of the program now, with their load and open offers."""
    capacities = duty.may_be_offered(program, now)
    people = list(capacities)
    loads = dict.fromkeys(people, 0)
    taken = Session.objects.filter(counselor__in=people, state__in=lifecycle.TAKEN).values_list("counselor", flat=True)
    offered = Session.objects.filter(offered_to__in=people, state=State.WAITING, offered_until__gt=now).values_list(
        "offered_to", flat=True
    )
    for user_id in [*taken, *offered]:
        if user_id is not None:
            loads[user_id] += 1
    taken_at = Assignment.objects.filter(user=OuterRef("pk")).order_by("-since").values("since")[:1]
    latest = dict(User.objects.filter(pk__in=people).values_list("pk", Subquery(taken_at)))
    rests, trainees = _rests(program, people, now), permissions.trainees(program.pk, people)
    return {
        person: Seat(person, load, capacities[person], latest.get(person), rests.get(person), person in trainees)
        for person, load in loads.items()
    }


def _rests(program: Program, people: list[int], now: datetime) -> dict[int, datetime]:
    """Until when each person rests after heavy sessions; nobody where the program knows no such rest."""
    rest = program.rest_after_heavy
    if not rest:
        return {}
    over = heavy.stints(heavy.over_since(now - rest).filter(user__in=people))
    return {one.assignment.user_id: one.over_at + rest for one in over if one.weights}


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
    """Offer wherever someone waits, and take back there what cannot be taken; how many offers.

    Three queries, however many programs wait: one is only looked at closely where somebody could be asked, or is.
    """
    now = timezone.now()
    waiting = Session.objects.filter(state=State.WAITING).exclude(program__routing=Routing.PULL)
    asked = waiting.filter(offered_to__isnull=False).values_list("program_id", flat=True)
    there = crews(Program.objects.filter(pk__in=waiting.filter(offered_to=None).values("program")), now)
    ready = [pk for pk, people in there.items() if any(staffing.may_be_offered(person, now) for person in people)]
    return sum(offer_waiting(program_id=program_id) for program_id in sorted({*asked, *ready}))
