"""Hours are typed, looked at, mended and saved; Sora and a person on LINE meet them at once."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Open
from tests.e2e.house import House, Room, until
from tests.e2e.steps import someone_on_line
from tests.e2e.test_axe import LOOKED_AT, PHONE, violations

pytestmark = pytest.mark.browser
DAYS = ("月", "火", "水", "木", "金", "土", "日")


def office(house: House, room: Room, sign_in: Open, **size: int) -> Page:
    """Aoi at the hours of the program."""
    aoi = sign_in("aoi@example.jp", "**/programs/**", **LOOKED_AT, **size)
    aoi.goto(f"{house.url}/programs/{room.slug}/opening/")
    return aoi


def field(aoi: Page, name: str) -> Locator:
    """The field of this name; the button that takes its row away is called almost the same."""
    return aoi.get_by_role("textbox", name=name)


def test_what_cannot_be_is_told_in_its_place_and_the_mended_hours_hold_at_once(
    house: House, room: Room, sign_in: Open, open_page: Open
) -> None:
    sora = open_page(room.page)
    expect(sora.get_by_text("いま受け付けています")).to_be_visible()
    aoi = office(house, room, sign_in)
    overlap(aoi)
    assert violations(aoi) == []
    shut_every_day(aoi)
    sora.reload()
    expect(sora.get_by_text("いまは受付時間外です")).to_be_visible()
    person = someone_on_line(house, room, "聞いてください")
    until(lambda: any("受付時間" in said for said in house.seen(person)), "LINE answers by the new hours")


def overlap(aoi: Page) -> None:
    """A second window that begins within the first: both stay as typed, and nothing is saved."""
    friday = aoi.get_by_role("group", name="金曜日")
    friday.get_by_role("textbox").fill("20時〜翌2時")
    friday.get_by_role("button", name="時間を足す").click()
    second = field(aoi, "金曜日の2行目")
    expect(second).to_be_focused()
    second.fill("23:00-24:00")
    aoi.get_by_role("button", name="受付時間を保存する").click()
    expect(aoi.get_by_text("直すところが1つあります。まだ何も保存していません。")).to_be_visible()
    expect(aoi.locator("#fri-1-problem")).to_contain_text("重なっています")
    expect(field(aoi, "金曜日の1行目")).to_have_value("20時〜翌2時")
    expect(field(aoi, "金曜日の2行目")).to_have_value("23:00-24:00")


def shut_every_day(aoi: Page) -> None:
    """No day has hours any more; the week shows it before it is saved."""
    aoi.get_by_role("button", name="金曜日の2行目を消す").click()
    expect(field(aoi, "金曜日の2行目")).to_have_count(0)
    for day in DAYS:
        field(aoi, f"{day}曜日の1行目").fill("休み")
    week = aoi.get_by_role("region", name="保存するとこうなります")
    field(aoi, "受付締切").fill("30")
    field(aoi, "受付締切").press("Tab")
    expect(week.get_by_role("listitem").filter(has_text="休み")).to_have_count(7)
    aoi.get_by_role("button", name="受付時間を保存する").click()
    expect(aoi.get_by_text("保存しました。")).to_be_visible()


def test_the_hours_have_no_barrier_on_a_telephone(house: House, room: Room, sign_in: Open) -> None:
    aoi = office(house, room, sign_in, **PHONE)
    aoi.get_by_role("button", name="時間を変える日を足す").click()
    expect(aoi.get_by_role("group", name="日付を決めた変更の1行目")).to_be_visible()
    assert violations(aoi) == []
