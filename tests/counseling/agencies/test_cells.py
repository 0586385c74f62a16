"""What stands in one cell, as people and Excel write it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counseling.agencies import cells
from counseling.agencies.cells import Reason, Unreadable

TODAY = date(2026, 11, 26)
SPELLINGS = (
    "045-123-4567",
    "０４５－１２３－４５６７",
    "(045)123-4567",
    "045 123 4567",
    "045ー123ー4567",
    "045−123−4567(代)",
)


@pytest.mark.parametrize("written", SPELLINGS)
def test_a_telephone_is_read_in_any_spelling(written: str) -> None:
    assert cells.telephones(written) == ("045-123-4567",)


@pytest.mark.parametrize("between", ["、", "\r\n", "\n", ",", "，", " / ", "；", "・"])
def test_several_telephones_stand_in_one_cell(between: str) -> None:
    written = between.join(["189", "#9110", "0120-061-338", "+81-45-123-4567", "189"])
    assert cells.telephones(written) == ("189", "#9110", "0120-061-338", "+81-45-123-4567")


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("451234567", Reason.LOST_ZERO),
        ("45-123-4567", Reason.LOST_ZERO),
        ("1.2006E+08", Reason.NO_TELEPHONE),
        ("12", Reason.NO_TELEPHONE),
        ("0" * 16, Reason.NO_TELEPHONE),
        ("市役所", Reason.NO_TELEPHONE),
        ("045-123-4567 内線2", Reason.NO_TELEPHONE),
        ("110、119、189、188、171、177", Reason.TOO_MANY),
    ],
)
def test_what_is_no_telephone_is_told(written: str, reason: Reason) -> None:
    with pytest.raises(Unreadable) as wrong:
        cells.telephones(written)
    assert wrong.value.reason is reason


@given(st.text(max_size=40))
def test_a_telephone_that_is_read_is_read_again(text: str) -> None:
    try:
        found = cells.telephones(text)
    except Unreadable:
        return
    assert cells.telephones("、".join(found)) == found


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-01",
        "2026/11/1",
        "2026.11.1",
        "2026年11月1日",
        "令和8年11月1日",
        "R8.11.1",
        "２０２６/１１/０１",
        "2026/11/1 0:00",
    ],
)
def test_a_day_is_read_in_any_spelling(written: str) -> None:
    assert cells.day(written, TODAY) == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("2026-11-27", Reason.DAY_TO_COME),
        ("2026-02-30", Reason.NO_DAY),
        ("R0.1.1", Reason.NO_DAY),
        ("令和99年1月1日", Reason.DAY_TO_COME),
        ("1999-01-01", Reason.NO_DAY),
        ("46327", Reason.NO_DAY),
        ("きのう", Reason.NO_DAY),
    ],
)
def test_what_is_no_day_is_told(written: str, reason: Reason) -> None:
    with pytest.raises(Unreadable) as wrong:
        cells.day(written, TODAY)
    assert wrong.value.reason is reason


@pytest.mark.parametrize(
    "address",
    [
        "https://example.jp",
        "http://www.example.jp:8080/a?b=c#d",
        "ｈｔｔｐｓ：／／example.jp/相談",
        "HTTPS://EXAMPLE.JP/",
    ],
)
def test_an_address_of_the_web_is_read(address: str) -> None:
    assert cells.web(address, 300)


@pytest.mark.parametrize(
    "address",
    ["example.jp", "javascript:alert(1)", "https://user:pass@example.jp/", "https://exämple.jp", "https://a b.jp",
     "https://localhost", "ftp://example.jp", "https://", "https://example.jp\\@evil.jp"],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_told(address: str) -> None:
    with pytest.raises(Unreadable) as wrong:
        cells.web(address, 300)
    assert wrong.value.reason is Reason.NO_WEB


def test_an_address_is_measured_as_it_is_kept() -> None:
    with pytest.raises(Unreadable) as wrong:
        cells.web("https://example.jp/" + "㍿" * 80, 300)
    assert wrong.value.reason is Reason.TOO_LONG


def test_municipalities_are_told_apart() -> None:
    assert cells.municipalities(" 横浜市、川崎市・箱根 町\n横浜市") == ("横浜市", "川崎市", "箱根町")
    for wrong in ("県央", "横浜市ほか", "市" * 21):
        with pytest.raises(Unreadable):
            cells.municipalities(wrong)


@pytest.mark.parametrize("hidden", ["\0", "\x1b", "\u202e", "\u2066", "\ud83d"])
def test_what_cannot_be_seen_is_refused(hidden: str) -> None:
    with pytest.raises(Unreadable) as wrong:
        cells.lines(f"平日{hidden}9時", 100)
    assert wrong.value.reason is Reason.UNPRINTABLE


def test_lines_stay_and_blanks_around_them_go() -> None:
    assert cells.lines(" 平日 9〜17時 \r\n土\t10−12時\r", 100) == "平日 9～17時\n土 10－12時"
    assert cells.line("横浜市\r\n　福祉事務所", 100) == "横浜市 福祉事務所"
    assert cells.lines("\u200b\u3000", 100) == ""


@given(st.text(max_size=60))
def test_words_that_are_kept_are_kept_again(text: str) -> None:
    for reader in (cells.lines, cells.line):
        try:
            found = reader(text, 60)
        except Unreadable:
            continue
        assert reader(found, 60) == found
