"""Who is next, and who takes them."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from counseling.assignment import Seat, Waiting, choose, in_order, position

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
waits = st.lists(
    st.builds(
        Waiting,
        session_id=st.integers(1, 10_000),
        risk=st.integers(0, 4),
        queued_at=st.integers(0, 3_600).map(lambda seconds: NOON + timedelta(seconds=seconds)),
    ),
    unique_by=lambda waiting: waiting.session_id,
)
seats = st.lists(
    st.builds(
        Seat,
        user_id=st.integers(1, 100),
        load=st.integers(0, 4),
        capacity=st.integers(1, 3),
        last_taken_at=st.none() | st.integers(0, 3_600).map(lambda s: NOON + timedelta(seconds=s)),
        rests_until=st.none() | st.integers(-60, 60).map(lambda s: NOON + timedelta(seconds=s)),
        trainee=st.booleans(),
    ),
    unique_by=lambda seat: seat.user_id,
)


@given(waits)
def test_nobody_waits_behind_a_lower_risk(queue: list[Waiting]) -> None:
    risks = [waiting.risk for waiting in in_order(queue)]
    assert risks == sorted(risks, reverse=True)


@given(waits)
def test_within_a_risk_who_came_first_is_first(queue: list[Waiting]) -> None:
    ordered = in_order(queue)
    for before, after in pairwise(ordered):
        assert before.risk != after.risk or before.queued_at <= after.queued_at


@given(waits)
def test_places_are_one_to_n(queue: list[Waiting]) -> None:
    places = [position(queue, waiting.session_id) for waiting in queue]
    assert sorted(place for place in places if place) == list(range(1, len(queue) + 1))


def test_who_does_not_wait_has_no_place() -> None:
    assert position([], 7) is None


@given(seats, st.booleans())
def test_only_who_is_free_is_chosen(people: list[Seat], high_risk: bool) -> None:
    free = [person for person in people if person.is_free(NOON, high_risk=high_risk)]
    seat = choose(people, now=NOON, high_risk=high_risk)
    assert seat in free or (seat is None and not free)


@given(seats)
def test_the_chosen_one_is_the_least_full(people: list[Seat]) -> None:
    seat = choose(people, now=NOON)
    assert seat is None or seat.fullness == min(person.fullness for person in people if person.is_free(NOON))


@given(seats, st.integers(1, 100))
def test_whom_the_visitor_knows_comes_first_where_free(people: list[Seat], known: int) -> None:
    seat = choose(people, now=NOON, preferred=known)
    if any(person.user_id == known and person.is_free(NOON) for person in people):
        assert seat is not None
        assert seat.user_id == known


def test_whom_the_visitor_knows_is_not_asked_twice() -> None:
    haru, ren = Seat(1, 0, 2, None), Seat(2, 1, 2, None)
    assert choose([haru, ren], now=NOON, preferred=1, declined=frozenset({1})) == ren


def test_one_of_four_lines_is_less_full_than_one_of_two() -> None:
    few, many = Seat(1, 1, 2, None), Seat(2, 1, 4, NOON)
    assert choose([few, many], now=NOON) == many


def test_who_waited_longest_for_a_session_is_asked_first() -> None:
    early, late = Seat(1, 1, 2, NOON), Seat(2, 1, 2, NOON + timedelta(minutes=5))
    assert choose([late, early], now=NOON) == early


def test_who_declined_is_asked_again_only_when_nobody_else_has_room() -> None:
    haru, ren = Seat(1, 0, 2, None), Seat(2, 1, 2, None)
    assert choose([haru, ren], now=NOON, declined=frozenset({1})) == ren
    assert choose([haru], now=NOON, declined=frozenset({1})) == haru


def test_a_trainee_is_offered_nothing_at_high_risk() -> None:
    trainee = Seat(1, 0, 2, None, trainee=True)
    assert choose([trainee], now=NOON, high_risk=True) is None
    assert choose([trainee], now=NOON) == trainee


def test_who_rests_is_offered_nothing_until_the_rest_is_over() -> None:
    seat = Seat(1, 0, 2, None, rests_until=NOON + timedelta(minutes=10))
    assert choose([seat], now=NOON) is None
    assert choose([seat], now=NOON + timedelta(minutes=10)) == seat


def test_no_rule_knows_what_a_visitor_wishes_or_what_a_person_is() -> None:
    """A wish (a woman, a language) is shown to people; a machine that decided by it would decide who is heard."""
    known = {field.name for kind in (Waiting, Seat) for field in fields(kind)}
    assert known == {
        "session_id", "risk", "queued_at", "offered_to", "trial",
        "user_id", "load", "capacity", "last_taken_at", "rests_until", "trainee",
    }  # fmt: skip
