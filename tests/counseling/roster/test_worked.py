"""Hours worked against hours planned: what counts, and what is only told."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counseling.roster.worked import Span, Worked, month

START = datetime(2026, 11, 23, 10, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
SHIFT = Span(START, START + 4 * HOUR)


def worked(begins: timedelta, ends: timedelta, **more: object) -> Worked:
    """A duty for SHIFT, beginning and ending so much after its times."""
    return Worked(Span(SHIFT.starts_at + begins, SHIFT.ends_at + ends), SHIFT, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("begins", "ends", "late", "early", "over"),
    [
        (0, 0, 0, 0, 0),
        (5, -5, 0, 0, 0),
        (6, -6, 6, 6, 0),
        (-30, 20, 0, 0, 20),
    ],
)
def test_five_minutes_are_the_way_to_the_console(begins: int, ends: int, late: int, early: int, over: int) -> None:
    duty = worked(begins * MINUTE, ends * MINUTE)
    assert [duty.late, duty.left_early, duty.over] == [late * MINUTE, early * MINUTE, over * MINUTE]


def test_rests_are_not_work_and_count_only_within_the_duty() -> None:
    rests = (
        Span(START + HOUR, START + HOUR + 15 * MINUTE),
        Span(START + 3 * HOUR + 50 * MINUTE, START + 6 * HOUR),
        Span(START + 7 * HOUR, START + 8 * HOUR),
    )
    assert worked(0 * HOUR, 0 * HOUR, rests=rests).time == 4 * HOUR - 25 * MINUTE


def test_a_duty_nobody_planned_is_neither_late_nor_over() -> None:
    duty = Worked(SHIFT, None)
    assert (duty.time, duty.late, duty.left_early, duty.over) == (4 * HOUR, 0 * HOUR, 0 * HOUR, 0 * HOUR)


def test_only_shifts_that_are_over_are_owed_and_those_without_a_duty_are_missed() -> None:
    other = Span(START + 24 * HOUR, START + 28 * HOUR)
    to_come = Span(START + 48 * HOUR, START + 52 * HOUR)
    found = month([SHIFT, other, to_come], [worked(0 * HOUR, HOUR)], START + 30 * HOUR)
    assert (found.planned, found.worked, found.difference) == (8 * HOUR, 5 * HOUR, -3 * HOUR)
    assert found.missed == (other,)


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), max_size=5))
def test_time_worked_is_never_more_than_the_duty(rests: list[tuple[int, int]]) -> None:
    spans = tuple(Span(START + min(pair) * MINUTE, START + max(pair) * MINUTE) for pair in rests)
    duty = worked(0 * HOUR, 0 * HOUR, rests=spans[:1])
    assert 0 * HOUR <= duty.time <= 4 * HOUR
