"""The automatic texts: complete in each language, filled, and with numbers that agree everywhere."""

import re

import pytest
from django.template.loader import render_to_string

from counseling import wording
from counseling.gateways.web.contacts import LIFE, LINES
from counseling.lifecycle import Refusal

NUMBER = re.compile(r"0120-[\d-]+\d")


def test_every_language_has_every_text() -> None:
    assert {frozenset(texts) for texts in wording.TEXTS.values()} == {frozenset(wording.TEXTS["ja"])}


@pytest.mark.parametrize("refusal", sorted(Refusal))
@pytest.mark.parametrize("language", sorted(wording.TEXTS))
def test_whoever_is_turned_away_is_told_where_to_turn(refusal: str, language: str) -> None:
    told = wording.filled({}, refusal, language, program="窓口", hours="毎日")
    assert "0120-061-338" in told
    assert "110" in told


@pytest.mark.parametrize("language", sorted(wording.TEXTS))
@pytest.mark.parametrize("key", sorted(wording.TEXTS["ja"]))
def test_no_variable_is_left_unfilled(key: str, language: str) -> None:
    told = wording.filled(
        {}, key, language, program="窓口", hours="毎日", waiting=2, place=1, url="https://example.jp/"
    )
    assert "{" not in told


def test_a_programs_own_text_comes_first_and_takes_no_orders() -> None:
    own = {"ja": {"farewell": "{program}より。{hours.__class__} {secret}"}}
    assert wording.filled(own, "farewell", "ja", program="窓口", hours="毎日") == "窓口より。{hours.__class__} {secret}"


def test_an_unknown_language_reads_japanese() -> None:
    assert wording.text_for({}, "farewell", "xx") == wording.TEXTS["ja"]["farewell"]


def test_the_emergency_numbers_agree_everywhere() -> None:
    listed = {contact.number for contact in (*LIFE, *LINES)}
    page = render_to_string("components/emergency.html")
    for language in wording.TEXTS:
        told = wording.TEXTS[language]["emergency"]
        assert set(NUMBER.findall(told)) == {number for number in listed if "-" in number}
        assert all(number in told for number in listed)
    assert all(f"<strong>{number}</strong>" in page for number in listed)
