"""Connecting: referred from the talk with consent, a letter of what was agreed, the result, and consent taken back."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Open
from tests.e2e.house import Room
from tests.e2e.steps import begin_on_the_web, confirm, reply, take_next
from tests.e2e.test_arrangements import fits
from tests.e2e.test_axe import LOOKED_AT, violations

CONSENTED, TOLD = "名前と電話なら、伝えてもらっていいです", "明日の昼に電話がほしいこと"


def looked_at(page: Page) -> None:
    """No barrier, and no sideways scroll where it is narrow."""
    assert violations(page) == []
    assert fits(page)


def refer(page: Page) -> None:
    """From the record's page to an agency that is not in the directory; without consent it is refused, and kept."""
    page.get_by_role("link", name="つなぐ", exact=True).click()
    looked_at(page)
    page.get_by_role("link", name="名簿にない機関につなぐ").click()
    page.get_by_label("名簿にないときの種別").select_option(label="女性相談支援センター")
    page.get_by_label("名簿にないときの名前").fill("みなと女性相談室")
    page.get_by_label("同意を得て連絡した").check()
    page.get_by_label("伝えたこと").fill(TOLD)
    page.get_by_role("button", name="保存する").click()
    expect(page.get_by_text("ご本人の同意がなければ")).to_be_visible()
    expect(page.get_by_label("伝えたこと")).to_have_value(TOLD)
    looked_at(page)
    now = page.evaluate("new Date(Date.now() + 9 * 3600e3 - 60e3).toISOString().slice(0, 16)")
    page.get_by_label("同意のことば").fill(CONSENTED)
    page.get_by_label("同意した時刻").fill(now)
    page.get_by_label("名前", exact=True).check()
    page.get_by_label("機関に連絡した時刻").fill(now)
    page.get_by_role("button", name="保存する").click()
    expect(page.get_by_text("結果が分かるまで、一覧に残ります。")).to_be_visible()
    expect(page.get_by_text(CONSENTED)).to_be_visible()
    looked_at(page)


def make_letter(page: Page) -> None:
    """Only what was agreed has a field; what is made was looked at first."""
    page.get_by_role("link", name="紹介状を作る").click()
    confirm(page)
    expect(page.get_by_label("相談の内容")).to_have_count(0)
    page.get_by_label(re.compile("^名前")).fill("空野そら")
    page.get_by_label("お願いしたいこと").fill("面談をお願いします")
    page.get_by_role("button", name="できあがりを見る").click()
    expect(page.get_by_role("article", name="紹介状")).to_contain_text("空野そら")
    looked_at(page)
    page.get_by_label("この文面でよいと、ご本人に確かめました").check()
    page.get_by_role("button", name="この内容で作る").click()
    looked_at(page)
    with page.expect_download() as taken:
        page.get_by_role("button", name="PDFで書き出す").click()
    assert taken.value.suggested_filename.endswith(".pdf")


def test_from_the_talk_to_an_agency_and_back(room: Room, open_page: Open, sign_in: Open) -> None:
    visitor, haru = open_page(room.page), sign_in(room.person("haru"), **LOOKED_AT)
    begin_on_the_web(visitor, "家を出たいです")
    talk = take_next(haru, "家を出たいです")
    reply(talk, "お話しくださってありがとうございます")
    with haru.context.expect_page() as tab:
        haru.get_by_role("link", name="記録").first.click()
    page = tab.value
    refer(page)
    make_letter(page)
    page.get_by_role("link", name="このつなぎ").click()
    page.get_by_role("link", name="結果を書く").click()
    looked_at(page)
    page.get_by_label("つながった", exact=True).check()
    page.get_by_label("聞いたこと").fill("面談の予約が取れた")
    page.get_by_role("button", name="保存する").click()
    expect(page.get_by_text("面談の予約が取れた").first).to_be_visible()
    page.get_by_role("link", name="同意が撤回されたとき").click()
    looked_at(page)
    page.get_by_label("撤回のことば").fill("もう伝えないでください")
    page.get_by_role("button", name="撤回を記録する").click()
    expect(page.get_by_role("link", name="紹介状を作る")).to_have_count(0)
    expect(page.get_by_text("ご本人が同意を撤回しました")).to_be_visible()
    page.get_by_role("link", name="つなぎの一覧").click()
    looked_at(page)
    page.get_by_role("link", name="結果が分かった・終えた").click()
    expect(page.get_by_text("同意は撤回")).to_be_visible()
    looked_at(page)
