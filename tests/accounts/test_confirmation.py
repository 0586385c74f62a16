"""Before weighty things people confirm who they are, with the password or a second factor, and then go on."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from allauth.account.internal.flows import reauthentication
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from tests.conftest import PASSWORD, confirm

SignedIn = Callable[[User], Client]
ASKED = f"/accounts/reauthenticate/?next={quote('/secret/', safe='')}"
pytestmark = pytest.mark.urls("tests.accounts.pages")


@pytest.fixture(autouse=True)
def _no_attempts_yet() -> None:
    cache.clear()


@pytest.fixture
def client(signed_in: SignedIn, haru: User) -> Client:
    return signed_in(haru)


def test_a_person_is_asked_before_the_form(client: Client) -> None:
    assert client.get("/secret/").headers["Location"] == ASKED
    assert "ご本人の確認" in client.get(ASKED).text


def test_the_password_leads_on_to_where_one_was_going(client: Client) -> None:
    assert client.post(ASKED, {"password": PASSWORD}).headers["Location"] == "/secret/"
    assert client.get("/secret/").status_code == 200


def test_a_wrong_password_does_not(client: Client) -> None:
    assert "パスワードが違います" in client.post(ASKED, {"password": "wrong wrong wrong"}).text
    assert client.get("/secret/").status_code == 302


def test_a_recovery_code_serves_too(client: Client, haru: User) -> None:
    code = RecoveryCodes.activate(haru).get_unused_codes()[0]
    where = ASKED.replace("/accounts/", "/accounts/2fa/")
    assert "認証アプリか予備のコードで確かめる" in client.get(ASKED).text
    assert client.post(where, {"code": code}).headers["Location"] == "/secret/"


def test_signing_in_is_a_proof_as_good(haru: User) -> None:
    client = Client()
    client.post("/accounts/login/", {"login": haru.email, "password": PASSWORD})
    assert client.get("/accounts/2fa/totp/activate/").status_code == 200


def test_after_five_minutes_it_is_asked_again(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    confirm(client)
    assert client.get("/secret/").status_code == 200
    now = reauthentication.time.time()
    monkeypatch.setattr("time.time", lambda: now + 301)
    assert client.get("/secret/").headers["Location"] == ASKED


def test_a_form_that_comes_too_late_is_kept(client: Client) -> None:
    assert client.post("/secret/", {"typed": "words"}).headers["Location"] == ASKED
    assert client.post(ASKED, {"password": PASSWORD}).text == "kept: words"


def test_a_form_with_secrets_that_comes_too_late_is_dropped_and_asked_for_again(client: Client) -> None:
    asked = ASKED.replace("secret", "sealed")
    assert client.post("/sealed/", {"typed": "a secret"}).headers["Location"] == "/sealed/"
    assert "a secret" not in str(dict(client.session))
    assert client.get("/sealed/").headers["Location"] == asked
    assert client.post(asked, {"password": PASSWORD}).headers["Location"] == "/sealed/"
    assert client.get("/sealed/").text == "typed: "


def test_a_form_with_secrets_that_comes_in_time_is_taken(client: Client) -> None:
    confirm(client)
    assert client.post("/sealed/", {"typed": "a secret"}).text == "typed: a secret"
