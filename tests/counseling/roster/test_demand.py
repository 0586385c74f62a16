"""Required lines against planned lines, hour by hour."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from counseling.opening import TOKYO
from counseling.roster import Lines, Work, gaps, required_on

# A Monday that is 勤労感謝の日, and an ordinary Tuesday.
HOLIDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


def at(day: date, hour: float) -> datetime:
    return datetime.combine(day, datetime.min.time(), TOKYO) + timedelta(hours=hour)


def work(begins: float, ends: float, *, lines: int = 2, user: int | None = 1, day: date = TUESDAY) -> Work:
    return Work(at(day, begins), at(day, ends), user, lines)


def test_a_holiday_has_its_own_lines_where_they_are_written() -> None:
    required = {"mon": {"19": 3}, "holiday": {"10": 1}}
    assert required_on(required, HOLIDAY) == {10: 1}
    assert required_on({"mon": {"19": 3}}, HOLIDAY) == {19: 3}
    assert required_on({"mon": {"19": 3}, "holiday": {}}, HOLIDAY) == {}


def test_hours_that_lack_the_same_are_told_together() -> None:
    found = gaps({"tue": {"19": 3, "20": 3, "21": 3, "22": 1}}, [work(19, 23)], [TUESDAY])
    assert [one.values for one in found] == [{"from": 19, "until": 22, "required": 3, "planned": 2}]


def test_an_hour_that_is_covered_in_part_is_a_gap() -> None:
    assert [one.values["planned"] for one in gaps({"tue": {"19": 2}}, [work(19.5, 23)], [TUESDAY])] == [0]


def test_hours_apart_are_told_apart() -> None:
    found = gaps({"tue": {"9": 1, "11": 1}}, [], [TUESDAY])
    assert [(one.values["from"], one.values["until"]) for one in found] == [(9, 10), (11, 12)]


def test_past_midnight_counts_for_the_service_day_before() -> None:
    required = {"tue": {"25": 2}}
    assert gaps(required, [work(22, 26)], [TUESDAY]) == []
    assert gaps(required, [work(1, 2, day=TUESDAY + timedelta(days=1))], [TUESDAY]) == []


def test_an_open_place_covers_nothing() -> None:
    assert len(gaps({"tue": {"19": 1}}, [work(19, 23, user=None)], [TUESDAY])) == 1


WORKS = st.builds(
    lambda begins, length, lines: work(begins / 4, (begins + length) / 4, lines=lines),
    st.integers(0, 120),
    st.integers(1, 64),
    st.integers(1, 5),
)


@given(st.lists(WORKS, max_size=12), st.integers(0, 31))
def test_lines_in_an_hour_are_the_least_of_its_quarters(works: list[Work], hour: int) -> None:
    quarters = [at(TUESDAY, hour + quarter / 4) for quarter in range(4)]
    by_hand = min(sum(one.lines for one in works if one.starts_at <= moment < one.ends_at) for moment in quarters)
    assert Lines(works).in_hour(TUESDAY, hour) == by_hand


@given(st.lists(WORKS, max_size=8), st.dictionaries(st.integers(0, 31), st.integers(0, 9)))
def test_gaps_say_exactly_the_hours_that_lack(works: list[Work], wanted: dict[int, int]) -> None:
    lines = Lines(works)
    lacking = {hour for hour, number in wanted.items() if lines.in_hour(TUESDAY, hour) < number}
    found = gaps({"tue": {str(hour): number for hour, number in wanted.items()}}, works, [TUESDAY])
    told = [hour for one in found for hour in range(one.values["from"], one.values["until"])]
    assert sorted(told) == sorted(lacking)
