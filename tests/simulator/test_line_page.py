"""The page in a real browser: a person writes, the account answers, and Enter waits for the input method."""

import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from simulator import media
from simulator.running import Simulator
from tests.simulator.portal import Account, Portal, rich_menu, text

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
pytestmark = pytest.mark.browser
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        message = "no Chromium found: the telephones' page was not tried in a browser"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def page(browser: Browser, line: Simulator) -> Iterator[Page]:
    found = browser.new_page(locale="ja-JP", viewport={"width": 1400, "height": 900})
    errors: list[str] = []
    found.on("pageerror", lambda error: errors.append(str(error)))
    found.on("console", lambda said: errors.append(said.text) if "Content Security Policy" in said.text else None)
    found.goto(line.url)
    expect(found.locator("#line")).to_have_text("つながっています")
    yield found
    found.close()
    assert errors == []


@pytest.fixture
def phone(page: Page) -> Locator:
    return page.locator(".phone").first


def owner(line: Simulator) -> str:
    return next(iter(line.platform.people.by_id))


def test_a_talk_goes_both_ways(line: Simulator, portal: Portal, account: Account, phone: Locator) -> None:
    phone.get_by_label("メッセージ").fill("こんばんは")
    phone.get_by_label("メッセージ").press("Enter")
    expect(phone.locator(".said.person")).to_have_count(1)
    expect(phone.get_by_label("メッセージ")).to_have_value("")
    assert portal.events()[0]["message"]["text"] == "こんばんは"
    quick = {
        "items": [{"type": "action", "action": {"type": "message", "label": "はい", "text": "はい、お願いします"}}]
    }
    account.push(owner(line), text("お話しできますか") | {"quickReply": quick}, key=str(uuid.uuid4()))
    expect(phone.locator(".said.account")).to_contain_text("お話しできますか")
    phone.get_by_role("button", name="はい").click()
    expect(phone.locator(".said.person").last).to_contain_text("はい、お願いします")


HOLD_ONE_TALK = """() => {
  const fetched = fetch;
  window.fetch = async (address, ...rest) => {
    const answer = await fetched(address, ...rest);
    if (address.includes("/talk?") && !window.letGo) await new Promise((go) => { window.letGo = go; });
    return answer;
  };
}"""


def test_words_that_come_while_the_talk_is_fetched_stay(
    line: Simulator, page: Page, account: Account, phone: Locator
) -> None:
    person = list(line.platform.people.by_id)[1]
    line.say(person, "1650000001", "follow")
    page.evaluate(HOLD_ONE_TALK)
    phone.get_by_label("電話の持ち主").select_option(person)
    page.wait_for_function("() => window.letGo")
    account.push(person, text("間に合いましたか"))
    expect(phone.locator(".said.account")).to_have_count(1)
    page.evaluate("async () => { letGo(); await fetch('/simulator/state'); }")
    expect(phone.locator(".said.account")).to_have_count(1)


def test_enter_during_conversion_does_not_send(portal: Portal, phone: Locator) -> None:
    words = phone.get_by_label("メッセージ")
    words.fill("こん")
    words.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    words.dispatch_event("keydown", {"key": "Enter", "keyCode": 229})
    words.dispatch_event("keydown", {"key": "Enter", "shiftKey": True})
    expect(words).to_have_value("こん")
    assert portal.received == []


def test_blocking_and_adding_anew(portal: Portal, phone: Locator) -> None:
    phone.get_by_role("button", name="友だち追加").click()
    phone.get_by_role("button", name="ブロックする").click()
    phone.get_by_role("button", name="ブロックを解除").click()
    expect(phone.get_by_role("button", name="ブロックする")).to_be_visible()
    assert [event["type"] for event in portal.events()] == ["follow", "unfollow", "follow"]


def test_stickers_pictures_and_unsending(portal: Portal, phone: Locator) -> None:
    phone.get_by_role("button", name="ほかのものを送る").click()
    phone.get_by_role("button", name="見本の写真").click()
    expect(phone.get_by_alt_text("送った写真")).to_be_visible()
    phone.get_by_role("button", name="スタンプ").click()
    phone.get_by_role("button", name="つらい").click()
    expect(phone.get_by_role("img", name="スタンプ：つらい")).to_be_visible()
    phone.locator(".said.person").last.hover()
    phone.locator(".said.person").last.get_by_role("button", name="送信取消").click()
    expect(phone.get_by_text("送信を取り消しました")).to_be_visible()
    assert [event["type"] for event in portal.events()] == ["message", "message", "unsend"]


def test_a_tap_on_the_menu_is_told_and_leaves_no_words(portal: Portal, account: Account, phone: Locator) -> None:
    made = account.post("/v2/bot/richmenu", rich_menu(800, 270, "受付時間", "menu=hours")).json()["richMenuId"]
    headers = {"Content-Type": "image/png"}
    picture = media.drawing(1, 800, 270)
    account.http.post(f"{account.url}/v2/bot/richmenu/{made}/content", data=picture, headers=headers, timeout=5)
    account.post(f"/v2/bot/user/all/richmenu/{made}", {})
    phone.get_by_role("button", name="受付時間").click()
    expect(phone.locator(".talk .event")).to_contain_text("本物のLINEでは、何も残りません")
    expect(phone.locator(".said.person")).to_have_count(0)
    assert [event["postback"] for event in portal.events()] == [{"data": "menu=hours"}]


def test_the_operator_switches_what_the_account_s_owner_would(page: Page, account: Account) -> None:
    page.get_by_label("練習窓口のチャット").select_option(label="チャット：オン")
    page.get_by_label("Webhookの利用").uncheck()
    expect(page.get_by_label("Webhookの利用")).not_to_be_checked()
    told = account.get("/v2/bot/info").json(), account.get("/v2/bot/channel/webhook/endpoint").json()
    assert (told[0]["chatMode"], told[1]["active"]) == ("chat", False)


def test_words_wait_when_they_cannot_be_sent(phone: Locator, line: Simulator) -> None:
    expect(phone.get_by_role("button", name="友だち追加")).to_be_visible()
    phone.get_by_label("メッセージ").fill("まだいますか")
    line.say(owner(line), "1650000001", "follow")
    line.say(owner(line), "1650000001", "unfollow")
    phone.get_by_role("button", name="送信", exact=True).click()
    expect(phone.locator(".note")).to_contain_text("送れませんでした")
    expect(phone.get_by_label("メッセージ")).to_have_value("まだいますか")


def test_the_operator_plans_a_fault(line: Simulator, page: Page, account: Account, phone: Locator) -> None:
    line.say(owner(line), "1650000001", "follow")
    page.get_by_label("どの障害").select_option("403")
    page.get_by_role("button", name="予約する").click()
    expect(page.get_by_text("次は403")).to_be_visible()
    assert account.push(owner(line), text("a")).status_code == 403
    expect(phone.locator(".said.account")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 1400])
def test_nothing_is_wider_than_the_screen(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    expect(page.locator(".phone").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(line: Simulator, page: Page, account: Account, phone: Locator, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for kind in ("follow", "image", "sticker", "unsend", "file"):
        line.say(owner(line), "1650000001", kind)
    account.push(owner(line), text("こんばんは"))
    expect(phone.locator(".said.account")).to_have_count(1)
    phone.get_by_role("button", name="ほかのものを送る").click()
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run()")["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
