"""Telephone numbers: what people write, what can be called, and what is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counseling.telephone import BadNumber, hidden, masked, normalised, number_in, written


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("09053112478", "09053112478"),
        ("０９０−５３１１−２４７８", "09053112478"),
        ("090 (5311) 2478", "09053112478"),
        ("+81 90-5311-2478", "09053112478"),
        ("+81(0)90-5311-2478", "09053112478"),
        ("03-1234-5678", "0312345678"),
        ("045ー123ー4567", "0451234567"),
        ("050-5311-2478", "05053112478"),
    ],
)
def test_a_number_is_kept_in_one_way(typed: str, number: str) -> None:
    assert normalised(typed) == number


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "missing"),
        (" - ", "missing"),
        ("110", "short"),
        ("119", "short"),
        ("でんわして", "not_digits"),
        ("0905311247x", "not_digits"),
        ("+1 212 555 0123", "abroad"),
        ("0120-061-338", "service"),
        ("0570-064-556", "service"),
        ("9053112478", "foreign"),
        ("00-1234-5678", "foreign"),
        ("090-5311-247", "length"),
        ("090-5311-24780", "length"),
        ("03-1234-567", "length"),
        ("040-123-4567", "unknown"),
        ("090-0000-0000", "unknown"),
        ("0" * 41, "foreign"),
    ],
)
def test_what_cannot_be_called_is_refused_with_the_reason(typed: str, code: str) -> None:
    with pytest.raises(BadNumber) as refused:
        normalised(typed)
    assert refused.value.code == code


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_number_or_refused(typed: str) -> None:
    try:
        number = normalised(typed)
    except BadNumber:
        return
    assert number.isdigit()
    assert len(number) in {10, 11}
    assert normalised(written(number)) == number


def test_in_stars_the_last_two_digits_are_left() -> None:
    assert masked("09053112478") == "090-****-**78"
    assert masked("0312345678") == "03-****-**78"
    assert written("0451234567") == "045-123-4567"


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("090-5311-2478です。夜なら出られます", "09053112478"),
        ("番号は０９０５３１１２４７８", "09053112478"),
        ("死にたい", ""),
        ("090-5311-2478か03-1234-5678", ""),
        ("2026年11月26日", ""),
    ],
)
def test_one_number_in_a_sentence_is_found(words: str, number: str) -> None:
    assert number_in(words) == number


def test_words_with_a_number_are_told_without_it() -> None:
    assert hidden("夜なら 090-5311-2478 に出られます") == "夜なら 090-****-**78 に出られます"
