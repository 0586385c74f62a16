"""The rule of heavy talks, and until when one should be talked over."""

from datetime import UTC, datetime, timedelta

import pytest

from counseling.care import LEAST_TIME, WITHOUT_DUTY, Weight, due_at, weights

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("high_risk", "lasted", "said", "found"),
    [
        (False, HOUR, False, ()),
        (True, timedelta(minutes=1), False, (Weight.RISK,)),
        (False, HOUR + timedelta(seconds=1), False, (Weight.LONG,)),
        (False, timedelta(minutes=1), True, (Weight.SAID,)),
        (True, 2 * HOUR, True, (Weight.RISK, Weight.LONG, Weight.SAID)),
    ],
)
def test_a_talk_is_heavy_by_its_risk_by_its_length_or_by_its_counselors_word(
    high_risk: bool, lasted: timedelta, said: bool, found: tuple[Weight, ...]
) -> None:
    assert weights(high_risk=high_risk, lasted=lasted, heavy_after=HOUR, said=said) == found


def test_it_is_due_until_the_later_end_of_the_shift() -> None:
    assert due_at(NOON, [NOON + 2 * HOUR, None]) == NOON + 2 * HOUR
    assert due_at(NOON, [NOON + 2 * HOUR, NOON + 3 * HOUR]) == NOON + 3 * HOUR
    assert due_at(NOON, [NOON + 2 * HOUR, NOON + HOUR]) == NOON + 2 * HOUR


def test_what_ends_with_the_shift_leaves_time_for_a_word() -> None:
    assert due_at(NOON, [NOON, NOON + timedelta(minutes=1)]) == NOON + LEAST_TIME


def test_without_a_duty_it_is_due_a_shift_s_length_later() -> None:
    assert due_at(NOON, []) == due_at(NOON, [None]) == NOON + WITHOUT_DUTY
