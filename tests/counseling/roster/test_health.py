"""Double bookings and hours that wear people out."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from counseling.opening import TOKYO
from counseling.roster import Concern, Work, double_bookings, strains

MONDAY = date(2026, 11, 16)


def work(day: int, begins: float, ends: float, user: int | None = 1, program: int = 1) -> Work:
    midnight = datetime.combine(MONDAY, datetime.min.time(), TOKYO) + timedelta(days=day)
    return Work(midnight + timedelta(hours=begins), midnight + timedelta(hours=ends), user, 2, program)


def told(concerns: list[Concern]) -> list[tuple[str, int, int]]:
    return [(one.kind, (one.on - MONDAY).days, *one.values.values()) for one in concerns]  # type: ignore[misc]


def test_the_same_person_in_two_programs_at_once_is_told() -> None:
    found = double_bookings([work(0, 9, 13), work(0, 12, 15, program=2)])
    assert told(found) == [("double_booking", 0, 60)]


def test_one_shift_after_another_is_no_double_booking() -> None:
    assert double_bookings([work(0, 9, 13), work(0, 13, 15), work(0, 9, 13, user=2)]) == []


def test_open_places_are_nobodys() -> None:
    assert double_bookings([work(0, 9, 13, user=None), work(0, 9, 13, user=None)]) == []
    assert strains([work(0, 0, 16, user=None)]) == []


def test_a_shift_inside_a_longer_one_is_seen_behind_another() -> None:
    found = double_bookings([work(0, 8, 20), work(0, 9, 10), work(0, 12, 13)])
    assert [minutes for _kind, _day, minutes in told(found)] == [60, 60]


def test_more_than_eight_hours_a_day_are_long() -> None:
    assert told(strains([work(0, 9, 17)])) == []
    assert told(strains([work(0, 9, 13), work(0, 14, 18.5)])) == [("long_day", 0, 510)]


def test_the_week_is_told_on_the_day_that_goes_over_forty_hours() -> None:
    assert told(strains([work(day, 9, 17) for day in range(5)])) == []
    assert told(strains([work(day, 9, 17) for day in range(6)])) == [("long_week", 5, 2880)]


def test_a_new_week_counts_anew() -> None:
    assert told(strains([work(day, 9, 17) for day in (1, 2, 3, 4, 5, 7, 8)])) == []


def test_less_than_eleven_hours_between_days_is_a_short_rest() -> None:
    assert told(strains([work(0, 14, 21), work(1, 8, 12)])) == []
    assert told(strains([work(0, 14, 21), work(1, 7.5, 12)])) == [("short_rest", 1, 630)]


def test_a_pause_within_a_day_is_no_rest() -> None:
    assert told(strains([work(0, 9, 12), work(0, 14, 17)])) == []


def test_the_seventh_day_in_a_row_is_told() -> None:
    assert told(strains([work(day, 9, 12) for day in range(8)])) == [("many_days", 6, 7), ("many_days", 7, 8)]
    assert told(strains([work(day, 9, 12) for day in (0, 1, 2, 4, 5, 6, 7)])) == []


def test_a_morning_after_a_night_is_told() -> None:
    assert told(strains([work(0, 18, 22.5), work(1, 10, 12)])) == [("night_then_morning", 1, 690)]
    assert told(strains([work(0, 18, 22.5), work(1, 11, 12)])) == []
    assert told(strains([work(0, 18, 22), work(1, 10, 12)])) == []


def test_a_morning_a_whole_day_after_a_night_is_fine() -> None:
    assert told(strains([work(0, 22, 29), work(2, 9, 12)])) == []


DAYS = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 23), st.integers(1, 9)), max_size=15)


@given(DAYS)
def test_the_order_of_the_plan_does_not_matter(days: list[tuple[int, int, int]]) -> None:
    works = [work(day, begins, begins + length) for day, begins, length in days]
    assert set(map(str, strains(works))) == set(map(str, strains(works[::-1])))
    assert bool(double_bookings(works)) == bool(double_bookings(works[::-1]))


@given(DAYS)
def test_double_bookings_are_found_whenever_any_two_overlap(days: list[tuple[int, int, int]]) -> None:
    works = [work(day, begins, begins + length) for day, begins, length in days]
    by_hand = any(
        a.starts_at < b.ends_at and b.starts_at < a.ends_at for i, a in enumerate(works) for b in works[i + 1 :]
    )
    assert bool(double_bookings(works)) == by_hand
