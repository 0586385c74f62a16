"""Every address × every method × the whole cast, as `rows.py` says; what is not there fails."""

from typing import Any

import pytest
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client

from tests.permissions.afterwards import read_by_nobody_else
from tests.permissions.asking import METHODS, Row, addresses, ask, content, path_to, rows_of
from tests.permissions.planned import SMALL
from tests.permissions.rows import BODIES, NO_TOKEN_NEEDED, TABLE
from tests.permissions.stage import (
    ACTORS,
    APPROACHED,
    HANDED,
    MAY_READ,
    NOTED,
    PICTURED,
    REVIEWED,
    SORA_ANSWERED,
    SORA_SAID,
    STRANGER_SAID,
    WHISPERED,
    Stage,
)

pytestmark = pytest.mark.django_db
ROWS = rows_of(TABLE)
OFFERED = {(row.name, row.method) for row in ROWS}
# Ids whose very existence is nobody's business but those who may read the words behind them.
SECRET_IDS = {"session_id", "delivery_id", "attachment_id", "visitor_id", "note_id", "opened_id"}
# Who erases a person may know that they are, without a word of theirs.
ERASES = {("office:retention-person", "aoi"), ("office:retention-erase", "aoi")}
# Views of Django and allauth, in which PUT is another word for POST.
NOT_OURS = ("admin:", "account_", "mfa_", "set_language")
Browsers = dict[str, Client]


def name_of(row: Row) -> str:
    return f"{row.key} {row.state}"


def body_of(row: Row, stage: Stage) -> Any:
    body = BODIES.get(row.key)
    return body(stage) if callable(body) else body


def asked(row: Row, stage: Stage, browser: Client, *, missing: bool = False) -> HttpResponseBase:
    """The answer to one row's request, which is then undone."""
    point = transaction.savepoint()
    stage.be(row.state)
    response = ask(browser, row.method, path_to(stage, row.name, missing=missing), body_of(row, stage))
    transaction.savepoint_rollback(point)
    return response


def test_every_address_is_in_the_table() -> None:
    assert {row.name for row in ROWS} == set(addresses())


@pytest.mark.parametrize("row", ROWS, ids=name_of)
def test_everyone_gets_what_the_table_says(row: Row, stage: Stage, browsers: Browsers) -> None:
    wrong = {}
    for name in ACTORS:
        response = asked(row, stage, browsers[name])
        if str(response.status_code) != row.statuses[name] and row.statuses[name] != "any":
            wrong[name] = response.status_code
        check_words(row, name, content(response))
    assert wrong == {}


def check_words(row: Row, name: str, answer: bytes) -> None:
    """Words reach only those who may read them."""
    reads = name in MAY_READ or _took(row, name)
    hers = (NOTED.encode(), WHISPERED.encode(), REVIEWED.encode(), SORA_ANSWERED.encode(), PICTURED)
    staff_alone = any(words in answer for words in hers)
    assert not staff_alone or (reads and name != "sora"), name
    assert SORA_SAID.encode() not in answer or reads, name
    assert STRANGER_SAID.encode() not in answer or name == "strn", name
    assert APPROACHED.encode() not in answer or (reads and name != "sora"), name
    assert read_by_nobody_else(name, answer) == []
    assert SMALL.encode() not in answer or name in {"mio", "aoi"}, name
    assert HANDED.encode() not in answer or row.name == "api:handover-notes", name


def _took(row: Row, name: str) -> bool:
    """Whether this person has just taken the sitting, which is how one comes to read it."""
    return row.name in {"api:claims", "api:assignment"} and row.statuses[name] in {"200", "201"}


@pytest.mark.parametrize("row", [row for row in ROWS if addresses()[row.name].takes & SECRET_IDS], ids=name_of)
def test_what_one_may_not_see_looks_like_what_is_not_there(row: Row, stage: Stage, browsers: Browsers) -> None:
    hidden = [name for name in ACTORS if row.statuses[name] == "404"]
    hidden += [
        name for name in ACTORS if row.method == "GET" and name not in MAY_READ and (row.name, name) not in ERASES
    ]
    for name in hidden:
        real, none = (_seen(row, stage, browsers[name], missing=missing) for missing in (False, True))
        assert real == none, name


def _seen(row: Row, stage: Stage, browser: Client, *, missing: bool) -> tuple[int, bytes]:
    """What is answered, but for the address that was asked, to which the way to sign in leads back, and the clock."""
    response = asked(row, stage, browser, missing=missing)
    path = path_to(stage, row.name, missing=missing)
    del response["Expires"]
    return response.status_code, content(response).replace(path.encode(), b"")


@pytest.mark.parametrize("name", [name for name in sorted(addresses()) if not name.startswith(NOT_OURS)])
def test_no_other_method_does_anything(name: str, stage: Stage, browsers: Browsers) -> None:
    for method in [method for method in METHODS if (name, method) not in OFFERED]:
        for actor in ("anon", "sora", "haru", "root"):
            point = transaction.savepoint()
            response = ask(browsers[actor], method, path_to(stage, name), "{}")
            transaction.savepoint_rollback(point)
            strangers = {302, 403, 405} if actor in {"anon", "sora"} else {405}
            # Machines' doors ask everybody for a key first.
            refused = {401} if name.startswith("v1:") else strangers
            assert response.status_code in refused, (method, actor)


@pytest.mark.parametrize("row", [row for row in ROWS if row.method != "GET"], ids=name_of)
def test_another_sites_page_can_change_nothing(row: Row, stage: Stage, browsers: Browsers) -> None:
    browser = browsers["sora" if row.name.startswith("talk:") else "haru"]
    browser.handler.enforce_csrf_checks = True
    refused = asked(row, stage, browser).status_code == 403
    assert refused != (row.name in NO_TOKEN_NEEDED)
