"""Into a talk from LINE: by consent and questions in the talk itself, or by a link to our page that opens once."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from counseling.rich_menu import Area, data_of
from tests.e2e.conftest import Open
from tests.e2e.house import House, Room, until
from tests.e2e.steps import begin_on_the_web, pane_with, reply, take_next
from tests.e2e.test_axe import LOOKED_AT, violations

pytestmark = pytest.mark.browser
AGREE = "同意して相談する"
LINK = re.compile(r"/talk/[\w-]+/in/[\w-]+")


def telephone_of(house: House, room: Room, open_page: Open) -> tuple[Page, str]:
    """A telephone with the account, and its person's id."""
    person = house.person("空")
    telephone = open_page("/talk/away")
    telephone.goto(f"{house.simulator}/#{person}@{room.line}")
    telephone.get_by_role("button", name="友だち追加").click()
    expect(telephone.locator(".said.account").last).to_contain_text("友だち追加ありがとうございます")
    return telephone, person


def wish_to_talk(house: House, room: Room, person: str) -> None:
    """The menu's 相談する."""
    house.does(person, room.line, type="postback", data=data_of(Area.TALK))


def press(telephone: Page, label: str) -> None:
    telephone.get_by_role("group", name="クイックリプライ").get_by_role("button", name=label, exact=True).click()


def said(telephone: Page) -> Locator:
    """What the account said last."""
    return telephone.locator(".said.account").last


def test_consent_and_questions_lead_into_the_talk(house: House, room: Room, open_page: Open, sign_in: Open) -> None:
    house.asks(room)
    telephone, person = telephone_of(house, room, open_page)
    wish_to_talk(house, room, person)
    expect(said(telephone)).to_contain_text("ことばを選んでください")
    press(telephone, "日本語")
    expect(said(telephone)).to_contain_text("お話をうかがう前に")
    press(telephone, AGREE)
    expect(said(telephone)).to_contain_text("どなたのことで相談しますか")
    press(telephone, "自分のこと")
    expect(said(telephone)).to_contain_text("年代")
    press(telephone, "30代")
    expect(said(telephone)).to_contain_text("お住まいの地域")
    press(telephone, "答えない")
    expect(said(telephone)).to_contain_text("あなたは1番目です")
    house.says(person, "夜が眠れません", room.line)
    pane = take_next(sign_in(room.person("haru")), "夜が眠れません")
    answers = pane.page.locator(".answers")
    expect(answers).to_contain_text("自分のこと")
    expect(answers).to_contain_text("30代")
    expect(answers).not_to_contain_text("お住まいの地域")
    reply(pane, "お話を聞かせてください")
    until(lambda: "お話を聞かせてください" in house.seen(person), "the reply on LINE")
    assert house.defects() == []


def test_danger_before_consent_calls_a_supervisor_and_shows_nobody_a_word(
    house: House, room: Room, open_page: Open, sign_in: Open
) -> None:
    house.asks(room)
    wall = sign_in(room.person("mio"), **LOOKED_AT)
    wall.goto(f"{house.url}/wall/")
    _telephone, person = telephone_of(house, room, open_page)
    house.says(person, "もう死にたい", room.line)
    until(lambda: any("0120-061-338" in words for words in house.seen(person)), "the contacts on LINE")
    card = wall.locator(".card").filter(has_text="同意の前")
    expect(card).to_be_visible()
    expect(wall.locator("body")).not_to_contain_text("もう死にたい")
    assert violations(wall) == []
    card.get_by_role("button", name="命を守るために引き受ける").click()
    dialog = wall.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("今夜の様子が心配なため")
    assert violations(wall) == []
    dialog.get_by_role("button", name="引き受ける", exact=True).click()
    wall.wait_for_url("**/console/**")
    pane = pane_with(wall, "もう死にたい")
    expect(pane.get_by_text("同意の前")).to_be_visible()
    reply(pane, "三浦です。いま、安全なところにいますか")
    until(lambda: "三浦です。いま、安全なところにいますか" in house.seen(person), "the reply on LINE")


def test_a_link_opens_once_and_line_shows_no_word_of_the_talk(
    house: House, room: Room, open_page: Open, sign_in: Open
) -> None:
    house.door(room)
    _telephone, person = telephone_of(house, room, open_page)
    wish_to_talk(house, room, person)
    until(lambda: LINK.search(house.seen(person)[-1]), "the link on LINE")
    found = LINK.search(house.seen(person)[-1])
    assert found is not None
    visitor = open_page(found[0], width=390, height=844, **LOOKED_AT)
    assert violations(visitor) == []
    visitor.get_by_role("button", name="ひらく").click()
    begin_on_the_web(visitor, "聞いてほしいことがあります")
    late = open_page(found[0], width=390, height=844, **LOOKED_AT)
    expect(late.get_by_role("heading", name="このリンクは、もう使えません")).to_be_visible()
    expect(late.get_by_text("新しいリンクをお送りします")).to_be_visible()
    assert violations(late) == []
    pane = take_next(sign_in(room.person("haru")), "聞いてほしいことがあります")
    reply(pane, "お話をうかがいます")
    expect(visitor.get_by_role("log")).to_contain_text("お話をうかがいます")
    visitor.close()
    house.absent(room)
    reply(pane, "ゆっくりで大丈夫です")
    until(lambda: any("返信が届きました" in words for words in house.seen(person)), "the bell on LINE")
    told = " ".join(house.seen(person))
    for words in ("聞いてほしい", "お話をうかがいます", "ゆっくりで大丈夫です"):
        assert words not in told
    assert house.defects() == []
