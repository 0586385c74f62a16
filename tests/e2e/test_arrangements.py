"""A visitor who needs care: how to answer her, what is agreed, a block; and danger, which lets her in all the same."""

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Open
from tests.e2e.house import House, Room
from tests.e2e.steps import begin_on_the_web, end_with_thanks, reply, take_next
from tests.e2e.test_axe import LOOKED_AT, violations
from tests.e2e.test_supervision import name_in, read_along, supervisor

HOW, WHY, SAID = "まず名前を呼び、結論を急がない", "夜に何度も書かれるため", "一回五十分までにしましょうとお話しした"
NARROW = {"width": 320, "height": 700}


def fits(page: Page) -> bool:
    """Whether a narrow screen needs no sideways scroll."""
    wide = page.viewport_size
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    within = bool(page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"])
    page.set_viewport_size(wide or NARROW)  # type: ignore[arg-type]
    return within


def opened_from_the_talk(mio: Page) -> Page:
    """The visitor's page, in the tab that the talk's panel opens."""
    with mio.context.expect_page() as tab:
        mio.get_by_role("link", name="対応方針・取り決め").click()
    return tab.value


def decide(page: Page, link: str, button: str, **typed: str) -> None:
    """Open one of the visitor's forms, look at it, fill it in and save it."""
    page.get_by_role("link", name=link, exact=True).click()
    assert violations(page) == []
    assert fits(page)
    for label, words in typed.items():
        page.get_by_label(label).fill(words)
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_role("status")).to_be_visible()


def come_again(visitor: Page, house: House, room: Room, line: str) -> None:
    """From the page, after the last talk is over."""
    visitor.goto(f"{house.url}{room.page}?again")
    visitor.get_by_label("いま話したいこと").fill(line)
    visitor.get_by_label("お約束を読みました").check()
    visitor.get_by_role("button", name="相談をはじめる").click()


def block(page: Page) -> None:
    """Block the visitor of this page; without a reason that cannot be."""
    page.get_by_role("link", name="受付を停止する", exact=True).click()
    page.get_by_role("button", name="受付を停止する").click()
    expect(page.get_by_text("理由を選んでください。")).to_be_visible()
    assert violations(page) == []
    page.get_by_label("脅し").check()
    page.get_by_label("くわしい事情").fill(WHY)
    page.get_by_role("button", name="受付を停止する").click()
    expect(page.get_by_text("受付を停止しました。")).to_be_visible()


def test_how_to_answer_and_what_is_agreed_are_at_the_talk_at_once(
    house: House, room: Room, open_page: Open, sign_in: Open
) -> None:
    visitor, haru = open_page(room.page), sign_in(room.person("haru"), **LOOKED_AT)
    mio = supervisor(sign_in, room, **LOOKED_AT)
    begin_on_the_web(visitor, "また来ました")
    theirs = take_next(haru, "また来ました")
    name = name_in(theirs)
    read_along(mio, theirs)
    page = opened_from_the_talk(mio)
    decide(page, "書く", "保存する", 対応方針=HOW)
    expect(haru.locator(".approach")).to_contain_text(HOW)
    expect(haru.locator(".approach")).to_contain_text("三浦 澪")
    decide(page, "約束する", "保存する", **{"1回の時間(分)": "50", "理由": WHY, "相談者に伝えたこと": SAID})
    expect(theirs.locator(".pane-head")).to_contain_text("約束50分")
    assert violations(haru) == []
    page.get_by_role("link", name="配慮が必要な方").first.click()
    row = page.get_by_role("row").filter(has_text=name)
    expect(row).to_contain_text("1回50分まで")
    assert violations(page) == []
    assert fits(page)
    for words in (HOW, WHY, SAID):
        expect(visitor.locator("body")).not_to_contain_text(words)


def test_who_is_blocked_is_told_and_in_danger_let_in(house: House, room: Room, open_page: Open, sign_in: Open) -> None:
    visitor, haru = open_page(room.page, **LOOKED_AT), sign_in(room.person("haru"))
    mio = supervisor(sign_in, room, **LOOKED_AT)
    begin_on_the_web(visitor, "はじめまして")
    theirs = take_next(haru, "はじめまして")
    reply(theirs, "お待ちしていました")
    read_along(mio, theirs)
    page = opened_from_the_talk(mio)
    block(page)
    assert violations(page) == []
    assert fits(page)
    # The talk goes on until somebody ends it.
    reply(theirs, "今日はここまでにしましょう")
    end_with_thanks(theirs, haru)
    come_again(visitor, house, room, "いますか")
    for address in ("", "closed"):
        visitor.goto(house.url + room.page + address)
        expect(visitor.get_by_role("heading", name="いまはお受けできません")).to_be_visible()
        expect(visitor.locator("main")).to_contain_text("お休みさせていただいています")
        assert violations(visitor) == []
    come_again(visitor, house, room, "もう死にたい")
    expect(visitor.get_by_role("log")).to_contain_text("もう死にたい")
    expect(haru.locator(".left")).to_contain_text("停止中・上限超の受付")
    take_next(haru, "もう死にたい")
    page.get_by_role("button", name="解除する").click()
    expect(page.get_by_text("受付停止を解除しました。")).to_be_visible()
    expect(visitor.locator("body")).not_to_contain_text("解除")
