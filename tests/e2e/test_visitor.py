"""A visitor on the web: let in kindly, nothing typed lost, gone without a trace when she must."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Open
from tests.e2e.house import House, Room, until
from tests.e2e.steps import begin_on_the_web, left_in_browser, reply, take_next, texts, write

pytestmark = pytest.mark.browser
CONSENT = "お約束を読みました"
PHONE = {"width": 390, "height": 844}


def test_consent_is_asked_beside_its_box_and_nothing_typed_is_lost(room: Room, open_page: Open) -> None:
    visitor = open_page(room.page, **PHONE)
    visitor.get_by_label("いま話したいこと").fill("夜になると涙が出ます")
    visitor.get_by_label("年代").select_option(label="30代")
    visitor.get_by_label("横浜市").check()
    visitor.get_by_role("button", name="相談をはじめる").click()
    expect(visitor.locator("#field-consent").get_by_role("alert")).to_contain_text("チェックを入れてください")
    expect(visitor.get_by_label(CONSENT)).to_be_focused()
    expect(visitor.get_by_label("いま話したいこと")).to_have_value("夜になると涙が出ます")
    expect(visitor.get_by_label("横浜市")).to_be_checked()
    visitor.get_by_label(CONSENT).check()
    visitor.get_by_role("button", name="相談をはじめる").click()
    expect(visitor.get_by_role("log")).to_contain_text("夜になると涙が出ます")


def test_without_a_script_the_refused_form_comes_back_filled(room: Room, open_page: Open) -> None:
    visitor = open_page(room.page, java_script_enabled=False)
    visitor.get_by_label("いま話したいこと").fill("夜になると涙が出ます")
    visitor.get_by_label("年代").select_option(label="30代")
    visitor.get_by_role("button", name="相談をはじめる").click()
    expect(visitor.locator("#field-consent").get_by_role("alert")).to_contain_text("チェックを入れてください")
    expect(visitor.get_by_label("いま話したいこと")).to_have_value("夜になると涙が出ます")
    visitor.get_by_label(CONSENT).check()
    visitor.get_by_role("button", name="相談をはじめる").click()
    expect(visitor.get_by_text("夜になると涙が出ます")).to_be_visible()
    visitor.get_by_label("メッセージ").fill("ここでも書けます")
    visitor.get_by_role("button", name="送る", exact=True).click()
    expect(visitor.locator(".said-text").last).to_have_text("ここでも書けます")


def test_a_visitor_declines_every_question_and_is_told_her_place(room: Room, open_page: Open) -> None:
    first, second = open_page(room.page, **PHONE), open_page(room.page, **PHONE)
    begin_on_the_web(first, "先に来ました")
    expect(first.locator(".status")).to_contain_text("次にお返事します")
    expect(second.get_by_label("年代")).to_have_value("")
    expect(second.get_by_role("radio", name="答えない", checked=True)).to_have_count(2)
    begin_on_the_web(second, "あとから来ました")
    expect(second.locator(".status")).to_contain_text("いま2人がお待ちで、あなたは2番目です")
    first.get_by_role("button", name="相談を終わる").click()
    first.get_by_role("button", name="終わる", exact=True).click()
    expect(first.get_by_role("heading", name="相談は終わりました")).to_be_focused()
    expect(second.locator(".status")).to_contain_text("次にお返事します")


def test_outside_the_hours_the_page_says_when_and_whom_to_call(house: House, room: Room, open_page: Open) -> None:
    late = open_page(room.page, **PHONE)
    house.shut(room)
    late.get_by_label("いま話したいこと").fill("間に合いませんでした")
    late.get_by_label(CONSENT).check()
    late.get_by_role("button", name="相談をはじめる").click()
    expect(late.get_by_role("heading", level=1)).to_have_text("いまはお受けできません")
    closed = open_page(room.page, **PHONE)
    expect(closed.get_by_role("heading", name="いまは受け付けていません")).to_be_visible()
    expect(closed.get_by_role("button", name="相談をはじめる")).to_have_count(0)
    for page in (late, closed):
        expect(page.get_by_text("次の受付は")).to_be_visible()
        contacts = page.get_by_role("main")
        for number in ("110", "119", "0120061338", "0120279338", "0120078310", "189", "0120279889"):
            expect(contacts.locator(f"a[href='tel:{number}']")).to_be_visible()


def test_a_second_tab_and_a_reload_show_the_same_talk(room: Room, open_page: Open, sign_in: Open) -> None:
    first = open_page(room.page, **PHONE)
    begin_on_the_web(first, "訪0 はじめまして")
    second = first.context.new_page()
    second.goto(first.url)
    expect(second.get_by_role("log")).to_contain_text("訪0 はじめまして")
    write(first, "訪1 こちらのタブから")
    expect(second.get_by_role("log")).to_contain_text("訪1 こちらのタブから")
    write(second, "訪2 あちらのタブから")
    expect(first.get_by_role("log")).to_contain_text("訪2 あちらのタブから")
    reply(take_next(sign_in(room.person("haru")), "訪0 はじめまして"), "お返事です")
    for page in (first, second):
        expect(page.get_by_role("log")).to_contain_text("お返事です")
        page.reload()
        expect(page.get_by_role("log")).to_contain_text("お返事です")
        assert [text[:2] for text in texts(page, "訪")] == ["訪0", "訪1", "訪2"]


def test_words_typed_in_a_tunnel_arrive_once_and_in_order(room: Room, open_page: Open, sign_in: Open) -> None:
    visitor = open_page(room.page, **PHONE)
    begin_on_the_web(visitor, "訪0 電車からです")
    pane = take_next(sign_in(room.person("haru")), "訪0 電車からです")
    visitor.context.set_offline(True)
    for number in (1, 2, 3):
        write(visitor, f"訪{number} トンネルです")
    expect(visitor.get_by_text("つながりが切れています")).to_be_visible()
    expect(visitor.get_by_text("まだ届いていません")).to_have_count(3)
    visitor.context.set_offline(False)
    expect(pane.get_by_role("log")).to_contain_text("訪3 トンネルです")
    for page in (visitor, pane.page):
        assert [text[:2] for text in texts(page, "訪")] == ["訪0", "訪1", "訪2", "訪3"]
    expect(visitor.get_by_text("まだ届いていません")).to_have_count(0)
    expect(visitor.get_by_text("つながりが切れています")).to_have_count(0)


def press_the_button(visitor: Page) -> None:
    visitor.get_by_role("button", name="すぐ離れる").click()


def press_escape_three_times(visitor: Page) -> None:
    visitor.get_by_role("textbox", name="メッセージを書く").focus()
    for _ in range(3):
        visitor.keyboard.press("Escape")


@pytest.mark.parametrize("leave", [press_the_button, press_escape_three_times])
def test_a_quick_exit_leaves_nothing_behind(
    leave: Callable[[Page], None], room: Room, open_page: Open, sign_in: Open
) -> None:
    console = sign_in(room.person("haru"))
    visitor = open_page("/talk/away", **PHONE)
    visitor.goto(visitor.url.replace("/talk/away", room.page))
    begin_on_the_web(visitor, "だれか来ます")
    take_next(console, "だれか来ます")
    leave(visitor)
    expect(visitor.get_by_role("heading")).to_have_text("計量の早見表")
    expect(console.get_by_text("終了・まとめ中").first).to_be_visible()
    until(lambda: no_visit(visitor), "the cookie is gone")
    assert_going_back_shows_nothing(visitor, room)


def test_a_quick_exit_needs_no_script(room: Room, open_page: Open, sign_in: Open) -> None:
    console = sign_in(room.person("haru"))
    visitor = open_page(room.page, java_script_enabled=False, **PHONE)
    visitor.get_by_label("いま話したいこと").fill("だれか来ます")
    visitor.get_by_label(CONSENT).check()
    visitor.get_by_role("button", name="相談をはじめる").click()
    take_next(console, "だれか来ます")
    press_the_button(visitor)
    expect(visitor.get_by_role("heading")).to_have_text("計量の早見表")
    assert no_visit(visitor)
    expect(console.get_by_text("終了・まとめ中").first).to_be_visible()
    assert_going_back_shows_nothing(visitor, room)


def no_visit(visitor: Page) -> bool:
    """Whether the browser has forgotten who this was."""
    return all(cookie.get("name") != "visit" for cookie in visitor.context.cookies())


def assert_going_back_shows_nothing(visitor: Page, room: Room) -> None:
    """Neither "back" and "forward" nor the address gives the talk again."""
    visitor.go_back()
    expect(visitor.locator("body")).not_to_contain_text("だれか来ます")
    visitor.go_forward()
    expect(visitor.get_by_role("heading")).to_have_text("計量の早見表")
    visitor.goto(visitor.url.replace("/talk/away", room.page))
    expect(visitor.get_by_role("button", name="相談をはじめる")).to_be_visible()
    expect(visitor.locator("body")).not_to_contain_text("だれか来ます")


def test_the_browser_keeps_no_word_and_asks_no_other_host(
    house: House, room: Room, open_page: Open, sign_in: Open
) -> None:
    visitor = open_page("/talk/away", **PHONE)
    asked: list[str] = []
    visitor.context.on("request", lambda request: asked.append(request.url))
    visitor.on("websocket", lambda line: asked.append(line.url))
    visitor.goto(house.url + room.page)
    begin_on_the_web(visitor, "ひみつの一行")
    reply(take_next(sign_in(room.person("haru")), "ひみつの一行"), "ひみつの返事")
    expect(visitor.get_by_role("log")).to_contain_text("ひみつの返事")
    write(visitor, "ひみつの続き")
    visitor.get_by_role("textbox", name="メッセージを書く").fill("ひみつの書きかけ")
    assert [url for url in asked if f"//localhost:{house.port}/" not in url] == []
    assert any(url.startswith("ws:") for url in asked)
    assert "ひみつ" not in left_in_browser(visitor) + "".join(asked)
    assert visitor.title() == "メモ"


def overflow(page: Page) -> list[str]:
    """What sticks out of the page at the side."""
    return list(
        page.evaluate(
            """() => {
                const { clientWidth, scrollWidth } = document.documentElement;
                const out = [...document.body.querySelectorAll("*")]
                    .filter((one) => one.checkVisibility() && !one.closest(".visually-hidden, .skip"))
                    .filter((one) => one.getBoundingClientRect().right > clientWidth + 0.5);
                const names = out.map((one) => `${one.tagName}.${one.className}`);
                return scrollWidth > clientWidth ? [...names, `page ${scrollWidth}`] : names;
            }"""
        )
    )


@pytest.mark.parametrize("letters", ["100%", "200%"])
def test_a_narrow_old_telephone_needs_no_sideways_scroll(letters: str, room: Room, open_page: Open) -> None:
    visitor = open_page(room.page, width=320, height=568)
    grow = f"document.documentElement.style.fontSize = '{letters}'"
    visitor.evaluate(grow)
    visitor.get_by_text("急いで助けがほしいとき").click()
    assert overflow(visitor) == []
    visitor.get_by_text("急いで助けがほしいとき").click()
    begin_on_the_web(visitor, "https://example.jp/" + "a" * 120)
    visitor.evaluate(grow)
    write(visitor, "とても長い言葉" * 20)
    assert overflow(visitor) == []
    expect(visitor.get_by_role("button", name="すぐ離れる")).to_be_in_viewport()
    expect(visitor.get_by_role("button", name="送る", exact=True)).to_be_in_viewport()
