"""Signing in as staff do: a password and a second factor, or a passkey alone."""

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Open
from tests.e2e.house import House, Room, until

pytestmark = pytest.mark.browser
PASSWORD = "madoguchi-demo"
# A telephone that knows its owner by the finger.
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
}


def give_device(page: Page) -> None:
    """The browser of this page gets an authenticator."""
    line = page.context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    line.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE | {"automaticPresenceSimulation": True}})


def give_password(page: Page, email: str) -> None:
    """The first step."""
    page.get_by_label("メールアドレス").fill(email)
    page.get_by_label("パスワード", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="ログイン", exact=True).click()


def sign_out(page: Page) -> None:
    """From wherever one is."""
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + "/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="ログアウト").click()
    expect(page.get_by_role("heading", name="スタッフのログイン")).to_be_visible()


def counter() -> int:
    """Which half minute it is to an authenticator app."""
    return int(next(yield_hotp_counters_from_time()))


def code_of(secret: str) -> str:
    """What the app shows now."""
    return str(format_hotp_value(hotp_value(secret, counter())))


def keep_codes(page: Page) -> list[str]:
    """Read the recovery codes from the page that shows them once, save the file, and go on."""
    codes = page.locator(".codes code").all_inner_texts()
    assert len(set(codes)) == 10
    with page.expect_download() as download:
        page.get_by_role("link", name="ファイルに保存する").click()
    assert download.value.path().read_text().split() == codes
    page.get_by_role("link", name="控えたので、はじめる").click()
    page.wait_for_url("**/console/")
    return codes


def test_with_a_passkey_no_password_is_needed_again(house: House, room: Room, open_page: Open) -> None:
    page = open_page("/accounts/login/")
    give_device(page)
    give_password(page, room.person("haru"))
    expect(page.get_by_role("heading", name="二段階認証の登録")).to_be_visible()
    page.get_by_role("link", name="パスキーを登録する").click()
    page.get_by_label("名前").fill("相談室のパソコン")
    page.get_by_role("button", name="登録する").click()
    expect(page.get_by_text("見られるのは、いまだけです")).to_be_visible()
    keep_codes(page)
    sign_out(page)
    page.get_by_role("button", name="パスキーでログイン").click()
    page.wait_for_url("**/console/")
    page.goto(f"{house.url}/accounts/2fa/")
    expect(page.get_by_text("相談室のパソコン").first).to_be_visible()
    sign_out(page)
    give_password(page, room.person("haru"))
    page.get_by_role("button", name="パスキーで確かめる").click()
    page.wait_for_url("**/console/")


def test_an_app_and_a_recovery_code_serve_as_second_step(room: Room, open_page: Open) -> None:
    page = open_page("/accounts/login/")
    give_password(page, room.person("haru"))
    page.get_by_role("link", name="認証アプリを登録する").click()
    secret = page.locator(".secret").inner_text()
    registered = counter()
    page.get_by_label("6桁の番号").fill(code_of(secret))
    page.get_by_role("button", name="登録する").click()
    code = keep_codes(page)[0]
    for accepted in (True, False):
        sign_out(page)
        give_password(page, room.person("haru"))
        page.get_by_label("予備のコード").fill(code)
        page.get_by_role("button", name="ログイン", exact=True).click()
        if accepted:
            page.wait_for_url("**/console/")
    expect(page.get_by_text("確かめられませんでした")).to_be_visible()
    until(lambda: counter() > registered, "the app shows another number")
    page.get_by_label("6桁の番号").fill(code_of(secret))
    page.get_by_role("button", name="ログイン", exact=True).click()
    page.wait_for_url("**/console/")


def test_a_passkey_that_was_not_given_is_explained(room: Room, open_page: Open) -> None:
    page = open_page("/accounts/login/")
    line = page.context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    line.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    page.get_by_role("button", name="パスキーでログイン").click()
    expect(page.get_by_role("alert")).to_have_text(re.compile("もう一度押すと"))
    expect(page.get_by_role("button", name="パスキーでログイン")).to_be_enabled()


def test_a_first_login_reaches_nothing_but_registration(house: House, room: Room, open_page: Open) -> None:
    page = open_page("/accounts/login/")
    give_password(page, room.person("ren"))
    for path in ("/console/", "/admin/", f"/programs/{room.slug}/roster/"):
        page.goto(house.url + path)
        expect(page.get_by_role("heading", name="二段階認証の登録")).to_be_visible()
    assert page.request.get(f"{house.url}/api/me").json()["error"] == "second_factor"
