"""Coming in by an invitation's link: once, in time, with a good password, and into the second factor."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user
from django.db import connections
from django.test import Client
from django.utils import timezone

from accounts import actions, people
from accounts.models import AuditEntry, Invitation, User
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(aoi: User) -> str:
    """The path of Mori's invitation."""
    mori = people.make_person(email="mori@example.jp", name="森")
    key, _invitation = people.renew_invitation(user=mori, by=aoi)
    return f"/accounts/invitation/{key}/"


def accept(client: Client, link: str, **other: str) -> str:
    fields = {"name": "森 杜", "password": PASSWORD, "again": PASSWORD} | other
    return client.post(link, fields, follow=True).content.decode()


def test_the_link_shows_who_invites_and_uses_nothing_up(client: Client, link: str) -> None:
    for _look in range(2):
        text = client.get(link).content.decode()
        assert "Aoiさんからの招待" in text and "mori@example.jp" in text


def test_who_accepts_is_signed_in_and_led_to_the_second_factor(client: Client, link: str) -> None:
    response = client.post(link, {"name": " 森  杜 ", "password": PASSWORD, "again": PASSWORD}, follow=True)
    mori = User.objects.get(email="mori@example.jp")
    assert (mori.is_active, mori.name, mori.check_password(PASSWORD)) == (True, "森 杜", True)
    assert get_user(client) == mori
    assert response.redirect_chain[-1][0].startswith("/accounts/2fa/")
    assert client.get("/accounts/2fa/totp/activate/").status_code == 200
    assert AuditEntry.objects.filter(deed="invitation.accepted", actor_id=mori.pk).exists()


def test_a_link_works_once(client: Client, link: str) -> None:
    accept(client, link)
    assert "このリンクは使えません" in accept(Client(), link, password="another long pass phrase")
    assert User.objects.get(email="mori@example.jp").check_password(PASSWORD)


@pytest.mark.parametrize(
    "change",
    [
        {"expires_at": timezone.now() - timedelta(seconds=1)},
        {"withdrawn_at": timezone.now()},
        {"accepted_at": timezone.now()},
    ],
    ids=["too old", "withdrawn", "used"],
)
def test_every_closed_link_looks_like_an_unknown_one(change: dict[str, object], client: Client, link: str) -> None:
    Invitation.objects.update(**change)
    unknown = f"/accounts/invitation/{'k' * 43}/"
    for ask in (client.get, client.post):
        closed, never = ask(link), ask(unknown)
        assert closed.status_code == never.status_code == 404
        told = [page.content.decode().split("<main")[1].split("</main>")[0] for page in (closed, never)]
        assert told[0] == told[1] and "もう一度送って" in told[0]


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"again": "something else, long"}, "2回の入力が同じではありません"),
        ({"password": "short", "again": "short"}, "短すぎ"),
        ({"password": "password1234", "again": "password1234"}, "よく使われるパスワードなので"),
        ({"name": " "}, "必須"),
        ({"name": "森\u202e"}, "使えない文字"),
    ],
)
def test_what_is_refused_is_said_and_the_rest_is_kept(
    other: dict[str, str], said: str, client: Client, link: str
) -> None:
    text = accept(client, link, **other)
    assert said in text
    assert PASSWORD not in text and other.get("password", PASSWORD) not in text
    assert not User.objects.get(email="mori@example.jp").is_active


def test_who_was_invited_gets_no_password_by_another_way(client: Client, link: str, mailoutbox: list[object]) -> None:
    client.post("/accounts/password/reset/", {"email": "mori@example.jp"})
    assert "/password/reset/key/" not in "".join(str(getattr(mail, "body", "")) for mail in mailoutbox)


def test_a_link_opens_nothing_for_who_works_here_meanwhile(client: Client, link: str) -> None:
    User.objects.filter(email="mori@example.jp").update(is_active=True)
    assert client.get(link).status_code == 404


def test_coming_in_ends_the_colleagues_login_in_this_browser(
    signed_in: Callable[[User], Client], haru: User, link: str
) -> None:
    client = signed_in(haru)
    assert "Haruさんとしてログインしています" in client.get(link).content.decode()
    accept(client, link)
    assert get_user(client) == User.objects.get(email="mori@example.jp")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_accept_at_once_one_comes_in(link: str) -> None:
    key = link.split("/")[-2]

    def come_in(password: str) -> str:
        try:
            people.accept_invitation(key=key, name="森", password=password)
        except people.CannotAccept:
            return ""
        finally:
            connections.close_all()
        return password

    with ThreadPoolExecutor(8) as many:
        winners = [
            password for password in many.map(come_in, [f"pass phrase {n} of many" for n in range(8)]) if password
        ]
    assert len(winners) == 1
    assert User.objects.get(email="mori@example.jp").check_password(winners[0])


def test_who_is_stopped_before_they_come_in_cannot_come_in(client: Client, link: str, aoi: User) -> None:
    mori = User.objects.get(email="mori@example.jp")
    actions.deactivate(user_id=mori.pk, by=aoi)
    assert client.get(link).status_code == 404


def test_a_mail_leads_to_our_own_address_whatever_host_was_named(
    client: Client, haru: User, mailoutbox: list[Any], settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    client.post("/accounts/password/reset/", {"email": haru.email}, headers={"host": "evil.example"})
    said = str(mailoutbox[-1].body)
    assert f"{settings.SITE_URL}/accounts/password/reset/key/" in said
    assert "evil" not in said
