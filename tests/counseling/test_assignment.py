"""Who is next, and who takes them."""

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


@given(seats)
def test_nobody_without_room_is_chosen(people: list[Seat]) -> None:
    seat = choose(people)
    assert (seat is not None) == any(person.has_room for person in people)
    assert seat is None or seat.has_room


@given(seats)
def test_the_chosen_one_has_the_least_load(people: list[Seat]) -> None:
    seat = choose(people)
    assert seat is None or seat.load == min(person.load for person in people if person.has_room)


def test_who_waited_longest_for_a_session_is_asked_first() -> None:
    early, late = Seat(1, 1, 2, NOON), Seat(2, 1, 2, NOON + timedelta(minutes=5))
    assert choose([late, early]) == early


def test_who_declined_is_asked_again_only_when_nobody_else_has_room() -> None:
    haru, ren = Seat(1, 0, 2, None), Seat(2, 1, 2, None)
    assert choose([haru, ren], declined=frozenset({1})) == ren
    assert choose([haru], declined=frozenset({1})) == haru
