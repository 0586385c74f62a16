"""From the programs page to the first answered visitor, against a clock made of steps.

What a person needs for a step is assumed generously: 20 s to read a page that is new to them, 15 s to fill in a field,
5 s to press something they have just read of. All who act are counted as if they acted one after another. The whole
must fit into 15 minutes.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.codes import modules_in, modules_of
from tests.e2e.conftest import Open
from tests.e2e.house import House, Room
from tests.e2e.newcomers import Newcomer, join, prove
from tests.e2e.steps import SAID, begin_on_the_web, choose_program, reply, take_next

pytestmark = pytest.mark.browser
SECONDS = {"page": 20, "field": 15, "press": 5}
MINUTES = 15
NAME = "輪島 こころの相談"
MORI = Newcomer("mori", "森 杜")
PHONE = {"width": 390, "height": 844}
# Coming in by an invitation (newcomers.join): the mail, the password twice, the app's code, the recovery codes.
JOINING = Counter(page=4, field=4, press=7)


class Clock:
    """Counts what people do."""

    def __init__(self) -> None:
        self.steps: Counter[str] = Counter()

    def press(self, what: Locator) -> None:
        """A button, a link, a box to tick."""
        what.click()
        self.steps["press"] += 1

    def fill(self, what: Locator, words: str) -> None:
        """Something typed or chosen."""
        what.fill(words)
        self.steps["field"] += 1

    def read(self, page: Page, heading: str) -> None:
        """A page one has not seen before."""
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        self.steps["page"] += 1

    @property
    def seconds(self) -> int:
        """How long all that takes people."""
        return sum(SECONDS[step] * times for step, times in self.steps.items())


@pytest.fixture
def clock() -> Iterator[Clock]:
    """A clock that is told of at the end."""
    ticking = Clock()
    yield ticking
    print(f"\n{dict(ticking.steps)}: {ticking.seconds} s")


def menu(office: Page, name: str) -> Locator:
    """A section of the back office, at the left."""
    return office.get_by_role("navigation", name="事業の管理").get_by_role("link", name=name, exact=True)


def found(aoi: Page, clock: Clock, room: Room) -> tuple[Room, str]:
    """Five answers and a press: the program, and the link for volunteers."""
    clock.press(aoi.get_by_role("link", name="災害の窓口をひらく"))
    prove(aoi)
    clock.steps.update(page=1, field=1, press=1)
    clock.read(aoi, "災害の窓口をひらく")
    clock.fill(aoi.get_by_label("窓口の名前"), NAME)
    clock.fill(aoi.get_by_label("地域"), "石川県輪島市")
    clock.fill(aoi.get_by_label("はじまり"), "00:00")
    clock.fill(aoi.get_by_label("終わり"), "00:00")
    number = room.slug.removeprefix("room-")
    clock.fill(aoi.get_by_label("名前・資格・言葉でしぼる"), f"女性のための相談{number}")
    here = aoi.locator(".borrowable li").filter(has_text=re.compile(rf"女性のための相談{number}(?!\d)"))
    for name in ("早川 遥", "三浦 澪"):
        clock.press(here.filter(has_text=name).get_by_role("checkbox"))
    clock.press(aoi.get_by_role("button", name="窓口をつくる"))
    clock.read(aoi, "ボランティアの応募リンク")
    link = aoi.get_by_label("応募リンク", exact=True).input_value()
    clock.press(aoi.locator("[data-copy-button]"))
    clock.press(aoi.get_by_role("link", name="公開の準備へ進む"))
    clock.read(aoi, "準備と公開")
    return Room(aoi.url.split("/programs/")[1].split("/")[0]), link


def apply(page: Page, clock: Clock, room: Room) -> None:
    """Mori offers to help, from her telephone."""
    clock.read(page, "ボランティアの応募")
    clock.fill(page.get_by_label("名前"), MORI.name)
    clock.fill(page.get_by_label("メールアドレス"), room.person(MORI.key))
    clock.press(page.get_by_label("公認心理師"))
    clock.press(page.get_by_label("日本語", exact=True))
    clock.fill(page.get_by_label("入れる時間"), "平日の19時から22時")
    clock.press(page.get_by_role("button", name="応募する"))
    clock.read(page, "応募を受け付けました")


def open_to_the_public(aoi: Page, clock: Clock) -> None:
    """A look at the preview, and one press."""
    expect(aoi.get_by_text("公開できます。")).to_be_visible()
    clock.press(aoi.get_by_role("link", name="プレビューを見る"))
    clock.read(aoi, "プレビュー")
    aoi.go_back()
    clock.press(aoi.get_by_role("button", name="公開する"))
    expect(aoi.get_by_text("公開しました。受付時間になると")).to_be_visible()


def approve(aoi: Page, clock: Clock) -> None:
    """Mori is taken onto the team."""
    clock.press(menu(aoi, "チーム"))
    clock.read(aoi, "チーム")
    clock.press(aoi.get_by_role("link", name="ボランティア(1人が返事待ち)"))
    clock.read(aoi, "ボランティア")
    clock.press(aoi.get_by_role("checkbox", name=MORI.name))
    clock.press(aoi.get_by_role("button", name="承認して、メールで招待する"))
    expect(aoi.get_by_text("1人を承認し、招待しました。")).to_be_visible()


def print_poster(aoi: Page, clock: Clock, address: str) -> None:
    """The sheet for the shelters; its code leads to the visitors' page."""
    clock.press(menu(aoi, "ポスター"))
    clock.read(aoi, "ポスター")
    with aoi.expect_download() as sheet:
        clock.press(aoi.get_by_role("link", name="日本語のポスター", exact=True))
    assert Path(sheet.value.path()).read_bytes().startswith(b"%PDF")
    with aoi.expect_download() as code:
        aoi.get_by_role("link", name="PNG").click()
    assert modules_in(Path(code.value.path()).read_bytes()) == modules_of(address)


def go_on_duty(console: Page) -> None:
    """From the head of the console."""
    console.locator(".head").get_by_role("button", name="出勤").click()
    expect(console.locator(".duty-menu summary")).to_contain_text("勤務中")


def test_a_disaster_is_answered_within_fifteen_minutes(
    house: House, room: Room, open_page: Open, sign_in: Open, clock: Clock
) -> None:
    aoi = sign_in("aoi@example.jp", "**/programs/**")
    aoi.goto(f"{house.url}/programs/")
    clock.read(aoi, "事業")
    new, link = found(aoi, clock, room)
    volunteer = open_page("/talk/away", **PHONE)
    volunteer.goto(link)
    apply(volunteer, clock, new)
    open_to_the_public(aoi, clock)
    approve(aoi, clock)
    print_poster(aoi, clock, house.url + new.page)

    mori = join(open_page, new, MORI)
    mori.goto(f"{house.url}/console/")
    go_on_duty(mori)
    mio = sign_in(room.person("mio"))
    choose_program(mio, NAME)
    go_on_duty(mio)
    clock.steps.update(JOINING + Counter(page=4, field=1, press=4))

    sora = open_page(new.page, **PHONE)
    clock.read(sora, NAME)
    clock.fill(sora.get_by_label("いま話したいこと"), "家に帰れません")
    clock.press(sora.get_by_label("お約束を読みました"))
    clock.press(sora.get_by_role("button", name="相談をはじめる"))
    expect(sora.get_by_role("log")).to_contain_text("いま1人がお待ちで、あなたは1番目です")
    # The supervisor has been here longest; the next one is the volunteer's.
    talk = take_next(mio, "家に帰れません")
    reply(talk, "お話しくださってありがとうございます")
    clock.steps.update(page=1, field=1, press=2)
    expect(sora.locator(SAID).filter(has_text="お話しくださってありがとうございます")).to_be_visible()
    assert clock.seconds <= MINUTES * 60

    umi = open_page(new.page, **PHONE)
    begin_on_the_web(umi, "眠れません")
    reply(take_next(mori, "眠れません"), "眠れないのですね")
    expect(umi.locator(SAID).filter(has_text="眠れないのですね")).to_be_visible()
