"""The same window every day, from two clocks."""

from datetime import time

import pytest

from counseling.opening import Hours, daily


@pytest.mark.parametrize(
    ("opens", "closes", "window"),
    [
        (time(10), time(22), "10:00-22:00"),
        (time(20), time(2, 30), "20:00-26:30"),
        (time(18), time(0), "18:00-24:00"),
        (time(0), time(0), "00:00-24:00"),
        (time(12), time(8), "12:00-32:00"),
    ],
)
def test_two_clocks_are_a_window_every_day(opens: time, closes: time, window: str) -> None:
    stored = daily.every_day(opens, closes)
    assert set(stored["weekly"]) == {"mon", "tue", "wed", "thu", "fri", "sat", "sun"}
    assert {windows[0] for windows in stored["weekly"].values()} == {window}


@pytest.mark.parametrize(
    ("opens", "closes"), [(time(0), time(0)), (time(10), time(22)), (time(23, 59), time(8)), (time(12), time(7, 59))]
)
def test_what_it_makes_can_be_read(opens: time, closes: time) -> None:
    try:
        Hours.from_json(daily.every_day(opens, closes))
    except ValueError as refused:
        pytest.fail(str(refused))


@pytest.mark.parametrize(("opens", "closes"), [(time(10), time(10)), (time(9), time(8, 30)), (time(10), time(8, 1))])
def test_no_window_is_empty_or_ends_late_in_the_next_morning(opens: time, closes: time) -> None:
    with pytest.raises(daily.NoSuchWindow):
        daily.every_day(opens, closes)
