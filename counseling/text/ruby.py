"""Readings (ふりがな) as people type them: 漢字《かんじ》, or ｜はじめ《よみ》 where the word is not all kanji. Pure.

A reading is kana only, so that 《》 around anything else stays what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

KANJI = "々〆〇ヶ\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
KANA = "ぁ-ゖァ-ヺーｦ-ﾟ・\u3000 "
# A run of kanji is tried from its beginning only: from each of them would take quadratic time.
MARKED = re.compile(rf"(?:｜([^｜《》\n]+)|(?<![{KANJI}])([{KANJI}]+))《(?![ー・\u3000 ]*》)([{KANA}]+)》")


class Piece(NamedTuple):
    """Words, and how they are read; without a reading the words are read as they stand."""

    words: str
    reading: str = ""


def pieces(text: str) -> Iterator[Piece]:
    """The text in order, each marked word by itself."""
    end = 0
    for found in MARKED.finditer(text):
        if found.start() > end:
            yield Piece(text[end : found.start()])
        yield Piece(found[1] or found[2], found[3])
        end = found.end()
    if end < len(text):
        yield Piece(text[end:])


def plain(text: str) -> str:
    """The words alone: 漢字."""
    return MARKED.sub(lambda found: found[1] or found[2], text)


def bracketed(text: str) -> str:
    """Readings in brackets, where nothing can be drawn above words: 漢字(かんじ)."""
    return MARKED.sub(lambda found: f"{found[1] or found[2]}({found[3]})", text)
