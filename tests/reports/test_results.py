"""Lengths, hours, people and answers against a naive computation over random sessions."""

from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from counseling.actions import editions, messages
from counseling.forms import Choice, Form, Kind, Question, ReportKey
from counseling.models import Part, Program, Session
from counseling.opening import TOKYO
from reports import content
from reports.days import DayKind
from reports.periods import Period
from reports.results import Results, results
from reports.tables import Row, Table
from tests.conftest import Say
from tests.reports import naive_lengths as naive
from tests.reports.conftest import KeepSessions, at
from tests.reports.naive import day_of, names_of
from tests.reports.test_measures import NIGHT, columns

pytestmark = pytest.mark.django_db
PERIOD = Period(date(2026, 3, 30), date(2026, 4, 5))
seconds = st.none() | st.integers(-60, 3 * 60 * 60).map(lambda number: timedelta(seconds=number))
ANSWERS = [{}, {"age": "10s"}, {"age": "20s", "area": "yokohama"}, {"area": "other"}]


@st.composite
def sittings(draw: st.DrawFn) -> dict[str, Any]:
    """A session's columns with its lengths, its risk and what its visitor answered."""
    row = draw(columns())
    queued, response, ended = draw(seconds), draw(seconds), draw(seconds)
    row["queued_at"] = row["received_at"] + queued if queued is not None else None
    if response is not None and row["first_response_at"] is not None:
        row["first_response_at"] = row["received_at"] + response
    row["ended_at"] = row["received_at"] + ended if ended is not None else None
    return row | {
        "visits": draw(st.integers(1, 3)),
        "risk": draw(st.integers(0, 4)),
        "attributes": draw(st.sampled_from(ANSWERS)),
    }


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(sittings(), max_size=30), st.sampled_from(list(DayKind)))
def test_every_length_and_hour_is_what_a_naive_computation_says(
    program: Program, keep_sessions: KeepSessions, rows: list[dict[str, Any]], kind: DayKind
) -> None:
    Program.objects.update(hours=NIGHT)
    program.refresh_from_db()
    with transaction.atomic():
        kept = keep_sessions(*({"editions": program.editions} | row for row in rows))
        found = results(program, PERIOD, kind, "ja")
        transaction.set_rollback(True)
    days = {day.isoformat() for day in found.figures.days.dates}
    on = {one: day_of(one, program.opening(), service=kind == DayKind.SERVICE) for one in kept}
    within = [one for one in kept if on[one] in days]
    same_lengths(found, within)
    assert {key: count for key, count in found.totals.items() if count and key in PEOPLE} == naive.people(within)
    came = Counter((on[one], naive.hour_of(one, on[one])) for one in within if names_of(one))
    dates = [day.isoformat() for day in found.figures.days.dates]
    assert {(dates[day], hour): n for (day, hour), c in found.by_hour.items() if (n := c["accesses"])} == came
    for key, question in (("age_band", "age"), ("area", "area")):
        valid = [one.attributes.get(question) for one in within if "valid" in names_of(one)]
        assert answered(found, key) == Counter(valid)


PEOPLE = {"abandoned", "new", "returning", "visitors", "risk_none", "risk_low", "risk_moderate", "risk_high"} | {
    "risk_imminent"
}
VALUES = {"10代": "10s", "20代": "20s", "30代": "30s", "横浜市": "yokohama", "その他": "other"}


def same_lengths(found: Results, within: list[Session]) -> None:
    for measured, lengths in ((found.wait, naive.waits(within)), (found.duration, naive.durations(within))):
        assert measured.count == len(lengths)
        assert measured.mean == naive.mean(lengths)
        assert measured.longest == max(lengths, default=timedelta(0))
        assert measured.median == naive.nearest_rank(lengths, 50)
        assert measured.ninetieth == naive.nearest_rank(lengths, 90)
    assert list(found.bands) == naive.bands(naive.durations(within))


def answered(found: Results, report: str) -> dict[str | None, int]:
    one = next(one for one in found.answers if one.report == report)
    counts: dict[str | None, int] = {VALUES[label]: c["valid"] for label, c in zip(one.labels, one.counts, strict=True)}
    return {value: count for value, count in {**counts, None: one.unknown["valid"]}.items() if count}


def valid_at(moment: datetime, *, minutes: int = 30, **other: Any) -> dict[str, Any]:
    """The columns of a valid talk that took so long."""
    answer = moment + timedelta(minutes=1)
    return {
        "received_at": moment,
        "queued_at": moment,
        "first_response_at": answer,
        "last_visitor_at": answer + timedelta(seconds=30),
        "ended_at": answer + timedelta(minutes=minutes),
        "state": "closed",
        "classification": "valid",
    } | other


def table(found: Results, key: str) -> Table:
    return next(one for one in content.tables(found) if one.key == key)


def row(found: Results, key: str, label: str) -> Row:
    return next(one for one in table(found, key).rows if one.label == label)


def test_bands_and_those_without_an_end_sum_to_the_valid_ones(program: Program, keep_sessions: KeepSessions) -> None:
    noon = at("2026-04-01")
    keep_sessions(*(valid_at(noon, minutes=minutes) for minutes in (0, 9, 10, 30, 59, 60, 90, 120, 300)))
    keep_sessions(valid_at(noon, ended_at=None, state="active", classification=""))
    shown = table(results(program, PERIOD, DayKind.CALENDAR, "ja"), "bands")
    assert [one.values[0] for one in shown.rows] == [2, 1, 2, 1, 1, 2, 1]
    assert shown.total is not None
    assert shown.total.values[0] == shown.n == 10


def test_a_mean_is_half_up_to_the_second(program: Program, keep_sessions: KeepSessions) -> None:
    noon = at("2026-04-01")
    one = valid_at(noon, first_response_at=noon + timedelta(seconds=1))
    keep_sessions(one, one | {"first_response_at": noon + timedelta(seconds=2)})
    assert results(program, PERIOD, DayKind.CALENDAR, "ja").wait.mean == timedelta(seconds=2)


def test_without_anybody_nothing_is_divided(program: Program) -> None:
    found = results(program, PERIOD, DayKind.CALENDAR, "ja")
    assert found.wait.mean is None
    assert found.messages == (0, 0, 0, 0)
    assert {str(value) for one in table(found, "waits").rows[:4] for value in one.values} == {"nothing"}
    assert {one.key for one in content.tables(found)} >= {"summary", "bands", "messages", "age_band"}


def test_an_answer_is_read_by_the_form_it_was_given_to(program: Program, keep_sessions: KeepSessions) -> None:
    first = dict(program.editions)
    again = Question(
        "how_old", Kind.CHOICE, {"ja": "年代"}, (Choice("20s", {"ja": "20〜29歳"}),), report=ReportKey.AGE_BAND
    )
    own = Question("age", Kind.TEXT, {"ja": "年のころ"})
    editions.put_in_force(program, Part.INTAKE, Form((again, own)).to_json(), by=None)
    noon = at("2026-04-01")
    keep_sessions(
        valid_at(noon, editions=first, attributes={"age": "10s"}),
        valid_at(noon, editions=first, attributes={"age": "20s"}),
        valid_at(noon, editions=program.editions, attributes={"how_old": "20s", "age": "10s"}),
        valid_at(noon, editions={}, attributes={"age": "10s"}),
    )
    found = results(program, PERIOD, DayKind.CALENDAR, "ja")
    assert [(one.label, one.values[0]) for one in table(found, "age_band").rows] == [
        ("20〜29歳", 2),
        ("10代", 1),
        ("不明", 1),
    ]


def test_a_talk_over_midnight_and_the_fiscal_year_counts_where_it_began(
    program: Program, keep_sessions: KeepSessions
) -> None:
    keep_sessions(valid_at(at("2026-03-31", "23:59"), minutes=90))
    old = results(program, Period(date(2025, 4, 1), date(2026, 3, 31)), DayKind.CALENDAR, "ja")
    new = results(program, Period(date(2026, 4, 1), date(2026, 4, 1)), DayKind.CALENDAR, "ja")
    assert (old.figures.totals["valid"], new.figures.totals["valid"]) == (1, 0)
    assert old.duration.longest == timedelta(minutes=90)
    assert row(old, "hours", "23時台").values[0] == 1


def test_a_leap_day_is_counted(program: Program, keep_sessions: KeepSessions) -> None:
    keep_sessions(valid_at(at("2028-02-29")))
    found = results(program, Period(date(2028, 2, 28), date(2028, 3, 1)), DayKind.CALENDAR, "ja")
    assert [one.values[0] for one in table(found, "days").rows] == [0, 1, 0]
    assert row(found, "weekdays", "火曜日").values[:3] == (1, Decimal("100.0"), 1)


def test_people_write_and_the_house_does_not(active: Session, program: Program, haru: User, sora_says: Say) -> None:
    messages.reply(session_id=active.pk, by=haru, client_id=UUID(int=1), words="お話しください")
    sora_says("聞いてください")
    sora_says("ながくなります")
    today = active.received_at.astimezone(TOKYO).date()
    assert results(program, Period(today, today), DayKind.CALENDAR, "ja").messages == (1, 4, 4, 3)


def test_a_period_costs_so_many_queries(
    program: Program, keep_sessions: KeepSessions, django_assert_num_queries: Any
) -> None:
    keep_sessions(*(valid_at(at("2026-04-01"), editions=program.editions) for _each in range(3)))
    results(program, PERIOD, DayKind.SERVICE, "ja")
    with django_assert_num_queries(21):
        content.tables(results(program, PERIOD, DayKind.SERVICE, "ja"))
