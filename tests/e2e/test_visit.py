"""A visit from its request to the session that tells of it, and the way of the person: looked at on every page."""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from counseling.opening import TOKYO
from tests.e2e.conftest import Open
from tests.e2e.house import House, Room
from tests.e2e.steps import begin_on_the_web, end_talk, open_record, reply, take_next
from tests.e2e.test_arrangements import fits
from tests.e2e.test_axe import LOOKED_AT
from tests.e2e.test_telephone import sound

pytestmark = pytest.mark.browser
WHERE, WISH = "横浜市△△1-2-3", "来てもらえたらうれしいです"


def looked_at(page: Page, name: str) -> None:
    """No barrier, and no sideways scroll where it is narrow."""
    sound(page, name)
    assert fits(page)


def at(hours: float) -> str:
    return f"{datetime.now(TOKYO) + timedelta(hours=hours):%Y-%m-%dT%H:%M}"


def ask(record: Page) -> None:
    """What is missing is said in place; the place is kept."""
    record.get_by_role("link", name="訪問を申し出る").click()
    record.get_by_label("訪問する場所").fill(WHERE)
    record.get_by_role("button", name="申し出る").click()
    expect(record.get_by_text("ひとこと書いてください").first).to_be_visible()
    expect(record.get_by_label("訪問する場所")).to_have_value(WHERE)
    looked_at(record, "visit-refused")
    record.locator("[name=why]").fill("外に出られない")
    record.locator("[name=consent]").fill(WISH)
    record.locator("[name=consented_at]").fill(at(-0.2))
    record.get_by_role("button", name="申し出る").click()
    expect(record.get_by_text("訪問を申し出ました")).to_be_visible()
    looked_at(record, "visit-asked")


def decide(mio: Page, visit: str) -> None:
    """Approved, and planned for who goes; with fewer than two somebody says why."""
    mio.goto(visit)
    mio.locator("[name=words]").first.fill("明るいうちに")
    mio.get_by_role("button", name="承認する").click()
    looked_at(mio, "visit-plan")
    mio.locator("[name=goers]").first.check()
    mio.locator("[name=arrive_by]").fill(at(1))
    mio.locator("[name=leave_by]").fill(at(2))
    mio.get_by_role("button", name="これで決める").click()
    expect(mio.get_by_text("決めた人数より少なく")).to_be_visible()
    mio.locator("[name=words]").first.fill("玄関先で話すだけのため")
    mio.get_by_role("button", name="これで決める").click()
    expect(mio.get_by_text("行く人と日時を決めました")).to_be_visible()


def go(goer: Page, visit: str) -> None:
    """On a telephone in the street: the place by a press, arrived, come away, what came of it."""
    goer.goto(visit)
    goer.get_by_role("button", name="場所を見る").click()
    expect(goer.get_by_text(WHERE)).to_be_visible()
    looked_at(goer, "visit-goes")
    goer.goto(visit)
    goer.get_by_role("button", name="到着を知らせる").click()
    goer.get_by_role("button", name="終了を知らせる").click()
    goer.get_by_label("会えた").check()
    goer.locator("textarea[name=words]").first.fill("お茶を飲みながら話せた")
    goer.get_by_label("これで終わり").check()
    goer.get_by_role("button", name="結果を記録する").click()
    expect(goer.get_by_text("結果を記録しました")).to_be_visible()
    looked_at(goer, "visit-over")
    goer.get_by_role("link", name="この訪問を相談として記録する").click()
    expect(goer.get_by_label("訪問", exact=True)).to_be_checked()
    looked_at(goer, "visit-entered")


def test_a_visit_is_asked_for_made_and_told_of(house: House, room: Room, open_page: Open, sign_in: Open) -> None:
    visitor, haru = open_page(room.page), sign_in(room.person("haru"), **LOOKED_AT)
    begin_on_the_web(visitor, "外に出られません")
    pane = take_next(haru, "外に出られません")
    reply(pane, "お話をうかがいます")
    end_talk(pane, haru)
    ask(record := open_record(pane))
    visit, mio = record.url, sign_in(room.person("mio"), **LOOKED_AT)
    decide(mio, visit)
    go(mio, visit)
    mio.goto(f"{house.url}/programs/{room.slug}/visits/")
    looked_at(mio, "visits")
