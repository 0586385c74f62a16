"""A trainee practises with two characters at once, ends, and looks back; a supervisor reads it for training."""

import pytest
from playwright.sync_api import Locator, Page, expect

from counseling.practice import CAST, Heard
from tests.e2e.conftest import Open
from tests.e2e.house import House, Room
from tests.e2e.steps import file_record, open_record, pane_with, reply, see_waiting
from tests.e2e.test_axe import LOOKED_AT, violations

pytestmark = pytest.mark.browser
TESTER, STUDENT = CAST["tester"], CAST["student"]
# A character takes its time, as people do.
MILLISECONDS = 60_000


def begin(page: Page, name: str) -> None:
    card = page.locator(".character").filter(has_text=name)
    card.get_by_role("button", name="この人とはじめる").click()
    expect(page.get_by_role("status")).to_contain_text(f"「{name}」が待機列に入ります。")


def says(pane: Locator, words: str) -> None:
    expect(pane.get_by_role("log")).to_contain_text(words, timeout=MILLISECONDS)


def take_both(console: Page) -> tuple[Locator, Locator]:
    """Two made-up visitors, marked as what they are, side by side."""
    see_waiting(console, 2)
    expect(console.locator(".left .trial-mark").first).to_have_text("練習")
    expect(console.locator(".head .trial-mark")).to_have_text("練習")
    for number in (1, 2):
        console.get_by_role("button", name="次の相談を受ける").click()
        expect(console.get_by_role("log")).to_have_count(number)
    panes = pane_with(console, TESTER.opening[0]), pane_with(console, STUDENT.opening[0])
    for pane in panes:
        expect(pane).to_be_visible(timeout=MILLISECONDS)
    return panes


def stop(page: Page, name: str) -> None:
    page.locator(".practice").filter(has_text=name).get_by_role("button", name="練習をやめる").click()
    expect(page.get_by_role("status")).to_contain_text("練習をやめました。")


def test_two_characters_at_once_and_looking_back(house: House, room: Room, sign_in: Open) -> None:
    house.practise(room)
    address = f"{house.url}/programs/{room.slug}/practice/"
    haru = sign_in(room.person("haru"), **LOOKED_AT)
    page = haru.context.new_page()
    page.goto(address)
    assert violations(page) == []
    for character in (TESTER, STUDENT):
        begin(page, character.name)
    expect(page.get_by_text("どちらかを終えると、次の人と練習できます。")).to_be_visible()
    assert violations(page) == []
    angry, quiet = take_both(haru)
    says(quiet, STUDENT.opening[1])
    reply(angry, "これまで、つらい思いをしてこられたのですね。")
    reply(quiet, "書いてくださってありがとうございます。なんでも大丈夫ですよ。")
    says(angry, TESTER.story[0].says[0])
    says(quiet, STUDENT.story[0].says[0])
    for character in (TESTER, STUDENT):
        page.goto(address)
        stop(page, character.name)
    for pane in (angry, quiet):
        file_record(open_record(pane), "テスト")
    expect(haru.get_by_role("log")).to_have_count(0)
    page.goto(address)
    page.locator(".practice").filter(has_text=STUDENT.name).get_by_role("link", name="ふりかえりを見る").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("ふりかえり")
    expect(page.locator(".looked-counselor")).to_contain_text(STUDENT.felt[Heard.EMPATHY])
    expect(page.locator(".looked-counselor")).to_contain_text("心が少し開きました")
    assert violations(page) == []
    read_for_training(house, room, sign_in)


def read_for_training(house: House, room: Room, sign_in: Open) -> None:
    mio = sign_in(room.person("mio"))
    mio.goto(f"{house.url}/programs/{room.slug}/practice/")
    mio.locator(".practice").filter(has_text=TESTER.name).get_by_role("button", name="研修のために読む").click()
    expect(mio.locator(".looked-counselor")).to_contain_text("心が少し開きました")
    mio.goto(f"{house.url}/programs/{room.slug}/practice/")
    mio.get_by_role("button", name="終わった練習をすべて消す").click()
    expect(mio.get_by_role("status")).to_contain_text("終わった練習を消しました(2件)。")
