"""What people do in a browser, in the words of the page; shared by the journeys."""

from playwright.sync_api import Locator, Page, expect

from counseling.management.demonstration import PASSWORD
from tests.e2e.house import House, Room

# Every text in a talk, at the visitor's and at the counselor's.
SAID = "[role=log] :is(.text, .said-text)"


def be(page: Page, email: str) -> None:
    """At the login page: with one click, as developers do; journeys of signing in itself take the long way."""
    page.locator(f"[data-email='{email}']").get_by_role("button").click()


def confirm(page: Page) -> None:
    """It is still the same person who sits there."""
    page.get_by_label("パスワード", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")


def begin_on_the_web(visitor: Page, line: str) -> None:
    """Consent, decline every attribute, say one line, begin."""
    visitor.get_by_label("いま話したいこと").fill(line)
    visitor.get_by_label("お約束を読みました").check()
    visitor.get_by_role("button", name="相談をはじめる").click()
    expect(visitor.get_by_role("log")).to_contain_text(line)


def write(visitor: Page, words: str) -> None:
    """The visitor types and presses the button; what becomes of it is another matter."""
    visitor.get_by_role("textbox", name="メッセージを書く").fill(words)
    visitor.get_by_role("button", name="送る", exact=True).click()


def choose_program(console: Page, name: str) -> None:
    """Look at one program's queue."""
    chooser = console.get_by_label("相談窓口", exact=True)
    label = chooser.locator("option").filter(has_text=name).first.inner_text()
    chooser.select_option(label=label)


def pane_with(console: Page, words: str) -> Locator:
    """The talk in which these words stand."""
    return console.locator("section.pane").filter(has_text=words)


def duty(console: Page) -> Locator:
    """The sheet of one's duty, open."""
    console.locator(".duty-menu > summary").click()
    return console.locator(".duty-list")


def check_in(console: Page) -> None:
    """Begin one's duty from beside the queue."""
    console.locator(".queue").get_by_role("button", name="出勤").click()


def see_waiting(console: Page, number: int) -> None:
    """Wait until the head of the console says how many wait."""
    expect(console.locator(".waiting-count")).to_contain_text(f"待機 {number}人")


def take_next(console: Page, words: str) -> Locator:
    """Take the next in the queue, who said these words; their talk."""
    console.get_by_role("button", name="次の相談を受ける").click()
    pane = pane_with(console, words)
    expect(pane).to_be_visible()
    return pane


def field_of(pane: Locator) -> Locator:
    """Where one writes to the visitor."""
    return pane.get_by_role("textbox", name="へのメッセージ")


def reply(pane: Locator, words: str) -> None:
    """Type and send with Ctrl+Enter."""
    field = field_of(pane)
    field.fill(words)
    field.press("Control+Enter")
    expect(pane.get_by_role("log")).to_contain_text(words)


def texts(page: Page, marker: str) -> list[str]:
    """The texts in the page's talk that carry the marker, in order."""
    return [text for text in page.locator(SAID).all_inner_texts() if marker in text]


def end_talk(pane: Locator, console: Page) -> None:
    """End the talk; what it was is asked next."""
    pane.get_by_role("log").click()
    console.get_by_role("button", name="終える", exact=True).click()
    dialog = console.get_by_role("dialog")
    dialog.get_by_label("話し終えた").check()
    dialog.get_by_role("button", name="終えて、まとめへ").click()


def open_record(pane: Locator) -> Page:
    """The record of a talk that is over, in its own tab."""
    with pane.page.context.expect_page() as opened:
        pane.get_by_role("link", name="記録を書く").click()
    return opened.value


def fill_record(record: Page) -> None:
    """All that the house's template requires but the summary."""
    for name, value in (("who", "self"), ("gender", "female"), ("topics", "work"), ("done", "listened")):
        record.locator(f"[name=attribute_{name}][value={value}]").check()
    for name, value in (("age", "30s"), ("area", "yokohama"), ("main_complaint", "work")):
        record.locator(f"[name=attribute_{name}]").select_option(value)
    record.locator("[name=attribute_follow_up][value=no]").check()


def file_record(record: Page, classification: str) -> None:
    """Say what it was, and file it; the tab is closed."""
    record.get_by_role("group", name="分類").get_by_label(classification, exact=True).check()
    record.get_by_role("button", name="提出して閉じる").click()
    expect(record.get_by_text("記録を提出しました")).to_be_visible()
    record.close()


def end_with_thanks(pane: Locator, console: Page) -> None:
    """End the talk, then file its record."""
    end_talk(pane, console)
    record = open_record(pane)
    record.get_by_role("group", name="感謝で終了").get_by_label("はい", exact=True).check()
    fill_record(record)
    record.get_by_label("相談の概要").fill("仕事のことをうかがった")
    file_record(record, "有効相談")


def someone_on_line(house: House, room: Room, words: str, name: str = "空") -> str:
    """A person who says this on LINE and waits; the user id."""
    person = house.person(name)
    house.says(person, words, room.line)
    return person


def left_in_browser(page: Page) -> str:
    """All that the next person at this machine would find: storage, address, title, the history's state."""
    return str(
        page.evaluate(
            """async () => JSON.stringify([
                {...localStorage}, {...sessionStorage}, await indexedDB.databases(), await caches.keys(),
                location.href, document.title, history.state, document.cookie,
            ])"""
        )
    )


def two_talks(house: House, room: Room, console: Page) -> tuple[Locator, Locator, list[str]]:
    """Two people on LINE, side by side at the console: left and right talk, and the people's user ids."""
    people = [someone_on_line(house, room, f"{name}です、聞いてください", name) for name in ("空", "海")]
    # Which of them came first is the network's affair; the talks are known by their words.
    see_waiting(console, 2)
    for number in (1, 2):
        console.get_by_role("button", name="次の相談を受ける").click()
        expect(console.get_by_role("log")).to_have_count(number)
    panes = [pane_with(console, f"{name}です、聞いてください") for name in ("空", "海")]
    if "左の相談" not in str(panes[0].get_attribute("aria-label")):
        panes.reverse()
        people.reverse()
    return panes[0], panes[1], people
