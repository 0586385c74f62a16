"""A password alone leads nowhere but to the registration of a second factor."""

import json
import re
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import LazySettings
from django.contrib.auth import get_user
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import resolve
from pytest_django import DjangoAssertNumQueries

from accounts import actions, factors, gate
from accounts.deeds import Deed
from accounts.models import AuditEntry, Login, User
from counseling.hub.logins import login_of
from tests.conftest import PASSWORD, confirm

SignedIn = Callable[[User], Client]
SECRET = re.compile(r'class="secret">([A-Z2-7]+)<')
CODES = re.compile(r"<code>(\d{8})</code>")
APP, CODES_PAGE = "/accounts/2fa/totp/activate/", "/accounts/2fa/recovery-codes/"


@pytest.fixture(autouse=True)
def _no_attempts_yet() -> None:
    cache.clear()


def code_of(secret: str) -> str:
    """What the app shows now."""
    return str(format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time()))))


def with_password(user: User) -> Client:
    """A browser in which the person gave address and password."""
    client = Client()
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    return client


def enrolled(client: Client) -> str:
    """The secret of the app that the person registers in this browser."""
    found = SECRET.search(client.get(APP).text)
    assert found
    assert client.post(APP, {"code": code_of(found[1])}).headers["Location"] == CODES_PAGE
    cache.clear()  # the same code serves again below, where it is not the point
    return found[1]


def passkey(user: User) -> Authenticator:
    """A passkey of this person, with which nothing can be proved."""
    data = {"name": "鍵", "credential": {}}
    return Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=data)


def second_step(client: Client, code: str) -> str:
    """Where a code leads; empty when the form comes back."""
    return str(client.post("/accounts/2fa/authenticate/", {"code": code}).headers.get("Location", ""))


@pytest.mark.parametrize("path", ["/", "/console/", "/admin/", "/accounts/password/change/", CODES_PAGE])
def test_with_a_password_alone_every_page_leads_to_registration(haru: User, path: str) -> None:
    assert with_password(haru).get(path).headers["Location"] == "/accounts/2fa/"


def test_a_superuser_is_no_exception(haru: User) -> None:
    User.objects.filter(pk=haru.pk).update(is_staff=True, is_superuser=True)
    assert with_password(haru).get("/admin/accounts/user/").headers["Location"] == "/accounts/2fa/"


def test_the_api_says_what_is_missing_in_its_own_shape(haru: User) -> None:
    response = with_password(haru).get("/api/me")
    assert response.status_code == 403
    assert set(response.json()) == {"error", "message", "fields"}
    assert response.json()["error"] == "second_factor"


def test_a_socket_takes_such_a_login_for_none(haru: User, signed_in: SignedIn) -> None:
    assert login_of(str(with_password(haru).session.session_key)) is None
    assert login_of(str(signed_in(haru).session.session_key)) is not None


def test_registration_sign_out_and_the_switches_stay_open(haru: User) -> None:
    client = with_password(haru)
    for path in ("/accounts/2fa/", APP, "/accounts/2fa/webauthn/add/", "/accounts/logout/", "/health"):
        assert client.get(path).status_code in {200, 503}, path
    assert client.post("/accounts/theme/", {"theme": "dark"}).cookies["theme"].value == "dark"
    assert client.post("/accounts/language/", {"language": "en"}).headers["Location"] == "/"


def test_the_first_page_says_why_and_offers_both_ways(haru: User) -> None:
    text = with_password(haru).get("/accounts/2fa/").text
    assert "二段階認証の登録" in text and "パスキーを登録する" in text and "認証アプリを登録する" in text
    assert 'href="/console/"' not in text


def test_registering_lets_this_login_through_and_ends_the_others(haru: User) -> None:
    here, elsewhere = with_password(haru), with_password(haru)
    enrolled(here)
    assert here.get("/").headers["Location"] == "/console/"
    assert elsewhere.get("/console/").headers["Location"] == "/accounts/login/?next=/console/"
    assert not get_user(elsewhere).is_authenticated


def test_registering_gives_the_login_a_new_key(haru: User) -> None:
    client = with_password(haru)
    before = client.session.session_key
    enrolled(client)
    assert client.session.session_key != before
    assert not Login.objects.filter(session_key=before).exists()


def test_a_login_that_was_quicker_than_the_registration_must_sign_in_again(haru: User) -> None:
    late = with_password(haru)
    Authenticator.objects.create(user=haru, type=Authenticator.Type.TOTP, data={"secret": ""})
    assert late.get("/accounts/2fa/webauthn/add/").headers["Location"] == "/accounts/login/"
    assert not get_user(late).is_authenticated


def test_of_two_registrations_at_once_only_the_first_counts(haru: User, monkeypatch: pytest.MonkeyPatch) -> None:
    late = with_password(haru)
    secret = SECRET.search(late.get(APP).text)
    assert secret
    passkey(haru)
    monkeypatch.setattr(factors, "has_one", lambda _user_id: False)  # the gate looked a moment too early
    assert late.post(APP, {"code": code_of(secret[1])}).headers["Location"] == "/accounts/login/"
    assert not Authenticator.objects.filter(user=haru, type=Authenticator.Type.TOTP).exists()
    assert not get_user(late).is_authenticated


def test_a_login_that_passed_costs_no_query(
    rf: RequestFactory, haru: User, signed_in: SignedIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    request = rf.get("/console/")
    request.session, request.resolver_match = signed_in(haru).session, resolve("/console/")
    assert gate.has_passed(request.session)
    with django_assert_num_queries(0):
        assert gate.SecondFactor(lambda _: None).process_view(request, None, (), {}) is None  # type: ignore[arg-type]


def test_after_registration_signing_in_takes_both(haru: User) -> None:
    secret = enrolled(with_password(haru))
    client = with_password(haru)
    assert not get_user(client).is_authenticated
    assert second_step(client, "000000") == ""
    assert second_step(client, code_of(secret)) == "/"
    assert client.get("/").headers["Location"] == "/console/"


def test_a_number_serves_once(haru: User) -> None:
    secret = enrolled(with_password(haru))
    code = code_of(secret)
    assert second_step(with_password(haru), code) == "/"
    assert second_step(with_password(haru), code) == ""


def test_a_counselor_is_not_kept_guessing_numbers(haru: User) -> None:
    secret = enrolled(with_password(haru))
    client = with_password(haru)
    for guess in range(5):
        second_step(client, f"{guess:06}")
    assert second_step(client, code_of(secret)) == ""
    assert "5分ほど待って" in client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)}).text


def test_recovery_codes_are_shown_once(haru: User) -> None:
    client = with_password(haru)
    enrolled(client)
    assert len(set(CODES.findall(client.get(CODES_PAGE).text))) == 10
    again = client.get(CODES_PAGE).text
    assert CODES.findall(again) == [] and "10個のうち、10個が使えます" in again
    assert client.get(CODES_PAGE + "download/").status_code == 404


def test_a_recovery_code_serves_once_and_is_noted(haru: User) -> None:
    client = with_password(haru)
    enrolled(client)
    code = CODES.findall(client.get(CODES_PAGE).text)[0]
    other = with_password(haru)
    assert second_step(other, code) == "/"
    assert "残りは9個です" in other.get("/accounts/2fa/").text
    assert second_step(with_password(haru), code) == ""
    assert AuditEntry.objects.filter(deed=Deed.RECOVERY_CODE_USED, actor_id=haru.pk).count() == 1


def test_new_recovery_codes_make_the_old_ones_worthless(haru: User) -> None:
    client = with_password(haru)
    enrolled(client)
    old = CODES.findall(client.get(CODES_PAGE).text)[0]
    assert client.post(CODES_PAGE + "generate/").headers["Location"] == CODES_PAGE
    assert len(CODES.findall(client.get(CODES_PAGE).text)) == 10
    assert second_step(with_password(haru), old) == ""
    assert AuditEntry.objects.filter(deed=Deed.RECOVERY_CODES_MADE).count() == 2


def test_no_secret_stands_in_the_clear(haru: User) -> None:
    client = with_password(haru)
    secret = SECRET.search(client.get(APP).text)
    assert secret and secret[1] not in json.dumps(dict(client.session.items()))
    client.post(APP, {"code": code_of(secret[1])})
    codes = CODES.findall(client.get(CODES_PAGE).text)
    kept = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    held = json.dumps([login.get_decoded() for login in Login.objects.all()])
    for clear in (secret[1], *codes):
        assert clear not in kept + held
    seed = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES).data["seed"]
    assert not re.fullmatch(r"[0-9a-f]{80}", seed)


def test_the_last_one_cannot_be_removed(haru: User) -> None:
    client = with_password(haru)
    enrolled(client)
    response = client.post("/accounts/2fa/totp/deactivate/")
    assert "最後のひとつは外せません" in response.text
    assert factors.has_one(haru.pk)


def test_one_of_two_can_be_removed_and_both_are_noted(haru: User) -> None:
    client = with_password(haru)
    enrolled(client)
    passkey(haru)
    assert client.post("/accounts/2fa/totp/deactivate/").headers["Location"] == "/accounts/2fa/"
    assert factors.count(haru.pk) == 1
    last = Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN)
    client.post(f"/accounts/2fa/webauthn/keys/{last.pk}/remove/")
    assert factors.count(haru.pk) == 1
    deeds = AuditEntry.objects.filter(actor_id=haru.pk, deed__startswith="second_factor").values_list("deed", flat=True)
    assert sorted(deeds) == [Deed.SECOND_FACTOR_ADDED, Deed.SECOND_FACTOR_REMOVED]


def test_another_persons_passkey_does_not_exist(haru: User, ren: User, signed_in: SignedIn) -> None:
    theirs = Authenticator.objects.create(
        user=haru, type=Authenticator.Type.WEBAUTHN, data={"name": "", "credential": {}}
    )
    client = signed_in(ren)
    confirm(client)
    for verb in ("edit", "remove"):
        assert client.post(f"/accounts/2fa/webauthn/keys/{theirs.pk}/{verb}/").status_code == 404


def test_who_lost_their_devices_registers_anew(haru: User, mio: User) -> None:
    client = with_password(haru)
    enrolled(client)
    actions.reset_second_factor(user_id=haru.pk, by=mio)
    assert not get_user(client).is_authenticated
    assert not Authenticator.objects.filter(user=haru).exists()
    assert with_password(haru).get("/").headers["Location"] == "/accounts/2fa/"
    assert AuditEntry.objects.filter(deed=Deed.SECOND_FACTOR_RESET, actor_id=mio.pk, subject=f"user:{haru.pk}").exists()


def test_nobody_resets_their_own(mio: User) -> None:
    with pytest.raises(actions.CannotReset):
        actions.reset_second_factor(user_id=mio.pk, by=mio)


GARBAGE = ["", "x", "5", "null", "[]", "{}", '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}', "\0"]


@pytest.mark.parametrize("sent", GARBAGE)
def test_what_is_no_passkey_is_refused(haru: User, sent: str) -> None:
    stranger, client = Client(), with_password(haru)
    stranger.get("/accounts/2fa/webauthn/login/", headers={"Accept": "application/json"})
    response = stranger.post("/accounts/2fa/webauthn/login/", {"credential": sent})
    assert response.headers["Location"] == "/accounts/login/"
    client.get("/accounts/2fa/webauthn/add/")
    response = client.post("/accounts/2fa/webauthn/add/", {"name": "鍵", "credential": sent})
    assert response.status_code == 200 and not factors.has_one(haru.pk)


def test_passkeys_belong_to_the_sites_host_whatever_a_request_claims(settings: LazySettings, db: None) -> None:
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://madoguchi.example.jp", ["*"]
    asked = Client().get(
        "/accounts/2fa/webauthn/login/", headers={"Accept": "application/json", "Host": "evil.example"}
    )
    assert asked.json()["request_options"]["publicKey"]["rpId"] == "madoguchi.example.jp"


def test_a_passkey_asks_for_a_finger_a_face_or_a_pin(haru: User) -> None:
    page = with_password(haru).get("/accounts/2fa/webauthn/add/")
    wanted = page.context["js_data"]["creation_options"]["publicKey"]["authenticatorSelection"]
    assert wanted["userVerification"] == wanted["residentKey"] == "required"
