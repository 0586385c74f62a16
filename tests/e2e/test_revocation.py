"""Who may no longer see the talks is shown nothing more, at once."""

import re
from collections.abc import Callable, Iterator
from time import monotonic

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Open
from tests.e2e.house import House, Room
from tests.e2e.newcomers import prove
from tests.e2e.steps import be, begin_on_the_web, choose_program, field_of, someone_on_line, take_next, write

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


def test_other_roles_bring_the_console_back_as_who_one_is_now(
    house: House, room: Room, rooms: Iterator[Room], open_page: Open, sign_in: Open
) -> None:
    aoi, second = sign_in("aoi@example.jp", to="**/programs/**"), next(rooms)
    visitor, haru = open_page(room.page), sign_in(room.person("haru"))
    begin_on_the_web(visitor, "聞いてください")
    pane = take_next(haru, "聞いてください")
    field_of(pane).fill("書きかけは残る")
    seen = Seen(haru)
    a_second_program_joins_in(seen, aoi, house, room, second)
    expect(field_of(pane)).to_have_value("書きかけは残る")
    another_role_takes_the_words_away(seen, aoi, house, room)
    write(visitor, "あとからの話")
    the_last_role_leaves_nothing(seen, aoi, house, room, second)
    assert "聞いてください" not in haru.content()
    assert "あとからの話" not in haru.content()
    a_first_role_is_enough(seen, aoi, house, room, second)


class Seen:
    """A console and the socket it has, from a reload on."""

    def __init__(self, console: Page) -> None:
        self.console = console
        with console.expect_websocket() as opened:
            console.reload()
        self.socket = opened.value
        self.is_connected()

    def is_connected(self) -> None:
        """The line is up."""
        expect(self.console.locator(".line-mark")).to_have_attribute("data-state", "open")

    def comes_again(self, act: Callable[[], None], see: Callable[[], None]) -> None:
        """Within two seconds of the act what is to `see` is seen and the socket closed; then there is another one."""
        with self.console.expect_websocket() as opened:
            act()
            done = monotonic()
            see()
            if not self.socket.is_closed():
                self.socket.wait_for_event("close", timeout=AT_ONCE)
            assert monotonic() - done < AT_ONCE / 1000
        self.socket = opened.value
        self.is_connected()


def gone(what: Locator) -> Callable[[], None]:
    """To see that nothing of this is left, at once."""
    return lambda: expect(what).to_have_count(0, timeout=AT_ONCE)


def open_person(aoi: Page, house: House, program: Room, email: str) -> None:
    """The page of one of the team."""
    aoi.goto(f"{house.url}/programs/{program.slug}/team/")
    aoi.get_by_role("row").filter(has_text=email).get_by_role("link").click()


def add_to(aoi: Page, house: House, program: Room, email: str) -> None:
    """Somebody who works in the house already joins another program as a counselor."""
    aoi.goto(f"{house.url}/programs/{program.slug}/team/invite/")
    if aoi.get_by_role("button", name="確かめる").is_visible():
        prove(aoi)
    aoi.get_by_label("招待する人").fill(f"早川 遥 <{email}>")
    aoi.get_by_role("checkbox", name=re.compile("^相談員")).check()
    aoi.get_by_role("button", name="招待のメールを送る").click()
    expect(aoi.get_by_text("1人をチームに加えました。")).to_be_visible()


def a_second_program_joins_in(seen: Seen, aoi: Page, house: House, room: Room, second: Room) -> None:
    """Nothing is lost; the new program is there without a reload."""
    seen.comes_again(lambda: add_to(aoi, house, second, room.person("haru")), lambda: None)
    haru = seen.console
    expect(haru.get_by_text(re.compile("の担当に加わりました。"))).to_be_visible()
    expect(haru.get_by_label("相談窓口", exact=True).locator("option")).to_have_count(2)
    choose_program(haru, f"女性のための相談{second.slug.removeprefix('room-')} ")
    expect(haru.locator(".reception")).to_contain_text("受付中")
    choose_program(haru, f"女性のための相談{room.slug.removeprefix('room-')} ")


def another_role_takes_the_words_away(seen: Seen, aoi: Page, house: House, room: Room) -> None:
    """A coordinator reads no talks: the words go, what was typed may be copied, the queue stays."""
    haru = seen.console

    def become_coordinator() -> None:
        open_person(aoi, house, room, room.person("haru"))
        aoi.get_by_role("checkbox", name=re.compile("^相談員")).uncheck()
        aoi.get_by_role("checkbox", name=re.compile("^つなぎ支援員")).check()
        aoi.get_by_role("button", name="役割を保存する").click()
        expect(aoi.get_by_text("役割を変えました。")).to_be_visible()

    seen.comes_again(become_coordinator, gone(haru.get_by_role("log")))
    expect(haru.get_by_text(re.compile("での役割が変わりました"))).to_be_visible()
    expect(haru.get_by_label("送っていなかったことば")).to_have_value("書きかけは残る")
    expect(haru.locator(".reception")).to_contain_text("受付中")


def the_last_role_leaves_nothing(seen: Seen, aoi: Page, house: House, room: Room, second: Room) -> None:
    """One program after the other, on the team's page and in the administration."""
    haru = seen.console

    def leave() -> None:
        open_person(aoi, house, second, room.person("haru"))
        aoi.locator("summary").filter(has_text="チームから外す").click()
        aoi.get_by_role("button", name="チームから外す").click()
        expect(aoi.get_by_text("チームから外しました。")).to_be_visible()

    def lose_the_role() -> None:
        aoi.goto(f"{house.url}/admin/counseling/membership/?q={room.person('haru')}")
        aoi.get_by_role("row", name="早川 遥").get_by_role("checkbox").check()
        aoi.get_by_label("操作:").select_option("delete_selected")
        aoi.get_by_role("button", name="実行").click()
        aoi.get_by_role("button", name="はい、大丈夫です").click()
        expect(aoi.locator(".messagelist")).to_be_visible()

    seen.comes_again(leave, gone(haru.get_by_label("相談窓口", exact=True)))
    seen.comes_again(lose_the_role, gone(haru.locator(".queue, .reception")))
    expect(haru.get_by_text("いま受け持つ窓口はありません")).to_be_visible()


def a_first_role_is_enough(seen: Seen, aoi: Page, house: House, room: Room, second: Room) -> None:
    """The empty console fills by itself."""
    seen.comes_again(lambda: add_to(aoi, house, second, room.person("haru")), lambda: None)
    expect(seen.console.locator(".reception")).to_contain_text("受付中")
    expect(seen.console.get_by_text("いま受け持つ窓口はありません")).to_have_count(0)
