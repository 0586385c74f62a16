"""What the API answers a supervisor who does something with many at once."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from counseling.actions import diversion, sessions
from counseling.models import CallIn, Duty, Program, Session
from tests.conftest import Say

SignIn = Callable[[User], Client]


def post(client: Client, path: str, body: object) -> tuple[int, Any]:
    answer = client.post(f"/api/{path}", json.dumps(body), content_type="application/json")
    return answer.status_code, answer.json()


def test_each_session_tells_what_became_of_it(
    program: Program, active: Session, sora_says: Say, mio: User, haru: User, ren: User, signed_in: SignIn
) -> None:
    other = sessions.claim(session_id=sora_says("はい", "U" + "1" * 32).pk, by=haru)
    Program.objects.update(capacity=1)
    body = {"sessions": [active.pk, other.pk, 2_000_000_000], "to": ren.pk, "summary": "お願いします"}
    status, told = post(signed_in(mio), f"programs/{program.pk}/reassignments", body)
    assert status == 200
    assert [(one["id"], one["error"]) for one in told] == [
        (active.pk, ""), (other.pk, "no_room"), (2_000_000_000, "not_found")
    ]  # fmt: skip
    assert "上限" in told[1]["message"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"sessions": []},
        {"sessions": list(range(1, 52))},
        {"sessions": ["1"]},
        {"sessions": 1},
        {"to": "ren"},
        {"summary": None},
        {"more": 1},
    ],
)
def test_what_is_asked_wrongly_moves_nothing(
    program: Program, active: Session, mio: User, ren: User, haru: User, signed_in: SignIn, wrong: dict[str, object]
) -> None:
    body = {"sessions": [active.pk], "to": ren.pk, "summary": "お願いします"} | wrong
    status, told = post(signed_in(mio), f"programs/{program.pk}/reassignments", body)
    assert (status, told["error"]) == (400, "invalid")
    assert Session.objects.get().counselor == haru


def test_a_blank_summary_is_said_in_words(
    program: Program, active: Session, mio: User, ren: User, signed_in: SignIn
) -> None:
    body = {"sessions": [active.pk], "to": ren.pk, "summary": " "}
    assert post(signed_in(mio), f"programs/{program.pk}/reassignments", body)[0] == 400


def test_without_saying_to_whom_nothing_moves(program: Program, active: Session, mio: User, signed_in: SignIn) -> None:
    body = {"sessions": [active.pk], "summary": "x"}
    assert post(signed_in(mio), f"programs/{program.pk}/reassignments", body)[0] == 400


def test_a_counselor_is_told_that_the_queue_is_diverted(
    program: Program, waiting: Session, mio: User, haru: User, signed_in: SignIn
) -> None:
    diversion.divert(program_id=program.pk, by=mio)
    browser = signed_in(haru)
    status, told = post(browser, f"programs/{program.pk}/claims", {})
    assert (status, told["error"]) == (409, "diverted")
    assert "SV" in told["message"]
    answer = browser.put(f"/api/sessions/{waiting.pk}/assignment", "{}", content_type="application/json")
    assert (answer.status_code, answer.json()["error"]) == (409, "diverted")


def test_each_person_called_tells_what_became_of_it(
    program: Program, mio: User, haru: User, ren: User, kei: User, signed_in: SignIn
) -> None:
    Duty.objects.filter(user=ren).delete()
    browser = signed_in(mio)
    path = f"programs/{program.pk}/call-ins"
    _status, told = post(browser, path, {"people": [haru.pk, ren.pk, kei.pk]})
    assert [one["error"] for one in told] == ["on_duty", "", "not_found"]
    _status, told = post(browser, path, {"people": [ren.pk]})
    assert (told[0]["error"], "30分" in told[0]["message"]) == ("called_lately", True)
    assert CallIn.objects.count() == 1
    (seen,) = browser.get(f"/api/{path}").json()
    assert (seen["id"], seen["called_by"]["name"]) == (ren.pk, "Mio")


def test_reception_is_stopped_at_once_and_everybody_sees_by_whom(
    program: Program, mio: User, haru: User, sora_says: Say, signed_in: SignIn
) -> None:
    browser, path = signed_in(mio), f"/api/programs/{program.pk}/pause"
    assert browser.put(path, "{}", content_type="application/json").status_code == 204
    assert sora_says().state == "off_hours"
    told = signed_in(haru).get(f"/api/programs/{program.pk}/board").json()["reception"]
    assert (told["stage"], told["paused"]["by"]["name"]) == ("paused", "Mio")
    twice = browser.put(path, "{}", content_type="application/json")
    assert (twice.status_code, twice.json()["error"]) == (409, "cannot_step")
    assert browser.delete(path).status_code == 204
    told = signed_in(haru).get(f"/api/programs/{program.pk}/board").json()["reception"]
    assert (told["stage"], told["paused"]) == ("open", None)
