"""One person after the talk: two sessions, the telephone, a visit, a promise missed and caught, merged and parted."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Open
from tests.e2e.house import House, Room
from tests.e2e.steps import (
    begin_on_the_web,
    end_talk,
    file_record,
    fill_record,
    open_record,
    pane_with,
    reply,
    someone_on_line,
    take_next,
)
from tests.e2e.test_axe import LOOKED_AT
from tests.e2e.test_telephone import AOI, have_a_telephone, offer

pytestmark = pytest.mark.browser
ON_LINE, ON_THE_WEB = "空です、夜になると眠れません", "空です、電話では言えなかったことです"
PROMISED = "受診できたかをたずねる"
NUMBER = "090-5311-2478"


def test_one_person_is_followed_to_the_end(house: House, room: Room, open_page: Open, sign_in: Open) -> None:
    aoi = sign_in(AOI, "**/programs/**", **LOOKED_AT)
    have_a_telephone(aoi, house, room)
    haru = sign_in(room.person("haru"), **LOOKED_AT)
    someone_on_line(house, room, ON_LINE)
    a_first_talk_with_a_promise(haru)
    visitor = open_page(room.page, **LOOKED_AT)
    a_second_talk_moves_to_the_telephone(visitor, haru)
    ren = sign_in(room.person("ren"), **LOOKED_AT)
    the_call_and_the_visit_are_talks_too(ren, haru, house, room)
    mio = sign_in(room.person("mio"), **LOOKED_AT)
    the_promise_is_missed_and_caught(mio, house, room)
    merged_and_parted(mio, house, room)


def a_first_talk_with_a_promise(haru: Page) -> None:
    """It ends in thanks; its record says 要フォロー, and is not filed without a day and words for it."""
    pane = take_next(haru, ON_LINE)
    reply(pane, "夜がつらいのですね")
    end_talk(pane, haru)
    record = open_record(pane)
    record.get_by_role("group", name="感謝で終了").get_by_label("はい", exact=True).check()
    fill_record(record)
    record.get_by_label("相談の概要").fill("眠れない。来週、受診の予定")
    record.locator("[name=attribute_follow_up][value=yes]").check()
    record.get_by_role("group", name="分類").get_by_label("有効相談", exact=True).check()
    record.get_by_role("button", name="提出して閉じる").click()
    expect(record.get_by_role("alert")).to_contain_text("フォローの期日")
    record.locator("[name=attribute_follow_up_on]").fill(f"{timezone.localdate() + timedelta(days=1):%Y-%m-%d}")
    record.locator("[name=attribute_follow_up_what]").fill(PROMISED)
    file_record(record, "有効相談")
    expect(pane).to_have_count(0)


def a_second_talk_moves_to_the_telephone(visitor: Page, haru: Page) -> None:
    """She writes on our page, too, and is called back."""
    begin_on_the_web(visitor, ON_THE_WEB)
    window = offer(haru, ON_THE_WEB)
    visitor.get_by_role("link", name="電話で話すことについて答える").click()
    visitor.get_by_label("電話番号").fill(NUMBER)
    visitor.get_by_label("電話の時間").select_option("now")
    visitor.get_by_label("名字だけにしてほしい").check()
    visitor.get_by_role("button", name="この時間に電話をもらう").click()
    expect(visitor.get_by_role("link", name="電話の約束を見る・取り消す")).to_be_visible()
    window.close()
    pane = pane_with(haru, ON_THE_WEB)
    end_talk(pane, haru)
    record = open_record(pane)
    record.get_by_role("group", name="感謝で終了").get_by_label("いいえ", exact=True).check()
    fill_record(record)
    record.get_by_label("相談の概要").fill("電話で話すことにした")
    file_record(record, "有効相談")


def called(ren: Page, house: House, room: Room) -> None:
    """Somebody else makes the promised call; it is a talk with a record."""
    ren.goto(f"{house.url}/programs/{room.slug}/calls/")
    ren.get_by_role("link", name=re.compile("月")).first.click()
    ren.get_by_role("button", name="わたしがかける").click()
    ren.get_by_role("button", name="番号を見る").click()
    expect(ren.get_by_text(NUMBER)).to_be_visible()
    ren.get_by_role("button", name="電話をかけはじめる").click()
    ren.get_by_label("話せた").check()
    ren.get_by_label("これで終わり").check()
    ren.get_by_label(re.compile("電話で話したこと")).fill("落ち着いて話せた")
    ren.get_by_role("button", name="結果を記録する").click()
    ren.get_by_role("link", name="この電話を相談として記録する").click()
    ren.get_by_role("button", name="記録して、相談記録へ進む").click()
    written(ren, "電話で、眠れた夜の話をうかがった")


def history_of(who: Page, house: House, room: Room, number: int) -> Page:
    """The history of the visitor of that talk, by way of the filed records."""
    who.goto(f"{house.url}/programs/{room.slug}/records/?show=filed")
    line = who.get_by_role("listitem").filter(has_text=f"{number}番・")
    line.get_by_role("link", name="この方のこれまで").click()
    expect(who.get_by_role("heading", level=1)).to_contain_text("のこれまで")
    return who


def the_call_and_the_visit_are_talks_too(ren: Page, haru: Page, house: House, room: Room) -> None:
    """Both are entered afterwards, from the history, each with a record of its own."""
    called(ren, house, room)
    history_of(haru, house, room, 2)
    haru.get_by_role("link", name="電話・訪問を記録する").click()
    haru.get_by_role("button", name="記録して、相談記録へ進む").click()
    expect(haru.get_by_text("電話か訪問かを選んでください。").first).to_be_visible()
    haru.get_by_label("訪問", exact=True).check()
    haru.get_by_label("日にち").fill(f"{timezone.localdate() - timedelta(days=1):%Y-%m-%d}")
    haru.get_by_label("始まり").fill("10:00")
    haru.get_by_label("終わり").fill("11:15")
    haru.get_by_role("button", name="記録して、相談記録へ進む").click()
    written(haru, "自宅で、同僚と二人でお話をうかがった")
    history_of(haru, house, room, 2)
    talks = haru.get_by_role("region", name="相談", exact=True)
    expect(talks.locator(".history-when")).to_have_text([re.compile("チャット"), re.compile("訪問")])
    expect(talks).to_contain_text("ほかの人が受けた相談があります")
    expect(talks).to_contain_text("話せた")


def written(page: Page, summary: str) -> None:
    """The record of a talk that was entered, filed."""
    page.get_by_role("group", name="感謝で終了").get_by_label("はい", exact=True).check()
    fill_record(page)
    page.get_by_label("相談の概要").fill(summary)
    page.get_by_role("group", name="分類").get_by_label("有効相談", exact=True).check()
    page.get_by_role("button", name="提出して閉じる").click()
    expect(page.get_by_text("記録を提出しました")).to_be_visible()


def the_promise_is_missed_and_caught(mio: Page, house: House, room: Room) -> None:
    """Nobody asked in time: the list says so until a person has done it."""
    listed = f"{house.url}/programs/{room.slug}/follow-ups/"
    mio.goto(listed)
    expect(mio.get_by_text("期限を過ぎたものが")).to_have_count(0)
    house.miss(room)
    mio.goto(listed)
    expect(mio.get_by_text("期限を過ぎたものが1件あります。")).to_be_visible()
    mio.get_by_role("link", name="相談者").click()
    expect(mio.get_by_text(PROMISED).first).to_be_visible()
    mio.get_by_role("button", name="済みにする").click()
    expect(mio.get_by_text("ひとこと書いてください。")).to_be_visible()
    mio.get_by_label("したこと、わかったこと").fill("受診できたとのこと")
    mio.get_by_role("button", name="済みにする").click()
    mio.goto(listed)
    expect(mio.get_by_text("期限を過ぎたものが")).to_have_count(0)


def merged_and_parted(mio: Page, house: House, room: Room) -> None:
    """Both are read as one person, and two again; who writes where does not change."""
    history_of(mio, house, room, 1)
    of_line = re.search(r"相談者 (\w+) の", mio.get_by_role("heading", level=1).inner_text())
    assert of_line
    history_of(mio, house, room, 2)
    mio.get_by_role("link", name="同じ人を選ぶ").click()
    mio.get_by_label("もうひとりの相談者の仮の名前").fill(of_line[1].lower())
    mio.get_by_label("本人がそう話した").check()
    mio.get_by_role("button", name="確かめる").click()
    mio.get_by_role("button", name="同じ人としてまとめる").click()
    talks = mio.get_by_role("region", name="相談", exact=True)
    expect(talks.get_by_role("listitem").filter(has_text="番・")).to_have_count(4)
    expect(talks).to_contain_text("来週、受診の予定")
    mio.get_by_role("button", name="まとめを取り消す").click()
    expect(mio.get_by_text("すべて、まとめる前のとおりです。")).to_be_visible()
    expect(talks.get_by_role("listitem").filter(has_text="番・")).to_have_count(3)
