"""Where the counselor writes: nothing goes out by accident, nothing goes to the wrong person, nothing is lost."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Open
from tests.e2e.house import House, Room, until
from tests.e2e.steps import field_of, pane_with, reply, see_waiting, someone_on_line, take_next, texts, two_talks

pytestmark = pytest.mark.browser


def compose(page: Page, words: str) -> None:
    """Type by an input method, take the candidate with Enter: as Chromium tells it, key code 229."""
    line = page.context.new_cdp_session(page)
    line.send("Input.imeSetComposition", {"text": words, "selectionStart": len(words), "selectionEnd": len(words)})
    key = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229}
    line.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **key})
    line.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **key, "modifiers": 2})
    line.send("Input.insertText", {"text": words})
    line.send("Input.dispatchKeyEvent", {"type": "keyUp", **key})
    line.detach()


@pytest.mark.parametrize("enter_sends", [False, True])
def test_an_input_methods_enter_never_sends(enter_sends: bool, house: House, room: Room, sign_in: Open) -> None:
    console = sign_in(room.person("haru"))
    if enter_sends:
        console.get_by_label("早川 遥さんのメニュー").click()
        console.get_by_role("button", name="設定").click()
        console.get_by_label("Enterだけで送信する").check()
        console.get_by_role("dialog").get_by_role("button", name="閉じる").click()
    sora = someone_on_line(house, room, "はじめまして")
    pane = take_next(console, "はじめまして")
    field = field_of(pane)
    field.focus()
    for word in ("お話しくださって", "ありがとう"):
        compose(console, word)
    expect(field).to_have_value("お話しくださってありがとう")
    # A second Enter comes when a finger has moved; the guard leaves 80 ms to Safari's late one.
    console.wait_for_function("(then) => performance.now() > then + 100", arg=console.evaluate("performance.now()"))
    console.keyboard.press("Enter" if enter_sends else "Control+Enter")
    expect(field).to_have_value("")
    until(lambda: "お話しくださってありがとう" in house.seen(sora), "the reply on LINE")
    assert [text for text in texts(console, "お話し") if not text.startswith("お話しくださってありがとう")] == []


def test_a_line_break_is_enter_unless_one_wished_otherwise(house: House, room: Room, sign_in: Open) -> None:
    console = sign_in(room.person("haru"))
    sora = someone_on_line(house, room, "はじめまして")
    field = field_of(take_next(console, "はじめまして"))
    field.press_sequentially("一行目")
    field.press("Enter")
    field.press_sequentially("二行目")
    field.press("Control+Enter")
    until(lambda: "一行目\n二行目" in house.seen(sora), "both lines in one message")


def test_drafts_belong_to_their_talk_and_survive_a_reload(house: House, room: Room, sign_in: Open) -> None:
    console = sign_in(room.person("haru"))
    left, right, _ = two_talks(house, room, console)
    names = [pane.get_by_role("heading", level=2).inner_text() for pane in (left, right)]
    for name in names:
        console.get_by_role("textbox", name=f"{name} へのメッセージ").fill(f"{name}への書きかけ")
    console.reload()
    for name in names:
        field = console.get_by_role("textbox", name=f"{name} へのメッセージ")
        expect(field).to_have_value(f"{name}への書きかけ")


def test_fast_fingers_never_write_into_the_other_talk(house: House, room: Room, sign_in: Open) -> None:
    console = sign_in(room.person("haru"))
    left, right, people = two_talks(house, room, console)
    for letter in "あいうえお":
        for key, hand in (("Alt+1", "左"), ("Alt+2", "右")):
            console.keyboard.press(key)
            console.keyboard.type(hand + letter)
    expect(field_of(left)).to_have_value("左あ左い左う左え左お")
    expect(field_of(right)).to_have_value("右あ右い右う右え右お")
    for key in ("Alt+1", "Alt+2"):
        console.keyboard.press(key)
        console.keyboard.press("Control+Enter")
    for person, words in zip(people, ("左あ左い左う左え左お", "右あ右い右う右え右お"), strict=True):
        until(lambda person=person, words=words: words in house.seen(person), "the words at their person")  # type: ignore[misc]
    assert not any("右" in text for text in house.seen(people[0]))
    assert not any("左" in text for text in house.seen(people[1]))


def test_a_note_typed_in_haste_stays_a_note(house: House, room: Room, sign_in: Open) -> None:
    console = sign_in(room.person("haru"))
    someone_on_line(house, room, "はじめまして")
    pane = take_next(console, "はじめまして")
    field_of(pane).focus()
    console.keyboard.type("返事です")
    console.keyboard.press("Alt+m")
    console.keyboard.type("内部の話")
    expect(console.get_by_role("textbox", name="についての内部メモ")).to_have_value("内部の話")
    expect(field_of(pane)).to_have_value("返事です")


def test_taking_the_next_does_not_snatch_the_keyboard(house: House, room: Room, sign_in: Open) -> None:
    console = sign_in(room.person("haru"))
    someone_on_line(house, room, "空です")
    first = take_next(console, "空です")
    someone_on_line(house, room, "海です", "海")
    see_waiting(console, 1)
    field_of(first).focus()
    console.keyboard.type("書いている")
    console.keyboard.press("Alt+n")
    for letter in "途中でも続きはこちらへ":
        console.keyboard.type(letter)
    expect(pane_with(console, "海です")).to_be_visible()
    console.keyboard.type("。")
    expect(field_of(first)).to_have_value("書いている途中でも続きはこちらへ。")


def test_a_canned_reply_lands_at_the_cursor(house: House, room: Room, sign_in: Open) -> None:
    console = sign_in(room.person("haru"))
    sora = someone_on_line(house, room, "はじめまして")
    pane = take_next(console, "はじめまして")
    field = field_of(pane)
    field.fill("まえうしろ")
    field.press("Home")
    for _ in "まえ":
        field.press("ArrowRight")
    field.press("Control+k")
    console.keyboard.type("ゆっくり")
    expect(console.get_by_role("option")).to_have_count(1)
    console.keyboard.press("Enter")
    expect(field).to_have_value("まえゆっくりで大丈夫です。書けるところから、お聞かせください。うしろ")
    expect(field).to_be_focused()
    reply(pane, "短い返事")
    until(lambda: "短い返事" in house.seen(sora), "what was really sent")
    assert not any("ゆっくり" in text for text in house.seen(sora))
