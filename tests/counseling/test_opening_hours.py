"""Opening hours as they are stored, refused and said."""

from __future__ import annotations

import pytest

from counseling.opening import Hours, InvalidHours, describe

NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def every_day(*windows: str) -> dict[str, list[str]]:
    return {name: list(windows) for name in NAMES}


def weekdays(*windows: str) -> dict[str, list[str]]:
    return {name: list(windows) for name in NAMES[:5]}


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ([], ("", "not_an_object")),
        (None, ("", "not_an_object")),
        ({"weekly": []}, ("weekly", "not_an_object")),
        ({"weekly": {"monday": []}}, ("weekly.monday", "unknown_key")),
        ({"hours": {}}, ("hours", "unknown_key")),
        ({"weekly": {"mon": "12:00-22:00"}}, ("weekly.mon", "not_a_list")),
        ({"weekly": {"mon": [1200]}}, ("weekly.mon.0", "bad_text")),
        ({"weekly": {"mon": ["12:00〜22:00"]}}, ("weekly.mon.0", "bad_text")),
        ({"weekly": {"mon": ["１２:00-22:00"]}}, ("weekly.mon.0", "bad_text")),
        ({"weekly": {"mon": ["12:60-22:00"]}}, ("weekly.mon.0", "bad_text")),
        ({"weekly": {"mon": ["12:00-22:00\n"]}}, ("weekly.mon.0", "bad_text")),
        ({"weekly": {"mon": ["22:00-12:00"]}}, ("weekly.mon.0", "end_before_start")),
        ({"weekly": {"mon": ["12:00-12:00"]}}, ("weekly.mon.0", "end_before_start")),
        ({"weekly": {"mon": ["20:00-32:01"]}}, ("weekly.mon.0", "past_32")),
        ({"weekly": {"mon": ["25:00-26:00"]}}, ("weekly.mon.0", "starts_next_day")),
        ({"weekly": {"mon": ["12:00-15:00", "14:59-18:00"]}}, ("weekly.mon.1", "overlap")),
        ({"weekly": {"mon": ["14:00-18:00", "12:00-15:00"]}}, ("weekly.mon.0", "overlap")),
        ({"weekly": {"mon": ["12:00-13:00"] * 13}}, ("weekly.mon", "too_many")),
        ({"exceptions": {str(number): [] for number in range(1_001)}}, ("exceptions", "too_many")),
        ({"holiday": ["x"]}, ("holiday.0", "bad_text")),
        ({"exceptions": {"2026-02-29": []}}, ("exceptions.2026-02-29", "bad_date")),
        ({"exceptions": {"20261224": []}}, ("exceptions.20261224", "bad_date")),
        ({"exceptions": {"9999-12-31": []}}, ("exceptions.9999-12-31", "bad_date")),
        ({"exceptions": {"2026-12-24": None}}, ("exceptions.2026-12-24", "not_a_list")),
        ({"year_end_closed": 1}, ("year_end_closed", "not_a_boolean")),
        ({"intake_close": True}, ("intake_close", "bad_minutes")),
        ({"intake_close": -1}, ("intake_close", "bad_minutes")),
        ({"intake_close": 481}, ("intake_close", "bad_minutes")),
        ({"starts_on": "tomorrow"}, ("starts_on", "bad_date")),
        ({"starts_on": "2026-02-02", "ends_on": "2026-02-01"}, ("ends_on", "end_before_start")),
    ],
)
def test_hours_that_cannot_be_kept_are_refused(value: object, problem: tuple[str, str]) -> None:
    with pytest.raises(InvalidHours) as refused:
        Hours.from_json(value)
    assert refused.value.problems == [problem]


def test_every_problem_is_named_at_once() -> None:
    with pytest.raises(InvalidHours) as refused:
        Hours.from_json({"weekly": {"mon": ["x", "9:00-8:00"]}, "intake_close": "30"})
    assert {path for path, _ in refused.value.problems} == {"weekly.mon.0", "weekly.mon.1", "intake_close"}


SPLIT_WEEK = weekdays("17:00-22:00") | {"sat": ["14:00-19:00"], "sun": ["14:00-19:00"]}


@pytest.mark.parametrize(
    ("value", "japanese", "english"),
    [
        (
            {"weekly": every_day("12:00-22:00"), "intake_close": 30},
            "毎日 12:00〜22:00(受付は21:30まで)",
            "Every day 12:00–22:00 (new sessions until 21:30)",
        ),
        (
            {"weekly": SPLIT_WEEK, "holiday": ["14:00-19:00"]},
            "平日 17:00〜22:00、土日祝 14:00〜19:00",
            "Weekdays 17:00–22:00, weekends and public holidays 14:00–19:00",
        ),
        (
            {"weekly": SPLIT_WEEK, "intake_close": 20},
            "月〜金 17:00〜22:00、土日 14:00〜19:00(受付は終了の20分前まで)、祝日も曜日どおり",
            (
                "Mondays to Fridays 17:00–22:00, weekends 14:00–19:00 (new sessions until 20 minutes before the end), "
                "public holidays as any other day"
            ),
        ),
        (
            {"weekly": {"sun": ["20:00-32:00"]}, "holiday": [], "intake_close": 30},
            "日曜 20:00〜翌8:00(受付は翌7:30まで)、祝日は休み",
            "Sundays 20:00–8:00 the next day (new sessions until 7:30 the next day), closed on public holidays",
        ),
        (
            {"weekly": every_day("17:00-26:00"), "year_end_closed": True},
            "毎日 17:00〜翌2:00、年末年始(12/29〜1/3)は休み",
            "Every day 17:00–2:00 the next day, closed December 29 – January 3",
        ),
        ({"weekly": every_day("00:00-24:00"), "intake_close": 30}, "毎日 24時間", "Every day 24 hours"),
        (
            {"weekly": every_day("00:00-08:00", "20:00-24:00"), "intake_close": 30},
            "毎日 0:00〜8:00・20:00〜24:00(受付は終了の30分前まで)",
            "Every day 0:00–8:00 and 20:00–24:00 (new sessions until 30 minutes before the end)",
        ),
        (
            {"weekly": {"mon": ["9:00-12:00"], "wed": ["9:00-12:00"]}, "holiday": ["9:00-12:00"]},
            "月・水・祝日 9:00〜12:00",
            "Mondays, Wednesdays, public holidays 9:00–12:00",
        ),
        ({}, "決まった曜日の受付はありません", "No regular opening hours"),
    ],
)
def test_hours_are_said_as_people_say_them(value: object, japanese: str, english: str) -> None:
    hours = Hours.from_json(value)
    assert describe(hours, "ja") == describe(hours, "ja-JP") == japanese
    assert describe(hours, "en") == english
