"""The risk form and its history over HTTP: one read, one way to set it, each refusal said beside its question."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import AuditEntry, User
from counseling import blueprints, feeds
from counseling.actions import editions
from counseling.models import Part, Program, Session, Visitor
from tests.conftest import Say, reads_along

SignIn = Callable[[User], Client]
Ask = Callable[..., Any]


def asked_by(client: Client, session: Session) -> Ask:
    """One person's requests about the session's risk."""

    def ask(method: str, **body: Any) -> Any:
        content = json.dumps(body) if body else ""
        return client.generic(method, f"/api/sessions/{session.pk}/risk", content, content_type="application/json")

    return ask


@pytest.fixture
def ask(active: Session, program: Program, haru: User, signed_in: SignIn) -> Ask:
    """Haru's requests, in a program that asks what the house's template asks."""
    editions.put_in_force(program, Part.RISK, blueprints.template("general").parts["risk"], by=None)
    program.save(update_fields=["editions"])
    return asked_by(signed_in(haru), active)


def judged(**more: Any) -> dict[str, Any]:
    """A judgement: high, as its answers suggest."""
    answers = {"ideation": "yes", "plan": "yes", "means": "yes"}
    return {"client_id": str(uuid4()), "form": 1, "answers": answers, "level": 3, "word": ""} | more


def test_the_form_is_asked_in_the_readers_language_with_its_rules(ask: Ask) -> None:
    form = ask("GET").json()["form"]
    first, second = form["questions"][:2]
    assert (form["version"], first["key"], first["kind"], first["label"]) == (
        1, "ideation", "choice", "死にたい・消えたい気持ち(念慮)",
    )  # fmt: skip
    assert first["choices"][0] == {"value": "yes", "label": "ある"}
    assert second["shown_if"] == {"key": "ideation", "values": ["yes", "unknown"]}
    assert form["rules"][0] == {"level": 4, "answers": {"plan": ["yes"], "means": ["yes"], "preparation": ["yes"]}}


def test_every_change_is_told_with_who_and_why_the_latest_first(ask: Ask, active: Session, sora_says: Say) -> None:
    sora_says("消えたい、もう限界")
    ask("PUT", **judged(level=4, word="薬を手に持っている"))
    ask("PUT", **judged(answers={"ideation": "no"}, level=0))
    sora_says("死にたい")
    latest, lowered, raised, first = ask("GET").json()["history"]
    assert [one["before"] for one in (first, raised, lowered, latest)] == [0, 2, 4, 0]
    assert [one["level"] for one in (first, raised, lowered, latest)] == [2, 4, 0, 3]
    assert (first["by"], first["meanings"], first["words"]) == (None, ["suicide"], ["消えたい", "もう限界"])
    assert (raised["by"]["name"], raised["word"], raised["suggested"]) == ("Haru", "薬を手に持っている", 3)
    assert raised["because"] == ["plan", "means"]
    assert [(one["label"], one["answers"]) for one in raised["answers"]][1:] == [
        ("具体的な計画", ["ある"]), ("手段が手もとにある", ["ある"]),
    ]  # fmt: skip
    assert (latest["by"], latest["answers"], latest["word"]) == (None, [], "")


def test_what_was_answered_last_is_offered_in_codes_and_not_in_words(ask: Ask, program: Program) -> None:
    assert ask("GET").json()["given"] == {}
    answers = judged()["answers"]
    assert ask("PUT", **judged(answers={**answers, "words": "薬がある"})).status_code == 204
    assert ask("GET").json()["given"] == answers
    shorter = blueprints.template("general").parts["risk"]
    fewer = {**shorter, "properties": {**shorter["properties"]}, "x-order": [*shorter["x-order"]]}
    del fewer["properties"]["means"]
    fewer["x-order"].remove("means")
    editions.put_in_force(program, Part.RISK, fewer, by=None)
    program.save(update_fields=["editions"])
    told = ask("GET").json()
    assert (told["form"]["version"], told["given"]) == (2, {"ideation": "yes", "plan": "yes"})
    # Read by the form it was answered in, whatever is asked today.
    assert [one["key"] for one in told["history"][0]["answers"]] == ["ideation", "plan", "means", "words"]


def test_a_program_without_a_form_asks_nothing(active: Session, haru: User, signed_in: SignIn) -> None:
    ask = asked_by(signed_in(haru), active)
    assert ask("GET").json()["form"]["questions"] == []
    assert ask("PUT", **judged(form=0, answers={}, word="声が小さい")).status_code == 204


@pytest.mark.parametrize(
    ("wrong", "status", "code", "fields"),
    [
        ({"level": 4}, 400, "needs_word", []),
        ({"form": 2}, 409, "form_changed", []),
        ({"answers": {"ideation": "perhaps"}}, 400, "invalid", ["ideation"]),
        ({"answers": {"ideation": 1.5}}, 400, "invalid", ["answers"]),
        ({"answers": {"ideation": None}}, 400, "invalid", ["answers"]),
        ({"answers": ["ideation"]}, 400, "invalid", ["answers"]),
        ({"word": 3}, 400, "invalid", ["word"]),
        ({"level": 5}, 400, "invalid", ["level"]),
        ({"level": "3"}, 400, "invalid", ["level"]),
        ({"level": True}, 400, "invalid", ["level"]),
        ({"form": -1}, 400, "invalid", ["form"]),
        ({"client_id": "1"}, 400, "invalid", ["client_id"]),
        ({"why": "計画がある"}, 400, "invalid", ["why"]),
    ],
)
def test_what_cannot_be_taken_is_said_beside_its_question(
    ask: Ask, active: Session, wrong: dict[str, Any], status: int, code: str, fields: list[str]
) -> None:
    answer = ask("PUT", **judged(**wrong))
    assert (answer.status_code, answer.json()["error"], list(answer.json()["fields"])) == (status, code, fields)
    active.refresh_from_db()
    assert active.risk == 0


def test_a_supervisor_reads_it_for_a_reason_and_the_audit_is_told_once(
    ask: Ask, active: Session, mio: User, ren: User, signed_in: SignIn
) -> None:
    assert asked_by(signed_in(ren), active)("GET").status_code == 404
    hers = asked_by(signed_in(mio), active)
    assert hers("GET").status_code == 404
    reads_along(active, mio)
    assert hers("GET").status_code == 200
    assert AuditEntry.objects.filter(deed="session.read", actor_id=mio.pk).count() == 1
    assert asked_by(Client(), active)("GET").status_code == 403


def test_with_the_visitors_key_the_words_are_gone_and_the_levels_stay(ask: Ask, sora_says: Say) -> None:
    sora_says("死にたい")
    ask("PUT", **judged(level=4, word="ひみつのわけ"))
    Visitor.objects.update(wrapped_key=b"")
    told = ask("GET").json()
    assert [(one["before"], one["level"], one["words"], one["word"], one["answers"]) for one in told["history"]] == [
        (3, 4, [], "", []), (0, 3, [], "", []),
    ]  # fmt: skip
    assert told["given"] == {}


def test_the_history_costs_the_same_however_long(
    ask: Ask, active: Session, sora_says: Say, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for level in (4, 3, 4, 3):
        ask("PUT", **judged(level=level, word="わけ"))
        sora_says("死にたい")
    with django_assert_max_num_queries(5):
        assert len(feeds.risk_state(active.pk)["history"]) == 4
