"""A week is planned by keyboard, copied, published, taken back; what is refused loses nothing else."""

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e.conftest import Open
from tests.e2e.house import House, Room
from tests.e2e.test_axe import LOOKED_AT, violations

pytestmark = pytest.mark.browser
NAME = "早川 遥"


def roster_of(page: Page, house: House, room: Room) -> Locator:
    """The roster's grid of a room, with one pattern to place."""
    page.goto(f"{house.url}/programs/{room.slug}/roster/")
    page.get_by_role("button", name="パターンを作る・直す").click()
    panel = page.get_by_role("dialog")
    panel.get_by_label("名前").fill("夜勤")
    panel.get_by_label("開始").fill("19:00")
    panel.get_by_label("終了").fill("26:00")
    panel.get_by_role("button", name="追加する").click()
    expect(page.get_by_role("radio", name="夜勤")).to_be_visible()
    page.keyboard.press("Escape")
    return page.get_by_role("grid", name="シフト表")


def row_of(grid: Locator, name: str = NAME) -> Locator:
    return grid.get_by_role("row", name=name)


def at_monday(grid: Locator, name: str = NAME) -> None:
    """The keyboard stands on the person's Monday, the night shift in hand."""
    row_of(grid, name).get_by_role("gridcell").first.click()
    grid.page.keyboard.press("1")


def saved(page: Page) -> None:
    expect(page.get_by_text("すべて保存しました")).to_be_visible()


def test_a_week_is_planned_by_keyboard(house: House, room: Room, sign_in: Open) -> None:
    page = sign_in(room.person("mio"))
    grid = roster_of(page, house, room)
    at_monday(grid)
    page.keyboard.press("Enter")
    expect(row_of(grid).get_by_role("button", name="19:00–26:00")).to_have_count(1)
    page.keyboard.press("Control+c")
    page.keyboard.press("ArrowRight")
    for _ in range(3):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Control+v")
    chips = row_of(grid).get_by_role("button", name="下書き")
    expect(chips).to_have_count(5)
    expect(row_of(grid)).to_contain_text("35時間")
    page.keyboard.press("Delete")
    expect(chips).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(chips).to_have_count(5)
    saved(page)
    page.reload()
    expect(row_of(page.get_by_role("grid")).get_by_role("button", name="下書き")).to_have_count(5)


def test_a_shift_is_changed_in_its_panel(house: House, room: Room, sign_in: Open) -> None:
    page = sign_in(room.person("mio"))
    grid = roster_of(page, house, room)
    at_monday(grid)
    page.keyboard.press("Enter")
    page.keyboard.press("F2")
    panel = page.get_by_role("dialog")
    panel.get_by_label("終了").fill("18時")
    panel.get_by_role("button", name="保存する").click()
    expect(panel.get_by_text("時刻を 19:00 のように")).to_be_visible()
    panel.get_by_label("終了").fill("23:30")
    panel.get_by_label("担当する人").select_option("")
    panel.get_by_role("button", name="保存する").click()
    expect(row_of(grid, "未割り当て").get_by_role("button", name="19:00–23:30")).to_be_visible()
    expect(row_of(grid).get_by_role("button")).to_have_count(0)
    saved(page)


def test_a_week_is_copied_and_published(house: House, room: Room, sign_in: Open) -> None:
    page = sign_in(room.person("mio"))
    grid = roster_of(page, house, room)
    at_monday(grid)
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    saved(page)
    page.get_by_role("button", name="次へ").click()
    expect(row_of(grid).get_by_role("button")).to_have_count(0)
    page.get_by_role("button", name="前の週をコピー").click()
    page.get_by_role("dialog").get_by_role("button", name="コピーする", exact=True).click()
    expect(row_of(grid).get_by_role("button", name="下書き")).to_have_count(2)
    page.get_by_role("button", name="下書き2件を公開する…").click()
    page.get_by_role("dialog").get_by_role("button", name="2件を公開する").click()
    expect(row_of(grid).get_by_role("button", name="19:00–26:00")).to_have_count(2)
    expect(row_of(grid).get_by_role("button", name="下書き")).to_have_count(0)


def test_required_lines_show_what_is_missing(house: House, room: Room, sign_in: Open) -> None:
    page = sign_in(room.person("mio"))
    grid = roster_of(page, house, room)
    page.get_by_role("button", name="必要な回線数").click()
    panel = page.get_by_role("dialog")
    panel.get_by_label("火 19時台").fill("3")
    panel.get_by_role("button", name="保存する").click()
    expect(page.get_by_text("火曜19時台に3回線足りません")).to_be_visible()
    row_of(grid).get_by_role("gridcell").nth(1).click()
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    expect(page.get_by_text("火曜19時台に1回線足りません")).to_be_visible()


def test_a_refused_edit_loses_nothing_else(house: House, room: Room, sign_in: Open) -> None:
    page = sign_in(room.person("mio"))
    grid = roster_of(page, house, room)
    other = sign_in(room.person("mio"))
    other.goto(f"{house.url}/programs/{room.slug}/roster/")
    at_monday(other.get_by_role("grid"))
    other.keyboard.press("Enter")
    saved(other)
    at_monday(grid)
    for _ in range(2):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    refused = page.get_by_role("alert").filter(has_text="保存できなかった変更")
    expect(refused).to_contain_text("重なっています")
    expect(row_of(grid).get_by_role("button", name="19:00–26:00")).to_have_count(3)
    saved(page)


def test_without_a_line_edits_wait_in_sight(house: House, room: Room, sign_in: Open) -> None:
    page = sign_in(room.person("mio"))
    grid = roster_of(page, house, room)

    def away(route: Route) -> None:
        route.abort()

    page.route("**/roster/shifts*", away)
    at_monday(grid)
    page.keyboard.press("Enter")
    waiting = page.get_by_role("alert").filter(has_text="まだ保存できていない変更が1件")
    expect(waiting).to_be_visible()
    expect(row_of(grid).get_by_role("button", name="未保存")).to_be_visible()
    page.unroute("**/roster/shifts*", away)
    waiting.get_by_role("button", name="もう一度送る").click()
    saved(page)
    expect(row_of(grid).get_by_role("button", name="19:00–26:00")).to_have_count(1)


def test_without_javascript_the_week_can_be_read(house: House, room: Room, sign_in: Open) -> None:
    page = sign_in(room.person("mio"))
    browser = page.context.browser
    assert browser
    context = browser.new_context(java_script_enabled=False, locale="ja-JP", storage_state=page.context.storage_state())
    plain = context.new_page()
    plain.goto(f"{house.url}/programs/{room.slug}/roster/")
    expect(plain.get_by_role("row", name=NAME)).to_be_visible()
    expect(plain.get_by_text("見ることだけができます")).to_be_visible()
    context.close()


def test_on_a_telephone_one_day_is_a_list(house: House, room: Room, sign_in: Open) -> None:
    page = sign_in(room.person("mio"))
    roster_of(page, house, room)
    page.set_viewport_size({"width": 320, "height": 640})
    page.get_by_role("button", name="この日にシフトを入れる").click()
    panel = page.get_by_role("dialog")
    panel.get_by_label("担当する人").select_option(label=NAME)
    panel.get_by_role("button", name="入れる", exact=True).click()
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()
    expect(page.get_by_role("button", name="19:00–26:00")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_roster_has_no_barrier(house: House, room: Room, sign_in: Open) -> None:
    page = sign_in(room.person("mio"), **LOOKED_AT)
    grid = roster_of(page, house, room)
    at_monday(grid)
    page.keyboard.press("Enter")
    saved(page)
    assert violations(page) == []
    page.keyboard.press("F2")
    page.get_by_role("dialog").get_by_label("開始").fill("?")
    page.get_by_role("dialog").get_by_role("button", name="保存する").click()
    assert violations(page) == []
    page.keyboard.press("Escape")
    for name in ("公開する", "前の週をコピー", "必要な回線数", "パターン", "キーボードの使い方"):
        page.get_by_role("button", name=name).first.click()
        assert violations(page) == []
        page.keyboard.press("Escape")
    page.get_by_role("button", name="月", exact=True).click()
    expect(page.locator(".roster-compact")).to_be_visible()
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.get_by_role("button", name="この日にシフトを入れる")).to_be_visible()
    assert violations(page) == []
