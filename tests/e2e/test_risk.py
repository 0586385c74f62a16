"""The risk form by keyboard alone: words of danger are marked, the form decides, the talk and the typed words stay."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Open
from tests.e2e.house import House, Room
from tests.e2e.steps import begin_on_the_web, field_of, someone_on_line, take_next, write
from tests.e2e.test_axe import LOOKED_AT, violations

pytestmark = pytest.mark.browser
TYPED = "いま、おひとりですか"


def press(page: Page, *keys: str) -> None:
    """One key after another, each where the keyboard is by then."""
    for key in keys:
        page.keyboard.press(key)


def answer(page: Page, question: str, digit: str) -> None:
    """Answer the question the keyboard is in by a digit."""
    expect(page.locator(f"[data-risk={question}] input:focus")).to_have_count(1)
    page.keyboard.press(digit)


def test_the_risk_is_judged_by_the_keyboard_alone(house: House, room: Room, open_page: Open, sign_in: Open) -> None:
    visitor, haru = open_page(room.page), sign_in(room.person("haru"), **LOOKED_AT)
    begin_on_the_web(visitor, "𠮷です、聞いてください")
    pane = take_next(haru, "𠮷です、聞いてください")
    field_of(pane).fill(TYPED)
    write(visitor, "もう シ ニ タ イ です。薬を大量に飲もうと思って買いました")
    expect(pane.locator("mark.found-word")).to_have_text(["シ ニ タ イ", "薬を大量"])
    told = pane.get_by_role("list", name="危険を示すことば")
    expect(told).to_contain_text("死にたい気持ち: 「シ ニ タ イ (しにたい)」")
    expect(pane.locator(".pane-head .risk")).to_contain_text("高")
    field_of(pane).focus()
    answers_by_digits(haru)
    expect(pane.get_by_role("log")).to_be_in_viewport()
    # Esc goes back to the words; what was answered stays.
    press(haru, "Escape")
    expect(field_of(pane)).to_be_focused()
    expect(field_of(pane)).to_have_value(TYPED)
    decides_otherwise(haru)
    expect(field_of(pane)).to_be_focused()
    expect(field_of(pane)).to_have_value(TYPED)
    expect(pane.locator(".pane-head .risk")).to_contain_text("緊急")
    history(haru)
    for seen in (visitor.content(), visitor.request.get(f"{house.url}{room.page}state").text()):
        assert not [word for word in ("緊急度", "しにたい", "薬を手もとに置いている", "目安") if word in seen]


def answers_by_digits(haru: Page) -> None:
    """Open the form by its key and answer by digits: a level is suggested, and why."""
    press(haru, "Alt+r")
    panel = haru.locator("#panel")
    expect(panel.get_by_role("heading", name="緊急度の確認")).to_be_focused()
    expect(panel.get_by_text("答えると、目安が出ます。")).to_be_visible()
    haru.keyboard.press("1")
    for question, digit in (("plan", "1"), ("means", "1"), ("preparation", "2"), ("history", "3"), ("isolation", "1")):
        answer(haru, question, digit)
    suggested = panel.get_by_role("status").filter(has_text="回答からの目安")
    expect(suggested).to_contain_text("具体的な計画: ある、手段が手もとにある: ある")
    expect(panel.get_by_role("button", name="緊急度を「高」にする")).to_be_visible()
    assert violations(haru) == []


def decides_otherwise(haru: Page) -> None:
    """Another level than suggested needs a word."""
    press(haru, "Alt+r")
    panel = haru.locator("#panel")
    expect(panel.get_by_role("radio", checked=True)).to_have_count(7)
    panel.get_by_label("いま命の危険がある").press("Space")
    haru.keyboard.press("Control+Enter")
    expect(panel.get_by_label("目安とちがうわけ")).to_be_focused()
    haru.keyboard.type("薬を手もとに置いている")
    haru.keyboard.press("Control+Enter")


def history(haru: Page) -> None:
    """Every change with who and why, opened by the keyboard."""
    summary = haru.locator("summary").filter(has_text="緊急度の変更")
    summary.focus()
    haru.keyboard.press("Enter")
    changes = haru.locator(".risk-history > li")
    expect(changes).to_have_count(2)
    expect(changes.nth(0)).to_contain_text("薬を手もとに置いている")
    expect(changes.nth(0)).to_contain_text("回答からの目安は「高」")
    expect(changes.nth(0)).to_contain_text("早川")
    expect(changes.nth(1)).to_contain_text("自動")
    expect(changes.nth(1)).to_contain_text("「しにたい」")
    assert violations(haru) == []


def test_questions_that_change_meanwhile_are_said_in_place(house: House, room: Room, sign_in: Open) -> None:
    someone_on_line(house, room, "聞いてください")
    haru, aoi = sign_in(room.person("haru")), sign_in("aoi@example.jp", "**/programs/**")
    pane = take_next(haru, "聞いてください")
    press(haru, "Alt+r")
    expect(haru.locator("[data-risk=ideation]")).to_be_visible()
    haru.keyboard.press("1")
    answer(haru, "plan", "1")
    asks_more(aoi, house, room)
    haru.keyboard.press("Control+Enter")
    expect(haru.get_by_role("alert").filter(has_text="質問がいま新しくなりました")).to_be_visible()
    expect(haru.get_by_role("group", name="ペットはいますか")).to_be_visible()
    expect(haru.locator("[data-risk=ideation] input").first).to_be_checked()
    expect(haru.locator("[data-risk=plan] input").first).to_be_checked()
    haru.keyboard.press("Control+Enter")
    expect(field_of(pane)).to_be_focused()
    expect(pane.locator(".pane-head .risk")).to_contain_text("中")


def asks_more(aoi: Page, house: House, room: Room) -> None:
    """Aoi publishes one question more."""
    aoi.goto(f"{house.url}/programs/{room.slug}/forms/")
    aoi.get_by_role("link", name="緊急度の確認", exact=True).click()
    aoi.get_by_role("button", name="はい・いいえ").click()
    aoi.get_by_label("質問(日本語)").fill("ペットはいますか")
    aoi.get_by_role("button", name="この質問はこれでよい").click()
    aoi.get_by_role("button", name="公開する").click()
    expect(aoi.get_by_text("いま使われているフォームと同じです。")).to_be_visible()
