"""Staff sign in with address and password, and nobody else does."""

from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.contrib.auth import get_user
from django.core import mail
from django.core.cache import cache
from django.test import Client

from accounts.models import Login, User
from tests.conftest import PASSWORD

SignedIn = Callable[[User], Client]
NEW_PASSWORD = "another long pass phrase"


@pytest.fixture(autouse=True)
def _no_attempts_yet() -> None:
    # allauth counts attempts in the shared cache, beyond one test's transaction.
    cache.clear()


def sign_in(client: Client, email: str, password: str = PASSWORD) -> str:
    """The address one is sent to; empty when the form comes back."""
    response = client.post("/accounts/login/", {"login": email, "password": password})
    return response.headers.get("Location", "")


def test_a_counselor_signs_in(client: Client, haru: User) -> None:
    assert sign_in(client, "haru@example.jp") == "/"
    assert get_user(client) == haru


def test_a_counselor_comes_to_the_console(signed_in: SignedIn, haru: User) -> None:
    assert signed_in(haru).get("/").headers["Location"] == "/console/"


def test_the_address_may_be_written_in_capitals(client: Client, haru: User) -> None:
    assert sign_in(client, "Haru@Example.JP") == "/"


def test_an_administrator_comes_to_the_back_office(signed_in: SignedIn, aoi: User) -> None:
    User.objects.filter(pk=aoi.pk).update(is_staff=True)
    assert signed_in(aoi).get("/").headers["Location"].startswith("/programs/women/")


def test_a_supervisor_who_may_administer_comes_to_the_console(signed_in: SignedIn, mio: User) -> None:
    User.objects.filter(pk=mio.pk).update(is_staff=True)
    assert signed_in(mio).get("/").headers["Location"] == "/console/"


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("haru@example.jp", "not the pass phrase"),
        ("nobody@example.jp", PASSWORD),
        ("haru@example.jp", ""),
        ("", PASSWORD),
        ("haru@example.jp\0", PASSWORD),
        ("haru@example.jp", PASSWORD + "\0"),
        ("a" * 10_000, PASSWORD),
    ],
)
def test_wrong_words_are_refused(client: Client, haru: User, email: str, password: str) -> None:
    response = client.post("/accounts/login/", {"login": email, "password": password})
    assert response.status_code == 200
    assert 'role="alert"' in response.text or "field-error" in response.text
    assert not get_user(client).is_authenticated


def test_a_refusal_does_not_tell_who_exists(client: Client, haru: User) -> None:
    known = client.post("/accounts/login/", {"login": "haru@example.jp", "password": "wrong wrong wrong"})
    unknown = client.post("/accounts/login/", {"login": "nobody@example.jp", "password": "wrong wrong wrong"})
    assert known.context["form"].errors == unknown.context["form"].errors


def test_the_form_keeps_the_address_and_not_the_password(client: Client, haru: User) -> None:
    response = client.post("/accounts/login/", {"login": "haru@example.jp", "password": "wrong wrong wrong"})
    assert 'value="haru@example.jp"' in response.text
    assert "wrong wrong wrong" not in response.text


def test_someone_who_left_does_not_get_in(client: Client, nao: User) -> None:
    sign_in(client, "nao@example.jp")
    assert not get_user(client).is_authenticated


def test_guessing_is_slowed_down(client: Client, haru: User) -> None:
    for _attempt in range(5):
        sign_in(client, "haru@example.jp", "wrong wrong wrong")
    sign_in(client, "haru@example.jp")
    assert not get_user(client).is_authenticated


def test_nobody_signs_up(client: Client, db: None) -> None:
    assert "アカウントは招待で作られます" in client.get("/accounts/signup/").text
    client.post("/accounts/signup/", {"email": "new@example.jp", "password1": PASSWORD})
    assert not User.objects.exists()


def test_a_form_without_its_mark_is_refused_in_japanese(haru: User) -> None:
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "haru@example.jp"})
    assert response.status_code == 403
    assert "もう一度お試しください" in response.text


def test_one_click_sign_in_is_for_developers(client: Client, haru: User, settings: LazySettings) -> None:
    settings.DEBUG = True
    assert "ためす" in client.get("/accounts/login/").text
    assert client.post(f"/accounts/as/{haru.pk}/").headers["Location"] == "/"
    assert get_user(client) == haru


def test_elsewhere_one_click_sign_in_does_not_exist(client: Client, haru: User) -> None:
    assert "ためす" not in client.get("/accounts/login/").text
    assert client.post(f"/accounts/as/{haru.pk}/").status_code == 404
    assert not get_user(client).is_authenticated


def test_one_click_sign_in_takes_no_link(client: Client, haru: User, settings: LazySettings) -> None:
    settings.DEBUG = True
    assert client.get(f"/accounts/as/{haru.pk}/").status_code == 405


def test_one_click_sign_in_refuses_those_who_left(client: Client, nao: User, settings: LazySettings) -> None:
    settings.DEBUG = True
    assert client.post(f"/accounts/as/{nao.pk}/").status_code == 404


def test_signing_out_clears_the_browser(signed_in: SignedIn, haru: User) -> None:
    client = signed_in(haru)
    response = client.post("/accounts/logout/")
    assert response.headers["Location"] == "/accounts/login/"
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not Login.objects.exists()


def test_a_link_does_not_sign_out(signed_in: SignedIn, haru: User) -> None:
    client = signed_in(haru)
    assert "ログアウトしますか" in client.get("/accounts/logout/").text
    assert get_user(client) == haru


def test_a_new_password_ends_every_login(signed_in: SignedIn, haru: User) -> None:
    here, elsewhere = signed_in(haru), signed_in(haru)
    fields = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert here.post("/accounts/password/change/", fields).headers["Location"] == "/accounts/login/"
    assert not get_user(here).is_authenticated
    assert not get_user(elsewhere).is_authenticated


@pytest.mark.parametrize(
    ("new", "told"),
    [
        ("short", "短すぎます。12文字以上に"),
        ("haru@example.jp", "名前やメールアドレスに似ています"),
        ("password1234", "よく使われるパスワードなので"),
    ],
)
def test_a_weak_password_is_refused(signed_in: SignedIn, haru: User, new: str, told: str) -> None:
    fields = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    response = signed_in(haru).post("/accounts/password/change/", fields)
    assert response.status_code == 200
    assert told in response.text.partition("field-error")[2]


def test_a_forgotten_password_is_replaced_by_mail(client: Client, haru: User) -> None:
    client.post("/accounts/password/reset/", {"email": "haru@example.jp"})
    link = next(line for line in mail.outbox[0].body.splitlines() if "/password/reset/key/" in line)
    form = client.get(link.removeprefix("http://testserver"), follow=True)
    path = form.redirect_chain[-1][0]
    client.post(path, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert sign_in(Client(), "haru@example.jp", NEW_PASSWORD) == "/"
    assert "パスワードを忘れた" in mail.outbox[0].body


def test_asking_for_a_mail_does_not_tell_who_exists(client: Client, haru: User) -> None:
    known = client.post("/accounts/password/reset/", {"email": "haru@example.jp"})
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@example.jp"})
    assert known.headers["Location"] == unknown.headers["Location"] == "/accounts/password/reset/done/"
    assert [len(message.to) for message in mail.outbox] == [1, 1]


def test_the_administration_asks_for_the_same_sign_in(client: Client, db: None) -> None:
    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith("/accounts/login/?next=")


def test_a_counselor_may_not_administer(signed_in: SignedIn, haru: User) -> None:
    response = signed_in(haru).get("/admin/", follow=True)
    assert response.status_code == 403
    assert "このページは開けません" in response.text
