"""What the audit log is told of sign-ins, of passwords and of the administration, and what never."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.deeds import Deed
from accounts.models import AuditEntry, User
from counseling.models import Channel, Membership, Program
from tests.conftest import PASSWORD, confirm

SignedIn = Callable[[User], Client]
NEW = "another long pass phrase"


@pytest.fixture(autouse=True)
def _no_attempts_yet() -> None:
    cache.clear()


def told() -> list[tuple[str, str, str]]:
    return list(AuditEntry.objects.order_by("pk").values_list("deed", "actor_name", "subject"))


def sign_in(email: str, password: str) -> None:
    Client().post("/accounts/login/", {"login": email, "password": password})


def test_a_sign_in_is_told_with_its_address(haru: User) -> None:
    sign_in("haru@example.jp", PASSWORD)
    assert told() == [(Deed.LOGIN_SUCCEEDED, "Haru", f"user:{haru.pk}")]
    assert AuditEntry.objects.get().address == "127.0.0.1"


def test_a_failed_sign_in_is_told_of_the_person_and_by_nobody(haru: User) -> None:
    sign_in("Haru@example.jp", "wrong wrong wrong")
    assert told() == [(Deed.LOGIN_FAILED, "", f"user:{haru.pk}")]


def test_an_address_nobody_has_is_told_as_a_hash(db: None) -> None:
    sign_in("nobody@example.jp", "wrong wrong wrong")
    entry = AuditEntry.objects.get()
    assert entry.subject.startswith("mail:")
    assert "nobody" not in str(AuditEntry.objects.values().get())
    assert "wrong" not in str(AuditEntry.objects.values().get())


def test_signing_out_is_told(signed_in: SignedIn, haru: User) -> None:
    signed_in(haru).post("/accounts/logout/")
    assert told() == [(Deed.LOGIN_ENDED, "Haru", f"user:{haru.pk}")]


def test_a_new_password_is_told_and_ends_every_login(signed_in: SignedIn, haru: User) -> None:
    client, elsewhere = signed_in(haru), signed_in(haru)
    words = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post("/accounts/password/change/", words).headers["Location"] == "/accounts/login/"
    assert (Deed.PASSWORD_CHANGED, "Haru", f"user:{haru.pk}") in told()
    assert elsewhere.get("/api/me").status_code == 403
    assert not haru.logins.exists()


@pytest.fixture
def root(signed_in: SignedIn, aoi: User) -> Client:
    User.objects.filter(pk=aoi.pk).update(is_staff=True, is_superuser=True)
    aoi.refresh_from_db()
    client = signed_in(aoi)
    confirm(client)
    return client


def test_the_administration_tells_who_changed_which_field(root: Client, haru: User) -> None:
    form: Any = root.get(f"/admin/accounts/user/{haru.pk}/change/").context["adminform"].form
    fields = {name: value for name, value in form.initial.items() if value and name != "password"}
    response = root.post(f"/admin/accounts/user/{haru.pk}/change/", fields | {"name": "はる"})
    assert response.status_code == 302
    entry = AuditEntry.objects.get(deed=Deed.PERSON_CHANGED)
    assert (entry.actor_name, entry.subject) == ("Aoi", f"user:{haru.pk}")
    assert entry.details == {"did": "changed", "fields": ["Name"]}
    assert "はる" not in str(entry.details)


def test_a_role_taken_away_in_the_administration_is_told(root: Client, program: Program, ren: User) -> None:
    member = Membership.objects.get(user=ren)
    root.post(f"/admin/counseling/membership/{member.pk}/delete/", {"post": "yes"})
    entry = AuditEntry.objects.get(deed=Deed.ROLES_CHANGED)
    assert (entry.subject, entry.program_id, entry.details) == (f"user:{ren.pk}", program.pk, {"did": "removed"})


def test_many_roles_taken_away_at_once_are_told_one_by_one(root: Client, ren: User, haru: User) -> None:
    chosen = [str(pk) for pk in Membership.objects.filter(user__in=[ren, haru]).values_list("pk", flat=True)]
    fields = {"action": "delete_selected", "_selected_action": chosen, "post": "yes"}
    root.post("/admin/counseling/membership/", fields)
    subjects = set(AuditEntry.objects.filter(deed=Deed.ROLES_CHANGED).values_list("subject", flat=True))
    assert subjects == {f"user:{ren.pk}", f"user:{haru.pk}"}


def test_a_new_secret_is_told_and_never_written_down(root: Client, line_channel: Channel) -> None:
    secret = "0123456789abcdef" * 2
    root.post(f"/programs/{line_channel.program.slug}/line/secrets/", {"secret": secret})
    entry = AuditEntry.objects.get(deed=Deed.CHANNEL_CHANGED)
    assert entry.details == {"did": "secrets", "fields": ["secret"]}
    assert secret not in str(AuditEntry.objects.filter(pk=entry.pk).values().get())


def test_stopping_a_person_is_told(root: Client, ren: User) -> None:
    for action in ("deactivate", "reactivate"):
        root.post("/admin/accounts/user/", {"action": action, "_selected_action": [str(ren.pk)]})
    deeds = AuditEntry.objects.filter(subject=f"user:{ren.pk}").order_by("pk").values_list("deed", flat=True)
    assert list(deeds) == [Deed.PERSON_DEACTIVATED, Deed.PERSON_REACTIVATED]
