"""Words at the door: length, cutting, refusing, repairing and folding."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counseling.text import (
    UnacceptableText,
    clean,
    cluster_ends,
    is_blank,
    normalise,
    repair,
    split_utf16,
    utf16_length,
)
from tests.corpus import Case, load

FAMILY = "👨‍👩‍👧‍👦"
PIECES = [
    *("あ", "が", "か\u3099", "。", "\n", " ", "a", "\r\n", "\u200d", "\u200b", "葛\U000e0100", "𠮷", "ก็", "น้ำ"),
    *(FAMILY, "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "🇯🇵", "🇯", "❤️", "👍🏽", "1️⃣", "각"),
]
mixed = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
any_text = st.text(max_size=120) | mixed


def clusters(text: str) -> list[str]:
    ends = list(cluster_ends(text))
    return [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]


@pytest.mark.parametrize("case", load("c1"), ids=lambda case: case.name)
def test_received_words_come_through_byte_for_byte(case: Case) -> None:
    text = case.content.decode()
    assert utf16_length(text) == case.outcome["units"]
    assert repair(text) is text
    assert "".join(split_utf16(text)).encode() == case.content
    assert all(utf16_length(part) <= 5_000 for part in split_utf16(text))


@pytest.mark.parametrize("case", load("c1"), ids=lambda case: case.name)
def test_typed_words_are_kept_as_they_are_or_refused_with_a_reason(case: Case) -> None:
    text = case.content.decode()
    if case.outcome["clean"] == "same":
        assert clean(text) is text
        return
    with pytest.raises(UnacceptableText) as refused:
        clean(text)
    assert refused.value.code == case.outcome["clean"]
    assert text not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("あ" * 5_000, [5_000]),
        ("あ" * 5_001, [5_000, 1]),
        ("あ" * 4_999 + "😀", [4_999, 2]),
        ("あ" * 4_995 + FAMILY, [4_995, 11]),
        ("あ" * 4_998 + "🇯🇵", [4_998, 4]),
        ("あ" * 4_999 + "か\u3099い", [4_999, 3]),
        ("あ" * 4_999 + "\r\nい", [4_999, 3]),
        ("あ" * 4_500 + "\n" + "い" * 1_000, [4_501, 1_000]),
        ("あ" * 4_500 + "。" + "い" * 1_000, [4_501, 1_000]),
        ("a" * 4_500 + " " + "b" * 1_000, [4_501, 1_000]),
        ("あ" * 4_000 + "\n" + "い" * 500 + "。" + "う" * 1_000, [4_001, 1_501]),
        ("あ" * 1_000 + "\n" + "い" * 5_000, [5_000, 1_001]),
        ("Z" + "\u0301" * 5_000, [5_000, 1]),
        ("あ" * 5_000 + "\n", [4_999, 2]),
        ("あ" * 5_000 + " " * 5_000 + "い", [4_999, 5_000, 2]),
    ],
)
def test_long_words_are_cut_where_a_reader_would(text: str, expected: list[int]) -> None:
    parts = split_utf16(text)
    assert [utf16_length(part) for part in parts] == expected
    assert "".join(parts) == text


@pytest.mark.parametrize(
    "text", [FAMILY, "🇯🇵", "か\u3099", "ｶﾞ", "น้ำ", "ក្រ", "क्ष", "각", "👍🏽", "葛\U000e0100", "1️⃣", "\r\n"]
)
def test_what_a_reader_sees_as_one_character_is_one(text: str) -> None:
    assert clusters(text) == [text]


def test_flags_are_cut_two_halves_at_a_time() -> None:
    assert clusters("🇯🇵🇰🇷🇯") == ["🇯🇵", "🇰🇷", "🇯"]


def test_a_limit_that_cannot_hold_a_character_is_refused() -> None:
    with pytest.raises(ValueError, match="two units"):
        split_utf16("😀", 1)


@given(any_text, st.integers(2, 40))
def test_parts_fit_and_make_the_whole_again(text: str, limit: int) -> None:
    parts = split_utf16(text, limit)
    assert "".join(parts) == text
    assert all(0 < utf16_length(part) <= limit for part in parts)


@given(any_text, st.integers(2, 40))
def test_a_character_that_fits_is_never_cut(text: str, limit: int) -> None:
    cuts: set[int] = set()
    for part in split_utf16(text, limit):
        cuts.add(max(cuts, default=0) + len(part))
    start = 0
    for cluster in clusters(text):
        inside = range(start + 1, start + len(cluster))
        assert utf16_length(cluster) > limit or not cuts & set(inside)
        start += len(cluster)


@given(st.lists(st.sampled_from(["あ", "い。", FAMILY, " ", "\n"]), max_size=60).map("".join))
def test_no_part_is_blank_where_blanks_are_short(text: str) -> None:
    longest = max((len(run) for run in text.replace("\n", " ").split("あ")), default=0)
    if is_blank(text) or longest > 10:
        return
    assert not any(is_blank(part) for part in split_utf16(text, 24))


@given(st.text(st.characters(), max_size=80))
def test_repairing_makes_words_that_can_be_stored(text: str) -> None:
    repaired = repair(text)
    assert "\0" not in repaired
    assert repaired.encode().decode() == repaired
    assert repair(repaired) == repaired


@pytest.mark.parametrize(
    ("broken", "repaired"),
    [
        ("a\0b", "a\ufffdb"),
        ("\ud83d", "\ufffd"),
        ("a\udc00", "a\ufffd"),
        ("\ud83d\ude00", "😀"),
        ("\ude00\ud83d", "\ufffd\ufffd"),
        ("\ud83d\ud83d\ude00", "\ufffd😀"),
    ],
)
def test_received_words_are_repaired_in_sight(broken: str, repaired: str) -> None:
    assert repair(broken) == repaired


@pytest.mark.parametrize("limit", [1, 10, 20_000])
def test_the_limit_of_typed_words_counts_utf16_units(limit: int) -> None:
    assert clean("あ" * limit, limit) == "あ" * limit
    with pytest.raises(UnacceptableText, match="too_long"):
        clean("あ" * limit + "い", limit)
    with pytest.raises(UnacceptableText, match="too_long"):
        clean("😀" * limit, limit)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("し に た い", "しにたい"),
        ("シニタイ", "しにたい"),
        ("ｼﾆﾀｲ", "しにたい"),
        ("しーにー〜たぃ", "しにたい"),
        ("ｶﾞﾝﾊﾞﾚﾅｲ", "がんばれない"),
        ("か\u3099", "が"),
        ("ＯＤ", "od"),
        ("Ｗｏｒｄ！", "word"),
        ("㍿", "株式会社"),
        ("死\u0336に\u0336", "死に"),
        ("❤️👪…。\u200d\n", ""),
        ("ß", "ss"),
        ("ヴ", "ゔ"),
    ],
)
def test_spelling_is_folded_away(text: str, folded: str) -> None:
    assert normalise(text).text == folded


def test_folded_places_lead_back_to_the_original() -> None:
    original = "👪ｶﾞ ﾝﾊﾞﾚ"
    folded = normalise(original)
    start, end = folded.span(0, 3)
    assert folded.text == "がんばれ"
    assert original[start:end] == "ｶﾞ ﾝﾊﾞ"


@given(any_text)
def test_every_folded_character_has_its_place(text: str) -> None:
    folded = normalise(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(folded.starts, folded.ends, strict=True))
    assert list(folded.starts) == sorted(folded.starts)


@given(any_text)
def test_folding_twice_is_folding_once(text: str) -> None:
    once = normalise(text).text
    assert normalise(once).text == once


@pytest.mark.parametrize("take", [normalise, split_utf16, repair, is_blank])
@pytest.mark.parametrize("unit", ["\u0301\u0323", "\u200d", " ", "🇯", "あ。", "ᄀ"])
def test_a_monstrous_text_takes_no_monstrous_time(take: Callable[[str], object], unit: str) -> None:
    monster = "Z" + unit * (65_536 // len(unit.encode()))
    begun = time.process_time()
    take(monster)
    assert time.process_time() - begun < 5
