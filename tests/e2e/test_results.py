"""Results in a browser: today, a period and its tables, a month for the officer; without a barrier, at 320 px, too."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Open
from tests.e2e.house import House
from tests.e2e.test_axe import LOOKED_AT, violations

pytestmark = pytest.mark.browser


def has_no_barrier(page: Page) -> None:
    """Wide and narrow, folded and unfolded."""
    page.eval_on_selector_all("main details", "all => all.forEach((one) => { one.open = true; })")
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert violations(page) == []
    page.set_viewport_size({"width": 1440, "height": 900})


def test_a_supervisor_looks_at_today_and_at_a_period(house: House, sign_in: Open) -> None:
    page = sign_in("mio@example.jp", **LOOKED_AT)
    page.goto(f"{house.url}/programs/women/today/")
    expect(page.get_by_role("heading", level=1)).to_have_text("今日のようす")
    has_no_barrier(page)
    page.get_by_role("link", name="期間の結果").click()
    page.get_by_label("最初の日").fill("2026-04-01")
    page.get_by_label("最後の日").fill("2026-03-01")
    page.get_by_role("button", name="この期間を見る").click()
    expect(page.get_by_text("最後の日は、最初の日か、そのあとの日にしてください。")).to_be_visible()
    expect(page.get_by_label("最初の日")).to_have_value("2026-04-01")
    assert violations(page) == []
    page.get_by_role("link", name="今月").click()
    expect(page.locator(".results-sentence")).to_have_text(re.compile("^2026年|^20"))
    has_no_barrier(page)


def test_the_officer_sees_a_month(house: House, sign_in: Open) -> None:
    page = sign_in("kei@example.jp", "**/results/public/", **LOOKED_AT)
    page.goto(f"{house.url}/programs/kanagawa-women-2019/results/public/?eras=on")
    expect(page.locator(".results-sentence")).to_contain_text("平成31年2月")
    has_no_barrier(page)
    expect(page.get_by_role("link", name="期間の結果")).to_have_count(0)
