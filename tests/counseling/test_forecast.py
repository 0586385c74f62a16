"""Erlang's C: known values, and what must hold for every load."""

from math import factorial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counseling.forecast import MOST_LINES, MOST_WAITING, Arrivals, lines_needed, share_waiting

LOADS = st.floats(min_value=0.01, max_value=60)


def by_the_book(lines: int, load: float) -> float:
    """Erlang's C as the textbooks write it."""
    last = load**lines / factorial(lines) * lines / (lines - load)
    return last / (sum(load**k / factorial(k) for k in range(lines)) + last)


@pytest.mark.parametrize(("lines", "load", "share"), [(1, 0.5, 0.5), (2, 1.0, 1 / 3), (10, 8.0, 0.4092)])
def test_known_values(lines: int, load: float, share: float) -> None:
    assert share_waiting(lines, load) == pytest.approx(share, abs=1e-4)


@given(LOADS, st.integers(1, 40))
def test_it_is_the_textbooks_formula(load: float, spare: int) -> None:
    lines = int(load) + spare
    assert share_waiting(lines, load) == pytest.approx(by_the_book(lines, load), rel=1e-9)


@given(LOADS)
def test_with_too_few_lines_everybody_waits_and_one_more_never_hurts(load: float) -> None:
    shares = [share_waiting(lines, load) for lines in range(1, int(load) + 20)]
    assert shares == sorted(shares, reverse=True)
    assert share_waiting(int(load), load) == 1.0


@given(st.floats(min_value=0.1, max_value=60), st.floats(min_value=5, max_value=120))
def test_the_fewest_lines_are_enough_and_one_fewer_is_not(an_hour: float, minutes: float) -> None:
    lines, load = lines_needed(an_hour, minutes), an_hour * minutes / 60
    assert share_waiting(lines, load) < MOST_WAITING
    assert lines == 1 or share_waiting(lines - 1, load) >= MOST_WAITING


def test_nobody_comes_nobody_is_needed_and_there_is_an_end() -> None:
    assert lines_needed(0, 50) == 0
    assert lines_needed(1e9, 50) == MOST_LINES


@pytest.mark.parametrize(("days", "people", "enough"), [(4, 20, True), (3, 60, False), (8, 19, False), (0, 0, False)])
def test_too_little_seen_says_nothing(days: int, people: int, enough: bool) -> None:
    assert Arrivals(weekday=0, hour=19, days=days, people=people).is_enough is enough
