"""A report is frozen, released to the officer and published; everybody reads it, in easy words and with furigana."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Open
from tests.e2e.house import House
from tests.e2e.steps import confirm
from tests.e2e.test_axe import LOOKED_AT
from tests.e2e.test_results import has_no_barrier

pytestmark = pytest.mark.browser
SLUG = "kanagawa-women-2019"


def enter_a_telephone_line(page: Page, house: House) -> None:
    """What another medium published for days of the same month."""
    page.goto(f"{house.url}/programs/{SLUG}/results/comparators/")
    page.get_by_label("名前").fill("県の電話相談(夜間と休日、よりそい)")
    page.get_by_label("最初の日").fill("2019-02-01")
    page.get_by_label("最後の日").fill("2019-02-14")
    page.get_by_label("開いていた日数").fill("14")
    page.get_by_label("開いていた時間").fill("140")
    page.get_by_label("件数").fill("53")
    page.get_by_role("button", name="加える").click()
    expect(page.locator(".run-list")).to_contain_text("県の電話相談")
    has_no_barrier(page)


def freeze(page: Page, house: House) -> None:
    """The worker makes it while its page tells how far it is."""
    page.goto(f"{house.url}/programs/{SLUG}/results/runs/")
    page.get_by_label("最初の日").fill("2019-02-01")
    page.get_by_label("最後の日").fill("2019-02-14")
    has_no_barrier(page)
    page.get_by_role("button", name="この期間の確定版を作る").click()
    confirm(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("確定版 第1号")
    expect(page.get_by_text("もとの記録は、作ったときのままです。")).to_be_visible(timeout=60_000)
    has_no_barrier(page)


def test_a_month_is_frozen_released_and_read_by_everybody(house: House, sign_in: Open, open_page: Open) -> None:
    aoi = sign_in("aoi@example.jp", "**/programs/**", **LOOKED_AT)
    enter_a_telephone_line(aoi, house)
    freeze(aoi, house)
    everybody = open_page(f"/results/{SLUG}/1/", **LOOKED_AT)
    expect(everybody.get_by_role("heading", level=1)).not_to_contain_text("実施報告書")
    aoi.get_by_role("button", name="委託元に公開する").click()
    kei = sign_in("kei@example.jp", "**/results/public/", **LOOKED_AT)
    kei.goto(f"{house.url}/programs/{SLUG}/results/public/1/")
    expect(kei.locator(".results-sentence").first).to_contain_text("2019年2月")
    has_no_barrier(kei)
    everybody.reload()
    expect(everybody.get_by_role("heading", level=1)).not_to_contain_text("実施報告書")
    aoi.get_by_role("button", name="だれでも見られるように公表する").click()
    expect(aoi.get_by_text("公表しました").first).to_be_visible()
    has_no_barrier(aoi)
    everybody.goto(f"{house.url}/results/{SLUG}/")
    has_no_barrier(everybody)
    everybody.get_by_role("link", name=re.compile("2019年2月")).click()
    expect(everybody.locator(".results-sentence").first).to_contain_text("2019年2月")
    has_no_barrier(everybody)
    everybody.get_by_role("link", name="ふりがな").click()
    expect(everybody.locator("main ruby rt").first).to_be_visible()
    has_no_barrier(everybody)
    everybody.get_by_role("link", name="やさしい").click()
    expect(everybody.locator("main")).to_contain_text("ありませんでした。")
    has_no_barrier(everybody)
    assert everybody.context.cookies() == []
    aoi.get_by_role("button", name="公表をやめる").click()
    expect(aoi.get_by_role("button", name="だれでも見られるように公表する")).to_be_visible()
    everybody.reload()
    expect(everybody.get_by_role("heading", level=1)).not_to_contain_text("実施報告書")
    aoi.get_by_role("button", name="公開を取り下げる").click()
    expect(aoi.get_by_role("button", name="委託元に公開する")).to_be_visible()
    kei.reload()
    expect(kei.get_by_role("heading", level=1)).not_to_contain_text("実施報告書")
