"""The automatic texts: complete in each language, filled, and with numbers that agree everywhere."""

import re

import pytest
from django.template.loader import render_to_string

from counseling import contacts, wording
from counseling.lifecycle import Refusal

NUMBER = re.compile(r"0120-[\d-]+\d")


def filled(key: str, language: str) -> str:
    emergency = contacts.block(contacts.HOUSE, language)
    url = "https://example.jp/"
    return wording.filled(
        {}, key, language, program="窓口", hours="毎日", emergency=emergency, waiting=2, place=1, url=url, now="いま"
    )


def test_every_language_has_every_text() -> None:
    assert {frozenset(texts) for texts in wording.TEXTS.values()} == {frozenset(wording.TEXTS["ja"])}


@pytest.mark.parametrize("refusal", sorted(Refusal))
@pytest.mark.parametrize("language", sorted(wording.TEXTS))
def test_whoever_is_turned_away_is_told_where_to_turn(refusal: str, language: str) -> None:
    told = filled(refusal, language)
    assert "0120-061-338" in told
    assert "110" in told


@pytest.mark.parametrize("language", sorted(wording.TEXTS))
@pytest.mark.parametrize("key", sorted(wording.TEXTS["ja"]))
def test_no_variable_is_left_unfilled(key: str, language: str) -> None:
    told = filled(key, language)
    assert "{" not in told


def test_a_programs_own_text_comes_first_and_takes_no_orders() -> None:
    own = {"ja": {"farewell": "{program}より。{hours.__class__} {secret}"}}
    assert wording.filled(own, "farewell", "ja", program="窓口", hours="毎日") == "窓口より。{hours.__class__} {secret}"


def test_an_unknown_language_reads_japanese() -> None:
    assert wording.text_for({}, "farewell", "xx") == wording.TEXTS["ja"]["farewell"]


def test_the_emergency_numbers_agree_everywhere() -> None:
    listed = {line.number for line in contacts.HOUSE.lines}
    page = render_to_string("components/emergency.html")
    for language in wording.TEXTS:
        told = contacts.block(contacts.HOUSE, language)
        assert set(NUMBER.findall(told)) == {number for number in listed if "-" in number}
        assert all(number in told for number in listed)
    assert all(f"<strong>{number}</strong>" in page for number in listed)


def test_the_houses_own_texts_have_nothing_wrong() -> None:
    assert wording.problems(wording.TEXTS) == []


TOO_LONG = "あ" * 2_001 + "{emergency}"
WRONG = [
    ("{secret}", "unknown_variable"),
    ("また明日", "missing_variable"),
    (TOO_LONG, "too_long"),
    (7, "not_an_object"),
]


@pytest.mark.parametrize(("text", "code"), WRONG)
def test_a_text_that_cannot_be_told_is_refused(text: object, code: str) -> None:
    assert code in {code for _path, code, _what in wording.problems({"ja": {"off_hours": text}})}


def test_a_text_nobody_tells_is_refused() -> None:
    assert wording.problems({"ja": {"nonsense": "あ"}}) == [("ja.nonsense", "unknown_text", "nonsense")]


def test_plain_japanese_falls_back_on_japanese() -> None:
    assert wording.text_for({"ja": {"farewell": "またね"}}, "farewell", "ja-easy") == "またね"
