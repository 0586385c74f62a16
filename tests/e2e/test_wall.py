"""The wall: what two supervisors see of two programs, at once, and what they do from there."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Open
from tests.e2e.house import House, Room, until
from tests.e2e.steps import check_in, duty, pane_with, reply, someone_on_line, take_next

pytestmark = pytest.mark.browser
# What the wall promises: right within two seconds.
RIGHT = 2_000  # ms


def wall_of(sign_in: Open, house: House, email: str) -> Page:
    """Somebody's wall."""
    page = sign_in(email)
    page.goto(f"{house.url}/wall/")
    expect(page.locator(".line-mark")).to_contain_text("接続中")
    return page


def cards(wall: Page) -> Locator:
    """The cards, in their order."""
    return wall.locator(".card")


def act(wall: Page, name: str) -> Locator:
    """Ask for something to be done with the one program; the window that asks once more."""
    wall.locator(".program-menu > summary").click()
    wall.get_by_role("button", name=name).click()
    return wall.get_by_role("dialog")


def test_each_supervisor_sees_their_programs_the_neediest_first(
    house: House, rooms: Iterator[Room], sign_in: Open
) -> None:
    one, two = next(rooms), next(rooms)
    house.share(one, two)
    # At their consoles before the supervisors: what waits is offered to them first.
    haru = sign_in(one.person("haru"))
    both, second = wall_of(sign_in, house, one.person("mio")), wall_of(sign_in, house, two.person("mio"))
    expect(both.locator(".program")).to_have_count(2)
    expect(second.locator(".program")).to_have_count(1)
    someone_on_line(house, one, "はじめまして")
    expect(cards(both)).to_have_count(1, timeout=RIGHT)
    someone_on_line(house, two, "死にたいです", "海")
    expect(cards(second)).to_have_count(1, timeout=RIGHT)
    expect(cards(both).first).to_contain_text("緊急度 高", timeout=RIGHT)
    expect(cards(both).first).to_contain_text("待機中")
    take_next(haru, "はじめまして")
    expect(cards(both).last).to_contain_text("早川 遥 1/2件", timeout=RIGHT)
    expect(both.get_by_role("complementary", name="相談員")).to_contain_text("1/2件", timeout=RIGHT)
    expect(cards(second)).to_have_count(1)
    for word in ("はじめまして", "死にたいです"):
        assert word not in both.content()
    only_what_is_asked_for(both)


def only_what_is_asked_for(wall: Page) -> None:
    """A filter hides, says how many, and never hides danger without a word; the address keeps it."""
    wall.get_by_label("状態").select_option(label="対応中")
    expect(cards(wall)).to_have_count(1)
    hidden = wall.locator(".hidden-count")
    expect(hidden).to_contain_text("絞り込みで1件を隠しています")
    expect(hidden).to_contain_text("緊急度「高」以上の1件が隠れています")
    wall.reload()
    expect(cards(wall)).to_have_count(1)
    wall.get_by_role("button", name="絞り込みを解く").click()
    expect(cards(wall)).to_have_count(2)
    assert wall.url.endswith("/wall/")


def test_many_talks_change_hands_by_keyboard(house: House, room: Room, sign_in: Open) -> None:
    haru = sign_in(room.person("haru"))
    for name in ("空", "海"):
        someone_on_line(house, room, f"{name}です、聞いてください", name)
        take_next(haru, f"{name}です、聞いてください")
    ren = sign_in(room.person("ren"))
    wall = wall_of(sign_in, house, room.person("mio"))
    expect(cards(wall)).to_have_count(2)
    wall.keyboard.press("Alt+1")
    for key in ("x", "ArrowDown", "x", "Alt+r"):
        wall.keyboard.press(key)
    dialog = wall.get_by_role("dialog")
    expect(dialog).to_contain_text("2件の相談を引き継ぐ")
    dialog.get_by_role("button", name="引き継ぐ").click()
    expect(dialog.get_by_text("引継ぎの要点を書いてください")).to_be_visible()
    dialog.get_by_label("蓮見 蓮").check()
    dialog.get_by_label("引継ぎの要点").fill("早川さんは早退です。ゆっくり聴いてください")
    dialog.get_by_role("button", name="引き継ぐ").click()
    expect(dialog).to_have_count(0)
    for name in ("空", "海"):
        expect(pane_with(ren, f"{name}です、聞いてください")).to_be_visible()
    expect(ren.get_by_text("早川さんは早退です。ゆっくり聴いてください")).to_be_visible()
    expect(haru.get_by_role("log")).to_have_count(0)
    expect(cards(wall).first).to_contain_text("蓮見 蓮 2/2件", timeout=RIGHT)
    expect(wall.locator(".choice-bar")).to_be_hidden()


def test_a_diverted_queue_refuses_counselors_in_words(house: House, room: Room, sign_in: Open, open_page: Open) -> None:
    haru, wall = sign_in(room.person("haru")), wall_of(sign_in, house, room.person("mio"))
    someone_on_line(house, room, "はじめまして")
    dialog = act(wall, "待機列をSV対応に切り替える")
    dialog.get_by_role("button", name="SV対応に切り替える").click()
    for page in (haru.locator(".banners"), wall.locator(".program")):
        expect(page).to_contain_text(re.compile(r"待機列はSV対応です \(三浦 澪さん・\d\d:\d\dから\)"), timeout=RIGHT)
    expect(haru.get_by_role("button", name="次の相談を受ける")).to_be_disabled()
    status, told = claim_all_the_same(haru, house.count(room)["program"])
    assert (status, told["error"]) == (409, "diverted")
    assert told["message"] == "いまは待機列をSV対応に切り替えています。待機中の方は、SVが受けます。"
    dialog = act(wall, "待機列を通常の対応に戻す")
    dialog.get_by_role("button", name="通常の対応に戻す").click()
    expect(haru.locator(".banners")).not_to_contain_text("SV対応", timeout=RIGHT)
    # At the wall one is there, too: what waited was offered to the supervisor, and goes to the next now.
    wall.get_by_role("button", name="いまは受けない").click()
    expect(wall.locator(".offer")).to_have_count(0)
    take_next(haru, "はじめまして")
    reception_stops_at_once_and_talks_go_on(haru, wall, open_page(room.page, width=390))


def claim_all_the_same(console: Page, program: int) -> tuple[int, dict[str, str]]:
    """What the server says to a counselor whose screen is a moment behind."""
    answer = console.evaluate(
        """async (program) => {
            const token = document.querySelector('meta[name="csrf-token"]').content;
            const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
            const answer = await fetch(`/api/programs/${program}/claims`, { method: "POST", headers, body: "{}" });
            return [answer.status, await answer.json()];
        }""",
        program,
    )
    return answer[0], answer[1]


def reception_stops_at_once_and_talks_go_on(haru: Page, wall: Page, visitor: Page) -> None:
    """Nobody new is taken from now on; who is being talked with is not touched; then it opens again."""
    act(wall, "受付を停止する").get_by_role("button", name="受付を停止する").click()
    expect(haru.locator(".banners")).to_contain_text("受付を停止しています", timeout=RIGHT)
    visitor.get_by_label("いま話したいこと").fill("だれかいますか")
    visitor.get_by_label("お約束を読みました").check()
    visitor.get_by_role("button", name="相談をはじめる").click()
    expect(visitor.get_by_role("log")).to_have_count(0)
    reply(pane_with(haru, "はじめまして"), "お聞きしています")
    act(wall, "受付を再開する").get_by_role("button", name="受付を再開する").click()
    expect(wall.locator(".program")).not_to_contain_text("受付を停止しています", timeout=RIGHT)


def test_people_off_duty_are_called_by_mail(house: House, room: Room, sign_in: Open, open_page: Open) -> None:
    ren, wall = sign_in(room.person("ren")), wall_of(sign_in, house, room.person("mio"))
    duty(ren).get_by_role("button", name="退勤").click()
    ren.get_by_role("dialog").get_by_role("button", name="退勤", exact=True).click()
    expect(ren.locator(".duty-menu summary")).to_contain_text("勤務外")
    dialog = act(wall, "勤務外の人に応援を頼む")
    dialog.get_by_label("蓮見 蓮").check()
    dialog.get_by_role("button", name="メールを送る").click()
    expect(dialog).to_have_count(0)
    crew = wall.get_by_role("complementary", name="相談員")
    crew.get_by_text("勤務外 1人").click()
    expect(crew).to_contain_text(re.compile(r"\d\d:\d\d 応援を依頼"), timeout=RIGHT)
    mail = the_mail(open_page("/accounts/mails/"), room.person("ren"))
    expect(mail).to_contain_text("への応援のお願い")
    expect(mail).to_contain_text("三浦 澪さんから")
    again = act(wall, "勤務外の人に応援を頼む")
    expect(again.get_by_label("蓮見 蓮")).to_be_disabled()
    expect(again).to_contain_text("三浦 澪さんが依頼しました")
    ren.goto(mail.get_by_role("link").first.inner_text())
    check_in(ren)
    wall.keyboard.press("Escape")
    expect(crew).not_to_contain_text("勤務外", timeout=RIGHT)


def the_mail(mails: Page, to: str) -> Locator:
    """The mail to this person, once the worker has sent it."""
    found = mails.get_by_role("article").filter(has_text=to).filter(has_text="応援")

    def there() -> bool:
        mails.reload()
        return found.count() > 0

    until(there, f"a mail to {to}")
    return found.first
