"""A trainee's first talk, accompanied: replies that wait for a supervisor, and calls for her that she answers."""

from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Open
from tests.e2e.house import House, Room
from tests.e2e.steps import begin_on_the_web, field_of, pane_with, take_next
from tests.e2e.test_axe import LOOKED_AT, violations
from tests.e2e.test_supervision import supervisor

TYPED, MENDED, RETURNED = "それはなぜですか", "よかったら、もう少し聞かせてください", "がんばってください"


def propose(pane: Locator, words: str) -> Locator:
    """A trainee writes and asks for approval; what waits."""
    field_of(pane).fill(words)
    pane.get_by_role("button", name="承認を頼む").click()
    waiting = pane.locator(".proposals")
    expect(waiting).to_contain_text(words)
    expect(field_of(pane)).to_have_value("")
    return waiting


def answer(screen: Page, kind: str) -> None:
    """A supervisor comes, from the top of her screen."""
    calls = screen.locator(".calls")
    expect(calls).to_contain_text(kind)
    expect(calls).to_contain_text("早川 遥さん")
    calls.get_by_role("button", name="応答する").click()
    expect(calls).to_be_hidden()


def test_a_trainees_replies_reach_the_visitor_only_as_a_supervisor_lets_them(
    house: House, room: Room, open_page: Open, sign_in: Open
) -> None:
    house.train(room)
    visitor, haru, mio = (
        open_page(room.page),
        sign_in(room.person("haru"), **LOOKED_AT),
        supervisor(sign_in, room, **LOOKED_AT),
    )
    begin_on_the_web(visitor, "はじめて相談します")
    theirs = take_next(haru, "はじめて相談します")
    waiting = propose(theirs, TYPED)
    expect(waiting).to_contain_text("SVの承認を待っています")
    answer(mio, "返信の確認")
    hers = pane_with(mio, "はじめて相談します")
    expect(theirs.locator(".call-bar")).to_contain_text("三浦 澪さんが応答しました")
    hers.locator(".proposal textarea").fill(MENDED)
    assert [found for page in (haru, mio) for found in violations(page)] == []
    hers.get_by_role("button", name="直した文を送る").click()
    expect(visitor.get_by_role("log")).to_contain_text(MENDED)
    expect(theirs.get_by_role("log")).to_contain_text(MENDED)
    expect(waiting).to_be_hidden()
    propose(theirs, RETURNED)
    hers.get_by_role("textbox", name="早川 遥さんへのひとこと").fill("気持ちを受けとめてみましょう")
    hers.get_by_role("button", name="ひとことを添えて戻す").click()
    expect(waiting).to_contain_text("三浦 澪さんから戻されました")
    expect(theirs.locator(".whispers")).to_contain_text("気持ちを受けとめてみましょう")
    waiting.get_by_role("button", name="直す").click()
    expect(field_of(theirs)).to_have_value(RETURNED)
    for words in (TYPED, RETURNED, "気持ちを受けとめて"):
        expect(visitor.get_by_role("log")).not_to_contain_text(words)


def test_one_key_calls_every_supervisors_screen_until_somebody_comes(
    house: House, room: Room, open_page: Open, sign_in: Open
) -> None:
    visitor, haru, mio = (
        open_page(room.page),
        sign_in(room.person("haru"), **LOOKED_AT),
        supervisor(sign_in, room, **LOOKED_AT),
    )
    wall = mio.context.new_page()
    wall.goto(f"{house.url}/wall/")
    begin_on_the_web(visitor, "もう、どうしたらいいか")
    theirs = take_next(haru, "もう、どうしたらいいか")
    field_of(theirs).fill("いま、どちらに")
    field_of(theirs).press("Alt+KeyS")
    expect(theirs.locator(".call-bar")).to_contain_text("SVを呼んでいます")
    field_of(theirs).press("Alt+KeyK")
    expect(theirs.locator(".call-bar")).to_contain_text("SVを緊急で呼んでいます")
    expect(field_of(theirs)).to_have_value("いま、どちらに")
    expect(mio.locator(".calls")).to_contain_text("緊急")
    assert violations(wall) == []
    answer(wall, "緊急")
    # From the wall one comes to the talk itself, and on the other screen nothing calls any more.
    expect(pane_with(wall, "もう、どうしたらいいか")).to_be_visible()
    expect(mio.locator(".calls")).to_be_hidden()
    expect(theirs.locator(".call-bar")).to_contain_text("三浦 澪さんが応答しました")
    expect(visitor.locator("body")).not_to_contain_text("三浦")
    theirs.get_by_role("button", name="呼び出しを終える").click()
    expect(theirs.locator(".call-bar")).to_be_hidden()
