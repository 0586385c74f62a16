"""The languages a program may speak: which is read instead of which, and what a browser's wishes come to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counseling import languages
from counseling.languages import LANGUAGES

CODES = sorted(LANGUAGES)


@pytest.mark.parametrize(
    ("code", "read"),
    [
        ("ja", ("ja",)),
        ("ja-easy", ("ja-easy", "ja")),
        ("en", ("en", "ja")),
        ("ko", ("ko", "en", "ja")),
        ("zh-hant", ("zh-hant", "zh", "en", "ja")),
        ("xx", ("xx", "ja")),
    ],
)
def test_every_language_has_one_that_is_read_instead(code: str, read: tuple[str, ...]) -> None:
    assert languages.instead(code) == read


def test_words_are_said_in_the_nearest_language() -> None:
    labels = {"ja": "名前", "en": "name", "ja-easy": ""}
    assert [languages.said(labels, code) for code in ("ja-easy", "ko", "ja")] == ["名前", "name", "名前"]
    assert languages.said({}, "ja") == ""


@pytest.mark.parametrize(("code", "interface"), [("ja", "ja"), ("ja-easy", "ja-easy"), ("en", "en"), ("my", "en")])
def test_the_pages_own_words_exist_in_three_languages(code: str, interface: str) -> None:
    assert languages.interface(code) == interface


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [
        (["en-US", "ja"], "en"),
        (["de", "ja-JP"], "ja"),
        (["zh-TW"], "zh-hant"),
        (["zh-Hans-CN"], "zh-hans"),
        (["zh"], "zh-hans"),
        (["fil"], "tl"),
        (["de", "*"], "ja"),
        ([], "ja"),
    ],
)
def test_a_browsers_wishes_lead_to_a_language_of_the_program(wanted: list[str], chosen: str) -> None:
    assert languages.best(wanted, ["ja", "en", "zh-hans", "zh-hant", "tl"]) == chosen


def test_a_program_without_languages_speaks_japanese() -> None:
    assert languages.best(["en"], []) == "ja"


@given(st.lists(st.text(max_size=12), max_size=5), st.lists(st.sampled_from(CODES), min_size=1, unique=True))
def test_only_what_is_offered_is_spoken(wanted: list[str], offered: list[str]) -> None:
    assert languages.best(wanted, offered) in offered


@pytest.mark.parametrize("code", CODES)
def test_a_language_is_told_in_its_own_words_and_in_ours(code: str) -> None:
    language = LANGUAGES[code]
    assert language.own_name and language.named("ja") and language.named("en")
    assert len(code) <= 8  # as the visitor's column holds it
