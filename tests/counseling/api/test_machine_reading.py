"""What machines read of programs and hours, and how they are told what they asked wrongly."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from counseling.models import Duty, Program
from counseling.opening import TOKYO
from counseling.stages import Stage
from tests.conftest import NEVER
from tests.machines import Machine, machine

NIGHT = {
    "weekly": {"mon": ["12:00-15:00", "15:00-18:00"], "fri": ["20:00-26:00"]},
    "holiday": ["10:00-12:00"],
    "exceptions": {"2026-11-25": ["09:00-10:00"], "2026-11-27": []},
    "intake_close": 30,
}


@pytest.fixture
def reader(program: Program, aoi: User) -> Machine:
    return machine(program, aoi)


def the_program(reader: Machine) -> Any:
    answer = reader.get("programs")
    assert answer.status_code == 200
    (only,) = answer.json()["programs"]
    return only


def test_a_key_sees_its_program(reader: Machine) -> None:
    Program.objects.create(slug="other", name="other", kind="women", starts_on=timezone.localdate())
    shown = the_program(reader)
    reception = shown.pop("reception")
    assert shown == {
        "slug": "women",
        "name": "女性のための相談",
        "kind": "women",
        "starts_on": "2019-02-01",
        "ends_on": None,
    }
    assert (reception["receiving"], reception["reason"], reception["closes_at"]) == (True, None, None)


def test_out_of_hours_it_says_why_and_when_it_opens(reader: Machine) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    Program.objects.update(hours=NEVER | {"exceptions": {tomorrow.isoformat(): ["12:00-22:00"]}})
    reception = the_program(reader)["reception"]
    assert (reception["receiving"], reception["reason"]) == (False, "off_hours")
    assert reception["next_opening"] == f"{tomorrow}T12:00:00+09:00"


def test_after_its_last_day_a_program_is_over(reader: Machine) -> None:
    Program.objects.update(ends_on=timezone.localdate() - timedelta(days=1))
    reception = the_program(reader)["reception"]
    assert (reception["receiving"], reception["reason"], reception["next_opening"]) == (False, "period_over", None)


def test_too_few_people_are_a_reason(reader: Machine, haru: User) -> None:
    Program.objects.update(least_on_duty=1)
    assert the_program(reader)["reception"]["receiving"]
    Duty.objects.all().delete()
    reception = the_program(reader)["reception"]
    assert (reception["receiving"], reception["reason"]) == (False, "unstaffed")


@pytest.mark.parametrize(
    ("stage", "reason"), [(Stage.DRAFT, "not_yet"), (Stage.PAUSED, "paused"), (Stage.CLOSED, "closed")]
)
def test_a_program_that_is_not_open_promises_no_hour(reader: Machine, stage: Stage, reason: str) -> None:
    Program.objects.update(stage=stage, hours={"weekly": dict.fromkeys(("mon", "thu"), ["12:00-22:00"])})
    assert the_program(reader)["reception"] == {
        "receiving": False,
        "reason": reason,
        "closes_at": None,
        "intake_until": None,
        "next_opening": None,
    }


def test_hours_are_told_as_rules_and_as_moments(reader: Machine) -> None:
    Program.objects.update(hours=NIGHT)
    answer = reader.of("hours", first="2026-11-23", days=5).json()
    assert answer["time_zone"] == "Asia/Tokyo"
    assert answer["rules"]["weekly"]["fri"] == ["20:00-26:00"]
    assert answer["rules"]["exceptions"] == NIGHT["exceptions"]
    assert [(day["date"], day["rule"], len(day["openings"])) for day in answer["days"]] == [
        ("2026-11-23", "holiday", 1),
        ("2026-11-24", "weekday", 0),
        ("2026-11-25", "exception", 1),
        ("2026-11-26", "weekday", 0),
        ("2026-11-27", "exception", 0),
    ]
    assert answer["days"][0]["holiday"] == "勤労感謝の日"
    assert answer["days"][2]["openings"] == [
        {
            "opens_at": "2026-11-25T09:00:00+09:00",
            "closes_at": "2026-11-25T10:00:00+09:00",
            "intake_until": "2026-11-25T09:30:00+09:00",
        }
    ]


def test_windows_that_touch_take_people_until_the_last_one_closes(reader: Machine) -> None:
    Program.objects.update(hours=NIGHT)
    (monday,) = reader.of("hours", first="2026-11-30", days=1).json()["days"]
    assert [opening["intake_until"][11:16] for opening in monday["openings"]] == ["15:00", "17:30"]


def test_a_night_belongs_to_the_day_on_which_it_begins(reader: Machine) -> None:
    Program.objects.update(hours=NIGHT)
    (friday,) = reader.of("hours", first="2026-12-04", days=1).json()["days"]
    assert friday["openings"][0]["closes_at"] == "2026-12-05T02:00:00+09:00"
    assert friday["openings"][0]["intake_until"] == "2026-12-05T01:30:00+09:00"


def test_outside_its_dates_a_program_has_no_hours(reader: Machine) -> None:
    Program.objects.update(ends_on=date(2026, 11, 23))
    days = reader.of("hours", first="2026-11-23", days=2).json()["days"]
    assert [(day["rule"], len(day["openings"])) for day in days] == [("weekday", 1), ("outside", 0)]


def test_hours_begin_with_today_and_show_a_week(reader: Machine) -> None:
    days = reader.of("hours").json()["days"]
    assert len(days) == 7
    assert days[0]["date"] == datetime.now(TOKYO).date().isoformat()


BAD = {
    "days=0": {"days": "日数(days)は1から31までの数字にしてください。"},
    "days=32": {"days": "日数(days)は1から31までの数字にしてください。"},
    "days=07": {"days": "日数(days)は1から31までの数字にしてください。"},
    "days=７": {"days": "日数(days)は1から31までの数字にしてください。"},
    "days=9999999999999999999999": {"days": "日数(days)は1から31までの数字にしてください。"},
    "days=": {"days": "日数(days)は1から31までの数字にしてください。"},
    "first=2026-11-31": {"first": "最初の日(first)は「2026-04-01」のように書いてください。"},
    "first=20261101": {"first": "最初の日(first)は「2026-04-01」のように書いてください。"},
    "first=2026-W01-1": {"first": "最初の日(first)は「2026-04-01」のように書いてください。"},
    "first=1999-12-31": {"first": "最初の日(first)は2000年から2100年までにしてください。"},
    "first=%00": {"first": "最初の日(first)は「2026-04-01」のように書いてください。"},
    "first=2026-01-01&first=2026-01-02": {"first": "この項目は1度だけ書いてください。"},
    "frist=2026-01-01": {"frist": "この項目はありません。"},
    "frist=1&days=x": {
        "frist": "この項目はありません。",
        "days": "日数(days)は1から31までの数字にしてください。",
    },
}


@pytest.mark.parametrize(("query", "told"), BAD.items(), ids=BAD)
def test_a_query_that_cannot_be_is_told_by_name(reader: Machine, query: str, told: dict[str, str]) -> None:
    answer = reader.get(f"programs/women/hours?{query}")
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid")
    assert answer.json()["fields"] == {name: [sentence] for name, sentence in told.items()}


def test_programs_take_no_query(reader: Machine) -> None:
    assert reader.get("programs", limit=5).json()["fields"] == {"limit": ["この項目はありません。"]}


def test_the_program_costs_one_query_and_one_for_its_people(reader: Machine, django_assert_num_queries: Any) -> None:
    reader.get("programs")
    with django_assert_num_queries(1):
        reader.of("hours")
    Program.objects.update(least_on_duty=1)
    with django_assert_num_queries(2):
        reader.get("programs")
