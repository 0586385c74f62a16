"""The main job: a person on LINE, a person on the web, a counselor who answers both, and a house that falls over."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.house import House, until
from tests.e2e.steps import begin_on_the_web, check_in, choose_program, end_with_thanks, pane_with, reply, texts

pytestmark = [pytest.mark.browser, pytest.mark.faults]
WORDS_WAIT = 30_000  # ms: a killed process has to come back first


def telephone_of(house: House, page: Page) -> tuple[Locator, str]:
    """A telephone on the simulator's page, and its owner's user id."""
    page.goto(house.simulator)
    phone = page.get_by_role("region", name="さんの電話").first
    owner = phone.get_by_label("電話の持ち主").input_value()
    phone.get_by_label("相手の公式アカウント").select_option(label="女性のための相談")
    return phone, owner


def types(phone: Locator, words: str) -> None:
    """The person with LINE types and sends; whether anybody hears it is another matter."""
    phone.get_by_label("メッセージ", exact=True).fill(words)
    phone.get_by_role("button", name="送信", exact=True).click()


def test_a_night_with_every_process_killed(
    house: House, open_page: Callable[..., Page], sign_in: Callable[[str], Page]
) -> None:
    phone, sora = telephone_of(house, open_page())
    types(phone, "夫のことで相談したいです")
    visitor = open_page("/talk/women/", width=390)
    begin_on_the_web(visitor, "子どものことで悩んでいます")

    console = sign_in("haru@example.jp")
    choose_program(console, "女性のための相談")
    check_in(console)
    on_line, on_web = pane_with(console, "夫のことで"), pane_with(console, "子どものことで")
    for pane in (on_line, on_web):
        console.get_by_role("button", name="次の相談を受ける").click()
        expect(pane).to_be_visible()
    reply(on_line, "あ0 お話しください")
    reply(on_web, "い0 聞かせてください")

    for number, name in enumerate(("web", "worker", "redis", "postgres", "beat"), start=1):
        house.kill(name)
        types(phone, f"空{number} つづきです")
        everybody_writes(number, visitor, on_line, on_web)
        house.recovered(name)
        everybody_reads(number, visitor, on_line, on_web)
    every_word_once_in_order(house, sora, visitor, console)
    expect(phone.get_by_role("log")).to_contain_text("あ5 はい")
    end_with_thanks(on_line, console)
    end_with_thanks(on_web, console)
    expect(visitor.get_by_text("相談は終わりました")).to_be_visible()
    until(lambda: any("ありがとうございました" in text for text in house.seen(sora)), "the farewell on LINE")
    assert_no_word_in_the_clear(house.var)


def everybody_writes(number: int, visitor: Page, on_line: Locator, on_web: Locator) -> None:
    """All write while something is dead."""
    visitor.get_by_role("textbox").fill(f"訪{number} つづきです")
    visitor.get_by_role("button", name="送る", exact=True).click()
    for pane, words in ((on_line, f"あ{number} はい"), (on_web, f"い{number} はい")):
        field = pane.get_by_role("textbox").first
        field.fill(words)
        field.press("Control+Enter")


def everybody_reads(number: int, visitor: Page, on_line: Locator, on_web: Locator) -> None:
    """What was written meanwhile arrives."""
    expect(on_line.get_by_role("log")).to_contain_text(f"空{number} つづきです", timeout=WORDS_WAIT)
    expect(on_web.get_by_role("log")).to_contain_text(f"訪{number} つづきです", timeout=WORDS_WAIT)
    expect(visitor.get_by_role("log")).to_contain_text(f"い{number} はい", timeout=WORDS_WAIT)


def every_word_once_in_order(house: House, sora: str, visitor: Page, console: Page) -> None:
    """On all sides: the telephone, the visitor's page, both talks of the console."""
    replies = [f"あ{number}" for number in range(6)]
    until(lambda: len([t for t in house.seen(sora) if t.startswith("あ")]) >= len(replies), "all replies on LINE")
    assert [text[:2] for text in house.seen(sora) if text.startswith("あ")] == replies
    assert house.defects() == []
    assert [text[:2] for text in texts(visitor, "い") if text.startswith("い")] == [f"い{n}" for n in range(6)]
    assert [text[:2] for text in texts(visitor, "訪")] == [f"訪{n}" for n in range(1, 6)]
    for marker in ("空", "訪"):
        shown = [text[:2] for text in texts(console, marker) if text[0] == marker]
        assert shown == [f"{marker}{n}" for n in range(1, 6)]


def assert_no_word_in_the_clear(var: Path) -> None:
    """Neither the database's files, nor its write-ahead log, nor Redis, nor any log holds what was said."""
    said = ("夫のことで", "子どものことで", "つづきです", "お話しください")
    needles = [word.encode(form) for word in said for form in ("utf-8", "utf-16-le", "unicode_escape")]
    assert any(var.rglob("PG_VERSION")), "the database's files are among those that are searched"
    found = [
        str(path.relative_to(var))
        for path in var.rglob("*")
        if path.is_file() and any(needle in path.read_bytes() for needle in needles)
    ]
    assert found == []
