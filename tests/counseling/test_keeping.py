"""What a program agreed on what remains of it."""

from typing import Any

import pytest

from counseling import keeping
from reports.days import DayKind


@pytest.mark.parametrize(
    ("retention", "wrong"),
    [
        ({}, []),
        ({"words": 30, "records": 3650, "contacts": 365, "pictures": 1, "addresses": 365}, []),
        ({"words": 29}, [("words", "out_of_bounds")]),
        ({"addresses": 366}, [("addresses", "out_of_bounds")]),
        ({"records": True}, [("records", "bad_value")]),
        ({"records": "365"}, [("records", "bad_value")]),
        ({"photos": 365}, [("photos", "unknown_key")]),
    ],
)
def test_days_are_kept_within_their_bounds(retention: dict[str, Any], wrong: list[tuple[str, str]]) -> None:
    assert list(keeping.wrong_retention(retention)) == wrong


@pytest.mark.parametrize(
    ("report", "wrong"),
    [
        ({}, []),
        ({"day": "service"}, []),
        ({"day": "moon"}, [("day", "bad_value")]),
        ({"day": ["service"]}, [("day", "bad_value")]),
        ({"week": "iso"}, [("week", "unknown_key")]),
    ],
)
def test_results_are_counted_by_a_day_that_is_known(report: dict[str, Any], wrong: list[tuple[str, str]]) -> None:
    assert list(keeping.wrong_report(report)) == wrong


def test_it_knows_the_days_that_results_can_be_counted_by() -> None:
    assert tuple(kind.value for kind in DayKind) == keeping.COUNTED_BY
    assert keeping.counted_by({}) == DayKind.CALENDAR
