"""Duty, breaks and the surge over the API: each answers with the whole Me, each refusal has its code."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from counseling.models import Duty, Program, Session, Shift

Ask = Callable[..., Any]


@pytest.fixture
def api(signed_in: Callable[[User], Client], haru: User, program: Program) -> Ask:
    """Haru's browser, or another's: asks below the program's address."""

    def ask(method: str, path: str, body: Any = None, by: User = haru) -> Any:
        content = "" if body is None else json.dumps(body)
        address = f"/api/programs/{program.pk}/{path}"
        return signed_in(by).generic(method, address, content, content_type="application/json")

    return ask


def refused(answer: Any) -> tuple[int, str]:
    """The status and code of a refusal, which has a sentence for the person."""
    assert answer.json()["message"]
    return answer.status_code, answer.json()["error"]


def test_checking_in_answers_with_my_duty_and_its_shift(api: Ask, haru: User, program: Program) -> None:
    Duty.objects.all().delete()
    now = timezone.now()
    ends_at = now + timedelta(hours=3)
    shift = Shift.objects.create(
        program=program, user=haru, starts_at=now, ends_at=ends_at, lines=3, published_at=now
    )  # fmt: skip
    me = api("PUT", "duty", {}).json()
    (mine,) = me["duties"]
    assert (mine["program"], mine["away"], mine["shift"]["id"], mine["shift"]["lines"]) == (
        program.pk, None, shift.pk, 3,
    )  # fmt: skip
    assert mine["shift"]["ends_at"] == ends_at.isoformat()
    assert me["next_shifts"] == []


def test_a_break_is_told_with_its_reason(api: Ask) -> None:
    (mine,) = api("PUT", "duty/break", {"reason": "meal"}).json()["duties"]
    assert mine["away"]["reason"] == "meal"
    assert api("DELETE", "duty/break").json()["duties"][0]["away"] is None


@pytest.mark.parametrize("body", [{}, {"reason": "smoke"}, {"reason": 1}, {"reason": "meal", "note": "x"}])
def test_a_break_needs_a_known_reason(api: Ask, body: dict[str, object]) -> None:
    assert refused(api("PUT", "duty/break", body)) == (400, "invalid")


def test_checking_out_answers_without_the_duty(api: Ask) -> None:
    assert api("DELETE", "duty").json()["duties"] == []
    assert refused(api("DELETE", "duty/break")) == (409, "not_on_duty")


def test_an_open_session_keeps_one_on_duty(api: Ask, active: Session) -> None:
    assert refused(api("DELETE", "duty")) == (409, "open_sessions")


def test_who_is_not_on_duty_is_told_why_they_cannot_claim(api: Ask, waiting: Session) -> None:
    api("PUT", "duty/break", {"reason": "rest"})
    assert refused(api("POST", "claims", {})) == (409, "not_on_duty")


def test_the_next_three_shifts_that_are_published_are_told(api: Ask, haru: User, program: Program) -> None:
    now = timezone.now()
    for day in range(1, 6):
        times = {"starts_at": now + timedelta(days=day), "ends_at": now + timedelta(days=day, hours=3)}
        Shift.objects.create(program=program, user=haru, published_at=now if day > 1 else None, **times)
    starts = [shift["starts_at"] for shift in api("PUT", "duty", {}).json()["next_shifts"]]
    assert starts == [(now + timedelta(days=day)).isoformat() for day in (2, 3, 4)]


def test_a_supervisor_opens_and_ends_a_surge(api: Ask, mio: User, program: Program) -> None:
    Program.objects.update(surge_lines=1)
    until = timezone.now() + timedelta(hours=2)
    assert api("PUT", "surge", {"until": until.isoformat()}, by=mio).status_code == 200
    assert api("GET", "board", by=mio).json()["reception"]["surge_until"] == until.isoformat()
    assert api("DELETE", "surge", by=mio).status_code == 200
    assert api("GET", "board", by=mio).json()["reception"]["surge_until"] is None


def test_a_surge_that_cannot_be_is_refused(api: Ask, mio: User) -> None:
    soon = (timezone.now() + timedelta(hours=1)).isoformat()
    assert refused(api("PUT", "surge", {"until": soon}, by=mio)) == (409, "no_surge_lines")
    Program.objects.update(surge_lines=1)
    late = (timezone.now() + timedelta(hours=13)).isoformat()
    assert refused(api("PUT", "surge", {"until": late}, by=mio)) == (400, "surge_too_long")
    assert refused(api("PUT", "surge", {"until": "soon"}, by=mio)) == (400, "invalid")
    assert refused(api("PUT", "surge", {"until": soon})) == (404, "not_found")


@pytest.mark.parametrize("body", [{"reason": "\ud800"}, {"\ud800": 1}], ids=["value", "name"])
def test_a_broken_letter_is_refused_like_any_other(body: dict[str, Any], api: Ask) -> None:
    assert refused(api("PUT", "duty/break", body)) == (400, "invalid")
