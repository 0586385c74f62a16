"""The record of a talk: begun while one talks, refused while something is missing, returned, corrected, checked."""

from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Open
from tests.e2e.house import House, Room
from tests.e2e.steps import (
    begin_on_the_web,
    end_talk,
    file_record,
    fill_record,
    open_record,
    reply,
    take_next,
    write,
)
from tests.e2e.test_axe import LOOKED_AT, violations

SUMMARY = "仕事がつらく、眠れないとのこと"


def list_of(sign_in: Open, room: Room, who: str, shelf: str) -> Page:
    """One of the lists of records, as `who` sees it."""
    page = sign_in(room.person(who), **LOOKED_AT)
    page.goto(f"{page.url.partition('/console/')[0]}/programs/{room.slug}/records/?show={shelf}")
    return page


def test_a_record_from_its_first_word_to_its_check(house: House, room: Room, open_page: Open, sign_in: Open) -> None:
    visitor, haru = open_page(room.page), sign_in(room.person("haru"), **LOOKED_AT)
    begin_on_the_web(visitor, "仕事がつらいです")
    pane = take_next(haru, "仕事がつらいです")
    reply(pane, "お話をうかがいます")
    write(visitor, "眠れません")
    expect(pane.get_by_role("log")).to_contain_text("眠れません")
    record = begun_while_they_talk(haru)
    end_talk(pane, haru)
    missing_is_said(pane, record)
    expect(pane).to_have_count(0)
    returned(sign_in, room)
    corrected(sign_in, room)
    checked(sign_in, room)


def begun_while_they_talk(haru: Page) -> Page:
    """A draft keeps itself; the talk stands beside it; it cannot be filed yet."""
    with haru.context.expect_page() as opened:
        haru.locator("#panel").get_by_role("link", name="記録").click()
    record = opened.value
    expect(record.get_by_role("region", name="やりとりのことば")).to_contain_text("眠れません")
    expect(record.get_by_role("button", name="提出して閉じる")).to_have_count(0)
    record.get_by_label("相談の概要").fill("仕事がつらい")
    expect(record.get_by_text("に保存しました")).to_be_visible()
    assert violations(record) == []
    record.reload()
    expect(record.get_by_label("相談の概要")).to_have_value("仕事がつらい")
    return record


def missing_is_said(pane: Locator, first: Page) -> None:
    """Two tabs: the second one goes on where the first one was, and is refused for what is missing."""
    first.close()
    record = open_record(pane)
    expect(record.get_by_label("相談の概要")).to_have_value("仕事がつらい")
    expect(record.locator("#field-classification")).to_contain_text("やりとりからの見立ては「有効相談」です")
    record.get_by_role("group", name="分類").get_by_label("有効相談", exact=True).check()
    record.get_by_role("button", name="提出して閉じる").click()
    problems = record.get_by_role("alert")
    expect(problems).to_contain_text("まだ提出していません")
    expect(problems.get_by_role("link", name="主訴")).to_be_visible()
    expect(record.locator("#field-attribute_main_complaint")).to_contain_text("答えを書いてください")
    expect(record.get_by_label("相談の概要")).to_have_value("仕事がつらい")
    assert violations(record) == []
    fill_record(record)
    record.get_by_role("group", name="感謝で終了").get_by_label("いいえ", exact=True).check()
    file_record(record, "有効相談")


def returned(sign_in: Open, room: Room) -> None:
    """Mio reads it, and the talk for a reason; it goes back with a word."""
    mio = list_of(sign_in, room, "mio", "filed")
    assert violations(mio) == []
    mio.get_by_role("link", name="相談者").click()
    expect(mio.get_by_text("眠れません")).to_have_count(0)
    mio.get_by_label("読む理由").select_option(label="研修")
    mio.get_by_role("button", name="やりとりを読む").click()
    expect(mio.get_by_role("region", name="やりとりのことば")).to_contain_text("眠れません")
    mio.get_by_role("button", name="差し戻す").click()
    expect(mio.locator("#word-error")).to_contain_text("何を直してほしいか")
    assert violations(mio) == []
    mio.get_by_label("ひとこと").fill("眠れているかも書いてください")
    mio.get_by_role("button", name="差し戻す").click()
    expect(mio.get_by_text("記録を差し戻しました")).to_be_visible()


def corrected(sign_in: Open, room: Room) -> None:
    """Haru finds the word, and files it again."""
    haru = list_of(sign_in, room, "haru", "returned")
    haru.get_by_role("link", name="相談者").click()
    expect(haru.get_by_role("note")).to_contain_text("眠れているかも書いてください")
    haru.get_by_label("相談の概要").fill(SUMMARY)
    haru.get_by_role("button", name="直して提出する").click()
    expect(haru.get_by_text("記録を提出しました")).to_be_visible()
    assert violations(haru) == []


def checked(sign_in: Open, room: Room) -> None:
    """Mio sees what changed, and finds it right; then nobody but supervisors changes it."""
    mio = list_of(sign_in, room, "mio", "filed")
    mio.get_by_role("link", name="相談者").click()
    history = mio.get_by_role("region", name="これまでの版")
    expect(history.locator("del")).to_contain_text("仕事がつらい")
    expect(history.locator("ins")).to_contain_text(SUMMARY)
    mio.get_by_role("button", name="確認した").click()
    expect(mio.get_by_text("確認しました。")).to_be_visible()
    haru = list_of(sign_in, room, "haru", "checked")
    haru.get_by_role("link", name="相談者").click()
    expect(haru.get_by_text("SVが確認したため、もう直せません")).to_be_visible()
    expect(haru.get_by_text(SUMMARY).first).to_be_visible()
    assert violations(haru) == []


def test_without_a_script_a_record_is_written_by_its_buttons(
    house: House, room: Room, open_page: Open, sign_in: Open
) -> None:
    visitor, haru = open_page(room.page), sign_in(room.person("haru"))
    begin_on_the_web(visitor, "少しだけ")
    pane = take_next(haru, "少しだけ")
    end_talk(pane, haru)
    address = open_record(pane).url
    plain = sign_in(room.person("haru"), java_script_enabled=False)
    plain.goto(address)
    plain.get_by_label("相談の概要").fill("下書き")
    plain.get_by_role("button", name="下書きを保存する").click()
    expect(plain.get_by_text("下書きを保存しました")).to_be_visible()
    expect(plain.get_by_label("相談の概要")).to_have_value("下書き")
    plain.get_by_role("group", name="分類").get_by_label("応答なし", exact=True).check()
    plain.get_by_role("button", name="提出して閉じる").click()
    expect(plain.get_by_text("記録を提出しました")).to_be_visible()
    expect(pane).to_have_count(0)
