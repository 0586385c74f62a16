"""The automatic texts: complete in each language, filled, and with numbers that agree everywhere."""

import itertools
import re
from datetime import date

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from counseling import contacts, easy, wording
from counseling.contacts import Contact, Contacts
from counseling.lifecycle import Refusal
from counseling.opening import Hours, describe
from counseling.text import LINE_PUSH_TEXTS, ruby, split_utf16, utf16_length, within_a_push

NUMBER = re.compile(r"0120-[\d-]+\d")


def filled(key: str, language: str) -> str:
    emergency = contacts.block(contacts.HOUSE, language)
    url = "https://example.jp/"
    return wording.filled(
        {},
        key,
        language,
        program="窓口",
        hours="毎日",
        emergency=emergency,
        waiting=2,
        place=1,
        minutes=10,
        days=7,
        line="045-000-1234",
        line_hours="毎日",
        slot="11月26日(木) 19:30",
        url=url,
        now="いま",
        again="11月28日(土)",
        until="12月10日(木)",
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
    ("😀" * 1_001 + "{emergency}", "too_long"),
    ("{emergency}{emergency}", "repeated_variable"),
    ("{hours}か{hours}{emergency}", "repeated_variable"),
    ("{hours {emergency}", "stray_bracket"),
    ("｛hours｝{emergency}", "stray_bracket"),
    ("{emergency}\0", "bad_character"),
    ("{emergency}\ud83d", "bad_character"),
    (7, "not_an_object"),
]


@pytest.mark.parametrize(("text", "code"), WRONG)
def test_a_text_that_cannot_be_told_is_refused(text: object, code: str) -> None:
    assert code in {code for _path, code, _what in wording.problems({"ja": {"off_hours": text}})}


def test_a_text_nobody_tells_is_refused() -> None:
    assert wording.problems({"ja": {"nonsense": "あ"}}) == [("ja.nonsense", "unknown_text", "nonsense")]


def test_a_language_nobody_knows_is_refused() -> None:
    assert wording.problems({"xx": {"farewell": "あ"}}) == [("xx", "unknown_language", "xx")]


def test_the_longest_text_is_still_taken() -> None:
    assert wording.problems_of("farewell", "😀" * 1_000) == []


OWN = {"ja": {"farewell": "またね"}, "en": {"farewell": "Bye"}}


@pytest.mark.parametrize(
    ("language", "told"),
    [("ja", "またね"), ("en", "Bye"), ("ko", "Bye"), ("ja-easy", easy.TEXTS["farewell"]), ("xx", "またね")],
)
def test_a_missing_text_is_told_in_the_nearest_language(language: str, told: str) -> None:
    assert wording.text_for(OWN, "farewell", language) == told
    assert wording.spoken(OWN, "farewell", "ko") == "en"


@pytest.mark.parametrize(
    ("key", "language", "standing"),
    [
        ("farewell", "ja", "own"),
        ("farewell", "ja-easy", "behind"),
        ("nudge", "en", "house"),
        ("nudge", "ko", "missing"),
    ],
)
def test_where_a_text_stands(key: str, language: str, standing: str) -> None:
    assert wording.standing(OWN, key, language) == standing


def test_what_a_language_lacks_is_listed() -> None:
    assert wording.missing(OWN, ["ja", "ja-easy", "en"]) == []
    assert ("farewell", "ko") in wording.missing(OWN, ["ko"])
    assert len(wording.missing({"ko": {"farewell": "안녕히"}}, ["ko"])) == len(wording.TEXTS["ja"]) - 1


def test_what_a_value_says_is_no_variable() -> None:
    assert wording.filled({}, "closed", "en", program="{emergency}", emergency="110").count("110") == 1


# The worst a program may have: every text as long as it may be, and twenty contacts.
LONGEST_CONTACT = Contact({"ja": "あ" * contacts.LONGEST_NAME}, "1" * contacts.LONGEST_NUMBER, {"ja": "い"})
MOST_CONTACTS = contacts.block(Contacts((LONGEST_CONTACT,) * contacts.MOST_CONTACTS, date(2026, 11, 1)), "ja")
WORST = {"now": "い" * 300, "program": "名" * 80, "hours": "毎日" * 600, "emergency": MOST_CONTACTS, "url": "u" * 300}


@pytest.mark.parametrize("key", sorted(wording.TEXTS["ja"]))
def test_twenty_contacts_fit_into_one_push_to_line(key: str) -> None:
    needed = "".join(f"{{{name}}}" for name in sorted(wording.variables(key)))
    own = {
        "ja": {key: needed + "長" * (wording.LONGEST_TEXT - len(needed)), "notes": "{hours}{emergency}" + "長" * 1_982}
    }
    assert wording.problems(own) == []
    assert utf16_length(MOST_CONTACTS) < 5_000
    assert len(split_utf16(wording.filled(own, key, "ja", **WORST))) <= LINE_PUSH_TEXTS


def test_whatever_comes_together_a_push_holds_it() -> None:
    told = within_a_push("あ😀。" * 20_000)
    assert len(split_utf16(told)) == LINE_PUSH_TEXTS
    assert within_a_push("短い") == "短い"


@given(st.integers(min_value=4_990, max_value=5_005))
def test_an_emoji_on_the_border_is_cut_before_or_after(before: int) -> None:
    text = "あ" * before + "👨‍👩‍👧‍👦" + "{emergency}"
    parts = split_utf16(text)
    assert "".join(parts) == text
    assert all(utf16_length(part) <= 5_000 for part in parts)
    assert any("👨‍👩‍👧‍👦" in part for part in parts)


# Easy Japanese (やさしい日本語)

KANJI = re.compile(f"[{ruby.KANJI}]")
HARD = (
    "申し訳",
    "いただ",
    "でございま",
    "ございましたら",
    "おりま",
    "ご利用",
    "お待ち",
    "くださり",
    "承り",
    "受付時間外",
)
FOR_READERS_OF_EASY_JAPANESE = [
    *easy.TEXTS.values(),
    contacts.block(contacts.HOUSE, "ja-easy"),
    *(line.told("ja-easy") for line in contacts.HOUSE.lines),
    describe(
        Hours.from_json({"weekly": {"mon": ["17:00-26:05"], "sat": ["00:00-24:00"]}, "intake_close": 30}), "ja-easy"
    ),
]


@pytest.mark.parametrize("text", FOR_READERS_OF_EASY_JAPANESE, ids=itertools.count())
def test_every_kanji_has_its_reading(text: str) -> None:
    unread = [piece.words for piece in ruby.pieces(text) if not piece.reading and KANJI.search(piece.words)]
    assert unread == []


@pytest.mark.parametrize("text", FOR_READERS_OF_EASY_JAPANESE, ids=itertools.count())
def test_easy_sentences_are_short_and_plain(text: str) -> None:
    words = ruby.plain(text)
    assert [word for word in HARD if word in words] == []
    assert [one for one in re.split("[。\n]", words) if len(one.replace("　", "")) > 50] == []


def test_easy_japanese_has_its_own_name_for_every_contact() -> None:
    assert all(line.name["ja-easy"] and line.what["ja-easy"] for line in contacts.HOUSE.lines)


@pytest.mark.parametrize(
    ("member", "value", "code"),
    [
        ("name", {"ja": "長" * 61}, "too_long"),
        ("what", {"ja": "長" * 121}, "too_long"),
        ("name", {"ja": "\0"}, "bad_character"),
        ("number", "1" * 41, "bad_number"),
        ("number", "いのち", "bad_number"),
        ("number", "110\0", "bad_number"),
    ],
)
def test_a_contact_that_cannot_be_shown_is_refused(member: str, value: object, code: str) -> None:
    contact = {"name": {"ja": "名前"}, "number": "110", "what": {}, "for_life": True} | {member: value}
    with pytest.raises(contacts.InvalidContacts) as refused:
        contacts.read({"checked_on": "2026-11-01", "contacts": [contact]})
    assert [found for _path, found in refused.value.problems] == [code]
