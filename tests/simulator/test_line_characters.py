"""Characters on a telephone: their lines at hand; a press says one over LINE, with the faults that were chosen."""

import json
import urllib.request
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from simulator import script
from simulator.running import Simulator
from tests.simulator.portal import Account, Portal
from tests.simulator.test_line_page import AXE, browser, page, phone

__all__ = ["browser", "page", "phone"]


def characters(line: Simulator) -> list[dict[str, Any]]:
    with urllib.request.urlopen(f"{line.url}/simulator/characters", timeout=5) as answer:
        return list(json.loads(answer.read()))


def test_every_file_is_a_character_without_the_numbers_of_anybodys_rule(line: Simulator) -> None:
    found = characters(line)
    assert [one["key"] for one in found] == ["student", "wife", "father", "elder", "youth", "tester", "silent"]
    assert all(set(one) == set(script.SHOWN) for one in found)


def test_without_the_folder_nobody_is_offered(line: Simulator, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setattr(script, "FOLDER", tmp_path)
    script.characters.cache_clear()
    assert characters(line) == []
    script.characters.cache_clear()


@pytest.mark.browser
def test_a_press_says_a_line_and_marks_it(
    line: Simulator, portal: Portal, account: Account, page: Page, phone: Locator
) -> None:
    phone.get_by_label("登場人物を演じる").select_option(label="言葉少なな中学生")
    said = phone.get_by_role("button", name="あの", exact=True)
    said.click()
    expect(phone.locator(".said.person .bubble")).to_have_text("あの")
    expect(said).to_have_class("spoken")
    expect(phone.get_by_label("台詞")).to_contain_text("死にたい気持ちをたずねられたら")
    page.evaluate(AXE.read_text())
    assert [one["id"] for one in page.evaluate("axe.run()")["violations"]] == []
    phone.get_by_label("登場人物を演じる").select_option(label="自分のことばで話す")
    expect(phone.get_by_label("台詞")).to_be_hidden()


@pytest.mark.browser
def test_a_line_is_delivered_in_the_way_that_was_chosen(
    line: Simulator, portal: Portal, account: Account, phone: Locator
) -> None:
    phone.get_by_role("button", name="ほかのものを送る").click()
    phone.get_by_label("届け方").select_option(label="同じWebhookを二回")
    phone.get_by_label("登場人物を演じる").select_option(label="無言が続く人")
    phone.get_by_role("button", name="あの", exact=True).click()
    expect(phone.locator(".said.person")).to_have_count(1)
    expect(phone.locator(".note")).to_contain_text("Webhook")
