"""Corpus C2 at the doors: what must be refused is refused by name, never with a 500, and nothing of it is kept."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest
from django.test import Client

from accounts.models import User
from counseling.actions import sessions, visits
from counseling.consumers import NotUnderstood, understood
from counseling.gateways.web import limits
from counseling.models import Assignment, Channel, Draft, Message, Note, Program, Session, SessionEvent
from tests.corpus import Case, load
from tests.counseling.conftest import hub
from tests.counseling.lines import Line, do, login_cookie

__all__ = ["hub"]
CASES = load("c2")
BY_DOOR = {door: [case for case in CASES if case.outcome["door"] == door] for door in ("json", "text", "id", "uuid")}
COOKIE = "c" * 43
CLIENT_ID = f'"client_id":"{UUID(int=7)}",'.encode()
Ask = Callable[..., Any]


def name_of(case: Case) -> str:
    return case.name


@pytest.fixture
def talk(program: Program, web_channel: Channel, haru: User, monkeypatch: pytest.MonkeyPatch) -> Session:
    """Haru's session with a visitor on the web."""
    monkeypatch.setattr(limits, "MESSAGES", 10_000)
    started = visits.start(channel_id=web_channel.pk, identity=COOKIE, terms_version=1, attributes={}, line="")
    return sessions.claim(session_id=started.pk, by=haru)


@pytest.fixture
def ask(talk: Session, haru: User, signed_in: Callable[[User], Client]) -> Ask:
    """Ask as Haru or, below /talk/, as the visitor; an exception would be a 500."""
    staff, visitor = signed_in(haru), Client()
    visitor.cookies["visit"] = COOKIE

    def send(method: str, path: str, body: bytes = b"") -> Any:
        client = visitor if path.startswith("/talk/") else staff
        client.raise_request_exception = False
        return client.generic(
            method, path, body, content_type="application/json", headers={"accept": "application/json"}
        )

    return send


def kept() -> tuple[int, ...]:
    """How much of everything a request might have stored there is."""
    return tuple(model.objects.count() for model in (Message, Note, Draft, SessionEvent, Assignment))


def check(answer: Any, codes: set[str]) -> None:
    assert answer.status_code == 400, answer.content[:200]
    assert answer.json()["error"] in codes
    assert answer.json()["message"]
    assert b"Traceback" not in answer.content


def with_client_id(body: bytes) -> bytes:
    """The same object with a good client_id in it, so that the text alone is at fault."""
    return body.replace(b"{", b"{" + CLIENT_ID, 1)


@pytest.mark.parametrize("case", BY_DOOR["json"], ids=name_of)
def test_what_is_no_object_is_refused_at_both_doors(case: Case, talk: Session, ask: Ask) -> None:
    before = kept()
    for path in ("messages", "notes"):
        check(ask("POST", f"/api/sessions/{talk.pk}/{path}", case.content), {"unreadable", "invalid"})
    if case.name != "65 KB":  # a draft may be long: nothing typed is lost
        check(ask("PUT", f"/api/sessions/{talk.pk}/draft", case.content), {"unreadable", "invalid"})
    check(ask("POST", "/talk/women/messages", case.content), {"invalid", "too_long"})
    assert kept() == before


@pytest.mark.parametrize("case", BY_DOOR["text"], ids=name_of)
def test_what_is_no_text_is_refused_by_name(case: Case, talk: Session, ask: Ask) -> None:
    before, body, code = kept(), with_client_id(case.content), case.outcome["code"]
    for path in ("messages", "notes"):
        answer = ask("POST", f"/api/sessions/{talk.pk}/{path}", body)
        check(answer, {"invalid"} if code == "not_text" else {code})
        assert "text" in answer.json()["fields"]
    check(ask("POST", "/talk/women/messages", body), {code})
    assert kept() == before


@pytest.mark.parametrize("case", BY_DOOR["uuid"], ids=name_of)
def test_a_key_has_one_spelling(case: Case, talk: Session, ask: Ask) -> None:
    before = kept()
    body = case.content.replace(b'"id"', b'"text":"a","client_id"', 1)
    for path in ("messages", "notes"):
        answer = ask("POST", f"/api/sessions/{talk.pk}/{path}", body)
        check(answer, {"invalid"})
        assert "client_id" in answer.json()["fields"]
    check(ask("POST", "/talk/women/messages", body), {"invalid"})
    assert kept() == before


@pytest.mark.parametrize("case", BY_DOOR["id"], ids=name_of)
def test_a_number_is_a_number(case: Case, talk: Session, ask: Ask) -> None:
    before = kept()
    to = case.content.replace(b'"id"', '"summary":"要約","to"'.encode(), 1)
    check(ask("PUT", f"/api/sessions/{talk.pk}/assignment", to), {"invalid"})
    if case.name not in {"id 0", "id -0"}:  # a good seq
        check(ask("PUT", f"/api/sessions/{talk.pk}/read", case.content.replace(b'"id"', b'"seq"', 1)), {"invalid"})
        level = case.content.replace(b'"id"', '"why":"わけ","level"'.encode(), 1)
        check(ask("PUT", f"/api/sessions/{talk.pk}/risk", level), {"invalid"})
    assert kept() == before


ODD_IDS = ("1 ", " 1", "１", "1.0", "-1", "1e0", "true", "null", "[1]", "0", "0x1", "%00", "1%00", "%ff", "..", "")
HUGE_IDS = (str(2**31), str(2**63 - 1), str(2**63), str(2**64), "9" * 100, "9" * 5_000)


@pytest.mark.parametrize("written", [*(quote(odd, safe="%") for odd in ODD_IDS), *HUGE_IDS])
def test_an_address_with_an_odd_id_is_nobodys(written: str, talk: Session, ask: Ask) -> None:
    before, shown = kept(), written[:20]
    for path in ("sessions/{}", "visitors/{}/sessions", "attachments/{}", "programs/{}/board"):
        answer = ask("GET", "/api/" + path.format(written))
        nothing = path.startswith("visitors") and answer.status_code == 200 and answer.json() == []
        assert answer.status_code == 404 or nothing, (path, shown)
    for method, path, body in (
        ("POST", "sessions/{}/messages", b"{" + CLIENT_ID + b'"text":"a"}'),
        ("PUT", "sessions/{}/read", b'{"seq":1}'),
        ("PUT", "sessions/{}/draft", b'{"text":"a"}'),
        ("PUT", "deliveries/{}/decision", b'{"decision":"resend"}'),
        ("DELETE", "channels/{}/pause", b""),
    ):
        answer = ask(method, "/api/" + path.format(written), body)
        assert answer.status_code == 404 or (path.endswith("read") and answer.status_code == 204), (path, shown)
    assert kept() == before


@pytest.mark.parametrize("slug", ["１", "%00", "%ff", "women%00", "w" * 5000, "..", "%2e%2e", "女性"])
def test_a_program_with_an_odd_name_is_nobodys(slug: str, talk: Session, ask: Ask) -> None:
    for path in ("", "state", "closed"):
        assert ask("GET", f"/talk/{slug}/{path}").status_code == 404
    for path in ("messages", "end", "start"):
        assert ask("POST", f"/talk/{slug}/{path}", b"{}").status_code == 404
    assert ask("POST", f"/line/{slug}/webhook", b"{}").status_code in {401, 404}


@pytest.mark.parametrize("case", BY_DOOR["json"], ids=name_of)
def test_a_socket_understands_none_of_it(case: Case) -> None:
    for text in (case.content.decode("utf-8", "surrogateescape"), case.content.decode("latin1")):
        with pytest.raises((NotUnderstood, UnicodeEncodeError)):
            understood({"type": "websocket.receive", "text": text})


@pytest.mark.django_db(transaction=True)
async def test_a_socket_takes_no_odd_id(
    hub: object, talk: Session, haru: User, signed_in: Callable[[User], Client]
) -> None:
    cookie = login_cookie(await do(lambda: signed_in(haru)))
    for case in BY_DOOR["id"]:
        value = case.content.removeprefix(b'{"id":').removesuffix(b"}").decode()
        for frame in (
            '{"type":"watch","topic":"session","id":%s,"after":0}',
            '{"type":"watch","topic":"board","id":%s,"serial":null}',
            '{"type":"unwatch","topic":"session","id":%s}',
            '{"type":"typing","session":%s}',
        ):
            line = Line(cookie=cookie)
            line.say(frame % value)
            assert await line.closed() == 1003, (case.name, frame)
            await line.hang_up()
