"""A survey after the talk: by taps on LINE, on the page without a script, taken back, and read by those who may."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Open
from tests.e2e.house import House, Room, until
from tests.e2e.steps import begin_on_the_web, end_talk, field_of, reply, take_next, write
from tests.e2e.test_axe import LOOKED_AT, violations
from tests.e2e.test_telephone import AOI, sound
from tests.e2e.test_the_door import press, said, telephone_of

pytestmark = pytest.mark.browser
LINK = re.compile(r"/talk/[\w-]+/survey/[\w-]{32}")


def talk_on_line(house: House, room: Room, console: Page, person: str) -> None:
    """Somebody on LINE talks with a counselor, who ends the talk."""
    house.says(person, "聞いてほしいです", room.line)
    pane = take_next(console, "聞いてほしいです")
    reply(pane, "どうぞ、お話しください")
    until(lambda: "どうぞ、お話しください" in house.seen(person), "the reply on LINE")
    house.says(person, "ありがとうございました", room.line)
    expect(pane.get_by_text("ありがとうございました")).to_be_visible()
    end_talk(pane, console)
    expect(field_of(pane)).to_have_count(0)


def test_one_tap_a_question_on_line_and_taken_back_on_the_page(
    house: House, room: Room, open_page: Open, sign_in: Open
) -> None:
    telephone, person = telephone_of(house, room, open_page)
    haru = sign_in(room.person("haru"))
    talk_on_line(house, room, haru, person)
    invited = "短いアンケートにお答えください"
    until(lambda: any(invited in words for words in house.seen(person)), "the worker's clock has sent it")
    expect(said(telephone)).to_contain_text(invited)
    press(telephone, "アンケートに答える")
    expect(said(telephone)).to_contain_text("相談してよかったですか")
    press(telephone, "はい")
    expect(said(telephone)).to_contain_text("また相談したいと思いますか")
    press(telephone, "ひとつ前へ")
    # Both questions have the same answers below them.
    expect(said(telephone)).to_contain_text("相談してよかったですか")
    press(telephone, "どちらともいえない")
    expect(said(telephone)).to_contain_text("また相談したいと思いますか")
    press(telephone, "はい")
    expect(said(telephone)).to_contain_text("話しやすかったですか")
    press(telephone, "答えない")
    expect(said(telephone)).to_contain_text("満足していますか")
    press(telephone, "とても満足")
    expect(said(telephone)).to_contain_text("お答えくださり、ありがとうございました")
    # Nobody of the staff was woken: nobody waits.
    expect(haru.locator(".waiting-count")).to_contain_text("待機 0人")
    link = next(found[0] for words in house.seen(person) if (found := LINK.search(words)))
    page = open_page(link, **LOOKED_AT)
    expect(page.get_by_role("heading", name="お答えを受け取りました")).to_be_visible()
    assert page.title() == "アンケート"
    sound(page, "survey-finished")
    page.get_by_role("button", name="お答えを取り消す").click()
    expect(page.get_by_role("heading", name="お答えを取り消しました")).to_be_visible()
    assert house.defects() == []


def test_on_the_page_without_a_script_and_read_by_a_supervisor(
    house: House, room: Room, open_page: Open, sign_in: Open, browser: Browser
) -> None:
    haru = sign_in(room.person("haru"))
    visitor = open_page(room.page, **LOOKED_AT)
    begin_on_the_web(visitor, "少し話したいです")
    pane = take_next(haru, "少し話したいです")
    reply(pane, "お話しください")
    expect(visitor.get_by_text("お話しください")).to_be_visible()
    write(visitor, "聞いてくれてうれしいです")
    expect(pane.get_by_text("聞いてくれてうれしいです")).to_be_visible()
    end_talk(pane, haru)
    visitor.get_by_role("link", name="短いアンケートに答える").click()
    context = browser.new_context(
        java_script_enabled=False, locale="ja-JP", storage_state=visitor.context.storage_state(),
        viewport={"width": 320, "height": 700},
    )  # fmt: skip
    page = context.new_page()
    page.goto(visitor.url)
    page.get_by_role("button", name="アンケートをひらく").click()
    page.get_by_role("group", name="相談してよかったですか").get_by_label("はい").check()
    page.get_by_label("ご意見・ご感想").fill("また話したいです")
    address = page.url
    visitor.goto(address)
    sound(visitor, "survey-open")
    page.get_by_role("button", name="この内容で送る").click()
    expect(page.get_by_role("heading", name="お答えを受け取りました")).to_be_visible()
    context.close()
    mio = sign_in(room.person("mio"), **LOOKED_AT)
    mio.goto(f"{house.url}/programs/{room.slug}/surveys/")
    expect(mio.get_by_text("また話したいです")).to_be_visible()
    sound(mio, "survey-words")
    mio.goto(f"{house.url}/programs/{room.slug}/results/")
    expect(mio.get_by_role("row", name=re.compile("相談してよかった")).first).to_contain_text("100.0")


def test_how_it_is_sent(house: House, room: Room, sign_in: Open) -> None:
    aoi = sign_in(AOI, "**/programs/**", **LOOKED_AT)
    aoi.goto(f"{house.url}/programs/{room.slug}/survey/")
    aoi.get_by_label("相談と切り離して保管する").check()
    aoi.get_by_role("button", name="保存する").click()
    expect(aoi.get_by_text("だれの答えか分かってしまいます")).to_be_visible()
    sound(aoi, "survey-plan")
    aoi.get_by_label("LINEでページのリンクを送る").check()
    aoi.get_by_role("button", name="保存する").click()
    expect(aoi.get_by_text("保存しました。これから終わる相談に使われます。")).to_be_visible()
    assert violations(aoi) == []
