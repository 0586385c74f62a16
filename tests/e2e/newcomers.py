"""How people come to a program: invited by mail, with a password and a second factor of their own; and how they go."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Open
from tests.e2e.house import House, Room, until
from tests.e2e.test_sign_in import PASSWORD as DEMO
from tests.e2e.test_sign_in import code_of, give_device, keep_codes

PASSWORD = "tsuki-no-akarui-yoru"


@dataclass(frozen=True)
class Newcomer:
    """Somebody who is asked to join: `key` as in `Room.person`."""

    key: str
    name: str
    has_passkey: bool = False


def prove(office: Page) -> None:
    """Before roles change hands, the administrator shows once more who they are."""
    office.get_by_label("パスワード", exact=True).fill(DEMO)
    office.get_by_role("button", name="確かめる").click()


def invite(office: Page, house: House, room: Room, role: str, *people: Newcomer) -> None:
    """The administrator writes to them from the team's page."""
    office.goto(f"{house.url}/programs/{room.slug}/team/invite/")
    lines = [f"{one.name} <{room.person(one.key)}>" for one in people]
    office.get_by_label("招待する人").fill("\n".join(lines))
    office.get_by_role("checkbox", name=re.compile(f"^{role}")).check()
    office.get_by_role("button", name="招待のメールを送る").click()
    expect(office.get_by_text(f"{len(people)}人を招待しました。")).to_be_visible()
    for one in people:
        expect(office.get_by_role("row", name=one.name)).to_contain_text("招待中")


def join(open_page: Open, room: Room, one: Newcomer) -> Page:
    """The newcomer opens the link of the mail, chooses a password, enrols a second factor; their console."""
    page = open_page("/accounts/mails/")
    mail = page.get_by_role("article").filter(has_text=room.person(one.key))
    until(lambda: page.reload() and mail.count(), f"the invitation of {one.name}")
    mail.get_by_role("link").first.click()
    expect(page.get_by_label("名前")).to_have_value(one.name)
    page.get_by_label("パスワード", exact=True).fill(PASSWORD)
    page.get_by_label("パスワード(もう一度)").fill(PASSWORD)
    page.get_by_role("button", name="決めて、はじめる").click()
    expect(page.get_by_role("heading", name="二段階認証の登録")).to_be_visible()
    _enrol_passkey(page) if one.has_passkey else _enrol_app(page)
    keep_codes(page)
    return page


def _enrol_passkey(page: Page) -> None:
    give_device(page)
    page.get_by_role("link", name="パスキーを登録する").click()
    page.get_by_label("名前").fill("相談室のパソコン")
    page.get_by_role("button", name="登録する").click()


def _enrol_app(page: Page) -> None:
    page.get_by_role("link", name="認証アプリを登録する").click()
    page.get_by_label("6桁の番号").fill(code_of(page.locator(".secret").inner_text()))
    page.get_by_role("button", name="登録する").click()


def remove(office: Page, house: House, room: Room, one: Newcomer) -> None:
    """The administrator takes a person off the team."""
    office.goto(f"{house.url}/programs/{room.slug}/team/")
    office.get_by_role("link", name=one.name).click()
    office.locator("summary").filter(has_text="チームから外す").click()
    office.get_by_role("button", name="チームから外す").click()
    prove(office)
    expect(office.get_by_text("チームから外しました。")).to_be_visible()
    expect(office.get_by_role("row", name=one.name)).to_have_count(0)
