"""A shift at the console: in, a rest, its end with what is still in hand, out; and the login that outlasts it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e.conftest import Open
from tests.e2e.house import House, Room
from tests.e2e.steps import begin_on_the_web, check_in, duty, field_of, pane_with, take_next

pytestmark = pytest.mark.browser
# Two minutes before an idle login ends.
LONG = timedelta(minutes=28)


def check_out(console: Page) -> Locator:
    """Ask to check out; the window."""
    duty(console).get_by_role("button", name="退勤").click()
    return console.get_by_role("dialog")


def test_a_shift_ends_with_a_hand_over_and_a_note(house: House, room: Room, open_page: Open, sign_in: Open) -> None:
    house.plan(room)
    haru = sign_in(room.person("haru"))
    begin_on_the_web(open_page(room.page), "聞いてください")
    expect(haru.get_by_text("いまは勤務外です。「出勤」を押すと")).to_be_visible()
    expect(haru.get_by_role("button", name="次の相談を受ける")).to_be_disabled()
    check_in(haru)
    expect(haru.get_by_role("region", name="シフトの終わり")).to_contain_text("分で、シフトが終わります")
    take_next(haru, "聞いてください")
    ren = sign_in(room.person("ren"))
    dialog = check_out(haru)
    expect(dialog).to_contain_text("担当中の相談が1件あります")
    dialog.get_by_label("次のシフトへの引継ぎ").fill("23時にもう一度連絡があります")
    dialog.get_by_role("button", name="退勤", exact=True).click()
    expect(dialog.get_by_text("担当中の相談が残っています")).to_be_visible()
    dialog.get_by_role("button", name="引き継ぐ").click()
    dialog.get_by_label("蓮見 蓮").check()
    dialog.get_by_label("引継ぎの要点").fill("住まいの窓口を探している")
    dialog.get_by_role("button", name="引き継ぐ").click()
    expect(dialog).to_contain_text("担当中の相談はありません")
    dialog.get_by_role("button", name="退勤", exact=True).click()
    expect(haru.locator(".duty-menu summary")).to_contain_text("勤務外")
    expect(pane_with(ren, "聞いてください")).to_be_visible()
    expect(ren.get_by_text("住まいの窓口を探している")).to_be_visible()
    read_note(ren, "23時にもう一度連絡があります")


def read_note(console: Page, words: str) -> None:
    """What the shift before has left is found in the head, read and ticked."""
    button = console.get_by_role("button", name="引継ぎノート")
    expect(button).to_contain_text("未読 1")
    button.click()
    note = console.locator(".shift-notes .note").filter(has_text=words)
    note.get_by_role("button", name="引継ぎを読みました").click()
    expect(note).to_contain_text("読んだ人: 蓮見 蓮")
    expect(button).not_to_contain_text("未読")


def test_a_break_is_seen_by_colleagues(room: Room, open_page: Open, sign_in: Open) -> None:
    haru = sign_in(room.person("haru"))
    begin_on_the_web(open_page(room.page), "聞いてください")
    take_next(haru, "聞いてください")
    ren = sign_in(room.person("ren"))
    duty(ren).get_by_role("button", name="食事").click()
    expect(ren.locator(".duty-menu summary")).to_contain_text("食事")
    haru.get_by_role("button", name="引き継ぐ", exact=True).click()
    expect(haru.get_by_role("dialog").get_by_label("蓮見 蓮")).to_be_disabled()
    expect(haru.get_by_role("dialog")).to_contain_text("離席中")
    ren.locator(".head").get_by_role("button", name="戻る").click()
    expect(ren.locator(".duty-menu summary")).to_contain_text("勤務中")
    expect(haru.get_by_role("dialog").get_by_label("蓮見 蓮")).to_be_enabled()


def in_the_future(route: Route) -> None:
    """The server's answer, as if its clock had moved along with the browser's."""
    answer = route.fetch()
    me: dict[str, Any] = answer.json()
    me["login"] = {name: (datetime.fromisoformat(at) + LONG).isoformat() for name, at in me["login"].items()}
    route.fulfill(response=answer, json=me)


@pytest.mark.parametrize("stays_by", ["the button", "typing"])
def test_who_is_idle_is_warned_and_loses_no_word(
    stays_by: str, house: House, room: Room, open_page: Open, sign_in: Open
) -> None:
    haru = sign_in(room.person("haru"))
    haru.clock.install()
    haru.reload()
    begin_on_the_web(open_page(room.page), "聞いてください")
    field = field_of(take_next(haru, "聞いてください"))
    with haru.expect_response("**/draft"):  # it, too, says that somebody is there
        field.fill("書きかけのことば")
    haru.route("**/api/me/login", in_the_future)
    haru.clock.pause_at(datetime.now(UTC) + LONG)
    warning = haru.get_by_text("操作がないため")
    expect(warning).to_contain_text("分後にログアウトします")
    with haru.expect_response("**/api/me/login") as extended:
        if stays_by == "typing":
            field.press_sequentially("。")
        else:
            haru.get_by_role("button", name="続ける").click()
    assert extended.value.ok
    expect(warning).to_have_count(0)
    expect(field).to_have_value("書きかけのことば" + ("。" if stays_by == "typing" else ""))
