"""The directory of agencies: from a spreadsheet of the office to the words a visitor reads."""

import re

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.e2e.conftest import Open
from tests.e2e.house import House, Room, until
from tests.e2e.steps import field_of, someone_on_line, take_next
from tests.e2e.test_axe import LOOKED_AT, violations

pytestmark = pytest.mark.browser
HEADING = "種別,名前,都道府県,市区町村,電話,ウェブ,受付時間,確認日"
OFFICE = "福祉事務所,○○市福祉事務所(架空),神奈川県,横浜市,{},https://example.jp/fukushi,平日 8:30～17:15,2026/11/2"
FAR = "警察,△△警察署(架空),東京都,,0120-000-202,,,"
OFFICES_WORDS = "○○市福祉事務所(架空)\n電話: 0120-000-101\n受付: 平日 8:30～17:15\nhttps://example.jp/fukushi"


def a_file(telephone: str) -> FilePayload:
    """As Excel in Japan saves it."""
    content = "\r\n".join([HEADING, FAR, OFFICE.format(telephone), ",,,,,,,"]).encode("cp932")
    return {"name": "関係機関.csv", "mimeType": "text/csv", "buffer": content}


def look_at(page: Page, file: FilePayload) -> None:
    page.get_by_label("CSVファイル").set_input_files(file)
    page.get_by_role("button", name="内容を確かめる").click()


def imported(page: Page, house: House, room: Room) -> None:
    """The mended file is in."""
    page.goto(f"{house.url}/programs/{room.slug}/agencies/import/")
    look_at(page, a_file("0120-000-101"))
    page.get_by_role("button", name="このとおりに取り込む").click()
    expect(page.get_by_text("取り込みました。新しく2件を加え、0件を変えました。")).to_be_visible()


def test_from_a_spreadsheet_to_the_visitors_eyes(house: House, room: Room, sign_in: Open) -> None:
    aoi = sign_in("aoi@example.jp", "**/programs/**")
    aoi.goto(f"{house.url}/programs/{room.slug}/agencies/")
    aoi.get_by_role("link", name="CSVから取り込む").click()
    look_at(aoi, a_file("120000101"))
    expect(aoi.get_by_text("文字コードはShift_JISとして読みました")).to_be_visible()
    wrong = aoi.get_by_role("row", name="3行目")
    expect(wrong).to_contain_text("電話")
    expect(wrong).to_contain_text("先頭の0がないようです")
    imported(aoi, house, room)

    haru = sign_in(room.person("haru"))
    sora = someone_on_line(house, room, "家賃が払えません")
    pane = take_next(haru, "家賃が払えません")
    field = field_of(pane)
    field.fill("ここに電話できそうですか。")
    panel = haru.locator("#panel")
    panel.get_by_text("つなぎ先を探す").click()
    panel.get_by_label("地域").fill("横浜市")
    panel.get_by_label("ことば").fill("福祉　事務所")
    put = panel.get_by_role("button", name="○○市福祉事務所(架空)を返信に入れる")
    put.focus()
    haru.keyboard.press("Enter")
    expect(field).to_have_value(f"ここに電話できそうですか。\n{OFFICES_WORDS}")
    expect(field).to_be_focused()
    haru.keyboard.type("\n待っています")
    haru.keyboard.press("Control+Enter")
    until(lambda: f"ここに電話できそうですか。\n{OFFICES_WORDS}\n待っています" in house.seen(sora), "the reply on LINE")


def test_what_is_put_in_goes_to_the_cursor(house: House, room: Room, sign_in: Open) -> None:
    haru = sign_in(room.person("haru"))
    someone_on_line(house, room, "はじめまして")
    field = field_of(take_next(haru, "はじめまして"))
    field.fill("前後")
    field.evaluate("field => field.setSelectionRange(1, 1)")
    panel = haru.locator("#panel")
    panel.get_by_text("つなぎ先を探す").click()
    panel.get_by_role("button", name="#いのちSOSを返信に入れる").click()
    haru.keyboard.type("中")
    expect(field).to_have_value("前\n#いのちSOS\n電話: 0120-061-338\n中後")


def test_on_a_telephone_the_reply_comes_to_the_front(house: House, room: Room, sign_in: Open) -> None:
    haru = sign_in(room.person("haru"), width=320, height=640)
    someone_on_line(house, room, "はじめまして")
    field = field_of(take_next(haru, "はじめまして"))
    places = haru.get_by_role("navigation", name="画面の切り替え")
    places.get_by_role("button", name="くわしく").click()
    panel = haru.locator("#panel")
    panel.get_by_text("つなぎ先を探す").click()
    panel.get_by_role("button", name="#いのちSOSを返信に入れる").click()
    expect(field).to_be_focused()
    expect(field).to_have_value("#いのちSOS\n電話: 0120-061-338")


def test_the_pages_of_agencies_have_no_barrier(house: House, room: Room, sign_in: Open) -> None:
    page = sign_in("aoi@example.jp", "**/programs/**", **LOOKED_AT)
    agencies = f"{house.url}/programs/{room.slug}/agencies/"
    page.goto(f"{agencies}import/")
    look_at(page, a_file("120000101"))
    assert violations(page) == []
    look_at(page, a_file("0120-000-101"))
    assert violations(page) == []
    page.get_by_role("button", name="このとおりに取り込む").click()
    assert violations(page) == []
    for path in (agencies, f"{agencies}?q=nobody", f"{agencies}?retired=1", f"{agencies}add/"):
        page.goto(path)
        assert violations(page) == []
    page.get_by_role("button", name="加える").click()
    assert violations(page) == []
    page.goto(agencies)
    page.get_by_role("link", name="△△警察署").click()
    for summary in page.locator("details.act > summary").all():
        summary.click()
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    for path in (page.url, agencies, f"{agencies}import/"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_panels_search_has_no_barrier(house: House, room: Room, sign_in: Open) -> None:
    haru = sign_in(room.person("haru"), **LOOKED_AT)
    someone_on_line(house, room, "はじめまして")
    take_next(haru, "はじめまして")
    panel = haru.locator("#panel")
    panel.get_by_text("つなぎ先を探す").click()
    expect(panel.locator(".agency-count")).to_have_text(re.compile(r"^\d+件$"))
    assert violations(haru) == []
    panel.get_by_label("ことば").fill("どこにもない")
    expect(panel.get_by_text("当てはまる機関はありません")).to_be_visible()
    assert violations(haru) == []
