"""A night with five people: a trainee begins, somebody writes of dying, a browser dies, and a life is protected.

Sora writes on LINE; Haru is in training, Ren a counselor, Mio their supervisor, and Aoi reads the audit.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from counseling.opening import TOKYO
from tests.e2e.conftest import Open
from tests.e2e.house import House, Room, until
from tests.e2e.steps import begin_on_the_web, field_of, pane_with, reply, take_next
from tests.e2e.test_axe import LOOKED_AT
from tests.e2e.test_calls import answer, propose
from tests.e2e.test_console import open_dialog
from tests.e2e.test_emergency import sheet_from
from tests.e2e.test_risk import answer as risk_answer
from tests.e2e.test_supervision import supervisor, take_over
from tests.e2e.test_telephone import AOI, NUMBER, have_a_telephone
from tests.e2e.test_the_door import telephone_of

pytestmark = pytest.mark.browser
# The minute of life that a closed console leaves behind is over at once here; the alarm follows within 10 s.
ALARM = 10_000
SUMMARY = "同意の前に引き受けた。今夜ひとりでいる"
# The session's log, in this order, whatever else stands between.
STORY = (
    "session.protected", "session.transferred", "call.made", "call.answered", "risk.changed", "session.lost",
    "session.transferred", "agency.contacted", "sheet.filed", "phone.agreed", "phone.taken", "phone.started",
    "phone.ended",
)  # fmt: skip
DEEDS = (
    "生命の保護のため、同意のないまま",
    "緊急対応シートを開きました",
    "連絡記録を書きました",
    "緊急対応シートを提出しました",
    "電話番号を見ました",
)


@dataclass
class Night:
    """Where everybody sits."""

    house: House
    room: Room
    open_page: Open
    haru: Page
    ren: Page
    mio: Page
    wall: Page
    aoi: Page

    def seen(self, person: str, words: str) -> None:
        """Wait until the words are on the person's telephone."""
        until(lambda: any(words in text for text in self.house.seen(person)), words)


def first_talk_of_a_trainee(night: Night) -> None:
    """Nothing reaches the visitor before Mio has read it."""
    visitor = night.open_page(night.room.page)
    begin_on_the_web(visitor, "はじめて相談します")
    theirs = take_next(night.haru, "はじめて相談します")
    propose(theirs, "ようこそ。お話を聞かせてください")
    expect(visitor.get_by_role("log")).not_to_contain_text("ようこそ")
    answer(night.mio, "返信の確認")
    pane_with(night.mio, "はじめて相談します").get_by_role("button", name="承認して送る").click()
    expect(visitor.get_by_role("log")).to_contain_text("ようこそ。お話を聞かせてください")


def words_of_dying_at_night(night: Night) -> str:
    """Reception is over and nobody has consented; the wall says so without a word of it, and Mio lets Sora in."""
    night.house.shut(night.room)
    _, sora = telephone_of(night.house, night.room, night.open_page)
    night.house.says(sora, "もう死にたい", night.room.line)
    night.seen(sora, "0120-061-338")
    card = night.wall.locator(".card").filter(has_text="同意の前")
    expect(card).to_be_visible()
    expect(night.wall.locator("body")).not_to_contain_text("もう死にたい")
    card.get_by_role("button", name="命を守るために引き受ける").click()
    dialog = night.wall.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("今夜の様子が心配なため")
    dialog.get_by_role("button", name="引き受ける", exact=True).click()
    # What was taken is before her; the wall stays open beside it.
    expect(pane_with(night.wall, "もう死にたい")).to_be_visible()
    night.wall.goto(f"{night.house.url}/wall/")
    pane = pane_with(night.mio, "もう死にたい")
    reply(pane, "三浦です。いま、安全なところにいますか")
    night.seen(sora, "いま、安全なところにいますか")
    return sora


def hand_to(night: Night, pane: Locator, name: str, summary: str) -> None:
    """Mio has to watch the others: the talk goes on with a counselor."""
    pane.get_by_role("log").click()
    dialog = open_dialog(night.mio, "引き継ぐ")
    dialog.get_by_label("引継ぎの要点").fill(summary)
    dialog.get_by_label(name).check()
    dialog.get_by_role("button", name="引き継ぐ").click()
    expect(dialog).to_have_count(0)


def the_call_and_the_risk(night: Night, sora: str) -> None:
    """Ren asks plainly, calls with one key, and judges the risk by its questions; Mio comes by name."""
    theirs = pane_with(night.ren, "もう死にたい")
    reply(theirs, "蓮見です。死にたいと思うほど、つらいのですね")
    night.house.says(sora, "薬をぜんぶ、机に出しました", night.room.line)
    expect(theirs.get_by_role("log")).to_contain_text("机に出しました")
    field_of(theirs).press("Alt+KeyK")
    calls = night.mio.locator(".calls")
    expect(calls).to_contain_text("蓮見 蓮さん")
    calls.get_by_role("button", name="応答する").click()
    expect(theirs.locator(".call-bar")).to_contain_text("三浦 澪さんが応答しました")
    field_of(theirs).press("Alt+r")
    expect(night.ren.locator("#panel").get_by_role("heading", name="緊急度の確認")).to_be_focused()
    expect(night.ren.get_by_text("答えると、目安が出ます。")).to_be_visible()
    night.ren.keyboard.press("1")
    for question in ("plan", "means", "preparation", "history", "isolation"):
        risk_answer(night.ren, question, "1")
    night.ren.get_by_role("button", name="緊急度を「緊急」にする").click()
    expect(theirs.locator(".pane-head .risk")).to_contain_text("緊急度 緊急")
    expect(night.wall.locator(".card").filter(has_text="蓮見 蓮")).to_contain_text("緊急度 緊急")


def the_browser_dies(night: Night, sora: str) -> Locator:
    """Ren's machine is gone in the midst of it; the talk alarms, and Mio has it with every word."""
    night.ren.context.close()
    night.house.says(sora, "もしもし？", night.room.line)
    night.house.away(night.room.person("ren"))
    expect(night.mio.locator(".lost")).to_contain_text("担当 蓮見 蓮", timeout=ALARM)
    pane = pane_with(night.mio, "机に出しました")
    take_over(night.mio, pane, "緊急度が高いため")
    reply(pane, "三浦です。ここにいます")
    night.seen(sora, "三浦です。ここにいます")
    for words in ("もう死にたい", "つらいのですね", "机に出しました", "もしもし？"):
        expect(pane.get_by_role("log")).to_contain_text(words)
    panel = night.mio.locator("#panel")
    expect(panel).to_contain_text(SUMMARY)
    panel.locator("summary").filter(has_text="緊急度の変更").click()
    expect(panel.locator(".risk-history > li").first).to_contain_text("蓮見 蓮")
    return pane


def the_sheet_and_the_police(night: Night) -> None:
    """What can help the police is on one page; they are told with a ground, and what they were given is kept."""
    sheet = sheet_from(night.mio)
    sheet.get_by_label("命の危険がある").check()
    sheet.get_by_role("button", name="シートを開く").click()
    expect(sheet.locator(".sheet-talk")).to_contain_text("机に出しました")
    at = datetime.now(TOKYO) - timedelta(minutes=1)
    form = sheet.locator("#contact")
    form.get_by_label("機関(名前で)").fill("神奈川県警察 戸部警察署")
    form.get_by_label("相手の方").fill("生活安全課 佐藤さん")
    form.get_by_label("連絡した時刻").fill(f"{at:%Y-%m-%dT%H:%M}")
    form.get_by_label("伝えたこと").fill("薬を机に出していること")
    form.get_by_role("button", name="記録する").click()
    expect(sheet.get_by_text("根拠のない連絡は記録できません")).to_be_visible()
    form.get_by_label("生命の保護").check()
    form.get_by_role("button", name="記録する").click()
    expect(sheet.locator(".sheet-contact")).to_contain_text("生命の保護")
    sheet.get_by_role("button", name="提出する").click()
    expect(sheet.locator(".sheet-filings a")).to_contain_text("戸部警察署")
    sheet.close()


def to_the_telephone(night: Night, sora: str, pane: Locator) -> None:
    """Sora would rather speak: Mio enters the number that was told, calls, and notes what came of it."""
    night.house.says(sora, f"電話なら話せます。{NUMBER}です", night.room.line)
    expect(pane.get_by_role("log")).to_contain_text("電話なら話せます")
    with night.mio.expect_popup() as opened:
        night.mio.get_by_role("link", name="電話", exact=True).click()
    window = opened.value
    window.locator("summary").filter(has_text="番号と時間を").click()
    window.get_by_label("電話番号").fill(NUMBER)
    window.get_by_label("電話の時間").select_option("now")
    window.get_by_label("名字だけにしてほしい").check()
    window.get_by_role("button", name="電話の予定に入れる").click()
    expect(window.get_by_text("電話の予定に入れ、相談者に知らせました。")).to_be_visible()
    window.goto(f"{night.house.url}/programs/{night.room.slug}/calls/")
    window.locator("#main").get_by_role("link", name=re.compile("月")).first.click()
    window.get_by_role("button", name="わたしがかける").click()
    window.get_by_role("button", name="番号を見る").click()
    expect(window.get_by_text(NUMBER)).to_be_visible()
    window.get_by_role("button", name="電話をかけはじめる").click()
    window.get_by_label("話せた").check()
    window.get_by_label("要フォロー").check()
    window.get_by_label(re.compile("電話で話したこと")).fill("警察が着くまで話した")
    window.locator("[name=follow_day]").fill(f"{datetime.now(TOKYO).date() + timedelta(days=1):%Y-%m-%d}")
    window.locator("[name=follow_what]").fill("朝のようすをたずねる")
    window.get_by_role("button", name="結果を記録する").click()
    expect(window.get_by_role("link", name="この電話を相談として記録する")).to_be_visible()
    window.get_by_role("main").get_by_role("link", name="電話の予定").click()
    expect(window.get_by_text("いま約束している電話はありません。")).to_be_visible()
    expect(night.mio.get_by_text("電話で話した").first).to_be_visible()


def all_tell_the_same(night: Night, sora: str) -> None:
    """Wall, audit and the session's log; and nothing of what was said in the house was ever outside."""
    card = night.wall.locator(".card").filter(has_text="三浦 澪").filter(has_text="緊急")
    expect(card).to_contain_text("機関に連絡済み")
    night.aoi.goto(f"{night.house.url}/programs/{night.room.slug}/audit/")
    audit = night.aoi.locator("tbody")
    for deed in DEEDS:
        expect(audit.locator("tr").filter(has_text=deed).first).to_contain_text("三浦 澪")
    told = iter(night.house.log(night.room))
    assert [kind for kind in STORY if kind not in told] == []
    outside = " ".join(night.house.seen(sora)) + str(night.house.ask("GET", "/simulator/ledger"))
    for words in (SUMMARY, "戸部警察署", "緊急度", NUMBER[4:8] + "に", "警察が着くまで"):
        assert words not in outside


def test_a_life_in_danger(house: House, room: Room, open_page: Open, sign_in: Open) -> None:
    aoi = sign_in(AOI, "**/programs/**", **LOOKED_AT)
    have_a_telephone(aoi, house, room)
    house.train(room)
    house.asks(room)
    haru, ren = sign_in(room.person("haru")), sign_in(room.person("ren"))
    mio = supervisor(sign_in, room)
    wall = mio.context.new_page()
    wall.goto(f"{house.url}/wall/")
    night = Night(house, room, open_page, haru, ren, mio, wall, aoi)
    first_talk_of_a_trainee(night)
    sora = words_of_dying_at_night(night)
    hand_to(night, pane_with(mio, "もう死にたい"), "蓮見 蓮", SUMMARY)
    the_call_and_the_risk(night, sora)
    pane = the_browser_dies(night, sora)
    the_sheet_and_the_police(night)
    to_the_telephone(night, sora, pane)
    all_tell_the_same(night, sora)
    assert house.defects() == []
