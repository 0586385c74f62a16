"""An administrator who has never programmed connects LINE, and a person taps the menu on the telephone."""

import secrets
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Open
from tests.e2e.house import House, Room, until
from tests.e2e.newcomers import prove
from tests.e2e.steps import take_next
from tests.e2e.test_axe import LOOKED_AT, violations

pytestmark = pytest.mark.browser


@pytest.fixture
def account(house: House, room: Room) -> dict[str, Any]:
    """A fresh official account at LINE, whose webhook goes nowhere yet; the program knows nothing of it."""
    house.unplug(room)
    made = {"channel_id": f"new-{room.slug}", "name": "女性相談", "quota": 1000}
    made |= {"secret": secrets.token_hex(16), "access_token": secrets.token_urlsafe(128)}
    house.ask("POST", "/simulator/channels", made)
    return made


def step(aoi: Page, name: str) -> Locator:
    """One line of what the check found."""
    return aoi.locator(".line-check li").filter(has=aoi.get_by_text(name, exact=True))


def connect(aoi: Page, account: dict[str, Any]) -> None:
    """Type the secrets."""
    aoi.get_by_role("link", name="鍵を登録する").click()
    prove(aoi)
    aoi.get_by_label("チャネルシークレット").fill(account["secret"])
    aoi.get_by_label("チャネルアクセストークン").fill(account["access_token"])
    aoi.get_by_role("button", name="登録する").click()
    expect(aoi.get_by_text("鍵を登録しました。")).to_be_visible()


def test_line_is_connected_tried_and_answers_taps(
    house: House, room: Room, account: dict[str, Any], sign_in: Open, open_page: Open
) -> None:
    aoi = sign_in("aoi@example.jp", to="**/programs/**", **LOOKED_AT)
    aoi.goto(f"{house.url}/programs/{room.slug}/line/")
    expect(aoi.get_by_text("まだLINEとつながっていません")).to_be_visible()
    assert violations(aoi) == []
    connect(aoi, account)
    assert account["secret"] not in aoi.content()
    try_twice(house, aoi, account)
    show_menu(aoi)
    telephone = open_page("/talk/away")
    telephone.goto(f"{house.simulator}/#{house.person('空')}@{account['channel_id']}")
    tap_and_write(telephone, "聞いてほしいことがあります")
    take_next(sign_in(room.person("haru")), "聞いてほしいことがあります")
    assert house.defects() == []


def try_twice(house: House, aoi: Page, account: dict[str, Any]) -> None:
    """With LINE's own chat on and no address set; and when both is put right."""
    switches = f"/simulator/channels/{account['channel_id']}"
    house.ask("PUT", switches, {"chat_mode": "chat"})
    aoi.get_by_role("button", name="接続を確かめる").click()
    expect(step(aoi, "公式アカウント")).to_contain_text("女性相談 @")
    expect(step(aoi, "Webhook URL")).to_contain_text("まだ設定されていません")
    expect(step(aoi, "LINEからの呼び出し")).to_contain_text("届き、署名も合いました")
    expect(step(aoi, "チャットの設定")).to_contain_text("LINE側のチャットがオンです")
    assert violations(aoi) == []
    aoi.get_by_role("button", name="LINEに設定する").click()
    expect(aoi.get_by_text("LINEに設定しました。")).to_be_visible()
    house.ask("PUT", switches, {"chat_mode": "bot"})
    aoi.get_by_role("button", name="接続を確かめる").click()
    expect(aoi.get_by_text("LINEとつながっています。")).to_be_visible()
    expect(aoi.get_by_text("今月は1,000通のうち0通を送りました(0%)。")).to_be_visible()


def show_menu(aoi: Page) -> None:
    """The menu goes to LINE."""
    aoi.get_by_role("button", name="リッチメニューを表示する").click()
    expect(aoi.get_by_text("リッチメニューを表示しました。")).to_be_visible()
    picture = aoi.get_by_role("img", name="上の段に「相談する」")
    until(lambda: picture.evaluate("(one) => one.complete && one.naturalWidth === 2500"), "the menu's picture")
    assert violations(aoi) == []


def tap_and_write(telephone: Page, words: str) -> None:
    """Somebody adds the account, asks for the hours, wants to talk, and writes."""
    expect(telephone.get_by_text("つながっています")).to_be_visible()
    telephone.get_by_role("button", name="友だち追加").click()
    last = telephone.locator(".said.account").last
    expect(last).to_contain_text("友だち追加ありがとうございます")
    telephone.get_by_role("button", name="受付時間").click()
    expect(last).to_contain_text("いま受け付けています。")
    telephone.get_by_role("button", name="相談する").click()
    expect(last).to_contain_text("あなたは1番目です")
    telephone.get_by_label("メッセージ").fill(words)
    telephone.get_by_role("button", name="送信", exact=True).click()


def test_a_secret_of_another_account_is_found_out(
    house: House, room: Room, account: dict[str, Any], sign_in: Open
) -> None:
    aoi = sign_in("aoi@example.jp", to="**/programs/**", **LOOKED_AT)
    aoi.goto(f"{house.url}/programs/{room.slug}/line/")
    connect(aoi, account | {"secret": secrets.token_hex(16)})
    aoi.get_by_role("button", name="接続を確かめる").click()
    expect(step(aoi, "公式アカウント")).to_contain_text("つながりました")
    expect(step(aoi, "LINEからの呼び出し")).to_contain_text("署名が合いませんでした")
    aoi.get_by_role("link", name="新しいものに替える").click()
    aoi.get_by_label("チャネルシークレット").fill(account["access_token"])
    aoi.get_by_role("button", name="登録する").click()
    expect(aoi.get_by_text("アクセストークンのようです。")).to_be_visible()
    assert violations(aoi) == []
    aoi.get_by_label("チャネルシークレット").fill(account["secret"])
    aoi.get_by_role("button", name="登録する").click()
    aoi.get_by_role("button", name="接続を確かめる").click()
    expect(step(aoi, "LINEからの呼び出し")).to_contain_text("届き、署名も合いました")


def test_without_javascript_the_address_can_be_marked_and_everything_pressed(
    house: House, room: Room, sign_in: Open, open_page: Open
) -> None:
    page = sign_in("aoi@example.jp", to="**/programs/**")
    state = page.context.storage_state()
    plain = open_page("/talk/away", java_script_enabled=False, storage_state=state)
    plain.goto(f"{house.url}/programs/{room.slug}/line/")
    expect(plain.get_by_label("Webhook URL")).to_have_value(f"{house.url}/line/{room.line}/webhook")
    expect(plain.get_by_role("button", name="コピーする")).to_have_count(0)
    plain.get_by_role("button", name="接続を確かめる").click()
    expect(plain.get_by_text("LINEとつながっています。")).to_be_visible()


def test_messages_that_run_out_are_told_to_those_who_can_help(house: House, room: Room, sign_in: Open) -> None:
    house.ask("PUT", f"/simulator/channels/{room.line}", {"quota": 100, "used": 96})
    haru, mio = sign_in(room.person("haru")), sign_in(room.person("mio"))
    aoi = sign_in("aoi@example.jp", to="**/programs/**")
    aoi.goto(f"{house.url}/programs/{room.slug}/line/")
    aoi.get_by_role("button", name="接続を確かめる").click()
    expect(aoi.get_by_text("今月の上限の95%に達しました。")).to_be_visible()
    expect(mio.get_by_text("今月の上限の95%に達しました")).to_be_visible()
    expect(haru.get_by_text("今月の上限の95%に達しました")).to_have_count(0)
    aoi.goto(f"{house.url}/accounts/mails/")
    until(lambda: aoi.reload() and aoi.get_by_text("今月の上限の95%に達しました").count(), "the mail")
