"""The talk: words in, the whole of it out, and every refusal."""

import json
from typing import Any
from uuid import uuid4

import pytest
import redis
from django.conf import settings
from django.test import Client

from counseling.gateways.web import cookie, limits
from counseling.models import Channel, Session
from tests.counseling.gateways.web.conftest import PAGE, Begin

pytestmark = pytest.mark.django_db
SAY = f"{PAGE}messages"


def say(browser: Client, text: object = "きょうのこと", client_id: object = None, raw: bytes | None = None) -> Any:
    body = raw if raw is not None else json.dumps({"client_id": client_id or str(uuid4()), "text": text})
    return browser.post(SAY, body, content_type="application/json", headers={"Accept": "application/json"})


def test_words_are_taken_and_come_back_as_the_visitor_sees_them(sora: Client, talk: Session) -> None:
    response = say(sora)
    assert response.status_code == 201
    assert set(response.json()) == {"seq", "version", "author", "kind", "text", "at", "client_id", "unsent"}


def test_words_sent_twice_are_taken_once(sora: Client, talk: Session) -> None:
    client_id = str(uuid4())
    first, second = say(sora, client_id=client_id), say(sora, client_id=client_id)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()


def test_other_words_under_the_same_id_are_refused(sora: Client, talk: Session) -> None:
    client_id = str(uuid4())
    say(sora, client_id=client_id)
    response = say(sora, "べつのこと", client_id=client_id)
    assert (response.status_code, response.json()["error"]) == (409, "client_id_reused")


def test_without_a_visit_there_is_no_session(sora: Client) -> None:
    response = say(sora)
    assert (response.status_code, response.json()["error"]) == (409, "no_session")


def test_with_a_strangers_cookie_there_is_no_session(sora: Client, web_channel: Channel) -> None:
    sora.cookies[cookie.NAME] = cookie.new_identity()
    assert say(sora).status_code == 409


def test_after_leaving_the_queue_there_is_no_session(sora: Client, talk: Session) -> None:
    sora.post(f"{PAGE}end")
    assert say(sora).json()["error"] == "no_session"


@pytest.mark.parametrize("text", ["", "  \n", None, 7, {"$gt": ""}, ["a"], "a\0b", "\ud83d"])
def test_what_is_no_text_is_refused(sora: Client, talk: Session, text: object) -> None:
    response = say(sora, text)
    assert response.status_code == 400
    assert response.json()["fields"]["text"]


def test_a_text_too_long_is_refused_and_says_what_to_do(sora: Client, talk: Session) -> None:
    response = say(sora, "a" * 20_001)
    assert response.json()["error"] == "too_long"
    assert "分けて" in response.json()["message"]


@pytest.mark.parametrize("raw", [b"", b"[]", b"null", b"{", b'{"text":"a"}', b'{"client_id":"1","text":"a"}', b"\xff"])
def test_what_is_no_message_is_refused(sora: Client, talk: Session, raw: bytes) -> None:
    assert say(sora, raw=raw).json()["error"] == "invalid"


def test_an_enormous_body_is_refused(sora: Client, talk: Session) -> None:
    assert say(sora, "a" * 2_000_000).json()["error"] == "too_long"


def test_a_flood_is_slowed_with_words_for_a_person(sora: Client, talk: Session) -> None:
    answers = [say(sora) for _ in range(limits.MESSAGES + 1)]
    assert [answer.status_code for answer in answers[:-1]] == [201] * limits.MESSAGES
    assert (answers[-1].status_code, answers[-1]["Retry-After"]) == (429, "10")
    assert "少し間をおいて" in answers[-1].json()["message"]


def test_a_flood_slows_nobody_else(sora: Client, begin: Begin, talk: Session) -> None:
    for _ in range(limits.MESSAGES + 1):
        say(sora)
    sora.cookies.clear()
    begin()
    assert say(sora).status_code == 201


def test_without_redis_words_are_taken(sora: Client, talk: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> redis.Redis:
        raise ConnectionError

    monkeypatch.setattr(limits, "_line", gone)
    assert say(sora).status_code == 201


def test_a_redis_that_swallows_everything_is_waited_for_once(
    sora: Client, talk: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def swallow() -> redis.Redis:
        asked.append(1)
        raise redis.TimeoutError

    monkeypatch.setattr(limits, "_line", swallow)
    assert [say(sora).status_code for _ in range(3)] == [201] * 3
    assert len(asked) == 1


def test_a_count_that_was_left_without_an_end_gets_one() -> None:
    line: Any = redis.Redis.from_url(settings.REDIS_URL)
    key = limits.key_of("somebody")
    line.set(key, limits.MESSAGES + 1)
    assert not limits.may_write("somebody")
    assert 0 < line.ttl(key) <= limits.WINDOW_SECONDS
    line.delete(key)
