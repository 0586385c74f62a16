"""The month's messages: thresholds, months of Japan, and counts that say nothing any more."""

from datetime import datetime

import pytest

from counseling.quota import level, level_now, month_start, percent


@pytest.mark.parametrize(
    ("used", "quota", "reached"),
    [
        (0, 1000, 0),
        (799, 1000, 0),
        (800, 1000, 80),
        (949, 1000, 80),
        (950, 1000, 95),
        (1000, 1000, 95),
        (1200, 1000, 95),
        (2, 3, 0),
        (0, 0, 95),
        (5, None, 0),
        (None, 1000, 0),
    ],
)
def test_a_threshold_is_reached_at_its_very_percent(used: int | None, quota: int | None, reached: int) -> None:
    assert level(used, quota) == reached


@pytest.mark.parametrize(("used", "quota", "shown"), [(799, 1000, 79), (0, 7, 0), (3, 2, 150), (0, 0, 100)])
def test_percent_is_never_rounded_up(used: int, quota: int, shown: int) -> None:
    assert percent(used, quota) == shown


def test_the_month_is_that_of_japan() -> None:
    begins = datetime.fromisoformat("2026-12-01T00:00:00+09:00")
    assert month_start(datetime.fromisoformat("2026-11-30T15:00:00+00:00")) == begins
    assert month_start(datetime.fromisoformat("2026-11-30T14:59:59+00:00")).month == 11


def test_a_count_of_last_month_says_nothing() -> None:
    now = datetime.fromisoformat("2026-12-01T00:10:00+09:00")
    before = datetime.fromisoformat("2026-11-30T23:50:00+09:00")
    assert level_now(990, 1000, before, now) == 0
    assert level_now(990, 1000, now, now) == 95
    assert level_now(990, 1000, None, now) == 0
