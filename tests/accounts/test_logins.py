"""How long a login holds, and who keeps it alive."""

from collections.abc import Callable
from datetime import timedelta

from django.contrib.auth import get_user
from django.test import Client
from django.utils import timezone

from accounts import logins
from accounts.models import Login, User
from tests.conftest import PASSWORD

SignedIn = Callable[[User], Client]
MINUTE = timedelta(minutes=1)


def age(by: timedelta) -> None:
    """All logins are this much older than they are."""
    for login in Login.objects.all():
        data = login.get_decoded()
        assert login.began_at
        data[logins.BEGAN] = (login.began_at - by).isoformat()
        Login.objects.filter(pk=login.pk).update(
            began_at=login.began_at - by,
            seen_at=login.seen_at - by,
            expire_date=login.expire_date - by,
            session_data=logins.SessionStore().encode(data),
        )


def left() -> timedelta:
    return Login.objects.get().expire_date - timezone.now()


def test_a_login_knows_whose_it_is(signed_in: SignedIn, haru: User) -> None:
    signed_in(haru)
    login = Login.objects.get()
    assert login.user == haru
    assert login.began_at and login.began_at <= login.seen_at
    assert timedelta() < left() <= logins.IDLE_LIFE


def test_a_request_moves_the_idle_end_on(signed_in: SignedIn, haru: User) -> None:
    client = signed_in(haru)
    age(29 * MINUTE)
    assert client.get("/console/").status_code == 200
    assert left() > 29 * MINUTE


def test_a_login_that_nobody_used_has_ended(signed_in: SignedIn, haru: User) -> None:
    client = signed_in(haru)
    age(31 * MINUTE)
    assert client.get("/console/").headers["Location"] == "/accounts/login/?next=/console/"
    assert client.get("/api/me").status_code == 403


def test_no_login_outlives_twelve_hours(signed_in: SignedIn, haru: User) -> None:
    client = signed_in(haru)
    age(timedelta(hours=11, minutes=50))
    Login.objects.update(expire_date=timezone.now() + MINUTE)
    assert client.get("/console/").status_code == 200
    assert 9 * MINUTE < left() <= 10 * MINUTE


def test_a_change_of_the_login_itself_keeps_to_twelve_hours_too(signed_in: SignedIn, haru: User) -> None:
    client = signed_in(haru)
    age(timedelta(hours=11, minutes=50))
    Login.objects.update(expire_date=timezone.now() + MINUTE)
    session = client.session
    session["seen"] = "a message"
    session.save()
    assert left() <= 10 * MINUTE


def test_a_login_is_written_once_a_minute(signed_in: SignedIn, haru: User) -> None:
    client = signed_in(haru)
    age(timedelta(seconds=50))
    before = left()
    client.get("/console/")
    assert left() <= before


def test_the_api_tells_when_the_login_ends_and_moves_the_end_on_at_once(signed_in: SignedIn, haru: User) -> None:
    client = signed_in(haru)
    age(timedelta(seconds=50))
    login = client.put("/api/me/login", {}, content_type="application/json").json()["login"]
    stored = Login.objects.get()
    assert stored.began_at
    assert login == {
        "idle_ends_at": stored.expire_date.isoformat(),
        "ends_at": (stored.began_at + timedelta(hours=12)).isoformat(),
    }
    assert left() > 29 * MINUTE + timedelta(seconds=30)
    assert client.get("/api/me").json()["login"] == login


def test_a_page_comes_back_to_where_one_was(client: Client, haru: User) -> None:
    where = client.get("/console/?x=1").headers["Location"]
    response = client.post(where, {"login": "haru@example.jp", "password": PASSWORD, "next": "/console/?x=1"})
    assert response.headers["Location"] == "/console/?x=1"


def test_what_ended_meanwhile_stays_ended(signed_in: SignedIn, haru: User) -> None:
    store = logins.SessionStore(signed_in(haru).session.session_key)
    assert store.get("_auth_user_id")
    age(31 * MINUTE)
    logins.keep(store, at_once=True)
    assert left() < timedelta()


def test_a_page_that_asks_for_nobody_keeps_nothing_alive(signed_in: SignedIn, haru: User) -> None:
    client = signed_in(haru)
    age(10 * MINUTE)
    client.get("/health")
    assert left() <= 20 * MINUTE


def test_signing_in_notes_browser_and_address_and_sweeps_what_ended(client: Client, haru: User) -> None:
    Login.objects.create(session_key="old", expire_date=timezone.now() - MINUTE, seen_at=timezone.now())
    form = {"login": "haru@example.jp", "password": PASSWORD}
    client.post("/accounts/login/", form, headers={"User-Agent": "Mozilla/5.0 " + "x" * 300})
    assert get_user(client).is_authenticated
    login = Login.objects.get()
    assert (login.address, len(login.browser)) == ("127.0.0.1", 200)
