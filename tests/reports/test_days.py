"""Where a day begins: at midnight, or when the evening before has closed."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from counseling.opening import TOKYO, Hours, Window, midnight, status_at
from reports.days import DayKind, days_between
from tests.counseling.test_opening_properties import any_hours, searched

NIGHT = Hours(weekly=((Window(20 * 60, 32 * 60),),) * 7)
MONDAY = date(2026, 4, 6)


def starts(hours: Hours, kind: DayKind, days: int = 2) -> list[str]:
    found = days_between(MONDAY, MONDAY + timedelta(days=days - 1), kind, hours)
    return [f"{moment:%m-%d %H:%M}" for moment in found.starts]


def test_a_calendar_day_begins_at_midnight() -> None:
    assert starts(NIGHT, DayKind.CALENDAR) == ["04-06 00:00", "04-07 00:00", "04-08 00:00"]


def test_a_service_day_begins_when_the_night_has_closed() -> None:
    assert starts(NIGHT, DayKind.SERVICE) == ["04-06 08:00", "04-07 08:00", "04-08 08:00"]


def test_without_nights_both_are_the_same() -> None:
    day = Hours(weekly=((Window(9 * 60, 24 * 60),),) * 7)
    assert starts(day, DayKind.SERVICE) == starts(day, DayKind.CALENDAR)


def test_only_nights_that_were_open_move_the_morning() -> None:
    weekend = Hours(weekly=((),) * 6 + ((Window(20 * 60, 26 * 60),),))
    assert starts(weekend, DayKind.SERVICE) == ["04-06 02:00", "04-07 00:00", "04-08 00:00"]


def test_a_leap_day_is_a_day() -> None:
    found = days_between(date(2028, 2, 28), date(2028, 3, 1), DayKind.CALENDAR, NIGHT)
    assert [day.isoformat() for day in found.dates] == ["2028-02-28", "2028-02-29", "2028-03-01"]


@searched(max_examples=200)
@given(any_hours, st.integers(0, 10 * 24 * 60))
def test_an_open_moment_is_on_the_service_day_the_hours_say(hours: Hours, minutes: int) -> None:
    moment = datetime(2026, 12, 24, tzinfo=TOKYO) + timedelta(minutes=minutes)
    days = days_between(date(2026, 12, 20), date(2027, 1, 10), DayKind.SERVICE, hours)
    on = next(day for day, end in zip(days.dates, days.starts[1:], strict=True) if moment < end)
    assert on == (status_at(hours, moment).service_day or moment.date())


@searched(max_examples=100)
@given(any_hours)
def test_days_follow_one_another(hours: Hours) -> None:
    days = days_between(date(2026, 12, 20), date(2027, 1, 10), DayKind.SERVICE, hours)
    assert len(days.starts) == len(days) + 1
    assert list(days.starts) == sorted(set(days.starts))
    assert all(
        midnight(day) <= start < midnight(day) + timedelta(hours=9)
        for day, start in zip(days.dates, days.starts, strict=False)
    )
