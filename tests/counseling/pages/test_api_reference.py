"""The reference of the machines' API: made from its document, true to its code, in two languages, our own alone."""

import html
import json
import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from config.embedded import ROOT
from counseling.api.v1 import access
from counseling.gateways.subscribers import sending, signing
from counseling.machines import Event, Scope
from counseling.models import Program
from counseling.openapi import machine_document
from counseling.pages import api_reference
from tests.receivers import Request

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
PAGE = "/programs/women/connections/reference/"
FILE = "/programs/women/connections/openapi.json"


@pytest.fixture
def browser(signed_in: SignedIn, aoi: User) -> Client:
    return signed_in(aoi)


def text_of(browser: Client, **headers: str) -> str:
    answer = browser.get(PAGE, headers=headers)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def test_every_address_with_its_parameters_and_fields_is_there(browser: Client, program: Program) -> None:
    text = text_of(browser)
    for path, methods in machine_document("ja")["paths"].items():
        assert f"GET {path.replace('{slug}', 'women')}" in text
        asked = [one["name"] for one in methods["get"].get("parameters", []) if one["in"] == "query"]
        assert all(f'<code class="api-name">{name}</code>' in text for name in asked)
    plain = text.replace("</span><wbr>", "")
    for name in ("programs[].reception.next_opening", "days[].openings[].intake_until", "sessions[].messages.visitor"):
        assert f">{name}</code>" in plain
    assert all(scope.value in text for scope in Scope)
    assert all(event.value in text for event in Event)


def test_it_says_what_the_code_does(browser: Client, program: Program) -> None:
    text = text_of(browser)
    assert f"1分に{access.MOST_A_MINUTE}回まで" in text
    assert f"{sending.SECONDS:.0f}秒以内" in text
    assert "事業が終わってから31日" in text
    for code in ("no_key", "key_refused", "no_scope", "not_found", "too_many", "invalid"):
        assert code in text


def test_examples_are_those_of_the_document(browser: Client, program: Program) -> None:
    text = text_of(browser)
    document = machine_document("ja")
    for part in (*api_reference.readings(document, "women"), *api_reference.events(document)):
        assert part.example in text
        json.loads(part.example)


def test_in_english_it_is_english(browser: Client, program: Program) -> None:
    text = text_of(browser, **{"Accept-Language": "en"})
    main = text[text.index('id="main"') : text.index("</main>")]
    # The programs in the examples have Japanese names.
    prose = re.sub(r"<pre.*?</pre>", "", main, flags=re.S)
    assert re.findall(r"[\u3040-\u30ff\u4e00-\u9fff]+", prose) == []
    assert "API reference" in prose


def test_nothing_on_the_page_comes_from_elsewhere(browser: Client, program: Program) -> None:
    answer = browser.get(PAGE)
    assert re.findall(r'(?:src|href|action)="(?:https?:)?//', answer.content.decode()) == []
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_document_is_a_file_to_take_along(browser: Client, program: Program, language: str) -> None:
    answer = browser.get(FILE, headers={"Accept-Language": language})
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="madoguchi-api-v1.json"'
    assert json.loads(answer.content) == machine_document(language)


def test_the_code_it_shows_accepts_what_we_sign_and_nothing_else() -> None:
    shown: dict[str, Any] = {}
    source = (ROOT / "templates/office/api_verification.txt").read_text()
    exec(source, shown)  # noqa: S102 - what people will copy
    key, secret, body = b"k" * 32, "whsec_" + "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s=", b'{"a":1}'
    now = int(timezone.now().timestamp())
    headers = signing.headers(UUID(int=1), key, now, body)
    assert shown["is_genuine"](headers, body, secret)
    assert Request("", headers, body).is_signed_with(secret)
    assert shown["is_genuine"](headers | {"webhook-signature": "v1,AAAA " + headers["webhook-signature"]}, body, secret)
    for changed in (
        (headers, body + b" ", secret),
        (headers | {"webhook-id": "msg_2"}, body, secret),
        (headers | {"webhook-timestamp": str(now - 301)}, body, secret),
        (headers, body, "whsec_" + "b" * 44),
        (headers | {"webhook-signature": ""}, body, secret),
    ):
        assert not shown["is_genuine"](*changed)
