"""Figures as machines read them."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from counseling.models import Program
from reports import measures
from tests.machines import Machine, machine
from tests.reports.conftest import KeepSessions, at

ANSWERED = {"first_response_at": at("2026-04-02", "12:01"), "last_visitor_at": at("2026-04-02", "12:02")}


@pytest.fixture
def reader(program: Program, aoi: User) -> Machine:
    return machine(program, aoi)


def figures(reader: Machine, **query: object) -> Any:
    answer = reader.of("figures", **({"first": "2026-04-01", "last": "2026-04-03"} | query))
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_a_period_is_told_in_sum_by_day_and_with_its_check(reader: Machine, keep_sessions: KeepSessions) -> None:
    keep_sessions(
        {"received_at": at("2026-04-01"), "state": "off_hours", "refusal": "off_hours"},
        {"received_at": at("2026-04-02"), "state": "closed", "classification": "valid", **ANSWERED},
        {"received_at": at("2026-04-02", "23:59"), "state": "abandoned"},
        {"received_at": at("2026-04-04"), "state": "abandoned"},
    )
    told = figures(reader)
    assert (told["first"], told["last"], told["day"]) == ("2026-04-01", "2026-04-03", "calendar")
    assert told["definitions"] == measures.VERSION
    counts = {figure["key"]: (figure["count"], figure["per_day"]) for figure in told["figures"]}
    assert counts["accesses"] == (3, "1.0")
    assert counts["in_hours"] == (2, "0.7")
    assert counts["valid"] == (1, "0.3")
    assert {rate["key"]: rate["percent"] for rate in told["rates"]} == {"answer_rate": "50.0", "thankful_rate": "0.0"}
    assert told["check"] == {"parts": [part.key for part in measures.OUTCOMES.parts], "total": 3, "holds": True}
    assert [(day["date"], day["counts"]["accesses"]) for day in told["days"]] == [
        ("2026-04-01", 1),
        ("2026-04-02", 2),
        ("2026-04-03", 0),
    ]


def test_every_figure_comes_with_its_name_and_definition(reader: Machine) -> None:
    told = figures(reader)
    assert [one["key"] for one in told["figures"]] == [measure.key for measure in measures.MEASURES]
    assert told["figures"][0]["name"] == "アクセス数"
    assert all(one["definition"] for one in (*told["figures"], *told["rates"]))
    address = "/api/v1/programs/women/figures?first=2026-04-01&last=2026-04-01"
    english: Any = reader.send("GET", address, **{"Accept-Language": "en"})
    assert english.json()["figures"][0]["name"] == "Accesses"


def test_without_anybody_a_rate_is_null(reader: Machine) -> None:
    assert {rate["percent"] for rate in figures(reader)["rates"]} == {None}


def test_service_days_keep_the_night_together(reader: Machine, keep_sessions: KeepSessions) -> None:
    Program.objects.update(hours={"weekly": dict.fromkeys(("wed", "thu", "fri"), ["20:00-26:00"])})
    keep_sessions({"received_at": at("2026-04-03", "01:30")})
    assert [day["counts"]["accesses"] for day in figures(reader)["days"]] == [0, 0, 1]
    assert [day["counts"]["accesses"] for day in figures(reader, day="service")["days"]] == [0, 1, 0]


def test_who_names_no_day_gets_the_one_the_program_counts_by(reader: Machine, keep_sessions: KeepSessions) -> None:
    hours = {"weekly": dict.fromkeys(("wed", "thu", "fri"), ["20:00-26:00"])}
    Program.objects.update(hours=hours, report={"day": "service"})
    keep_sessions({"received_at": at("2026-04-03", "01:30")})
    told = figures(reader)
    assert told["day"] == "service"
    assert [day["counts"]["accesses"] for day in told["days"]] == [0, 1, 0]
    assert figures(reader, day="calendar")["day"] == "calendar"


def test_a_year_with_its_leap_day_is_a_period(reader: Machine) -> None:
    assert len(figures(reader, first="2023-04-01", last="2024-03-31")["days"]) == 366


TOMORROW = (timezone.localdate() + timedelta(days=1)).isoformat()
BAD = {
    "": {"first": "この項目は必須です。", "last": "この項目は必須です。"},
    "first=2026-04-01": {"last": "この項目は必須です。"},
    "first=2026-04-02&last=2026-04-01": {"last": "最後の日(last)は、最初の日(first)か、そのあとの日にしてください。"},
    "first=2024-04-01&last=2025-04-02": {"last": "期間は366日までにしてください。分けて読めます。"},
    f"first={TOMORROW}&last={TOMORROW}": {"last": "最後の日(last)は、今日か、その前の日にしてください。"},
    "first=2026-04-01&last=2026-04-01&day=week": {"day": "日の分け方(day)は、calendarかserviceにしてください。"},
    "first=2026-04-01&last=2026-04-01&day=": {"day": "日の分け方(day)は、calendarかserviceにしてください。"},
    "first=2026-04-01&last=2026-04-01&from=x": {"from": "この項目はありません。"},
}


@pytest.mark.parametrize(("query", "told"), BAD.items(), ids=list(BAD))
def test_a_period_that_cannot_be_is_told_by_name(reader: Machine, query: str, told: dict[str, str]) -> None:
    answer = reader.get(f"programs/women/figures?{query}")
    assert answer.status_code == 400
    assert answer.json()["fields"] == {name: [sentence] for name, sentence in told.items()}


def test_figures_cost_one_query(reader: Machine, keep_sessions: KeepSessions, django_assert_num_queries: Any) -> None:
    keep_sessions(*({"received_at": at("2026-04-01")} for _each in range(3)))
    reader.get("programs")
    with django_assert_num_queries(2):
        figures(reader)
