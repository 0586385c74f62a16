"""A form is built: Aoi asks one thing more, Sora is asked it, and what Sora answered before stays as it was asked."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Open
from tests.e2e.house import House, Room
from tests.e2e.steps import field_of, pane_with, see_waiting, take_next
from tests.e2e.test_axe import LOOKED_AT, PHONE, violations

pytestmark = pytest.mark.browser
ASKED, SCHOOL = "お子さんはいますか", "お子さんの学校"
FIRST, SECOND = "はじめての相談です", "二人目の相談です"


def test_a_question_is_added_and_asked_from_then_on(house: House, room: Room, sign_in: Open, open_page: Open) -> None:
    before = open_page(room.page, **PHONE)
    before.get_by_label("年代").select_option(label="30代")
    start(before, FIRST)
    aoi = sign_in("aoi@example.jp", "**/programs/**", **LOOKED_AT)
    aoi.goto(f"{house.url}/programs/{room.slug}/forms/")
    assert violations(aoi) == []
    aoi.get_by_role("link", name="受付の質問", exact=True).click()
    draft(aoi)
    look_at_the_preview(aoi)
    aoi.get_by_label("何を、なぜ変えたか").fill("子どものことをたずねる")
    aoi.get_by_role("button", name="公開する").click()
    expect(aoi.get_by_text("これから始まる相談で使われます。")).to_be_visible()
    aoi.get_by_role("link", name="履歴").click()
    expect(aoi.get_by_text("子どものことをたずねる")).to_be_visible()
    assert violations(aoi) == []
    answer_anew(open_page(room.page, **PHONE))
    read_both(room, sign_in)


def draft(aoi: Page) -> None:
    """One question of yes or no, one that is asked after "yes"; the question about age is called otherwise."""
    aoi.get_by_role("button", name="はい・いいえ").click()
    aoi.get_by_role("button", name="この質問はこれでよい").click()
    expect(aoi.get_by_text("日本語の質問文を書いてください。")).to_be_visible()
    assert violations(aoi) == []
    aoi.get_by_label("質問(日本語)").fill(ASKED)
    aoi.get_by_role("button", name="この質問はこれでよい").click()
    aoi.get_by_role("button", name="短い文").click()
    aoi.get_by_label("質問(日本語)").fill(SCHOOL)
    aoi.get_by_label("この質問をたずねるとき").select_option(label=f"「{ASKED}」の答えによる")
    aoi.get_by_label("はい", exact=True).check()
    aoi.get_by_role("button", name="この質問はこれでよい").click()
    expect(aoi.locator(".questions")).to_contain_text(f"「{ASKED}」で「はい」のときだけ")
    aoi.locator("#question-age").get_by_role("button", name="直す").click()
    aoi.get_by_label("質問(日本語)").fill("おいくつ")
    aoi.get_by_role("button", name="この質問はこれでよい").click()
    aoi.get_by_role("button", name="「おいくつ」を下へ").press("Enter")
    expect(aoi.locator(".question-name").nth(1)).to_contain_text("おいくつ")


def look_at_the_preview(aoi: Page) -> None:
    """In the frame the questions follow each other as they will on Sora's telephone."""
    aoi.get_by_role("button", name="プレビューを見る").click()
    frame = aoi.frame_locator("iframe")
    expect(frame.get_by_label(SCHOOL)).to_be_hidden()
    frame.get_by_role("group", name=ASKED).get_by_label("はい").check()
    expect(frame.get_by_label(SCHOOL)).to_be_visible()
    assert violations(aoi) == []


def start(visitor: Page, line: str) -> None:
    """Consent and begin."""
    visitor.get_by_label("いま話したいこと").fill(line)
    visitor.get_by_label("お約束を読みました").check()
    visitor.get_by_role("button", name="相談をはじめる").click()
    expect(visitor.get_by_role("log")).to_contain_text(line)


def answer_anew(sora: Page) -> None:
    """Sora is asked the new questions."""
    expect(sora.get_by_label(SCHOOL)).to_be_hidden()
    sora.get_by_role("group", name=ASKED).get_by_label("はい").check()
    sora.get_by_label(SCHOOL).fill("ひばり小")
    start(sora, SECOND)


def read_both(room: Room, sign_in: Open) -> None:
    """Haru reads each talk with the questions it began with."""
    haru = sign_in(room.person("haru"))
    see_waiting(haru, 2)
    take_next(haru, FIRST)
    take_next(haru, SECOND)
    panel = haru.locator("#panel")
    field_of(pane_with(haru, FIRST)).click()
    expect(panel).to_contain_text("年代")
    expect(panel).not_to_contain_text("おいくつ")
    field_of(pane_with(haru, SECOND)).click()
    expect(panel).to_contain_text(SCHOOL)
    expect(panel).to_contain_text("ひばり小")
