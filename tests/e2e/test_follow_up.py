"""A follow-up is missed and caught; the visitor finds our words by their return code, and answers."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from counseling.opening import TOKYO
from tests.e2e.conftest import Open
from tests.e2e.house import House, Room
from tests.e2e.steps import begin_on_the_web, end_talk, fill_record, open_record, reply, take_next, write
from tests.e2e.test_axe import LOOKED_AT
from tests.e2e.test_telephone import sound

pytestmark = pytest.mark.browser
ASKED, SAID, ANSWER = "眠れているかを聞く", "その後、眠れていますか。", "少し眠れました"


def day(ahead: int) -> str:
    return (datetime.now(TOKYO).date() + timedelta(days=ahead)).isoformat()


def filed_with_a_follow_up(record: Page) -> None:
    """A day that has passed is said beside it; with one to come the record is filed, and leads to a follow-up."""
    fill_record(record)
    record.get_by_label("相談の概要").fill("眠れないとのこと")
    record.locator("[name=attribute_follow_up][value=yes]").check()
    record.locator("[name=attribute_follow_up_on]").fill(day(-1))
    record.locator("[name=attribute_follow_up_what]").fill(ASKED)
    record.get_by_role("group", name="分類").get_by_label("有効相談", exact=True).check()
    record.get_by_role("button", name="提出して閉じる").click()
    expect(record.get_by_text("もう過ぎた日時です").first).to_be_visible()
    sound(record, "record-refused")
    record.locator("[name=attribute_follow_up_on]").fill(day(1))
    record.get_by_role("button", name="提出して閉じる").click()
    expect(record.get_by_text("記録を提出しました")).to_be_visible()
    expect(record.get_by_role("region", name="要フォロー")).to_be_visible()
    sound(record, "record-followed")


def code_from(record: Page) -> str:
    """A return code, shown once."""
    record.get_by_role("button", name="再訪コードを作る").click()
    code = record.locator(".call-number").inner_text()
    sound(record, "code")
    record.go_back()
    return code


def caught(ren: Page, house: House, room: Room) -> None:
    """The shift sees that it is overdue, writes to the visitor, and goes on."""
    ren.goto(f"{house.url}/programs/{room.slug}/follow-ups/")
    expect(ren.get_by_text("期限を過ぎたものが1件あります")).to_be_visible()
    sound(ren, "list")
    ren.locator(".call-when a").click()
    expect(ren.get_by_text(ASKED).first).to_be_visible()
    ren.get_by_label("相談者に送ることば").fill(SAID)
    ren.get_by_role("button", name="相談者に送る").click()
    expect(ren.get_by_text("まだ読まれていません")).to_be_visible()
    ren.get_by_role("button", name="続ける").click()
    expect(ren.get_by_text("ひとこと書いてください").first).to_be_visible()
    ren.get_by_label(re.compile("したこと、わかったこと")).fill("メッセージを送った")
    ren.get_by_label(re.compile("次の日")).fill(day(2))
    ren.get_by_role("button", name="続ける").click()
    expect(ren.get_by_text("次の日を決めました")).to_be_visible()
    sound(ren, "one")


def test_a_follow_up_is_missed_and_caught(house: House, room: Room, open_page: Open, sign_in: Open) -> None:
    visitor, haru = open_page(room.page), sign_in(room.person("haru"), **LOOKED_AT)
    begin_on_the_web(visitor, "眠れません")
    pane = take_next(haru, "眠れません")
    reply(pane, "お話をうかがいます")
    write(visitor, "つらいです")
    expect(pane.get_by_role("log")).to_contain_text("つらいです")
    end_talk(pane, haru)
    record = open_record(pane)
    filed_with_a_follow_up(record)
    code = code_from(record)
    house.miss(room)
    ren = sign_in(room.person("ren"), **LOOKED_AT)
    caught(ren, house, room)
    ren.goto(f"{house.url}/console/")
    other = open_page(room.page, width=390, height=844, **LOOKED_AT)
    other.get_by_role("link", name="再訪コードをお持ちの方").click()
    other.get_by_label("再訪コード").fill("000-000-0000")
    other.get_by_role("button", name="読む").click()
    expect(other.get_by_text("この番号では見つかりません")).to_be_visible()
    sound(other, "return-wrong")
    other.get_by_label("再訪コード").fill(code)
    other.get_by_role("button", name="読む").click()
    expect(other.get_by_text(SAID)).to_be_visible()
    sound(other, "return-found")
    other.get_by_role("button", name="返事をする・話す").click()
    begin_on_the_web(other, ANSWER)
    take_next(ren, ANSWER)
    expect(ren.get_by_text("(自動)要フォローで")).to_be_visible(timeout=20_000)
