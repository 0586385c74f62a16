"""Spelling folded away for triage, with the way back to the original. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

# Unicode's stream-safe limit (UAX #15): longer heaps of marks are cut, for sorting them takes quadratic time.
LONGEST_HEAP = 30

SMALL_KANA = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ")
KATAKANA_TO_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
LONG_MARK = "ー"
DROPPED_CATEGORIES = frozenset("ZPSM")
DROPPED_CONTROLS = frozenset({"Cc", "Cf"})


@dataclass(frozen=True)
class Folded:
    """Folded text; its character i was made from `original[starts[i]:ends[i]]` (code points)."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original of the folded characters `start` to `end` (end excluded, not empty)."""
        return self.starts[start], self.ends[end - 1]


def normalise(text: str) -> Folded:
    """「シ ﾆ タ ー イ」 and 「しにたい」 alike: NFKC, small letters, hiragana, full-size kana.

    White space, controls, format characters, punctuation, symbols, left-over marks and the long mark are dropped.
    """
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _heaps(text):
        for character in _fold(text[start:end]):
            characters.append(character)
            starts.append(start)
            ends.append(end)
    return Folded("".join(characters), tuple(starts), tuple(ends))


def _heaps(text: str) -> Iterator[tuple[int, int]]:
    """Each character with the marks on it, which NFKC may make one with it (か + ゙, ｶ + ﾞ)."""
    start = 0
    for index in range(1, len(text) + 1):
        if index == len(text) or not _is_mark(text[index]) or index - start > LONGEST_HEAP:
            yield start, index
            start = index


def _is_mark(character: str) -> bool:
    return character in "\uff9e\uff9f" or unicodedata.category(character)[0] == "M"


# A text is made of few different characters, and each costs two normalisations.
@lru_cache(maxsize=4096)
def _fold(heap: str) -> str:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", heap).casefold())
    hiragana = folded.translate(KATAKANA_TO_HIRAGANA).translate(SMALL_KANA)
    return "".join(character for character in hiragana if not _is_dropped(character))


def _is_dropped(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in DROPPED_CATEGORIES or category in DROPPED_CONTROLS or character == LONG_MARK
