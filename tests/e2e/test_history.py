"""A visitor's history: a talk and its record, a call entered afterwards, another name that is the same person."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Open
from tests.e2e.house import House, Room
from tests.e2e.steps import begin_on_the_web, end_with_thanks, reply, take_next, write
from tests.e2e.test_arrangements import fits
from tests.e2e.test_axe import LOOKED_AT, violations
from tests.e2e.test_records import list_of
from tests.e2e.test_supervision import name_in


def looked_at(page: Page) -> None:
    """Readable for everybody, on a narrow screen too."""
    assert violations(page) == []
    assert fits(page)


def enter_a_call(page: Page) -> None:
    """What cannot be is said in place; then it is taken, and its record is due."""
    page.get_by_role("link", name="電話・訪問を記録する").click()
    looked_at(page)
    page.get_by_label("日にち").fill(str(timezone.localdate() - timedelta(days=1)))
    page.get_by_label("始まり", exact=True).fill("14:00")
    page.get_by_label("終わり").fill("14:40")
    page.get_by_role("button", name="記録して、相談記録へ進む").click()
    expect(page.get_by_text("電話か訪問かを選んでください。")).to_be_visible()
    expect(page.get_by_label("始まり", exact=True)).to_have_value("14:00")
    looked_at(page)
    page.get_by_label("電話", exact=True).check()
    page.get_by_role("button", name="記録して、相談記録へ進む").click()
    expect(page.get_by_text("続けて、相談記録を書いてください。")).to_be_visible()


def merge(page: Page, name: str) -> None:
    """Named, looked at side by side, merged."""
    page.get_by_role("link", name="同じ人を選ぶ").click()
    page.get_by_role("button", name="確かめる").click()
    expect(page.get_by_text("わけを選んでください。")).to_be_visible()
    looked_at(page)
    page.get_by_label("もうひとりの相談者の仮の名前").fill(name.lower())
    page.get_by_label("本人がそう話した").check()
    page.get_by_role("button", name="確かめる").click()
    expect(page.get_by_role("table")).to_contain_text(name)
    looked_at(page)
    page.get_by_role("button", name="同じ人としてまとめる").click()
    expect(page.get_by_text("返信の届け先は、これまでと変わりません")).to_be_visible()


def test_one_person_under_two_names(house: House, room: Room, open_page: Open, sign_in: Open) -> None:
    visitor, haru = open_page(room.page), sign_in(room.person("haru"), **LOOKED_AT)
    begin_on_the_web(visitor, "眠れません")
    pane = take_next(haru, "眠れません")
    reply(pane, "お話をうかがいます")
    write(visitor, "ありがとう")
    end_with_thanks(pane, haru)
    other = open_page(room.page)
    begin_on_the_web(other, "この前の者です")
    second = take_next(haru, "この前の者です")
    mio = list_of(sign_in, room, "mio", "filed")
    mio.get_by_role("link", name="この方のこれまで").first.click()
    looked_at(mio)
    enter_a_call(mio)
    looked_at(mio)
    mio.get_by_role("link", name="この方のこれまで").click()
    merge(mio, name_in(second))
    looked_at(mio)
    reply(second, "届いていますか")
    expect(other.get_by_text("届いていますか")).to_be_visible()
    expect(visitor.get_by_text("届いていますか")).to_have_count(0)
    read_and_parted(mio)


def read_and_parted(mio: Page) -> None:
    """One way of one person; undone, it is two again."""
    mio.get_by_role("link", name="経過を読む").click()
    expect(mio.get_by_text("同じ人としてまとめました")).to_be_visible()
    expect(mio.get_by_text("の相談", exact=False).first).to_be_visible()
    looked_at(mio)
    mio.go_back()
    mio.get_by_role("button", name="まとめを取り消す").click()
    expect(mio.get_by_text("すべて、まとめる前のとおりです")).to_be_visible()
