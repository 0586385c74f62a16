"""What a program says: Aoi mends a text, Sora reads it in easy Japanese, Haru uses an own reply by its shortcut."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Open
from tests.e2e.house import House, Room
from tests.e2e.steps import field_of, someone_on_line, take_next
from tests.e2e.test_axe import LOOKED_AT, PHONE, violations

pytestmark = pytest.mark.browser
EASY = "やさしい日本語"
WORDS = "いまは　お休《やす》みです。"


def office(house: House, room: Room, sign_in: Open, path: str) -> Page:
    """Aoi at a page of the program."""
    page = sign_in("aoi@example.jp", "**/programs/**", **LOOKED_AT)
    page.goto(f"{house.url}/programs/{room.slug}/{path}/")
    return page


def in_easy_japanese(page: Page) -> Locator:
    """The part of a text's page that holds the easy words."""
    return page.locator("section.text-part").filter(has=page.get_by_role("heading", name=EASY))


def test_a_text_is_mended_and_read_in_easy_japanese(house: House, room: Room, sign_in: Open, open_page: Open) -> None:
    aoi = office(house, room, sign_in, "texts")
    aoi.get_by_role("link", name="時間外の応答").click()
    wrong = f"{WORDS}{{hour}}\n{{emergency}}"
    side = in_easy_japanese(aoi)
    side.get_by_role("textbox").fill(wrong)
    aoi.get_by_role("button", name="保存する").click()
    expect(side.get_by_text("{hour}という差し込みはありません。{hours}(受付時間)のことですか。")).to_be_visible()
    expect(side.get_by_role("textbox")).to_have_value(wrong)
    assert violations(aoi) == []
    mend(aoi, side)
    aoi.get_by_role("button", name="プレビューを見る").click()
    expect(side.locator(".text-bubble").first).to_contain_text("お休(やす)みです。")
    expect(side.locator(".text-bubble-page rt").first).to_have_text("やす")
    aoi.get_by_role("button", name="保存する").click()
    expect(aoi.get_by_text("保存しました(第2版)")).to_be_visible()
    read_in_easy_japanese(house, room, open_page(room.page, **PHONE))


def mend(aoi: Page, side: Locator) -> None:
    """Write it anew, with the variables put in by their buttons; the length follows while one writes."""
    field = side.get_by_role("textbox")
    field.fill(WORDS)
    aoi.get_by_role("button", name="{hours}").click()
    aoi.get_by_role("button", name="{emergency}").click()
    mended = f"{WORDS}{{hours}}{{emergency}}"
    expect(field).to_have_value(mended)
    expect(side.locator(".text-count")).to_contain_text(f"{len(mended)} / 2000文字。LINEでは1通")


def read_in_easy_japanese(house: House, room: Room, sora: Page) -> None:
    """Sora chooses the language, comes too late, and reads why, with readings above the words."""
    sora.get_by_role("link", name=EASY).click()
    sora.get_by_label("やくそくを　よみました").check()
    house.shut(room)
    sora.get_by_role("button", name="はなしを　はじめる").click()
    expect(sora.get_by_role("heading", level=1)).to_have_text("いまは　はなせません")
    told = sora.get_by_role("main")
    expect(told.locator("ruby", has_text="休").first).to_have_text("休(やす)")
    expect(told.locator("a[href='tel:110']")).to_contain_text("けいさつ")
    expect(told).not_to_contain_text("《")


def test_a_reply_of_ones_own_is_used_by_its_shortcut(house: House, room: Room, sign_in: Open) -> None:
    haru = sign_in(room.person("haru"))
    haru.goto(f"{house.url}/replies/")
    haru.get_by_role("link", name="定型文を足す").click()
    haru.get_by_label("ショートカット").fill("マタアシタ")
    haru.get_by_label("タイトル").fill("またあした")
    haru.get_by_label("本文").fill("では、またあした。")
    haru.get_by_role("button", name="保存する").click()
    expect(haru.get_by_text("「またあした」を保存しました。")).to_be_visible()
    haru.goto(f"{house.url}/console/")
    someone_on_line(house, room, "はじめまして")
    field = field_of(take_next(haru, "はじめまして"))
    field.press("Control+k")
    haru.keyboard.type("またあ")
    expect(haru.get_by_role("option")).to_have_count(1)
    with haru.expect_response("**/uses") as counted:
        haru.keyboard.press("Enter")
    assert counted.value.status == 204
    expect(field).to_have_value("では、またあした。")
    haru.goto(f"{house.url}/replies/")
    expect(haru.get_by_role("row", name="またあした")).to_contain_text("1回")


def test_what_a_program_says_is_kept_without_barriers(house: House, room: Room, sign_in: Open) -> None:
    aoi = office(house, room, sign_in, "contacts/new")
    aoi.get_by_role("button", name="保存する").click()
    expect(aoi.get_by_text("日本語の名前を書いてください。")).to_be_visible()
    assert violations(aoi) == []
    for path in (
        "texts",
        "languages",
        "terms",
        "contacts",
        "contacts/2",
        "editions/terms",
        "replies",
        "replies/import",
    ):
        aoi.goto(f"{house.url}/programs/{room.slug}/{path}/")
        assert violations(aoi) == []
    aoi.goto(f"{house.url}/programs/{room.slug}/replies/")
    aoi.get_by_role("link", name="はじめのあいさつ").click()
    aoi.get_by_text("この定型文を消す").last.click()
    assert violations(aoi) == []
    haru = sign_in(room.person("haru"), **LOOKED_AT)
    haru.goto(f"{house.url}/replies/")
    assert violations(haru) == []


def test_the_pages_of_each_language_have_no_barrier(room: Room, open_page: Open) -> None:
    sora = open_page(room.page, **PHONE, **LOOKED_AT)
    for name in (EASY, "English"):
        sora.get_by_role("link", name=name).click()
        sora.locator(".help-now-title").click()
        assert violations(sora) == []
