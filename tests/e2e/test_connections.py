"""Other systems: Aoi makes a key and a place to tell; reception closes, and the place is told, signed."""

import json
import re
import urllib.error
import urllib.request
from typing import Any

import pytest
from playwright.sync_api import Error, Page, expect

from tests.e2e.conftest import Open
from tests.e2e.house import House, Room, until
from tests.e2e.steps import confirm
from tests.e2e.test_axe import LOOKED_AT, violations
from tests.receivers import Receiver

pytestmark = pytest.mark.browser


def read(house: House, key: str, path: str) -> Any:
    """What a machine with this key reads; the status where it is refused."""
    headers = {"Authorization": f"Bearer {key}"}
    try:
        with urllib.request.urlopen(urllib.request.Request(f"{house.url}/api/v1/{path}", headers=headers)) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as refused:
        return refused.code


def make_key(page: Page) -> str:
    """A key that reads hours and figures; it stands in the page once."""
    page.get_by_role("link", name="キーを作る").click()
    confirm(page)
    page.get_by_label("使いみち").fill("県の集計システム")
    page.get_by_label("受付時間").check()
    page.get_by_label("集計", exact=False).last.check()
    assert violations(page) == []
    page.get_by_role("button", name="キーを作る").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("キーができました")
    assert violations(page) == []
    return page.get_by_label("県の集計システム").input_value()


def add_place(page: Page, url: str) -> str:
    """A place that is told everything; its signing secret stands in the page once."""
    page.get_by_role("link", name="通知先を加える").click()
    confirm(page)
    page.get_by_label("通知先のアドレス").fill(url)
    for event in ("受付が始まった", "受付が終わった", "緊急度が上がった"):
        page.get_by_label(event).check()
    assert violations(page) == []
    page.get_by_role("button", name="通知先を加える").click()
    assert violations(page) == []
    return page.get_by_label("署名の鍵").input_value()


def test_a_key_is_shown_once_and_reads_until_it_is_revoked(house: House, room: Room, sign_in: Open) -> None:
    page = sign_in("aoi@example.jp", "**/programs/**", **LOOKED_AT)
    page.goto(f"{house.url}/programs/{room.slug}/connections/")
    assert violations(page) == []
    key = make_key(page)
    assert re.fullmatch(r"mado_[a-z0-9]{8}_[A-Za-z0-9_-]{43}", key)
    assert read(house, key, f"programs/{room.slug}/hours?days=1")["time_zone"] == "Asia/Tokyo"
    assert read(house, key, f"programs/{room.slug}/sessions") == 403
    page.get_by_role("link", name="コピーしたので、外部連携に戻る").click()
    expect(page.get_by_role("row", name="県の集計システム")).to_contain_text("使えます")
    assert key not in page.content()
    page.get_by_role("link", name=re.compile("使えなくする.*県の集計システム")).click()
    assert violations(page) == []
    page.get_by_role("button", name="使えなくする").click()
    expect(page.get_by_text("キー「県の集計システム」を使えなくしました。")).to_be_visible()
    assert read(house, key, f"programs/{room.slug}/hours") == 401


def test_going_back_shows_no_key(house: House, room: Room, sign_in: Open) -> None:
    page = sign_in("aoi@example.jp", "**/programs/**", **LOOKED_AT)
    page.goto(f"{house.url}/programs/{room.slug}/connections/")
    make_key(page)
    page.get_by_role("link", name="コピーしたので、外部連携に戻る").click()
    # Only then has the page with the key been left.
    expect(page.get_by_role("row", name="県の集計システム")).to_contain_text("使えます")
    with pytest.raises(Error, match="ERR_CACHE_MISS"):
        page.go_back()


def test_when_reception_closes_another_system_is_told(house: House, room: Room, sign_in: Open) -> None:
    page = sign_in("aoi@example.jp", "**/programs/**", **LOOKED_AT)
    page.goto(f"{house.url}/programs/{room.slug}/connections/")
    with Receiver() as receiver:
        secret = add_place(page, receiver.url)
        page.get_by_role("link", name="コピーしたので、送ってみる").click()
        page.get_by_role("button", name="送ってみる").click()
        expect(page.get_by_text("届きました。HTTP 200が返りました。")).to_be_visible()
        assert violations(page) == []
        house.shut(room)
        ping, closed = receiver.wait_for(2)
    assert (ping.told["type"], closed.told["type"]) == ("ping", "reception.closed")
    assert (closed.told["data"]["program"], closed.told["data"]["reason"]) == (room.slug, "off_hours")
    assert ping.is_signed_with(secret) and closed.is_signed_with(secret)
    # The receiver has it before we have noted that it has.
    told = page.get_by_role("row", name="受付が終わった")
    until(lambda: page.reload() and "届きました" in told.inner_text(), "it is noted as told")
    assert secret not in page.content()


def test_who_writes_the_other_system_finds_what_it_needs(house: House, room: Room, sign_in: Open) -> None:
    page = sign_in("aoi@example.jp", "**/programs/**", **LOOKED_AT)
    page.goto(f"{house.url}/programs/{room.slug}/connections/")
    page.get_by_role("link", name="APIの説明").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("APIの説明")
    for summary in page.locator("#main summary").all():
        summary.click()
    assert violations(page) == []
    with page.expect_download() as taken:
        page.get_by_role("link", name="OpenAPIの文書").click()
    document = json.loads(taken.value.path().read_text())
    assert document["openapi"].startswith("3.1")
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
