"""Words of danger are found whatever their spelling; the machine raises risk and never lowers it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counseling.triage import (
    HIGHEST_BY_MACHINE,
    WORDS_OF_DANGER,
    Meaning,
    Risk,
    Word,
    find,
    level,
    raised,
)

risks = st.sampled_from(Risk)
japanese = st.text(st.sampled_from("あいしにたのがはとをカタナ死消切子親、。 ー\n👪"), max_size=30)
NOISE = (" ", "\u3000", "\u200b", "\n", "・", "ー", "…", "\u200d", "\u00ad", "♡")


@pytest.mark.parametrize(
    "text",
    [
        "死にたい",
        "し に た い",
        "シニタイ",
        "ｼﾆﾀｲ",
        "死 に た い",
        "死\u3000に\u3000た\u3000い",
        "死\u200bに\u200bた\u200bい",
        "死\u0336に\u0336た\u0336い\u0336",
        "しにたぃ",
        "しーにーたーい",
        "死・に・た・い…",
        "タヒにたい",
        "もう死にたくなった",
        "死にたくない",
        "ＯＤした",
        "o.d. してしまいました",
        "Ｉ ｗａｎｔ ｔｏ ｄｉｅ",
        "I want  to\ndie",
        "kill　myself",
        "首を吊ろうと思う",
        "夫に首を絞められています",
        "子どもを殺してしまいそう",
    ],
)
def test_a_high_word_is_found_in_many_spellings(text: str) -> None:
    assert level(find(text)) == Risk.HIGH


@pytest.mark.parametrize(
    ("text", "expected", "meaning"),
    [
        ("消えたい", Risk.MODERATE, Meaning.SUICIDE),
        ("もう終わりにしたい", Risk.MODERATE, Meaning.SUICIDE),
        ("リスカがやめられない", Risk.MODERATE, Meaning.SELF_HARM),
        ("父に殴られた", Risk.MODERATE, Meaning.VIOLENCE),
        ("つい手をあげてしまう", Risk.MODERATE, Meaning.CHILD_IN_DANGER),
        ("殺される", Risk.HIGH, Meaning.VIOLENCE),
        ("飛び降りようとした", Risk.HIGH, Meaning.SUICIDE),
        ("家に入れてもらえない", Risk.HIGH, Meaning.CHILD_IN_DANGER),
        ("居場所がない", Risk.LOW, Meaning.SUICIDE),
    ],
)
def test_each_kind_of_danger_has_its_level(text: str, expected: Risk, meaning: Meaning) -> None:
    findings = find(text)
    assert level(findings) == expected
    assert meaning in {finding.meaning for finding in findings}


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        "子どもの学校のことで相談です",
        "I am good, my body and android are fine",
        "別にたいしたことではないのですが",
        "テストか面談か迷っています",
        "ブロンドの髪",
        "ありがとうございました",
    ],
)
def test_harmless_words_find_nothing(text: str) -> None:
    assert find(text) == []


def test_a_finding_points_at_the_words_as_they_were_written() -> None:
    text = "👪もう、ｼ ﾆ ﾀ ｲです"
    (finding,) = find(text)
    assert text[finding.start : finding.end] == "ｼ ﾆ ﾀ ｲ"
    assert (finding.word, finding.level) == ("しにたい", Risk.HIGH)


def test_a_word_inside_a_wider_one_is_told_once() -> None:
    findings = find("無理心中しようと言われた")
    assert [finding.word for finding in findings] == ["無理心中", "心中しよう"]
    words = [Word("死", Risk.LOW, Meaning.SUICIDE), Word("死にたい", Risk.HIGH, Meaning.SUICIDE)]
    assert [finding.word for finding in find("死にたい", words)] == ["死にたい"]


def test_a_higher_word_inside_a_lower_one_is_still_told() -> None:
    words = [Word("自殺未遂の話", Risk.LOW, Meaning.SUICIDE), Word("自殺", Risk.HIGH, Meaning.SUICIDE)]
    assert level(find("自殺未遂の話", words)) == Risk.HIGH


def test_findings_come_in_the_order_of_the_text() -> None:
    findings = find("殴られて、消えたい。死にたい")
    assert [finding.start for finding in findings] == sorted(finding.start for finding in findings)


def test_a_programs_own_words_are_used() -> None:
    own = [Word("いつもの薬", Risk.MODERATE, Meaning.SELF_HARM)]
    assert [finding.word for finding in find("イツモノ薬を死にたい", own)] == ["いつもの薬"]


@pytest.mark.parametrize("pattern", ["", " ", "…", "ー", "\u200b"])
def test_a_word_without_a_letter_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="letter"):
        Word(pattern, Risk.LOW, Meaning.SUICIDE)


@pytest.mark.parametrize("risk", [Risk.NONE, Risk.IMMINENT])
def test_a_word_can_neither_mean_nothing_nor_imminent_danger(risk: Risk) -> None:
    with pytest.raises(ValueError, match="at most to high"):
        Word("死", risk, Meaning.SUICIDE)


@pytest.mark.parametrize("word", WORDS_OF_DANGER, ids=lambda word: word.pattern)
def test_every_word_of_the_list_finds_itself(word: Word) -> None:
    assert level(find(word.pattern)) >= word.level


@given(risks, risks)
def test_the_machine_never_lowers_risk(current: Risk, found: Risk) -> None:
    assert raised(current, found) >= current


@given(risks, risks)
def test_only_a_person_says_imminent(current: Risk, found: Risk) -> None:
    after = raised(current, found)
    assert after == current or after <= HIGHEST_BY_MACHINE


@given(st.text(max_size=60), st.text(max_size=60), risks)
def test_more_words_never_lower_what_was_found(before: str, after: str, current: Risk) -> None:
    once = raised(current, level(find(f"{before}\n死にたい\n{after}")))
    assert once >= Risk.HIGH
    assert raised(once, level(find(after))) >= once


@given(japanese, st.sampled_from(WORDS_OF_DANGER), japanese, st.data())
def test_noise_between_letters_hides_nothing(before: str, word: Word, after: str, draw: st.DataObject) -> None:
    noise = draw.draw(st.lists(st.sampled_from(NOISE), min_size=len(word.pattern), max_size=len(word.pattern)))
    spaced = "".join(letter + gap for letter, gap in zip(word.pattern, noise, strict=True))
    assert level(find(f"{before} {spaced}{after}")) >= word.level


@given(st.sampled_from(WORDS_OF_DANGER))
def test_katakana_and_full_width_hide_nothing(word: Word) -> None:
    katakana = "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in word.pattern)
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in word.pattern.upper())
    assert level(find(katakana)) >= word.level
    assert level(find(wide)) >= word.level


@given(st.text(max_size=200))
def test_every_span_lies_in_the_text(text: str) -> None:
    for finding in find(text):
        assert 0 <= finding.start < finding.end <= len(text)
