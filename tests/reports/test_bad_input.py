"""What periods and pages answer to what cannot be, or hardly ever is: docs/results.md lists which test shows which."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from accounts.models import User
from counseling.models import Program
from reports import words
from reports.content import tables
from reports.days import DayKind
from reports.periods import Period, fiscal_year_of, month_of
from reports.results import Results, results
from reports.tables import Table, Unknown
from tests.conftest import confirm
from tests.reports.conftest import KeepSessions, at
from tests.reports.test_results import valid_at

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
RESULTS = "/programs/women/results"
CHOSEN = re.compile(r'<option value="([^"]+)" selected>')
MARCH, APRIL = month_of(date(2026, 3, 1)), month_of(date(2026, 4, 1))


def found(program: Program, period: Period) -> Results:
    return results(program, period, DayKind.CALENDAR, "ja")


def table(program: Program, period: Period, key: str) -> Table:
    return next(one for one in tables(found(program, period)) if one.key == key)


@pytest.mark.parametrize(
    ("year", "said"),
    [
        ("0000", "2026-11-23のように書いてください。"),
        ("0001", "2000年から2100年までの日を選んでください。"),
        ("9999", "2000年から2100年までの日を選んでください。"),
        ("99999", "2026-11-23のように書いてください。"),
        ("-001", "2026-11-23のように書いてください。"),
    ],
)
def test_absurd_years_are_said_beside_the_field(mio: User, signed_in: SignedIn, year: str, said: str) -> None:
    browser = signed_in(mio)
    confirm(browser)
    asked = {"first": f"{year}-01-01", "last": f"{year}-12-31", "day": "calendar"}
    assert said in browser.get(f"{RESULTS}/", asked).content.decode()
    assert said in browser.post(f"{RESULTS}/runs/", asked).content.decode()
    # A file leads back to the page, which says it.
    assert browser.get(f"{RESULTS}.csv", asked).status_code == 302


@pytest.mark.parametrize("month", ["0000-01", "9999-12", "2026-00", "2026-4", "令和8年4月"])
def test_a_month_that_cannot_be_is_the_latest_one(kei: User, signed_in: SignedIn, month: str) -> None:
    browser = signed_in(kei)
    shown = [browser.get(f"{RESULTS}/public/", query).content.decode() for query in ({}, {"month": month})]
    usual, other = (CHOSEN.findall(page) for page in shown)
    assert usual == other
    assert len(usual) == 1


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2019, 4, 30), "平成31年4月30日(火)"),
        (date(2019, 5, 1), "令和元年5月1日(水)"),
        (date(2019, 12, 31), "令和元年12月31日(火)"),
        (date(2020, 1, 1), "令和2年1月1日(水)"),
        (date(2020, 2, 29), "令和2年2月29日(土)"),
        (date(2000, 1, 1), "平成12年1月1日(土)"),
    ],
)
def test_the_years_of_japan_change_on_their_day(day: date, said: str) -> None:
    assert words.day(day, eras=True) == said


def test_a_fiscal_year_is_called_by_the_era_in_which_it_ends() -> None:
    called = [words.period(fiscal_year_of(date(year, 4, 1)), eras=True) for year in (2018, 2019, 2020)]
    assert called == ["平成30年度", "令和元年度", "令和2年度"]


def test_a_leap_day_is_set_against_the_day_before_it_a_year_ago(program: Program, keep_sessions: KeepSessions) -> None:
    leap = Period(date(2024, 2, 29), date(2024, 2, 29))
    assert leap.year_before == Period(date(2023, 2, 28), date(2023, 2, 28))
    keep_sessions(valid_at(at("2024-02-29", "23:59")))
    assert found(program, leap).totals["accesses"] == 1
    assert len(fiscal_year_of(date(2024, 2, 29))) == 366


def test_a_talk_over_midnight_and_over_march_counts_where_it_began(
    program: Program, keep_sessions: KeepSessions
) -> None:
    keep_sessions(valid_at(at("2026-03-31", "23:50"), minutes=40))
    assert [found(program, one).totals["valid"] for one in (MARCH, APRIL)] == [1, 0]
    assert found(program, MARCH).duration.longest == timedelta(minutes=40)
    assert found(program, APRIL).duration.count == 0


def test_a_clock_that_was_put_back_takes_the_length_and_leaves_the_talk(
    program: Program, keep_sessions: KeepSessions
) -> None:
    back = {"ended_at": at("2026-04-02", "11:00"), "queued_at": at("2026-04-02", "12:30")}
    keep_sessions(valid_at(at("2026-04-02")) | back)
    got = found(program, APRIL)
    assert (got.totals["valid"], got.duration.count, got.wait.count) == (1, 0, 0)
    bands = table(program, APRIL, "bands")
    assert [row.values[0] for row in bands.rows] == [0, 0, 0, 0, 0, 0, 1]


def test_nothing_is_divided_by_nothing(program: Program) -> None:
    rates = table(program, APRIL, "rates")
    assert {row.values[0] for row in rates.rows} == {Unknown.NOTHING}
    assert table(program, APRIL, "waits").rows[0].values[0] == Unknown.NOTHING
    assert table(program, APRIL, "messages").rows[0].values[0] == Unknown.NOTHING


def test_before_a_program_began_there_is_nobody_and_no_mistake(program: Program) -> None:
    for period in (Period(date(2000, 1, 1), date(2000, 1, 1)), fiscal_year_of(date(2050, 4, 1))):
        assert not any(found(program, period).figures.totals.values())
