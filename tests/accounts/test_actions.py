"""Leaving: a person can no longer sign in, and is signed out everywhere."""

from collections.abc import Callable

import pytest
from django.contrib.auth import get_user
from django.test import Client

from accounts import actions
from accounts.models import Login, User
from tests.conftest import confirm

SignedIn = Callable[[User], Client]


def test_deactivating_ends_every_login_of_the_person(signed_in: SignedIn, haru: User, mio: User) -> None:
    here, elsewhere, colleague = signed_in(haru), signed_in(haru), signed_in(mio)
    actions.deactivate(user_id=haru.pk, by=mio)
    assert not get_user(here).is_authenticated
    assert not get_user(elsewhere).is_authenticated
    assert get_user(colleague) == mio


def test_coming_back_does_not_revive_an_old_login(signed_in: SignedIn, haru: User, mio: User) -> None:
    client = signed_in(haru)
    actions.deactivate(user_id=haru.pk, by=mio)
    actions.reactivate(user_id=haru.pk, by=mio)
    haru.refresh_from_db()
    assert haru.is_active
    assert not get_user(client).is_authenticated


def test_nobody_deactivates_themselves(mio: User) -> None:
    with pytest.raises(actions.CannotDeactivate):
        actions.deactivate(user_id=mio.pk, by=mio)
    mio.refresh_from_db()
    assert mio.is_active


def test_ending_logins_says_how_many(signed_in: SignedIn, haru: User, mio: User) -> None:
    signed_in(haru), signed_in(haru), signed_in(mio)
    assert actions.end_logins(user_id=haru.pk) == 2
    assert Login.objects.count() == 1


def administrate(client: Client, action: str, *chosen: User) -> str:
    fields = {"action": action, "_selected_action": [str(user.pk) for user in chosen]}
    return client.post("/admin/accounts/user/", fields, follow=True).content.decode()


@pytest.fixture
def administrator(signed_in: SignedIn, aoi: User) -> Client:
    User.objects.filter(pk=aoi.pk).update(is_staff=True, is_superuser=True)
    aoi.refresh_from_db()
    client = signed_in(aoi)
    confirm(client)
    return client


def test_the_administration_stops_people_and_never_oneself(administrator: Client, aoi: User, haru: User) -> None:
    assert "1人の利用を止めました" in administrate(administrator, "deactivate", haru, aoi)
    states = dict(User.objects.values_list("name", "is_active"))
    assert states == {"Haru": False, "Aoi": True}


def test_the_administration_lets_people_in_again(administrator: Client, nao: User) -> None:
    administrate(administrator, "reactivate", nao)
    nao.refresh_from_db()
    assert nao.is_active


def test_activity_is_no_tick_in_the_form(administrator: Client, haru: User) -> None:
    text = administrator.get(f"/admin/accounts/user/{haru.pk}/change/").content.decode()
    assert 'name="email"' in text
    assert 'name="is_active"' not in text


def test_the_administration_makes_a_person(administrator: Client) -> None:
    password = "yet another pass phrase"
    fields = {"email": "new@example.jp", "name": "New", "usable_password": "true", "password1": password}
    response = administrator.post("/admin/accounts/user/add/", {**fields, "password2": password})
    assert response.status_code == 302, response.context["adminform"].form.errors
    assert User.objects.get(email="new@example.jp").check_password(password)


def test_only_the_administration_lets_go_of_trusted_types(administrator: Client) -> None:
    policy = administrator.get("/admin/accounts/user/").headers["Content-Security-Policy"]
    assert "trusted-types" not in policy
    assert "script-src 'self'" in policy and "unsafe" not in policy


def test_the_administration_changes_nothing_before_who_it_is_is_confirmed(
    administrator: Client, signed_in: SignedIn, aoi: User, haru: User
) -> None:
    unsure = signed_in(aoi)
    one = f"/admin/accounts/user/{haru.pk}/"
    pages = (f"{one}change/", f"{one}delete/", f"{one}password/", "/admin/accounts/user/?q=haru")
    for path in (*pages, "/admin/counseling/membership/add/"):
        assert unsure.get(path)["Location"].startswith("/accounts/reauthenticate/"), path
        assert administrator.get(path).status_code == 200, path
    administrate(unsure, "deactivate", haru)
    haru.refresh_from_db()
    assert haru.is_active
