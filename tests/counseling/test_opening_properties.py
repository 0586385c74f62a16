"""Any opening hours, against a scan of single minutes that knows no runs and no horizons."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counseling.opening import TOKYO, Hours, Window, describe, status_at, why_closed

FIRST = date(2026, 12, 24)  # near exceptions, the year end and 元日
QUARTER = 15
LATEST = 32 * 60
MINUTE = timedelta(minutes=1)


@st.composite
def windows(draw: st.DrawFn) -> tuple[Window, ...]:
    ends = draw(st.lists(st.integers(0, LATEST // QUARTER), min_size=0, max_size=6, unique=True).map(sorted))
    touching = draw(st.booleans())
    pairs = pairwise(ends) if touching else zip(ends[::2], ends[1::2], strict=False)
    return tuple(Window(a * QUARTER, b * QUARTER) for a, b in pairs if a * QUARTER < 24 * 60)


near_dates = st.integers(-3, 14).map(lambda ahead: FIRST + timedelta(days=ahead))
any_hours = st.builds(
    Hours,
    weekly=st.lists(windows(), min_size=7, max_size=7).map(tuple),
    holiday=st.none() | windows(),
    exceptions=st.dictionaries(near_dates, windows(), max_size=3),
    year_end_closed=st.booleans(),
    intake_close=st.sampled_from([0, 15, 30, 90]),
    starts_on=st.none() | near_dates,
    ends_on=st.none() | near_dates,
)
moments = st.integers(0, 10 * 24 * 60).map(
    lambda minute: datetime(2026, 12, 24, tzinfo=TOKYO) + timedelta(minutes=minute)
)
searched = partial(settings, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def open_by_scan(hours: Hours, moment: datetime) -> bool:
    minute = moment.hour * 60 + moment.minute
    today = hours.windows_on(moment.date())
    yesterday = hours.windows_on(moment.date() - timedelta(days=1))
    return any(w.opens <= minute < w.closes for w in today) or any(
        w.opens <= minute + 24 * 60 < w.closes for w in yesterday
    )


@searched(max_examples=300)
@given(any_hours, moments)
def test_open_agrees_with_a_scan(hours: Hours, moment: datetime) -> None:
    status = status_at(hours, moment)
    assert status.open == open_by_scan(hours, moment)
    assert not status.intake_open or status.open
    assert (why_closed(hours, moment) is None) == status.intake_open
    assert status.open == (status.window is not None) == (status.service_day is not None)


@searched(max_examples=60)
@given(any_hours, moments)
def test_the_next_opening_is_the_first_after_now(hours: Hours, moment: datetime) -> None:
    found = status_at(hours, moment).next_open
    scanned = (moment + step * MINUTE for step in range(1, 3 * 24 * 60))
    first = next((m for m in scanned if open_by_scan(hours, m) and not open_by_scan(hours, m - MINUTE)), None)
    if first is not None or (found is not None and found < moment + timedelta(days=3)):
        assert found == first


@searched(max_examples=150)
@given(any_hours, moments)
def test_the_window_is_open_to_its_last_minute_and_shut_around(hours: Hours, moment: datetime) -> None:
    window = status_at(hours, moment).window
    if window is None or window.end - window.start > timedelta(days=7):
        return
    assert window.start <= moment < window.end
    assert window.start <= window.intake_until <= window.end
    assert open_by_scan(hours, window.start) and open_by_scan(hours, window.end - MINUTE)
    assert not open_by_scan(hours, window.start - MINUTE) and not open_by_scan(hours, window.end)


@searched(max_examples=200)
@given(any_hours)
def test_hours_survive_being_stored(hours: Hours) -> None:
    if hours.starts_on and hours.ends_on and hours.ends_on < hours.starts_on:
        return
    assert Hours.from_json(hours.to_json()) == hours
    assert describe(hours, "ja") and describe(hours, "en")
