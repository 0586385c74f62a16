"""The poster: a code that leads to the program, words in three languages, and nothing that is not known."""

import re
from collections.abc import Callable
from datetime import date, time
from itertools import product
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from counseling import contacts, paper, poster, qr
from counseling.feeds.public_doors import PublicDoor, public_doors
from counseling.models import Channel, LineAccount, Program
from counseling.opening import Hours, daily
from tests.codes import modules_in, modules_of

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
PAGE, SHEET = "/programs/women/poster/", "/programs/women/poster.pdf"
ADDRESS = "http://localhost:8000/talk/women/"
FRIEND = "https://line.me/R/ti/p/%40abc1234"


def told(**changes: Any) -> poster.Told:
    how: dict[str, Any] = {
        "name": "輪島 災害こころのケア相談",
        "commissioner": "ボランティア",
        "audience": "被災された方",
        "area": "石川県輪島市",
        "hours": Hours.from_json({**daily.every_day(time(10), time(22)), "intake_close": 30}),
        "starts_on": date(2026, 11, 26),
        "ends_on": date(2026, 12, 24),
        "contacts": contacts.HOUSE,
        "door": "page",
        "address": ADDRESS,
    }
    return poster.Told(**(how | changes))


@pytest.mark.parametrize("address", [ADDRESS, FRIEND, "https://madoguchi.example.jp/talk/" + "a" * 40 + "/"])
def test_the_picture_is_the_code_of_the_address(address: str) -> None:
    assert modules_in(qr.png_file(address)) == modules_of(address)
    assert b"<svg" in qr.svg_file(address) and "style=" not in qr.svg(address)


def test_a_program_is_found_by_its_page(program: Program, web_channel: Channel) -> None:
    assert public_doors(program) == [PublicDoor("page", ADDRESS)]


def test_an_account_of_which_nothing_is_known_makes_no_address(program: Program, line_channel: Channel) -> None:
    assert public_doors(program) == []
    LineAccount.objects.create(channel=line_channel, basic_id="")
    assert public_doors(program) == []


def test_a_known_account_comes_first_where_people_talk_on_line(
    program: Program, line_channel: Channel, web_channel: Channel
) -> None:
    LineAccount.objects.create(channel=line_channel, basic_id="@abc1234")
    assert public_doors(program) == [PublicDoor("line", FRIEND), PublicDoor("page", ADDRESS)]
    program.channel_mode = "web_only"
    assert [door.kind for door in public_doors(program)] == ["page"]
    program.practice = True
    assert public_doors(program) == []


@pytest.mark.parametrize(("language", "door"), list(product(poster.SPOKEN, ("page", "line"))))
def test_a_poster_is_one_sheet_with_all_a_visitor_needs(language: str, door: Any) -> None:
    content = poster.content(told(door=door), language)
    assert len(content["facts"]) == 4 and all(all(fact) for fact in content["facts"])
    assert content["alt"].endswith(ADDRESS) and len(content["lines"]) == len(contacts.HOUSE.lines)
    assert not any("《" in str(value) for value in content.values())
    pdf = paper.pdf("poster", content, {"code.svg": qr.svg_file(ADDRESS)})
    assert pdf.startswith(b"%PDF") and pages_of(pdf) == 1


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type ?/Page\b", pdf))


def test_the_longest_program_still_fits() -> None:
    many = contacts.Contacts(contacts.HOUSE.lines * 2, contacts.CHECKED_ON)
    content = poster.content(told(name="あ" * 80, audience="い" * 200, area="う" * 80, contacts=many), "ja-easy")
    assert len(content["lines"]) == poster.MOST_LINES
    assert paper.pdf("poster", content, {"code.svg": qr.svg_file(ADDRESS)}).startswith(b"%PDF")


def test_the_period_is_told_in_words_where_it_has_an_end() -> None:
    first, last = date(2026, 11, 26), date(2026, 12, 24)
    assert poster.period(first, last, "ja") == "2026年11月26日(木)〜\n2026年12月24日(木)"
    assert poster.period(first, last, "ja-easy") == "2026年11月26日から\n2026年12月24日まで"
    assert poster.period(first, last, "en") == "26 November 2026 –\n24 December 2026"
    assert poster.period(first, None, "ja") == ""


@pytest.fixture
def browser(signed_in: SignedIn, aoi: User) -> Client:
    """Aoi's."""
    return signed_in(aoi)


def test_the_page_shows_the_code_and_what_can_be_printed(
    browser: Client, program: Program, web_channel: Channel
) -> None:
    Program.objects.filter(pk=program.pk).update(languages=["ja", "en", "ko"])
    page = browser.get(PAGE).content.decode()
    for words in (ADDRESS, "<path", "日本語のポスター", "英語のポスター", f"{SHEET}?lang=en", "code.png", "code.svg"):
        assert words in page, words
    assert "やさしい日本語のポスター" not in page and "韓国" not in page


def test_the_sheet_and_the_code_are_downloaded(browser: Client, program: Program, web_channel: Channel) -> None:
    sheet = browser.get(SHEET)
    assert sheet["Content-Disposition"] == 'attachment; filename="poster-women-ja.pdf"'
    assert sheet.content.startswith(b"%PDF") and b"ua" in sheet.content.lower()
    png = browser.get(f"{PAGE}code.png")
    assert png["Content-Type"] == "image/png"
    assert modules_in(png.content) == modules_of(ADDRESS)
    assert browser.get(f"{PAGE}code.svg")["Content-Type"] == "image/svg+xml"


@pytest.mark.parametrize("path", [f"{SHEET}?lang=ko", f"{SHEET}?lang=en", f"{PAGE}code.gif", f"{SHEET}?lang="])
def test_what_there_is_not_is_not_there(path: str, browser: Client, program: Program, web_channel: Channel) -> None:
    assert browser.get(path).status_code == 404


@pytest.mark.parametrize(
    ("change", "told_so"),
    [({}, "お知らせできるアドレスがまだありません。"), ({"practice": True}, "練習用の窓口です。"),
     ({"stage": "closed"}, "この窓口は終了しました。")],
)  # fmt: skip
def test_without_an_address_there_is_no_poster_and_the_page_says_why(
    change: dict[str, Any], told_so: str, browser: Client, program: Program
) -> None:
    if change:
        Channel.objects.create(program=program, kind="web", key="women-web")
    Program.objects.filter(pk=program.pk).update(**change) if change else None
    assert told_so in browser.get(PAGE).content.decode()
    assert [browser.get(path).status_code for path in (SHEET, f"{PAGE}code.png")] == [404, 404]


def test_of_two_ways_in_one_is_chosen(browser: Client, line_channel: Channel, web_channel: Channel) -> None:
    LineAccount.objects.create(channel=line_channel, basic_id="@abc1234")
    assert FRIEND in browser.get(PAGE).content.decode()
    assert ADDRESS in browser.get(f"{PAGE}?to=page").content.decode()
    assert modules_in(browser.get(f"{PAGE}code.png?to=page").content) == modules_of(ADDRESS)


def test_before_it_opens_the_page_says_not_to_put_it_up(
    browser: Client, program: Program, web_channel: Channel
) -> None:
    Program.objects.filter(pk=program.pk).update(stage="draft")
    assert "貼るのは、公開してからにしてください。" in browser.get(PAGE).content.decode()
