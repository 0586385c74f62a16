"""A night from the first invitation to the last word: people come, plan, open, answer, fall away, hand over and go."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from counseling.opening import TOKYO
from tests.e2e.conftest import Open
from tests.e2e.house import House, Room, until
from tests.e2e.newcomers import Newcomer, invite, join, prove, remove
from tests.e2e.steps import (
    begin_on_the_web,
    duty,
    end_with_thanks,
    pane_with,
    reply,
    see_waiting,
    take_next,
    texts,
    write,
)
from tests.e2e.test_revocation import AT_ONCE, Seen, gone
from tests.e2e.test_roster import row_of, saved

pytestmark = pytest.mark.browser
NAGI = Newcomer("nagi", "野口 凪", has_passkey=True)
AKARI = Newcomer("akari", "早瀬 灯")
SHIZU = Newcomer("shizu", "真壁 静")
TEAM = (NAGI, AKARI, SHIZU)
# Presence that was refreshed at the last moment lives for a minute; it is looked for every few seconds.
PRESENCE_ENDS = 90_000  # ms
# The board looks at the clock every few seconds.
NEXT_MINUTE = 70_000  # ms


@dataclass
class Night:
    """The place, and the consoles of its people by name."""

    house: House
    room: Room
    open_page: Open
    consoles: dict[str, Page]

    def console(self, one: Newcomer) -> Page:
        return self.consoles[one.key]

    def visitor(self, words: str) -> Page:
        """Somebody comes to the visitor's page and begins."""
        page = self.open_page(self.room.page, width=390)
        begin_on_the_web(page, words)
        return page

    def count(self) -> dict[str, Any]:
        """What the database holds; nobody has fallen through."""
        found = self.house.count(self.room)
        assert found["orphans"] == []
        return found

    def given_back(self) -> None:
        """The worker's clock has come by, and put into the queue what somebody had left behind."""
        until(lambda: not self.house.count(self.room)["orphans"], "what was left behind is in the queue")


def test_a_night_from_the_first_invitation_to_the_last_word(
    house: House, room: Room, open_page: Open, sign_in: Open
) -> None:
    early = open_page(room.page, width=390)
    house.found(room)
    office = sign_in("aoi@example.jp", to="**/programs/**")
    office.goto(f"{house.url}/programs/{room.slug}/team/")
    office.get_by_role("link", name="招待する").click()
    prove(office)
    invite(office, house, room, "相談員", NAGI, AKARI)
    invite(office, house, room, "スーパーバイザー", SHIZU)
    night = Night(house, room, open_page, {one.key: join(open_page, room, one) for one in TEAM})
    a_week_is_planned_and_published(night, office)
    the_rules_are_set(night, office)
    who_comes_too_early_is_told_kindly(night, early)
    reception_opens_with_enough_people_and_within_its_hours(night)
    first, second, third = two_take_turns_and_the_third_waits(night)
    one_closes_the_laptop(night, first)
    the_other_answers_with_the_summary(night, first, second)
    the_first_comes_back_and_hands_over_at_the_shifts_end(night, first, third)
    who_left_the_team_sees_nothing(night, first, sign_in("aoi@example.jp", to="**/programs/**"))
    nobody_is_left_behind(night, first, third)


def a_week_is_planned_and_published(night: Night, office: Page) -> None:
    """Eight hours a day from this hour on, one line each."""
    office.goto(f"{night.house.url}/programs/{night.room.slug}/roster/")
    office.get_by_role("button", name="パターンを作る・直す").click()
    panel, hour = office.get_by_role("dialog"), datetime.now(TOKYO).hour
    for label, text in (
        ("名前", "夜の番"),
        ("開始", f"{hour}:00"),
        ("終了", f"{hour + 8}:00"),
        ("同時対応数(回線)", "1"),
    ):
        panel.get_by_label(label).fill(text)
    panel.get_by_role("button", name="追加する").click()
    expect(office.get_by_role("radio", name="夜の番")).to_be_visible()
    office.keyboard.press("Escape")
    grid = office.get_by_role("grid", name="シフト表")
    for one in TEAM:
        row_of(grid, one.name).get_by_role("gridcell").first.click()
        for key in ("1", *["Shift+ArrowRight"] * 6, "Enter"):
            office.keyboard.press(key)
        expect(row_of(grid, one.name).get_by_role("button", name="下書き")).to_have_count(7)
    saved(office)
    office.get_by_role("button", name="下書き21件を公開する…").click()
    office.get_by_role("dialog").get_by_role("button", name="21件を公開する").click()
    expect(grid.get_by_role("button", name="下書き")).to_have_count(0)


def the_rules_are_set(night: Night, office: Page) -> None:
    """Reception opens with two on duty, one of them a supervisor; people take talks by their own hand."""
    office.goto(f"{night.house.url}/programs/{night.room.slug}/staffing/")
    office.get_by_label("受付に必要な勤務人数").fill("2")
    office.get_by_label("うちSVの人数").fill("1")
    office.get_by_role("radio", name="自分で選ぶ").check()
    office.get_by_role("button", name="保存する").click()
    expect(office.get_by_text("保存しました")).to_be_visible()


def who_comes_too_early_is_told_kindly(night: Night, early: Page) -> None:
    """In the hours, and nobody is there yet."""
    early.get_by_label("いま話したいこと").fill("だれかいますか")
    early.get_by_label("お約束を読みました").check()
    early.get_by_role("button", name="相談をはじめる").click()
    expect(early.get_by_text("ただいま相談員の準備をしています。お待たせして申し訳ありません")).to_be_visible()
    later = night.open_page(night.room.page, width=390)
    expect(later.get_by_text("ただいま相談員の準備をしています")).to_be_visible()
    expect(later.get_by_role("button", name="相談をはじめる")).to_have_count(0)
    expect(night.console(SHIZU).get_by_text("人数がそろうまで、受付を止めています。")).to_be_visible()


def reception_opens_with_enough_people_and_within_its_hours(night: Night) -> None:
    """One is not enough, not even as the hours begin; two are, at once; out of the hours nobody is, to the minute."""
    reception = night.console(SHIZU).locator(".reception")
    check_in(night.console(NAGI))
    expect(night.console(SHIZU).locator(".banners")).to_contain_text("勤務 1/2人・SV 0/1人")
    expect(reception).to_contain_text("受付を止めています")
    night.house.shut(night.room)
    expect(reception).to_contain_text("受付時間外")
    night.house.begin(night.room)
    expect(reception).to_contain_text("受付を止めています")
    check_in(night.console(SHIZU))
    expect(reception).to_contain_text("受付中")
    night.house.shut(night.room)
    expect(reception).to_contain_text("受付時間外")
    turn = night.house.soon(night.room)
    check_in(night.console(AKARI))
    expect(reception).to_contain_text("受付中", timeout=NEXT_MINUTE)
    assert datetime.now(TOKYO) >= turn
    expect(reception).to_contain_text("回線 0/3")


def check_in(console: Page) -> None:
    """Come to the planned shift."""
    expect(duty(console)).to_contain_text("シフトは")
    console.keyboard.press("Escape")
    console.locator(".head").get_by_role("button", name="出勤").click()
    expect(console.locator(".duty-menu summary")).to_contain_text("勤務中")
    expect(duty(console)).to_contain_text("1回線")
    console.keyboard.press("Escape")


def two_take_turns_and_the_third_waits(night: Night) -> tuple[Page, Page, Page]:
    """One line each: three visitors, two talks."""
    first = night.visitor("話1 眠れません")
    reply(take_next(night.console(NAGI), "話1 眠れません"), "話2 お聞きします")
    second = night.visitor("二人目です")
    reply(take_next(night.console(AKARI), "二人目です"), "お聞かせください")
    third = night.visitor("三人目です")
    for one in (NAGI, AKARI):
        see_waiting(night.console(one), 1)
        expect(night.console(one).get_by_role("button", name="次の相談を受ける")).to_be_disabled()
        expect(night.console(one).get_by_text("対応中の相談がいっぱいです")).to_be_visible()
    expect(first.get_by_role("log")).to_contain_text("話2 お聞きします")
    night.count()
    return first, second, third


def one_closes_the_laptop(night: Night, first: Page) -> None:
    """The supervisor is told; what the visitor writes meanwhile is kept."""
    night.console(NAGI).close()
    write(first, "話3 まだいますか")
    night.house.away(night.room.person(NAGI.key))
    lost = night.console(SHIZU).locator(".lost")
    expect(lost).to_contain_text(f"担当 {NAGI.name}", timeout=PRESENCE_ENDS)
    expect(lost.get_by_role("heading", name="接続が切れた相談")).to_be_visible()
    night.house.wait(night.room)
    night.given_back()
    expect(lost).to_be_hidden()
    see_waiting(night.console(SHIZU), 2)
    night.count()


def the_other_answers_with_the_summary(night: Night, first: Page, second: Page) -> None:
    """The talk has kept its place: it comes before the one who waited all the time, and goes on without a gap."""
    akari = night.console(AKARI)
    end_with_thanks(pane_with(akari, "二人目です"), akari)
    expect(second.get_by_text("相談は終わりました")).to_be_visible()
    pane = take_next(akari, "話3 まだいますか")
    expect(akari.get_by_text("担当者の接続が切れたため、この相談を待機列に戻しました")).to_be_visible()
    expect(pane.get_by_role("log")).to_contain_text("話2 お聞きします")
    reply(pane, "話4 おります")
    expect(first.get_by_role("log")).to_contain_text("話4 おります")
    assert [text[:2] for text in texts(first, "話")] == ["話1", "話2", "話3", "話4"]


def the_first_comes_back_and_hands_over_at_the_shifts_end(night: Night, first: Page, third: Page) -> None:
    """The lost talk stays with the one who has it; nobody checks out with an open one."""
    night.house.dusk(night.room)
    nagi = night.consoles[NAGI.key] = night.console(NAGI).context.new_page()
    nagi.goto(f"{night.house.url}/console/")
    expect(nagi.get_by_role("region", name="シフトの終わり")).to_contain_text("分で、シフトが終わります")
    reply(take_next(nagi, "三人目です"), "お待たせしました")
    expect(third.get_by_role("log")).to_contain_text("お待たせしました")
    assert "話1" not in nagi.content()
    dialog = check_out(nagi)
    dialog.get_by_role("button", name="退勤", exact=True).click()
    expect(dialog.get_by_text("担当中の相談が残っています")).to_be_visible()
    dialog.get_by_role("button", name="引き継ぐ").click()
    expect(dialog.get_by_label(AKARI.name)).to_be_disabled()
    dialog.get_by_label(SHIZU.name).check()
    dialog.get_by_label("引継ぎの要点").fill("あす病院に行くと決めたところ")
    dialog.get_by_role("button", name="引き継ぐ").click()
    expect(dialog).to_contain_text("担当中の相談はありません")
    dialog.get_by_role("button", name="退勤", exact=True).click()
    expect(nagi.locator(".duty-menu summary")).to_contain_text("勤務外")
    shizu = night.console(SHIZU)
    expect(shizu.get_by_text("あす病院に行くと決めたところ")).to_be_visible()
    reply(pane_with(shizu, "三人目です"), "つづきをうかがいます")
    expect(third.get_by_role("log")).to_contain_text("つづきをうかがいます")
    assert night.count()["on_duty"] == [SHIZU.name, AKARI.name]


def check_out(console: Page) -> Locator:
    """Ask to check out; the window."""
    duty(console).get_by_role("button", name="退勤").click()
    return console.get_by_role("dialog")


def who_left_the_team_sees_nothing(night: Night, first: Page, office: Page) -> None:
    """In the midst of a talk: within two seconds it leaves the screen and the socket closes; no door opens any more."""
    akari, there = night.console(AKARI), night.count()
    seen = Seen(akari)
    expect(pane_with(akari, "話3 まだいますか")).to_be_visible()
    heard: list[str] = []
    of_the_talk = akari.locator("[role=log], .queue, .reception, .duty")
    seen.comes_again(lambda: remove(office, night.house, night.room, AKARI), gone(of_the_talk))
    expect(akari.get_by_text("の担当から外れました")).to_be_visible(timeout=AT_ONCE)
    seen.socket.on("framereceived", lambda frame: heard.append(str(frame)))
    write(first, "話5 聞こえますか")
    program, sessions = there["program"], there["open"]
    doors = [f"sessions/{number}" for number in sessions]
    doors += [f"programs/{program}/{noun}" for noun in ("board", "canned-replies", "handover-notes", "roster")]
    for door in doors:
        assert akari.request.get(f"{night.house.url}/api/{door}").status == 404, door
    night.given_back()
    see_waiting(night.console(SHIZU), 1)
    assert not [frame for frame in heard if "session" in frame or "board" in frame]
    assert not [word for word in ("眠れません", "まだいますか", "おります", "聞こえますか") if word in akari.content()]


def nobody_is_left_behind(night: Night, first: Page, third: Page) -> None:
    """The talk of the one who left is taken up by who stayed; then the last one goes, and nothing is open."""
    shizu = night.console(SHIZU)
    end_with_thanks(pane_with(shizu, "三人目です"), shizu)
    pane = take_next(shizu, "話5 聞こえますか")
    expect(shizu.get_by_text("担当者が窓口の担当から外れたため、この相談を待機列に戻しました")).to_be_visible()
    reply(pane, "話6 聞こえています")
    expect(first.get_by_role("log")).to_contain_text("話6 聞こえています")
    assert [text[:2] for text in texts(first, "話")] == [f"話{number}" for number in range(1, 7)]
    end_with_thanks(pane, shizu)
    for visitor in (first, third):
        expect(visitor.get_by_text("相談は終わりました")).to_be_visible()
    check_out(shizu).get_by_role("button", name="退勤", exact=True).click()
    expect(shizu.locator(".duty-menu summary")).to_contain_text("勤務外")
    assert night.count() | {"program": 0} == {"program": 0, "on_duty": [], "open": [], "orphans": []}
