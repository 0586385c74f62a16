"""Canned replies' rules: how a shortcut is spelled, what is refused, what stands in place of a variable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counseling import replies


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("Hajime", "hajime"), ("ＨＡＪＩＭＥ", "hajime"), (" owa ri ", "owari"), ("ｱﾝｾﾞﾝ", "アンゼン"), ("　", "")],
)
def test_a_shortcut_has_one_spelling(typed: str, kept: str) -> None:
    assert replies.spelled(typed) == kept


@given(st.text(max_size=30))
def test_a_spelling_stays_what_it_is(typed: str) -> None:
    assert replies.spelled(replies.spelled(typed)) == replies.spelled(typed)


WRONG = [
    (("", "題", "文"), ("shortcut", "missing")),
    (("a", " ", "文"), ("title", "missing")),
    (("a", "題", "\n"), ("body", "missing")),
    (("a" * 21, "題", "文"), ("shortcut", "too_long")),
    (("a", "😀" * 31, "文"), ("title", "too_long")),
    (("a", "題", "😀" * 2_501), ("body", "too_long")),
    (("a", "題", "\0"), ("body", "bad_character")),
    (("a", "\ud83d", "文"), ("title", "bad_character")),
    (("a", "題", "{name}さん"), ("body", "unknown_variable")),
]


@pytest.mark.parametrize(("words", "problem"), WRONG)
def test_what_cannot_be_kept_is_refused(words: tuple[str, str, str], problem: tuple[str, str]) -> None:
    assert problem in [(field, code) for field, code, _what in replies.problems(*words)]


def test_an_emoji_on_the_border_still_fits() -> None:
    assert replies.problems("a", "😀" * 30, "😀" * 2_500) == []


def test_a_body_is_filled_and_a_value_is_no_variable() -> None:
    assert replies.filled("{program}:{hours}{x}", {"program": "{hours}", "hours": "毎日"}) == "{hours}:毎日{x}"
