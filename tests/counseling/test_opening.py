"""When a program is open: tables from published programs."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from counseling.opening import (
    TOKYO,
    Hours,
    Window,
    holiday_name,
    next_opening,
    status_at,
    week,
    why_closed,
)

NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTE = timedelta(minutes=1)


def every_day(*windows: str) -> dict[str, list[str]]:
    return {name: list(windows) for name in NAMES}


def weekdays(*windows: str) -> dict[str, list[str]]:
    return {name: list(windows) for name in NAMES[:5]}


def at(text: str) -> datetime:
    """A moment by Tokyo's clock."""
    return datetime.fromisoformat(text).replace(tzinfo=TOKYO)


WOMEN = Hours.from_json({"weekly": every_day("12:00-22:00"), "starts_on": "2019-02-01", "ends_on": "2019-02-14"})
CHILDREN = Hours.from_json({"weekly": every_day("09:00-20:00"), "starts_on": "2019-02-01", "ends_on": "2019-02-28"})
SINGLE_PARENTS = Hours.from_json(
    {
        "weekly": weekdays("17:00-22:00") | {"sat": ["14:00-19:00"], "sun": ["14:00-19:00"]},
        "holiday": ["14:00-19:00"],
        "starts_on": "2019-02-01",
        "ends_on": "2019-02-19",
    }
)
EARTHQUAKE = Hours.from_json({"weekly": every_day("19:00-22:00"), "starts_on": "2018-06-22", "ends_on": "2018-07-01"})
FLOOD = Hours.from_json({"weekly": every_day("19:00-22:00"), "starts_on": "2018-07-20", "ends_on": "2018-08-19"})
SUICIDE = Hours.from_json(
    {"weekly": every_day("18:00-22:00"), "intake_close": 30, "starts_on": "2019-03-01", "ends_on": "2019-03-31"}
)
SUNDAY_NIGHT = Hours.from_json({"weekly": {"sun": ["20:00-32:00"]}, "intake_close": 30})
LATE = Hours.from_json({"weekly": every_day("17:00-26:00"), "intake_close": 30, "year_end_closed": True})


@pytest.mark.parametrize(
    ("hours", "moment", "is_open", "intake_open"),
    [
        (WOMEN, "2019-02-01T11:59:59", False, False),
        (WOMEN, "2019-02-01T12:00:00", True, True),
        (WOMEN, "2019-02-14T21:59:59", True, True),
        (WOMEN, "2019-02-14T22:00:00", False, False),
        (WOMEN, "2019-02-15T12:00:00", False, False),
        (WOMEN, "2019-01-31T12:00:00", False, False),
        (CHILDREN, "2019-02-28T19:59:00", True, True),
        (CHILDREN, "2019-02-28T20:00:00", False, False),
        (SINGLE_PARENTS, "2019-02-08T14:00:00", False, False),
        (SINGLE_PARENTS, "2019-02-08T21:00:00", True, True),
        (SINGLE_PARENTS, "2019-02-09T14:00:00", True, True),
        (SINGLE_PARENTS, "2019-02-09T19:00:00", False, False),
        (SINGLE_PARENTS, "2019-02-11T14:00:00", True, True),  # Monday, 建国記念の日
        (SINGLE_PARENTS, "2019-02-11T21:00:00", False, False),
        (EARTHQUAKE, "2018-06-22T19:00:00", True, True),
        (EARTHQUAKE, "2018-07-01T22:00:00", False, False),
        (FLOOD, "2018-08-19T21:59:00", True, True),
        (SUICIDE, "2019-03-31T21:29:59", True, True),
        (SUICIDE, "2019-03-31T21:30:00", True, False),
        (SUICIDE, "2019-03-31T22:00:00", False, False),
        (SUNDAY_NIGHT, "2026-11-23T07:29:00", True, True),
        (SUNDAY_NIGHT, "2026-11-23T07:30:00", True, False),
        (SUNDAY_NIGHT, "2026-11-23T08:00:00", False, False),
        (LATE, "2026-11-24T01:29:00", True, True),
        (LATE, "2026-11-24T01:30:00", True, False),
        (LATE, "2026-11-24T02:00:00", False, False),
        (LATE, "2028-02-29T17:00:00", True, True),
        (LATE, "2028-03-01T01:00:00", True, True),
        (LATE, "2026-12-29T01:00:00", True, True),  # 12/28's night goes on into the closed year end
        (LATE, "2026-12-31T18:00:00", False, False),
        (LATE, "2027-01-04T01:00:00", False, False),
        (LATE, "2027-01-04T17:00:00", True, True),
    ],
)
def test_published_programs_are_open_when_they_said(
    hours: Hours, moment: str, is_open: bool, intake_open: bool
) -> None:
    status = status_at(hours, at(moment))
    assert (status.open, status.intake_open) == (is_open, intake_open)


def test_the_morning_after_belongs_to_the_evening_before() -> None:
    status = status_at(SUNDAY_NIGHT, at("2026-11-23T03:00"))
    assert status.service_day == date(2026, 11, 22)
    assert status.window is not None
    assert status.window.start == at("2026-11-22T20:00")
    assert status.window.end == at("2026-11-23T08:00")
    assert status.window.intake_until == at("2026-11-23T07:30")
    assert status.next_open == at("2026-11-29T20:00")


def test_a_night_goes_on_into_an_exception_a_holiday_and_past_the_last_day() -> None:
    nights = {"weekly": every_day("20:00-32:00"), "holiday": [], "exceptions": {"2026-12-24": []}}
    hours = Hours.from_json(nights)
    assert status_at(hours, at("2026-12-24T07:59")).open
    assert not status_at(hours, at("2026-12-24T20:00")).open
    assert status_at(hours, at("2026-11-23T07:59")).open  # 勤労感謝の日
    assert not status_at(hours, at("2026-11-23T20:00")).open
    last = date(2026, 12, 20)
    assert status_at(hours, at("2026-12-21T07:59"), None, last).service_day == last
    assert not status_at(hours, at("2026-12-21T20:00"), None, last).open


def test_a_program_that_begins_today_has_no_night_of_yesterday() -> None:
    hours = Hours.from_json({"weekly": every_day("20:00-32:00")})
    assert not status_at(hours, at("2026-12-01T03:00"), date(2026, 12, 1)).open
    assert next_opening(hours, at("2026-12-01T03:00"), date(2026, 12, 1)) == at("2026-12-01T20:00")


def test_touching_windows_close_their_intake_once_at_the_end() -> None:
    hours = Hours.from_json({"weekly": every_day("12:00-15:00", "15:00-18:00"), "intake_close": 30})
    assert status_at(hours, at("2026-11-24T14:45")).intake_open
    assert not status_at(hours, at("2026-11-24T17:30")).intake_open


def test_windows_that_meet_at_midnight_are_one_opening_and_two_service_days() -> None:
    hours = Hours.from_json({"weekly": {"sat": ["20:00-24:00"], "sun": ["00:00-08:00"]}, "intake_close": 30})
    before, after = (status_at(hours, at(text)) for text in ("2026-11-28T23:45", "2026-11-29T00:15"))
    assert before.intake_open
    assert before.window == after.window
    assert before.window is not None
    assert before.window.end == at("2026-11-29T08:00")
    assert (before.service_day, after.service_day) == (date(2026, 11, 28), date(2026, 11, 29))


def test_a_program_of_24_hours_never_closes_its_intake_until_its_last_night() -> None:
    hours = Hours.from_json({"weekly": every_day("00:00-24:00"), "intake_close": 30, "ends_on": "2026-11-30"})
    assert status_at(hours, at("2026-11-10T23:59")).intake_open
    assert status_at(hours, at("2026-11-10T23:59")).next_open is None
    assert not status_at(hours, at("2026-11-30T23:30")).intake_open


def test_an_exception_beats_year_end_and_holiday() -> None:
    new_year = {"weekly": every_day("12:00-22:00"), "year_end_closed": True, "holiday": []}
    hours = Hours.from_json(new_year | {"exceptions": {"2027-01-01": ["10:00-12:00"]}})
    assert status_at(hours, at("2027-01-01T11:00")).open
    assert not status_at(hours, at("2027-01-02T13:00")).open


@pytest.mark.parametrize(
    ("hours", "moment", "reason"),
    [
        (SUICIDE, "2019-02-28T19:00", "not_yet"),
        (SUICIDE, "2019-03-01T17:00", "off_hours"),
        (SUICIDE, "2019-03-01T19:00", None),
        (SUICIDE, "2019-03-01T21:45", "after_intake_close"),
        (SUICIDE, "2019-03-01T22:45", "off_hours"),
        (SUICIDE, "2019-03-31T22:45", "ended"),
        (SUICIDE, "2019-04-01T19:00", "ended"),
        (Hours(), "2019-04-01T19:00", "off_hours"),
    ],
)
def test_a_closed_door_says_why(hours: Hours, moment: str, reason: str | None) -> None:
    assert why_closed(hours, at(moment)) == reason


def test_the_next_opening_is_found_months_ahead_and_at_a_far_exception() -> None:
    assert next_opening(WOMEN, at("2018-06-01T00:00")) == at("2019-02-01T12:00")
    lone = Hours.from_json({"exceptions": {"2030-05-05": ["10:00-12:00"]}})
    assert next_opening(lone, at("2026-01-01T00:00")) == at("2030-05-05T10:00")
    assert next_opening(WOMEN, at("2019-02-14T22:00")) is None


def test_dates_at_the_end_of_the_calendar_break_nothing() -> None:
    assert next_opening(LATE, at("2026-01-01T00:00"), date.max, date.max) is None
    assert why_closed(LATE, at("2026-01-01T00:00"), date.max) == "not_yet"


def test_other_clocks_are_read_as_tokyos() -> None:
    utc = datetime(2019, 2, 1, 3, 0, tzinfo=UTC)
    assert status_at(WOMEN, utc).open
    assert not status_at(WOMEN, utc - MINUTE).open


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        status_at(WOMEN, datetime.fromisoformat("2019-02-01T12:00"))


def test_the_preview_says_which_rule_made_each_day() -> None:
    hours = Hours.from_json(
        {
            "weekly": every_day("12:00-22:00"),
            "holiday": [],
            "exceptions": {"2026-11-24": ["09:00-10:00"]},
            "ends_on": "2026-11-25",
        }
    )
    days = week(hours, date(2026, 11, 22), 5)
    assert [day.kind for day in days] == ["weekday", "holiday", "exception", "weekday", "outside"]
    assert [day.holiday for day in days] == [None, "勤労感謝の日", None, None, None]
    assert days[2].windows == (Window(540, 600),)
    assert len(week(hours, date(2026, 11, 22))) == 7


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2019, 5, 1), "天皇の即位の日"),
        (date(2019, 5, 6), "振替休日"),
        (date(2026, 9, 22), "国民の休日"),
        (date(2026, 12, 31), None),
    ],
)
def test_national_holidays_have_their_names(day: date, name: str | None) -> None:
    assert holiday_name(day) == name
