"""When a survey is sent, and what cannot be kept as a plan."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from counseling.opening import TOKYO
from counseling.survey import Door, InvalidPlan, Kept, Plan, When, read

AFTERNOON = datetime(2019, 2, 20, 15, 0, tzinfo=TOKYO)
NIGHT = datetime(2019, 2, 20, 23, 30, tzinfo=TOKYO)


def wrong(**stored: Any) -> list[tuple[str, str]]:
    with pytest.raises(InvalidPlan) as refused:
        read(stored)
    return refused.value.problems


def test_without_a_plan_nobody_is_asked() -> None:
    assert read(None) == Plan()
    assert read(None).due(AFTERNOON) is None


def test_at_the_end_is_at_once_whatever_the_hour() -> None:
    assert Plan(When.AT_END).due(NIGHT) == NIGHT


def test_later_is_so_many_hours_after_the_end() -> None:
    assert Plan(When.LATER, hours=24).due(AFTERNOON) == AFTERNOON + timedelta(hours=24)


@pytest.mark.parametrize(("hours", "day"), [(1, 21), (8, 21), (24, 22)])
def test_nobody_is_asked_at_night(hours: int, day: int) -> None:
    assert Plan(When.LATER, hours=hours).due(NIGHT) == datetime(2019, 2, day, 9, tzinfo=TOKYO)


def test_kanagawa_asked_everybody_on_one_day() -> None:
    plan = Plan(When.ON, on=date(2019, 3, 7))
    assert plan.due(AFTERNOON) == plan.due(NIGHT) == datetime(2019, 3, 7, 9, tzinfo=TOKYO)


def test_who_talks_after_that_day_is_asked_then() -> None:
    plan = Plan(When.ON, on=date(2019, 2, 10))
    assert plan.due(AFTERNOON) == AFTERNOON
    assert plan.due(NIGHT) == datetime(2019, 2, 21, 9, tzinfo=TOKYO)


def test_what_is_written_is_read_again() -> None:
    plan = Plan(When.ON, 48, date(2019, 3, 7), Door.PAGE, web=False, kept=Kept.APART, days_open=7, interval=0)
    assert read(plan.to_json()) == plan


def test_everything_that_is_wrong_is_told_at_once() -> None:
    assert wrong(
        when="soon", hours=0, on="7.3.2019", line=1, web="yes", kept="x", days_open=61, interval=True, x=1
    ) == [
        ("x", "unknown_key"),
        ("when", "unknown"),
        ("line", "unknown"),
        ("kept", "unknown"),
        ("hours", "out_of_range"),
        ("days_open", "out_of_range"),
        ("interval", "not_a_number"),
        ("web", "not_a_boolean"),
        ("on", "not_a_date"),
    ]


@pytest.mark.parametrize("stored", [[], "never", 1])
def test_a_plan_is_an_object(stored: object) -> None:
    with pytest.raises(InvalidPlan):
        read(stored)


def test_on_a_day_needs_the_day() -> None:
    assert wrong(when="on") == [("on", "missing")]
    assert wrong(when="on", on="20190307") == [("on", "not_a_date")]


def test_a_survey_that_is_sent_has_a_door() -> None:
    assert wrong(when="at_end", line="no", web=False) == [("line", "no_door")]
    assert read({"when": "never", "line": "no", "web": False}).when == When.NEVER


def test_answers_by_taps_cannot_be_kept_apart() -> None:
    assert wrong(when="at_end", line="taps", kept="apart") == [("line", "apart_by_taps")]
    assert read({"when": "at_end", "line": "page", "kept": "apart"}).kept == Kept.APART
