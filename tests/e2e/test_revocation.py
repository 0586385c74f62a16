"""Who may no longer see the talks is shown nothing more, at once."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Open
from tests.e2e.house import House, Room
from tests.e2e.newcomers import prove
from tests.e2e.steps import be, begin_on_the_web, someone_on_line, take_next, write

pytestmark = pytest.mark.browser
# The promise: within two seconds of the change.
AT_ONCE = 2_000  # ms


def deactivate(aoi: Page, house: House, email: str) -> None:
    """The administrator stops a person's use."""
    aoi.goto(f"{house.url}/admin/accounts/user/?q={email}")
    prove(aoi)
    aoi.get_by_role("row", name=email).get_by_role("checkbox").check()
    aoi.get_by_label("操作:").select_option(label="選んだ人の利用を止める")
    aoi.get_by_role("button", name="実行").click()
    expect(aoi.get_by_text("1人の利用を止めました")).to_be_visible()


def test_somebody_deactivated_hears_nothing_more(house: House, room: Room, open_page: Open, sign_in: Open) -> None:
    aoi = sign_in("aoi@example.jp", to="**/programs/**")
    visitor, haru = open_page(room.page), sign_in(room.person("haru"))
    begin_on_the_web(visitor, "聞いてください")
    take_next(haru, "聞いてください")
    deactivate(aoi, house, room.person("haru"))
    expect(haru.get_by_text("ログインが切れました")).to_be_visible(timeout=AT_ONCE)
    write(visitor, "あとからの話")
    visitor.reload()
    expect(visitor.get_by_role("log")).to_contain_text("あとからの話")
    haru.get_by_role("button", name="ログインしたので続ける").click()
    expect(haru.get_by_text("まだログアウト状態です")).to_be_visible()
    assert "あとからの話" not in haru.content()
    haru.reload()
    expect(haru.get_by_role("heading", name="スタッフのログイン")).to_be_visible()


def test_a_logout_in_another_tab_closes_the_console(house: House, room: Room, sign_in: Open) -> None:
    haru = sign_in(room.person("haru"))
    sora = someone_on_line(house, room, "聞いてください")
    pane = take_next(haru, "聞いてください")
    other = haru.context.new_page()
    other.goto(f"{house.url}/accounts/logout/")
    other.get_by_role("main").get_by_role("button", name="ログアウト").click()
    expect(other.get_by_role("heading", name="スタッフのログイン")).to_be_visible()
    expect(haru.get_by_text("ログインが切れました")).to_be_visible(timeout=AT_ONCE)
    pane.get_by_role("textbox").fill("書きかけは残る")
    house.says(sora, "あとからの話", room.line)
    assert "あとからの話" not in haru.content()
    be(other, room.person("haru"))
    other.wait_for_url("**/console/")
    expect(other.get_by_role("log")).to_contain_text("あとからの話")
    expect(pane.get_by_role("log")).to_contain_text("あとからの話")
    expect(pane.get_by_role("textbox")).to_have_value("書きかけは残る")
