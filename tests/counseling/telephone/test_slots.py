"""When a visitor can be called back: within the telephone's hours, not in the past, and now while it is open."""

from datetime import datetime, timedelta

import pytest

from counseling.opening import TOKYO, Hours
from counseling.telephone import InvalidPlan, read, slot_of, slots, tap_of
from counseling.telephone.taps import data_of

EVENINGS = Hours.from_json({"weekly": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), ["18:00-20:00"])})
NIGHTS = Hours.from_json({"weekly": {"thu": ["22:00-26:00"]}})


def at(clock: str, day: int = 26) -> datetime:
    """A moment of November 2026; the 26th is a Thursday."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 11, day, hour, minute, tzinfo=TOKYO)


def codes(hours: Hours, now: datetime) -> list[str]:
    return [one.code[-4:] for one in slots(hours, now) if one.ends - now < timedelta(hours=12)]


def test_while_the_telephone_is_open_now_comes_first() -> None:
    assert codes(EVENINGS, at("18:10")) == ["now", "1830", "1900", "1930"]


def test_before_it_opens_every_half_hour_is_there() -> None:
    assert codes(EVENINGS, at("12:00")) == ["1800", "1830", "1900", "1930"]


def test_what_comes_too_soon_or_ends_too_late_is_not() -> None:
    assert codes(EVENINGS, at("19:20")) == ["now"]
    assert codes(EVENINGS, at("19:55")) == []


def test_a_night_goes_on_past_midnight() -> None:
    assert codes(NIGHTS, at("00:50", 27)) == ["now", "0130"]


def test_the_past_and_other_hours_cannot_be_chosen() -> None:
    now = at("18:10")
    assert slot_of(EVENINGS, now, "202611261830")
    for code in ("202611261800", "202611262000", "202611281800", "202611270330", "", "yes", "202713991800"):
        assert slot_of(EVENINGS, now, code) is None


def test_a_slot_knows_until_when_the_number_may_be_kept() -> None:
    assert all(one.closes == at("20:00") for one in slots(EVENINGS, at("18:10"))[:4])


def test_no_plan_is_no_telephone() -> None:
    assert not read(None).offers


@pytest.mark.parametrize(
    ("stored", "problem"),
    [
        ([], ("", "not_an_object")),
        ({"fax": 1}, ("fax", "unknown_key")),
        ({"line": "電話"}, ("line", "bad_number")),
        ({"line": 110}, ("line", "bad_number")),
        ({"calls_back": 1}, ("calls_back", "not_a_boolean")),
        ({"calls_back": True}, ("hours", "no_hours")),
        ({"hours": {"weekly": {"mon": ["x"]}}}, ("hours.weekly.mon.0", "bad_text")),
    ],
)
def test_a_plan_that_cannot_be_kept_says_why(stored: object, problem: tuple[str, str]) -> None:
    with pytest.raises(InvalidPlan) as refused:
        read(stored)
    assert problem in refused.value.problems


def test_a_plan_comes_back_as_it_was() -> None:
    plan = read({"line": "045-000-1234", "calls_back": True, "hours": {"weekly": {"mon": ["18:00-20:00"]}}})
    assert read(plan.to_json()) == plan


@pytest.mark.parametrize("data", ["phone=1", "phone=x=yes", "phone=1=YES", "intake=1.1=yes", "phone=1=yes\n", ""])
def test_anybody_else_s_postback_is_no_tap(data: str) -> None:
    assert tap_of(data) is None


def test_a_button_says_which_move_and_what() -> None:
    assert tap_of(data_of(7, "202611261830")) == (7, "202611261830")
