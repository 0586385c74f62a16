"""A counselor's night: offers, hand-overs, holds, risk, notes; by keyboard alone; and when the line is lost."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Open
from tests.e2e.house import House, Room, until
from tests.e2e.steps import (
    begin_on_the_web,
    duty,
    field_of,
    file_record,
    pane_with,
    reply,
    see_waiting,
    someone_on_line,
    take_next,
    write,
)

pytestmark = pytest.mark.browser


def open_dialog(console: Page, button: str) -> Locator:
    """One of the panel's windows."""
    console.locator("#panel").get_by_role("button", name=button, exact=True).click()
    return console.get_by_role("dialog")


def test_a_hand_over_takes_every_word_along(house: House, room: Room, open_page: Open, sign_in: Open) -> None:
    visitor, haru = open_page(room.page), sign_in(room.person("haru"))
    begin_on_the_web(visitor, "引っ越しのことです")
    reply(take_next(haru, "引っ越しのことです"), "どちらへ移られますか")
    ren = sign_in(room.person("ren"))
    dialog = open_dialog(haru, "引き継ぐ")
    dialog.get_by_role("button", name="引き継ぐ").click()
    expect(dialog.get_by_text("引継ぎの要点を書いてください")).to_be_visible()
    dialog.get_by_label("引継ぎの要点").fill("県外へ移る前に住まいの窓口を探している")
    dialog.get_by_label("蓮見 蓮").check()
    dialog.get_by_role("button", name="引き継ぐ").click()
    expect(dialog).to_have_count(0)
    expect(haru.locator("body")).not_to_contain_text("引っ越しのことです")
    pane = pane_with(ren, "引っ越しのことです")
    expect(pane.get_by_role("log")).to_contain_text("どちらへ移られますか")
    expect(ren.locator("#panel")).to_contain_text("県外へ移る前に住まいの窓口を探している")
    write(visitor, "まだ決めていません")
    expect(pane.get_by_role("log")).to_contain_text("まだ決めていません")
    reply(pane, "蓮見が続きを伺います")
    expect(visitor.get_by_role("log")).to_contain_text("蓮見が続きを伺います")
    expect(haru.locator("body")).not_to_contain_text("まだ決めていません")
    expect(visitor.locator("body")).not_to_contain_text("県外へ移る前に")


def test_back_to_the_queue_the_summary_waits_for_whoever_comes(room: Room, open_page: Open, sign_in: Open) -> None:
    visitor, haru = open_page(room.page), sign_in(room.person("haru"))
    begin_on_the_web(visitor, "少し休みたいです")
    take_next(haru, "少し休みたいです")
    expect(visitor.get_by_text("次にお返事します")).to_have_count(0)
    dialog = open_dialog(haru, "待機列に戻す")
    dialog.get_by_label("引継ぎの要点").fill("眠れていない。ゆっくり聴く")
    dialog.get_by_role("button", name="待機列に戻す").click()
    expect(haru.locator("body")).not_to_contain_text("少し休みたいです")
    expect(visitor.locator("p.status")).to_contain_text("お返事します")
    take_next(haru, "少し休みたいです")
    expect(haru.locator("#panel")).to_contain_text("眠れていない。ゆっくり聴く")


def test_on_hold_one_may_write_but_nothing_goes_out(house: House, room: Room, sign_in: Open) -> None:
    haru = sign_in(room.person("haru"))
    sora = someone_on_line(house, room, "電話が鳴っています")
    pane = take_next(haru, "電話が鳴っています")
    haru.locator("#panel").get_by_role("button", name="保留にする").click()
    expect(pane.get_by_text("保留中です")).to_be_visible()
    field = field_of(pane)
    field.fill("お待ちしています")
    field.press("Control+Enter")
    expect(pane.get_by_role("button", name="送信")).to_be_disabled()
    pane.get_by_role("button", name="保留を解く").click()
    expect(pane.get_by_text("保留中です")).to_have_count(0)
    expect(field).to_have_value("お待ちしています")
    field.press("Control+Enter")
    until(lambda: house.seen(sora).count("お待ちしています") == 1, "the words, once, after the hold")


def test_words_of_danger_go_first_and_a_person_judges_them(house: House, room: Room, sign_in: Open) -> None:
    haru = sign_in(room.person("haru"))
    # On a break nothing is offered, in whatever order they come.
    duty(haru).get_by_role("button", name="食事").click()
    someone_on_line(house, room, "先に来た人です")
    see_waiting(haru, 1)
    umi = someone_on_line(house, room, "もう死にたいです", "海")
    see_waiting(haru, 2)
    pane = pane_with(haru, "もう死にたいです")
    haru.locator(".head").get_by_role("button", name="戻る").click()
    haru.get_by_role("button", name="次の相談を受ける").click()
    expect(pane.locator(".pane-head")).to_contain_text("緊急度 高")
    haru.keyboard.press("Alt+r")
    haru.locator("#risk-level-2").check()
    haru.keyboard.press("Control+Enter")
    word = haru.locator("#word")
    expect(word).to_be_focused()
    word.fill("いまは計画も手段もないと話された")
    haru.keyboard.press("Control+Enter")
    expect(word).to_have_count(0)
    expect(pane.locator(".pane-head")).to_contain_text("緊急度 中")
    reply(pane, "話してくださりありがとうございます")
    until(lambda: "話してくださりありがとうございます" in house.seen(umi), "the reply on LINE")
    assert not any("計画" in text for text in house.seen(umi))


def test_an_offer_declined_goes_to_the_colleague(house: House, room: Room, sign_in: Open) -> None:
    haru, ren = sign_in(room.person("haru")), sign_in(room.person("ren"))
    for console in (haru, ren):
        expect(console.locator(".duty-menu summary")).to_contain_text("勤務中")
    someone_on_line(house, room, "どなたかいますか")
    offers = {console: console.get_by_role("heading", name="あなたへの案内") for console in (haru, ren)}
    until(lambda: any(offer.is_visible() for offer in offers.values()), "an offer to one of the two")
    asked, other = (haru, ren) if offers[haru].is_visible() else (ren, haru)
    expect(offers[other]).to_be_hidden()
    asked.get_by_role("button", name="いまは受けない").click()
    expect(offers[other]).to_be_visible()
    expect(offers[asked]).to_be_hidden()
    other.locator(".offer").get_by_role("button", name="受ける", exact=True).click()
    expect(pane_with(other, "どなたかいますか")).to_be_visible()
    expect(asked.locator("body")).not_to_contain_text("どなたかいますか")


def test_a_note_is_for_colleagues_and_looks_like_it(house: House, room: Room, open_page: Open, sign_in: Open) -> None:
    visitor, haru = open_page(room.page), sign_in(room.person("haru"))
    sora = someone_on_line(house, room, "空です")
    begin_on_the_web(visitor, "海です")
    see_waiting(haru, 2)
    for number in (1, 2):
        haru.get_by_role("button", name="次の相談を受ける").click()
        expect(haru.get_by_role("log")).to_have_count(number)
    for words in ("空です", "海です"):
        pane = pane_with(haru, words)
        pane.get_by_role("log").click()
        notes = haru.locator(".notes.staff-only")
        expect(notes).to_contain_text("内部")
        notes.get_by_role("textbox", name="内部メモ").fill(f"{words}のことをSVに相談する")
        notes.get_by_role("button", name="内部メモに残す").click()
        expect(notes.get_by_role("list")).to_contain_text(f"{words}のことをSVに相談する")
        expect(pane.get_by_role("log")).not_to_contain_text("SVに相談する")
        reply(pane, "お返事です")
    expect(visitor.get_by_role("log")).to_contain_text("お返事です")
    visitor.reload()
    expect(visitor.get_by_role("log")).to_contain_text("お返事です")
    assert "SVに相談する" not in visitor.content()
    until(lambda: "お返事です" in house.seen(sora), "the reply on LINE")
    assert not any("SVに相談する" in text for text in house.seen(sora))


def tab_to(page: Page, goal: Locator) -> None:
    """Press Tab until it has the focus."""
    for _ in range(80):
        if goal.evaluate("(one) => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {goal}")


def test_a_whole_talk_by_keyboard_alone(house: House, room: Room, sign_in: Open) -> None:
    haru = sign_in(room.person("haru"))
    sora = someone_on_line(house, room, "手が離せません")
    see_waiting(haru, 1)
    keys = haru.keyboard
    keys.press("Alt+n")
    pane = pane_with(haru, "手が離せません")
    expect(field_of(pane)).to_be_focused()
    keys.type("はい、伺います")
    keys.press("Control+Enter")
    until(lambda: "はい、伺います" in house.seen(sora), "the reply on LINE")
    keys.press("Alt+i")
    tab_to(haru, haru.locator("#panel").get_by_role("button", name="終える", exact=True))
    keys.press("Enter")
    dialog = haru.get_by_role("dialog")
    tab_to(haru, dialog.get_by_label("話し終えた"))
    keys.press("Space")
    tab_to(haru, dialog.get_by_role("button", name="終えて、まとめへ"))
    keys.press("Enter")
    expect(dialog).to_have_count(0)
    expect(pane.get_by_role("heading", name="相談のまとめ")).to_be_focused()
    tab_to(haru, pane.get_by_role("link", name="記録を書く"))
    with haru.context.expect_page() as opened:
        keys.press("Enter")
    file_record(opened.value, "応答なし")
    expect(pane).to_have_count(0)
    expect(haru.get_by_text("担当中の相談はありません")).to_be_visible()


@pytest.mark.faults
def test_a_lost_line_is_said_at_once_and_comes_back_by_itself(house: House, room: Room, sign_in: Open) -> None:
    haru = sign_in(room.person("haru"))
    sora = someone_on_line(house, room, "聞こえますか")
    pane = take_next(haru, "聞こえますか")
    haru.evaluate("window.sameDocument = true")
    field_of(pane).fill("まだ書いて")
    house.kill("web")
    expect(haru.get_by_text("接続が切れました。書いたものは残っています")).to_be_visible()
    field_of(pane).press_sequentially("います")
    field_of(pane).press("Control+Enter")
    expect(pane.get_by_text("つながりしだい送ります")).to_be_visible()
    house.recovered("web")
    expect(pane.locator(".delivery").last).to_have_text("送信済", timeout=30_000)
    expect(haru.get_by_text("接続が切れました")).to_have_count(0)
    assert house.seen(sora).count("まだ書いています") == 1
    assert haru.evaluate("window.sameDocument") is True
