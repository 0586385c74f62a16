"""What a program's numbers, times and switches may be."""

from datetime import timedelta
from typing import Any

import pytest

from counseling import bounds
from counseling.models import Program

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("values", "problems"),
    [
        ({}, {}),
        ({"capacity": 10, "rescue_after": None, "daily_limit": None, "neutral_title": False}, {}),
        ({"capacity": 0}, {"capacity": "out_of_bounds"}),
        ({"capacity": True}, {"capacity": "bad_value"}),
        ({"capacity": None}, {"capacity": "bad_value"}),
        ({"offer_for": 30}, {"offer_for": "bad_value"}),
        ({"neutral_title": 1}, {"neutral_title": "bad_value"}),
        ({"routing": "pull"}, {}),
        ({"routing": None}, {"routing": "bad_value"}),
        ({"secret": 1}, {"secret": "unknown"}),
        ({"nudge_after": 15 * MINUTE}, {"notice_after": "out_of_order"}),
        ({"nudge_after": 5 * MINUTE, "notice_after": 30 * MINUTE}, {"close_after": "out_of_order"}),
        ({"nudge_after": 5 * MINUTE, "notice_after": 30 * MINUTE, "close_after": 40 * MINUTE}, {}),
        ({"close_after": 181 * MINUTE}, {"close_after": "out_of_bounds"}),
        ({"least_on_duty": 1, "least_supervisors": 2}, {"least_supervisors": "more_than_people"}),
    ],
)
def test_each_rule_has_its_bounds_and_its_place(values: dict[str, Any], problems: dict[str, str]) -> None:
    assert bounds.wrong(values) == problems


def test_a_new_program_is_within_bounds() -> None:
    fresh = Program()
    assert bounds.wrong({name: getattr(fresh, name) for name in bounds.RULES}) == {}


def test_what_a_rule_is_compared_with_is_what_a_new_program_has() -> None:
    fresh = Program()
    assert {name: getattr(fresh, name) for name in bounds.DEFAULTS} == bounds.DEFAULTS
