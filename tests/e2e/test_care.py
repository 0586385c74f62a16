"""After a hard talk: the counselor rests, a supervisor sees it and talks with her, and the two look back in writing."""

import pytest
from playwright.sync_api import Page, Request, expect

from tests.e2e.conftest import Open
from tests.e2e.house import House, Room
from tests.e2e.steps import begin_on_the_web, end_talk, take_next
from tests.e2e.test_axe import LOOKED_AT, violations

pytestmark = pytest.mark.browser
LINE = "もう、どうしていいかわかりません"
HERS, MIOS = "沈黙がこわくなりました⟦haru⟧", "最後まで待てていました⟦mio⟧"


def a_hard_talk(haru: Page) -> None:
    """Haru ends her talk, says that it was hard, and rests with one press."""
    pane = take_next(haru, LINE)
    end_talk(pane, haru)
    care = pane.locator(".aftercare")
    expect(care.get_by_role("button", name="分休む")).to_have_count(0)
    care.get_by_role("button", name="しんどい相談だった").click()
    care.get_by_role("button", name="10分休む").click()
    expect(care).to_contain_text("まで休憩です。")
    expect(haru.locator(".head")).to_contain_text("ケアの休憩")


def show_half(page: Page, label: str, words: str) -> None:
    """Write into one's half of the sheet, keep it, and show it to the other."""
    page.get_by_label(label).fill(words)
    page.get_by_role("button", name="下書きとして残す").click()
    expect(page.get_by_text("下書きがあります。")).to_be_visible()
    page.get_by_role("button", name="相手に見せる").click()
    expect(page.get_by_text("相手に見せました。")).to_be_visible()


def check_oneself(haru: Page) -> None:
    """Mark four boxes: the browser counts them, and asks nobody for anything, not even for letters."""
    haru.evaluate("document.fonts.ready")
    asked: list[Request] = []
    haru.on("request", lambda one: asked.append(one))  # noqa: PLW0108 - Playwright marks its listeners
    expect(haru.get_by_role("heading", name="この2週間をふりかえる")).to_be_visible()
    boxes = haru.locator(".self-check input")
    for number in range(4):
        boxes.nth(number).check()
    expect(haru.get_by_text("4こ以上")).to_be_visible()
    assert [one.url for one in asked] == []
    assert violations(haru) == []
    haru.reload()
    assert haru.locator(".self-check input:checked").count() == 0


def test_a_hard_talk_is_rested_from_talked_over_and_looked_back_on(
    house: House, room: Room, open_page: Open, sign_in: Open
) -> None:
    visitor = open_page(room.page)
    begin_on_the_web(visitor, LINE)
    haru = sign_in(room.person("haru"), **LOOKED_AT)
    a_hard_talk(haru)

    mio = sign_in(room.person("mio"), **LOOKED_AT)
    mio.goto(f"{house.url}/programs/{room.slug}/care/")
    expect(mio.get_by_text("この勤務で重い相談 1件")).to_be_visible()
    expect(mio.get_by_text("ケアの休憩")).to_be_visible()
    assert violations(mio) == []
    mio.get_by_role("button", name="話しました").click()
    expect(mio.get_by_role("heading", name="24時間のうちに済んだもの")).to_be_visible()
    mio.get_by_role("button", name="振り返りシートをはじめる").click()
    show_half(mio, "よかったところ", MIOS)
    assert violations(mio) == []

    haru.goto(f"{house.url}/care/")
    expect(haru.get_by_text("重い相談が1件ありました")).to_be_visible()
    check_oneself(haru)
    haru.get_by_role("link", name="さんと").click()
    expect(haru.get_by_text(MIOS)).to_be_visible()
    show_half(haru, "むずかしかったところ", HERS)
    haru.get_by_role("button", name="確認する").click()
    expect(haru.get_by_text("あなたは確認しました。")).to_be_visible()
    mio.reload()
    expect(mio.get_by_text(HERS)).to_be_visible()
    mio.get_by_role("button", name="確認する").click()
    expect(mio.get_by_text("二人の確認で終わりました。")).to_be_visible()
    assert violations(mio) == []
