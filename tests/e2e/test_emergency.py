"""A life in danger: a supervisor opens the sheet, ticks steps, tells police with a ground, files, and prints."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Open
from tests.e2e.house import House, Room
from tests.e2e.steps import begin_on_the_web, pane_with, reply, take_next
from tests.e2e.test_axe import LOOKED_AT, violations
from tests.e2e.test_supervision import supervisor
from tests.e2e.test_texts import office

SAID = "もう死にたい。歩道橋の上にいます"


def sheet_from(page: Page) -> Page:
    """The sheet's door, in the tab that its link opens."""
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="緊急対応シート").first.click()
    return opened.value


def test_police_are_told_with_ground_and_the_sheet_is_filed(
    house: House, room: Room, open_page: Open, sign_in: Open, tmp_path: Path
) -> None:
    visitor, haru, mio = (
        open_page(room.page),
        sign_in(room.person("haru"), **LOOKED_AT),
        supervisor(sign_in, room, **LOOKED_AT),
    )
    begin_on_the_web(visitor, SAID)
    theirs = take_next(haru, SAID)
    reply(theirs, "いまから助けを呼びます。そこにいてください")
    expect(haru.get_by_role("link", name="緊急対応シート")).to_have_count(0)
    wall = mio.context.new_page()
    wall.goto(f"{house.url}/wall/")
    sheet = sheet_from(wall)
    open_the_sheet(sheet)
    note_where(sheet)
    tell_the_police(sheet)
    file_and_print(sheet, tmp_path)
    # Console and wall tell the same: who has the talk reads what was told, and to whom.
    expect(theirs).to_contain_text("機関に連絡済み")
    expect(haru.locator(".notes")).to_contain_text("神奈川県警察 戸部警察署")
    expect(wall.locator(".cards")).to_contain_text("機関に連絡済み")
    expect(pane_with(haru, SAID)).to_contain_text("機関に連絡済み")
    for words in ("戸部警察署", "歩道橋の真ん中", "三浦"):
        expect(visitor.locator("body")).not_to_contain_text(words)


def open_the_sheet(sheet: Page) -> None:
    """The reason is asked first; without one nothing opens."""
    sheet.get_by_role("button", name="シートを開く").click()
    expect(sheet.get_by_text("理由を選んでください")).to_be_visible()
    assert violations(sheet) == []
    sheet.get_by_label("命の危険がある").check()
    sheet.get_by_role("button", name="シートを開く").click()
    expect(sheet.get_by_role("heading", name="最後のやりとり")).to_be_visible()
    expect(sheet.locator(".sheet-talk")).to_contain_text(SAID)
    expect(sheet.locator(".sheet-connection")).to_contain_text("127.0.0.1")


def note_where(sheet: Page) -> None:
    """A step is done; what the visitor said of where they are is marked in their words."""
    sheet.locator(".sheet-tick").first.click()
    expect(sheet.locator(".sheet-step").first).to_contain_text("三浦 澪")
    sheet.get_by_role("link", name="書きとめる").first.click()
    expect(sheet.get_by_label("わかったこと")).to_have_value(SAID)
    sheet.get_by_label("わかったこと").fill("横浜駅西口、歩道橋の真ん中")
    sheet.get_by_label("何について").select_option(label="居場所・住まい")
    sheet.get_by_role("button", name="書きとめる").click()
    expect(sheet.locator("#clues")).to_contain_text("歩道橋の真ん中")


def tell_the_police(sheet: Page) -> None:
    """Without a ground nothing is logged, and what was typed stays."""
    at = datetime.now(ZoneInfo("Asia/Tokyo")) - timedelta(minutes=1)
    form = sheet.locator("#contact")
    form.get_by_label("機関(名前で)").fill("神奈川県警察 戸部警察署")
    form.get_by_label("相手の方").fill("生活安全課 佐藤さん")
    form.get_by_label("連絡した時刻").fill(f"{at:%Y-%m-%dT%H:%M}")
    form.get_by_label("伝えたこと").fill("横浜駅西口の歩道橋の上にいて、死にたいと話していること")
    form.get_by_role("button", name="記録する").click()
    expect(sheet.get_by_text("根拠のない連絡は記録できません")).to_be_visible()
    assert violations(sheet) == []
    form.get_by_label("生命の保護").check()
    form.get_by_label("返事").fill("すぐに向かいます")
    form.get_by_role("button", name="記録する").click()
    expect(sheet.locator(".sheet-contact")).to_contain_text("すぐに向かいます")
    expect(sheet.locator(".sheet-contact")).to_contain_text("生命の保護")


def file_and_print(sheet: Page, folder: Path) -> None:
    """What is given out is kept as it stood, and comes as a PDF."""
    sheet.get_by_role("button", name="提出する").click()
    filed = sheet.locator(".sheet-filings a")
    expect(filed).to_contain_text("神奈川県警察 戸部警察署")
    assert violations(sheet) == []
    filed.click()
    expect(sheet.get_by_text("変わっていないことを確かめました")).to_be_visible()
    assert violations(sheet) == []
    form = sheet.locator("form[action$='sheet.pdf']")
    fields: dict[str, str | float | bool] = {
        "csrfmiddlewaretoken": form.locator("[name=csrfmiddlewaretoken]").input_value()
    }
    address = f"{sheet.url.split('?')[0].rstrip('/')}/sheet.pdf"
    answer = sheet.request.post(address, form=fields, headers={"Referer": sheet.url})
    (folder / "sheet.pdf").write_bytes(answer.body())
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF")
    # Ctrl+P would print something nobody is told of.
    sheet.emulate_media(media="print")
    expect(sheet.locator(".sheet")).to_be_hidden()
    expect(sheet.get_by_text("この画面は紙には出ません")).to_be_visible()
    sheet.emulate_media(media="screen")


def test_an_administrator_writes_the_steps_by_keyboard_alone(house: House, room: Room, sign_in: Open) -> None:
    page = office(house, room, sign_in, "steps")
    page.get_by_role("button", name="手順を足す").press("Enter")
    page.get_by_role("textbox", name="番目にすること").last.fill("責任者の携帯に電話する")
    page.get_by_role("button", name="保存する").last.press("Enter")
    expect(page.get_by_text("保存しました(第")).to_be_visible()
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page) == []
