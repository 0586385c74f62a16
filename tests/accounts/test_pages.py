"""What every page carries: no storing, a strict policy, a language, one heading, a look."""

import re
from collections.abc import Callable

import pytest
from asgiref.sync import async_to_sync
from django.http import HttpRequest, HttpResponse
from django.test import AsyncClient, Client, RequestFactory
from django.urls import reverse

from accounts.middleware import no_store
from accounts.models import User
from counseling.models import Channel

SignedIn = Callable[[User], Client]
OPEN_PAGES = [
    "/",
    "/accounts/login/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/inactive/",
    "/accounts/signup/",
]
STAFF_PAGES = ["/accounts/logout/", "/accounts/password/change/", "/accounts/2fa/"]


def page(signed_in: SignedIn, haru: User, path: str) -> HttpResponse:
    client = signed_in(haru) if path in STAFF_PAGES else Client()
    response: HttpResponse = client.get(path)  # type: ignore[assignment]
    return response


@pytest.mark.parametrize("path", [*OPEN_PAGES, *STAFF_PAGES])
def test_a_page_is_well_made(signed_in: SignedIn, haru: User, path: str) -> None:
    text = page(signed_in, haru, path).content.decode()
    assert '<html lang="ja"' in text
    assert len(re.findall("<h1", text)) == 1
    assert 'href="#main"' in text and 'id="main"' in text
    assert re.search(r"<title>[^<]+｜Madoguchi</title>", text)
    assert not re.search(r"\sstyle=|\son\w+=|<style|javascript:", text)


@pytest.mark.parametrize("path", [*OPEN_PAGES, *STAFF_PAGES])
def test_a_page_allows_only_its_own_parts(signed_in: SignedIn, haru: User, path: str) -> None:
    policy = page(signed_in, haru, path).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "trusted-types 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", [*OPEN_PAGES, *STAFF_PAGES])
def test_every_script_is_a_file_of_ours_or_carries_the_nonce(signed_in: SignedIn, haru: User, path: str) -> None:
    response = page(signed_in, haru, path)
    nonces = set(re.findall(r"'nonce-([^']+)'", response.headers["Content-Security-Policy"]))
    scripts = re.findall(r"<script\b[^>]*>", response.content.decode())
    known = {'src="/static/dist/', *(f'nonce="{nonce}"' for nonce in nonces)}
    assert all(any(mark in script for mark in known) for script in scripts)


def test_browsers_are_not_told_to_hide_where_a_form_comes_from(client: Client, db: None) -> None:
    # Under "no-referrer" Chromium sends forms with "Origin: null", which the CSRF check refuses.
    assert client.get("/").headers["Referrer-Policy"] == "same-origin"


def test_nothing_signed_in_is_stored(signed_in: SignedIn, haru: User) -> None:
    client = signed_in(haru)
    for path in [*STAFF_PAGES, "/", "/no-such-page/"]:
        assert client.get(path).headers["Cache-Control"] == "no-store", path


def test_nothing_of_a_talk_is_stored(client: Client, web_channel: Channel) -> None:
    assert client.get(f"/talk/{web_channel.program.slug}/").headers["Cache-Control"] == "no-store"
    assert client.get("/talk/no-such-program/").headers["Cache-Control"] == "no-store"


def test_an_async_server_stores_nothing_either(rf: RequestFactory) -> None:
    async def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse("words")

    response = async_to_sync(no_store(view))(rf.get("/talk/women/"))  # type: ignore[arg-type]
    assert response.headers["Cache-Control"] == "no-store"


def test_the_front_page_lists_the_programs(client: Client, web_channel: Channel) -> None:
    text = client.get("/").content.decode()
    assert "女性のための相談" in text
    assert 'href="/talk/women/"' in text


def test_the_front_page_says_so_when_there_is_none(client: Client, db: None) -> None:
    assert "いま開いている窓口はありません" in client.get("/").content.decode()


def test_the_simulator_is_shown_to_developers_only(client: Client, db: None, settings: object) -> None:
    assert "シミュレーター" not in client.get("/").content.decode()
    settings.DEBUG = True  # type: ignore[attr-defined]
    assert "シミュレーター" in client.get("/").content.decode()


def test_the_front_page_names_where_to_telephone(client: Client, db: None) -> None:
    text = client.get("/").content.decode()
    numbers = ["110", "119", "0120061338", "0120279338", "0120078310", "189", "0120279889"]
    assert [number for number in numbers if f'href="tel:{number}"' not in text] == []


def test_a_chosen_look_is_kept(client: Client, db: None) -> None:
    response = client.post(reverse("choose_theme"), {"theme": "dark", "next": "/accounts/login/"})
    assert response.headers["Location"] == "/accounts/login/"
    assert '<html lang="ja" data-theme="dark">' in client.get("/").content.decode()


@pytest.mark.parametrize("cookie", ["", "purple", '"><script>', "dark\0"])
def test_a_look_nobody_offered_counts_as_auto(client: Client, db: None, cookie: str) -> None:
    client.cookies["theme"] = cookie
    assert "data-theme" not in client.get("/").content.decode()


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
def test_choosing_a_look_leads_nowhere_else(client: Client, db: None, back: str) -> None:
    assert client.post(reverse("choose_theme"), {"theme": "dark", "next": back}).headers["Location"] == "/"


def test_a_chosen_language_is_kept(client: Client, db: None) -> None:
    client.post(reverse("set_language"), {"language": "en", "next": "/"})
    text = client.get("/").content.decode()
    assert '<html lang="en"' in text
    assert "You do not have to carry it alone" in text


async def test_the_front_page_answers_an_async_server(transactional_db: None) -> None:
    response = await AsyncClient().get("/accounts/login/")
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store")
