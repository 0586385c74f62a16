"""When something goes wrong the page is warm, in Japanese, says where help is, and asks nothing that may be broken."""

from collections.abc import Callable

import pytest
import redis
from django.conf import LazySettings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import AsyncClient, Client, RequestFactory
from psycopg_pool import PoolTimeout

from config import views

ALONE = ["400.html", "403.html", "404.html", "429.html", "500.html", "503.html", "403_csrf.html"]


@pytest.mark.parametrize("name", ALONE)
def test_an_error_page_says_where_help_is(name: str) -> None:
    text = render_to_string(name)
    assert '<html lang="ja">' in text and 'lang="en"' in text
    assert text.count("<h1") == 1
    assert 'href="tel:110"' in text and 'href="tel:0120279338"' in text


@pytest.mark.parametrize("name", ALONE)
def test_an_error_page_needs_no_script_and_no_stranger(name: str) -> None:
    text = render_to_string(name)
    assert "<script" not in text and "style=" not in text and "http" not in text.replace("http://www.w3.org", "")


def test_a_page_that_does_not_exist(client: Client, db: None) -> None:
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    assert "ページが見つかりません" in response.content.decode()


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (lambda request: views.bad_request(request, SuspiciousOperation()), 400),
        (lambda request: views.forbidden(request, PermissionDenied()), 403),
        (lambda request: views.not_found(request, Http404()), 404),
        (views.csrf_failure, 403),
    ],
)
def test_each_refusal_has_its_status(
    rf: RequestFactory, answer: Callable[[HttpRequest], HttpResponse], status: int
) -> None:
    assert answer(rf.get("/")).status_code == status


def fail(request: HttpRequest, error: Exception) -> HttpResponse:
    def broken() -> HttpResponse:
        raise error

    try:
        return broken()
    except type(error):
        return views.server_error(request)


@pytest.mark.parametrize("error", [OperationalError(), InterfaceError(), PoolTimeout(), redis.ConnectionError()])
def test_while_the_house_is_away_people_are_asked_to_come_again(rf: RequestFactory, error: Exception) -> None:
    response = fail(rf.get("/"), error)
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "10"
    assert "つながりにくく" in response.content.decode()


def test_the_front_page_without_its_database_says_so(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OperationalError

    monkeypatch.setattr("counseling.feeds.open_programs", away)
    response = Client(raise_request_exception=False).get("/")
    assert response.status_code == 503
    assert "つながりにくく" in response.content.decode()


@pytest.mark.parametrize("debug", [False, True])
def test_where_a_login_cannot_be_read_it_is_said_too(
    client: Client, db: None, settings: LazySettings, monkeypatch: pytest.MonkeyPatch, debug: bool
) -> None:
    def away(_self: object) -> None:
        raise OperationalError

    settings.DEBUG = debug
    monkeypatch.setattr("accounts.logins.SessionStore.load", away)
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    assert client.get("/console/").status_code == 503


async def test_an_async_server_says_so_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(page: object, **context: object) -> None:
        raise redis.ConnectionError

    monkeypatch.setattr("accounts.views.SignIn.get_context_data", away)
    response = await AsyncClient(raise_request_exception=False).get("/accounts/login/")
    assert response.status_code == 503


def test_our_own_mistake_is_a_500(rf: RequestFactory) -> None:
    response = fail(rf.get("/"), ValueError("words that nobody may see"))
    assert response.status_code == 500
    assert "words that nobody may see" not in response.content.decode()
