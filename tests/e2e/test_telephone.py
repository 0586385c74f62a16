"""A talk moves to the telephone: offered from the console, agreed on the page, called from the list, noted once."""

import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Open
from tests.e2e.house import House, Room
from tests.e2e.steps import begin_on_the_web, take_next
from tests.e2e.test_axe import LOOKED_AT, violations

pytestmark = pytest.mark.browser
NUMBER, MASKED = "090-5311-2478", "090-****-**78"
AOI = "aoi@example.jp"


def seen(page: Page, name: str) -> None:
    """Pictures for eyes, where somebody asks for them: light, dark and narrow."""
    folder = os.environ.get("LOOK_AT")
    if not folder:
        return
    size = page.viewport_size
    for scheme, width in (("light", 1280), ("dark", 1280), ("light", 320)):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=Path(folder) / f"{name}-{scheme}-{width}.png", full_page=True, animations="disabled")
    page.emulate_media(color_scheme="light")
    if size:
        page.set_viewport_size(size)


def sound(page: Page, name: str) -> None:
    """No barrier on this page, and a picture of it."""
    assert violations(page) == []
    page.emulate_media(color_scheme="light")
    seen(page, name)


def have_a_telephone(aoi: Page, house: House, room: Room) -> None:
    """The administrator writes when the program calls back."""
    aoi.goto(f"{house.url}/programs/{room.slug}/telephone/")
    aoi.get_by_label("折り返しの電話をする").check()
    aoi.get_by_label(re.compile("窓口の電話番号")).fill("電話")
    aoi.get_by_role("button", name="保存する").click()
    expect(aoi.get_by_text("電話番号を数字で書いてください")).to_be_visible()
    aoi.get_by_label(re.compile("窓口の電話番号")).fill("045-000-1234")
    for day in "月火水木金土日":
        aoi.get_by_label(re.compile(f"{day}曜日")).fill("24時間")
    aoi.get_by_role("button", name="保存する").click()
    expect(aoi.get_by_text("保存しました。これからの提案に使われます。")).to_be_visible()
    sound(aoi, "plan")


def offer(haru: Page, words: str) -> Page:
    """The counselor takes the talk and offers a call-back; the window it was offered in."""
    take_next(haru, words)
    with haru.expect_popup() as opened:
        haru.get_by_role("link", name="電話", exact=True).click()
    window = opened.value
    expect(window.get_by_role("heading", name=re.compile("と電話で話す"))).to_be_visible()
    sound(window, "offer")
    window.get_by_role("button", name="折り返しを提案する").click()
    expect(window.get_by_text("相談者の返事を待っています")).to_be_visible()
    return window


def test_from_the_talk_to_the_telephone(house: House, room: Room, open_page: Open, sign_in: Open) -> None:
    have_a_telephone(sign_in(AOI, "**/programs/**", **LOOKED_AT), house, room)
    visitor = open_page(room.page, **LOOKED_AT)
    begin_on_the_web(visitor, "文字だとうまく言えません")
    haru = sign_in(room.person("haru"), **LOOKED_AT)
    offer(haru, "文字だとうまく言えません")
    expect(haru.get_by_text("電話を提案中").first).to_be_visible()
    visitor.get_by_role("link", name="電話で話すことについて答える").click()
    visitor.get_by_role("button", name="この時間に電話をもらう").click()
    expect(visitor.get_by_text("電話番号を書いてください。")).to_be_visible()
    sound(visitor, "asked")
    visitor.get_by_label("電話番号").fill(NUMBER)
    visitor.get_by_label("電話の時間").select_option("now")
    visitor.get_by_label("名字だけにしてほしい").check()
    visitor.get_by_label(re.compile("気をつけてほしいこと")).fill("夫が出たら切ってください")
    visitor.get_by_role("button", name="この時間に電話をもらう").click()
    expect(visitor.get_by_role("link", name="電話の約束を見る・取り消す")).to_be_visible()
    visitor.get_by_role("link", name="電話の約束を見る・取り消す").click()
    expect(visitor.get_by_text(MASKED)).to_be_visible()
    sound(visitor, "agreed")
    expect(haru.get_by_text("電話の約束").first).to_be_visible()
    assert NUMBER not in haru.content()

    ren = sign_in(room.person("ren"), **LOOKED_AT)
    call_from_the_list(ren, house, room)
    expect(haru.get_by_text("電話で話した").first).to_be_visible()


def call_from_the_list(ren: Page, house: House, room: Room) -> None:
    """Somebody else takes the call, sees the number, calls, and notes what came of it."""
    ren.goto(f"{house.url}/programs/{room.slug}/calls/")
    expect(ren.get_by_text("かける人が決まっていません")).to_be_visible()
    assert NUMBER not in ren.content()
    sound(ren, "calls")
    ren.get_by_role("link", name=re.compile("月")).first.click()
    ren.get_by_role("button", name="わたしがかける").click()
    ren.get_by_role("button", name="番号を見る").click()
    expect(ren.get_by_text(NUMBER)).to_be_visible()
    expect(ren.get_by_text("夫が出たら切ってください")).to_be_visible()
    sound(ren, "number")
    ren.get_by_role("button", name="電話をかけはじめる").click()
    ren.get_by_role("button", name="結果を記録する").click()
    expect(ren.get_by_text("結果を選んでください。")).to_be_visible()
    sound(ren, "ending")
    ren.get_by_label("話せた").check()
    ren.get_by_label("要フォロー", exact=True).check()
    ren.get_by_label(re.compile("電話で話したこと")).fill("明日、もう一度話す約束をした")
    ren.locator("[name=follow_day]").fill(f"{timezone.localdate() + timedelta(days=1):%Y-%m-%d}")
    ren.locator("[name=follow_what]").fill("よく眠れたかをたずねる")
    ren.get_by_role("button", name="結果を記録する").click()
    expect(ren.get_by_role("link", name="この電話を相談として記録する")).to_be_visible()
    ren.get_by_role("main").get_by_role("link", name="電話の予定").click()
    expect(ren.get_by_text("いま約束している電話はありません。")).to_be_visible()
    expect(ren.get_by_text("この7日間に終わったもの")).to_be_visible()
    assert MASKED not in ren.content()
    sound(ren, "lately")
