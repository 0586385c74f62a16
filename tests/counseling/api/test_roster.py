"""The roster's API: one answer for all that follows, all or nothing, and a constant number of queries."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.roles import Role
from counseling.models import Membership, Program, Shift
from tests.conftest import person
from tests.counseling.actions.planned import MONDAY, at, day_of, evening, planned

Ask = Callable[..., Any]


@pytest.fixture
def api(mio: User, signed_in: Callable[[User], Client], program: Program) -> Ask:
    """Mio's requests about the roster, looking at the week of MONDAY."""
    client = signed_in(mio)

    def ask(method: str, path: str, body: Any = None, days: str = "7") -> Any:
        address = f"/api/{path.replace('roster', f'programs/{program.pk}/roster')}?from={MONDAY}&days={days}"
        content = "" if body is None else json.dumps(body)
        return client.generic(method, address, content, content_type="application/json")

    return ask


def wish(user: User | None, day: int = 0, begins: float = 19, ends: float = 23, **other: Any) -> dict[str, Any]:
    times = {"starts_at": at(begins, day).isoformat(), "ends_at": at(ends, day).isoformat()}
    return {"user": user.pk if user else None, "role": "counselor", "lines": 2, **times, **other}


def test_the_roster_has_people_shifts_and_what_is_required(api: Ask, program: Program, haru: User, mio: User) -> None:
    Program.objects.filter(pk=program.pk).update(required_lines={"mon": {"19": 3}})
    (shift,) = planned(program, mio, evening(haru))
    roster = api("GET", "roster").json()
    assert (roster["from"], roster["days"]) == (str(MONDAY), 7)
    assert [(one["name"], one["roles"]) for one in roster["people"]] == [
        ("Haru", ["counselor"]),
        ("Mio", ["supervisor"]),
    ]
    assert [(one["id"], one["user"], one["published"]) for one in roster["shifts"]] == [(shift.pk, haru.pk, True)]
    assert roster["required"] == {str(MONDAY): {"19": 3}}
    gap = {"from": 19, "until": 20, "required": 3, "planned": 2}
    assert roster["warnings"] == [{"kind": "gap", "user": None, "on": str(MONDAY), "values": gap}]


def test_the_same_people_elsewhere_are_seen_without_names(api: Ask, program: Program, haru: User, mio: User) -> None:
    other = Program.objects.create(slug="child", name="子ども", kind="child_abuse", starts_on=program.starts_on)
    Membership.objects.create(user=mio, program=other, role=Role.SUPERVISOR)
    Membership.objects.create(user=haru, program=other, role=Role.COUNSELOR)
    planned(other, mio, evening(haru, begins=22, ends=25))
    answer = api("POST", "roster/shifts", wish(haru))
    roster = api("GET", "roster").json()
    assert [one["user"] for one in roster["elsewhere"]] == [haru.pk]
    assert "program" not in roster["elsewhere"][0]
    assert [one["kind"] for one in answer.json()["warnings"]] == ["double_booking"]


def test_who_left_and_still_has_shifts_is_shown_without_roles(api: Ask, program: Program, ren: User, mio: User) -> None:
    planned(program, mio, evening(ren))
    Membership.objects.filter(user=ren).delete()
    assert [(one["name"], one["roles"]) for one in api("GET", "roster").json()["people"]][-1] == ("Ren", [])


def test_many_are_planned_or_none(api: Ask, haru: User, ren: User) -> None:
    answer = api("POST", "roster/shifts", {"shifts": [wish(haru), wish(ren), wish(ren, ends=24)]})
    assert (answer.status_code, answer.json()["error"]) == (409, "double_booked")
    assert list(answer.json()["fields"]) == ["2"]
    assert not Shift.objects.exists()
    answer = api("POST", "roster/shifts", {"shifts": [wish(haru), wish(ren)]})
    assert (answer.status_code, len(answer.json()["shifts"])) == (201, 2)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"starts_at": "2026-11-23T19:00"}, "starts_at"),
        ({"ends_at": "2026-11-23T19:00:30+09:00"}, "ends_at"),
        ({"starts_at": 5}, "starts_at"),
        ({"lines": "2"}, "lines"),
        ({"user": 0}, "user"),
        ({"extra": 1}, "extra"),
    ],
)
def test_what_is_no_shift_is_refused_by_its_field(wrong: dict[str, Any], field: str, api: Ask, haru: User) -> None:
    alone, among = api("POST", "roster/shifts", wish(haru) | wrong), {"shifts": [wish(haru), wish(haru, 1) | wrong]}
    assert (alone.status_code, list(alone.json()["fields"])) == (400, [field])
    assert list(api("POST", "roster/shifts", among).json()["fields"]) == [f"1.{field}"]
    assert not Shift.objects.exists()


@pytest.mark.parametrize("shifts", [[], 5, [5], [{}] * 501])
def test_what_is_no_list_of_shifts_is_refused(shifts: Any, api: Ask) -> None:
    assert api("POST", "roster/shifts", {"shifts": shifts}).status_code == 400


def test_rules_refuse_with_a_sentence(api: Ask, haru: User) -> None:
    answer = api("POST", "roster/shifts", wish(haru, ends=36))
    assert (answer.status_code, answer.json()["error"]) == (400, "too_long")
    assert "16時間" in answer.json()["message"]


@pytest.mark.parametrize("days", ["0", "43", "x"])
def test_days_that_cannot_be_shown_are_refused_before_anything_is_changed(days: str, api: Ask, haru: User) -> None:
    assert api("GET", "roster", days=days).status_code == 400
    assert api("POST", "roster/shifts", wish(haru), days=days).status_code == 400
    assert not Shift.objects.exists()


def test_a_shift_is_changed_and_taken_out(api: Ask, program: Program, haru: User, ren: User, mio: User) -> None:
    (shift,) = planned(program, mio, evening(haru))
    changed = api("PUT", f"shifts/{shift.pk}", wish(ren, 1)).json()["shifts"]
    assert [(one["user"], one["published"]) for one in changed] == [(ren.pk, True)]
    assert api("DELETE", f"shifts/{shift.pk}").json()["gone"] == [shift.pk]
    assert api("DELETE", f"shifts/{shift.pk}").status_code == 404


def test_weeks_are_copied_and_published(api: Ask, program: Program, haru: User, mio: User) -> None:
    planned(program, mio, evening(haru), published=False)
    copied = api("POST", "roster/copies", {"from": str(MONDAY), "to": str(day_of(7))})
    assert (copied.status_code, len(copied.json()["shifts"])) == (201, 1)
    shown = api("PUT", "roster/publication", {"from": str(MONDAY), "to": str(day_of(13))}).json()
    assert [one["published"] for one in shown["shifts"]] == [True, True]


@pytest.mark.parametrize(
    "days", [{"from": "2026-11-23"}, {"from": "20261123", "to": "2026-11-30"}, {"from": 1, "to": 2}]
)
def test_days_are_written_in_one_way(days: dict[str, Any], api: Ask) -> None:
    assert api("POST", "roster/copies", days).status_code == 400


def test_patterns_and_required_lines_come_with_every_answer(api: Ask) -> None:
    kind = {"name": "夜勤", "role": "counselor", "starts": 1140, "ends": 1380, "lines": 2}
    made = api("POST", "roster/patterns", kind).json()["patterns"]
    assert [one["name"] for one in made] == ["夜勤"]
    required = api("PUT", "roster/required", {"required": {"tue": {"19": 3}}}).json()["required"]
    assert set(required) <= {str(day_of(1))}
    assert api("PUT", f"patterns/{made[0]['id']}", kind | {"ends": 1560}).json()["patterns"][0]["ends"] == 1560
    assert api("POST", "roster/patterns", kind).json()["error"] == "name_taken"
    assert api("DELETE", f"patterns/{made[0]['id']}").json()["patterns"] == []


def test_hours_no_day_has_are_refused(api: Ask) -> None:
    assert api("PUT", "roster/required", {"required": {"mon": {"32": 1}}}).json()["error"] == "bad_hours"
    assert api("PUT", "roster/required", {"required": {"mon": {"9": "1"}}}).status_code == 400


def test_a_month_of_many_takes_as_many_queries_as_a_day(
    program: Program, mio: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    from counseling.feeds import roster

    people = [person(f"P{number}", program, Role.COUNSELOR) for number in range(8)]
    rows = [
        Shift(program=program, user=user, starts_at=at(19, day), ends_at=at(19, day) + timedelta(hours=4))
        for user in people
        for day in range(30)
    ]
    for count in (1, len(rows)):
        Shift.objects.all().delete()
        Shift.objects.bulk_create([Shift(**_fields(row)) for row in rows[:count]])
        with django_assert_num_queries(4):
            assert len(roster.roster(program.pk, MONDAY, 31)["shifts"]) == count


def _fields(row: Shift) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("program_id", "user_id", "starts_at", "ends_at")}


@pytest.mark.parametrize("name", ["\ud800", "\0", "夜\n勤", "\u202e夜勤"])
def test_a_pattern_is_named_in_letters_one_sees(name: str, api: Ask) -> None:
    answer = api("POST", "roster/patterns", {"name": name, "role": "counselor", "starts": 0, "ends": 60, "lines": 1})
    assert (answer.status_code, answer.json()["error"]) == (400, "bad_name")
