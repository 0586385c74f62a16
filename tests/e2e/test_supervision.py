"""A supervisor beside a talk: reads along, whispers, writes as herself, takes the talk over and gives it back."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Open
from tests.e2e.house import House, Room, until
from tests.e2e.steps import begin_on_the_web, duty, pane_with, reply, see_waiting, someone_on_line, take_next, write
from tests.e2e.test_axe import LOOKED_AT, violations

TO_MIO, TO_HARU = "少し代わっていただけますか⟦haru⟧", "沈黙を待ってみましょう⟦mio⟧"


def supervisor(sign_in: Open, room: Room, **options: object) -> Page:
    """Mio at her console: on a break, so that no talk is offered to her."""
    mio = sign_in(room.person("mio"), **options)
    duty(mio).get_by_role("button", name="食事").click()
    expect(mio.locator(".head").get_by_role("button", name="戻る")).to_be_visible()
    return mio


def name_in(pane: Locator) -> str:
    """The visitor's pseudonym, from the talk's head."""
    return pane.locator(".pane-name").inner_text().removeprefix("相談者 ")


def read_along(mio: Page, theirs: Locator, reason: str = "見守り") -> Locator:
    """Open the talk that somebody else has before them, for a reason; the talk as it is read."""
    pseudonym = name_in(theirs)
    mio.locator(".others").evaluate("(list) => { list.open = true; }")
    mio.locator(".others li").filter(has_text=pseudonym).get_by_role("button").click()
    dialog = mio.get_by_role("dialog")
    expect(dialog).to_contain_text("監査ログに残ります")
    dialog.get_by_label(reason, exact=True).check()
    dialog.get_by_role("button", name="見守る", exact=True).click()
    pane = pane_with(mio, pseudonym)
    expect(pane).to_be_visible()
    return pane


def whisper(pane: Locator, words: str) -> None:
    """Type into the whispers' own field, and whisper with Ctrl+Enter."""
    field = pane.get_by_role("textbox", name="ささやく")
    field.fill(words)
    field.press("Control+Enter")
    expect(pane.locator(".whispers .note:not(.pending)")).to_contain_text([words])


def test_whispers_go_both_ways_and_never_leave_the_house(
    house: House, room: Room, open_page: Open, sign_in: Open
) -> None:
    visitor, haru, mio = open_page(room.page), sign_in(room.person("haru")), supervisor(sign_in, room)
    sora = someone_on_line(house, room, "空です、聞いてください")
    take_next(haru, "空です、聞いてください")
    begin_on_the_web(visitor, "海です、聞いてください")
    pane = take_next(haru, "海です、聞いてください")
    for words in ("海です、聞いてください", "空です、聞いてください"):
        theirs = pane_with(haru, words)
        hers = read_along(mio, theirs)
        hers.get_by_role("button", name="ささやき").click()
        whisper(hers, TO_HARU)
        expect(theirs.locator(".whispers")).to_contain_text(TO_HARU)
        expect(theirs.locator(".whispers")).to_contain_text("内部")
        expect(theirs.get_by_role("log")).not_to_contain_text(TO_HARU)
        whisper(theirs, TO_MIO)
        expect(hers.locator(".whispers")).to_contain_text(TO_MIO)
        reply(theirs, "ここで聞いています")
        hers.get_by_role("button", name="見守りを終える").click()
    expect(visitor.get_by_role("log")).to_contain_text("ここで聞いています")
    visitor.reload()
    expect(visitor.get_by_role("log")).to_contain_text("ここで聞いています")
    until(lambda: "ここで聞いています" in house.seen(sora), "the reply on LINE")
    state = visitor.request.get(f"{house.url}{room.page}state").text()
    for told in (visitor.content(), state, *house.seen(sora), str(house.ask("GET", "/simulator/ledger"))):
        assert "⟦haru⟧" not in told
        assert "⟦mio⟧" not in told
    # A whisper is no answer: the next word of the visitor's is what begins the waiting.
    expect(pane.locator(".pane-head")).not_to_contain_text("お待たせ")
    log = (house.var / "run.log").read_text() + "".join(path.read_text() for path in Path(house.var).rglob("*.log"))
    assert "⟦mio⟧" not in log


def test_the_counselor_sees_who_reads_along_and_the_visitor_does_not(
    house: House, room: Room, open_page: Open, sign_in: Open
) -> None:
    visitor, haru, mio = open_page(room.page), sign_in(room.person("haru")), supervisor(sign_in, room)
    begin_on_the_web(visitor, "聞いてください")
    theirs = take_next(haru, "聞いてください")
    before = visitor.locator("main").inner_text()
    pane = read_along(mio, theirs, "研修")
    watched = theirs.locator(".watchers")
    expect(watched).to_have_text("SVが見ています: 三浦 澪")
    assert visitor.locator("main").inner_text() == before
    expect(pane.get_by_role("textbox", name="へのメッセージ")).to_have_count(0)
    mio.reload()
    expect(watched).to_have_text("")
    read_along(mio, theirs, "研修")
    expect(watched).to_have_text("SVが見ています: 三浦 澪")
    mio.context.close()
    expect(watched).to_have_text("")
    aoi = sign_in("aoi@example.jp", "**/programs/**")
    aoi.goto(f"{house.url}/programs/{room.slug}/audit/")
    told = aoi.locator("tbody tr").filter(has_text="三浦 澪").filter(has_text="理由: 研修")
    expect(told).to_have_count(2)


def write_as_herself(mio: Page, pane: Locator, words: str) -> None:
    """Mio writes to the visitor in Haru's talk."""
    pane.get_by_role("button", name="自分も相談者に書く").click()
    expect(pane).to_contain_text("担当は早川 遥さんのままです")
    field = pane.get_by_role("textbox", name="SVとして相談者")
    field.fill(words)
    field.press("Control+Enter")


def take_over(mio: Page, pane: Locator, because: str) -> None:
    """One press for the reasons, one for the talk."""
    pane.locator(".take-over summary").click()
    pane.get_by_role("button", name=because).click()


def give_back(mio: Page, pane: Locator, summary: str) -> None:
    """To whom it was taken from, with what happened meanwhile."""
    pane.get_by_role("log").click()
    mio.locator("#panel").get_by_role("button", name="早川 遥さんに返す").click()
    dialog = mio.get_by_role("dialog")
    dialog.get_by_label("引継ぎの要点").fill(summary)
    dialog.get_by_role("button", name="早川 遥さんに返す").click()


def test_a_supervisor_writes_as_herself_takes_over_and_gives_back(
    house: House, room: Room, open_page: Open, sign_in: Open
) -> None:
    visitor, haru, mio = open_page(room.page), sign_in(room.person("haru")), supervisor(sign_in, room)
    begin_on_the_web(visitor, "聞いてください")
    theirs = take_next(haru, "聞いてください")
    pane = read_along(mio, theirs)
    write_as_herself(mio, pane, "三浦です。わたしも聞かせてください")
    expect(visitor.get_by_role("log")).to_contain_text("スーパーバイザー")
    expect(visitor.get_by_role("log")).to_contain_text("わたしも聞かせてください")
    assert "三浦 澪" not in visitor.content()
    expect(theirs.locator(".said-counselor").filter(has_text="わたしも聞かせてください")).to_contain_text("三浦 澪")
    reply(theirs, "わたしもいます")

    take_over(mio, pane, "緊急度が高いため")
    expect(haru.get_by_text("三浦 澪さんが引き取りました(緊急度が高いため)")).to_be_visible()
    expect(haru.locator("body")).not_to_contain_text("わたしも聞かせてください")
    reply(pane, "ここからは三浦がうかがいます")
    write(visitor, "はい、お願いします")
    expect(pane.get_by_role("log")).to_contain_text("はい、お願いします")

    give_back(mio, pane, "今夜はお姉さんの家へ行かれます")
    back = pane_with(haru, "はい、お願いします")
    expect(haru.locator("#panel")).to_contain_text("今夜はお姉さんの家へ")
    reply(back, "戻りました。早川です")
    expect(visitor.get_by_role("log")).to_contain_text("戻りました。早川です")
    # She reads on: the reason she gave still holds.
    expect(pane.locator(".along")).to_contain_text("見守り中")
    assert house.count(room)["orphans"] == []


def test_reading_along_and_whispering_have_no_barrier(house: House, room: Room, sign_in: Open) -> None:
    haru, mio = sign_in(room.person("haru"), **LOOKED_AT), supervisor(sign_in, room, **LOOKED_AT)
    someone_on_line(house, room, "聞いてください")
    see_waiting(haru, 1)
    theirs = take_next(haru, "聞いてください")
    mio.locator(".others summary").click()
    assert violations(mio) == []
    mio.locator(".others button").click()
    assert violations(mio) == []
    mio.get_by_role("dialog").get_by_role("button", name="見守る", exact=True).click()
    pane = pane_with(mio, "聞いてください")
    pane.get_by_role("button", name="ささやき").click()
    whisper(pane, TO_HARU)
    pane.locator(".take-over summary").click()
    assert violations(mio) == []
    mio.keyboard.press("Escape")
    pane.get_by_role("button", name="自分も相談者に書く").click()
    assert violations(mio) == []
    expect(theirs.locator(".whispers")).to_contain_text(TO_HARU)
    assert violations(haru) == []
