"""Copying a week."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from counseling.opening import TOKYO
from counseling.roster import Work, copied, double_bookings, service_day

MONDAY = date(2026, 11, 16)
WEEK = timedelta(days=7)


def work(day: int, begins: int, ends: int, user: int | None = 1) -> Work:
    midnight = datetime.combine(MONDAY, datetime.min.time(), TOKYO) + timedelta(days=day)
    return Work(midnight + timedelta(hours=begins), midnight + timedelta(hours=ends), user)


def test_a_monday_stays_a_monday_also_on_a_holiday() -> None:
    (copy,) = copied([work(0, 19, 26)], [], WEEK)
    assert service_day(copy) == date(2026, 11, 23)
    assert copy.ends_at - copy.starts_at == timedelta(hours=7)


def test_what_would_overlap_stays_out() -> None:
    assert copied([work(0, 19, 23)], [work(7, 18, 20)], WEEK) == []
    assert len(copied([work(0, 19, 23)], [work(7, 18, 20, user=2)], WEEK)) == 1


def test_two_open_places_stay_two() -> None:
    places = [work(0, 19, 23, user=None)] * 2
    once = copied(places, [], WEEK)
    assert len(once) == 2
    assert copied(places, once[:1], WEEK) == once[:1]


PLANS = st.lists(
    st.builds(
        lambda day, begins, length, user: work(day, begins, begins + length, user),
        st.integers(0, 6), st.integers(0, 23), st.integers(1, 16), st.sampled_from([None, 1, 2, 3]),
    ),
    max_size=14,
)  # fmt: skip


@given(PLANS, PLANS)
def test_copied_twice_a_week_is_there_once(works: list[Work], there: list[Work]) -> None:
    target = copied(there, [], WEEK)
    target += copied(works, target, WEEK)
    assert copied(works, target, WEEK) == []


@given(PLANS)
def test_a_copy_books_nobody_twice(works: list[Work]) -> None:
    assert double_bookings(copied(works, [], WEEK)) == []
