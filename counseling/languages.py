"""The languages a program may speak with its visitors, and what is read where one of them has no words. Pure.

The house itself speaks Japanese, easy Japanese (やさしい日本語) and English; in the others a program writes its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Labels = dict[str, str]  # language → words

JAPANESE, EASY, ENGLISH = "ja", "ja-easy", "en"


@dataclass(frozen=True)
class Language:
    """One language: its name as its speakers write it, its names for staff, and its tag for `lang` (BCP 47)."""

    own_name: str
    names: Labels
    tag: str

    def named(self, language: str) -> str:
        """Its name in the language of who reads the page."""
        return said(self.names, language)


LANGUAGES: dict[str, Language] = {
    JAPANESE: Language("日本語", {"ja": "日本語", "en": "Japanese"}, "ja"),
    EASY: Language("やさしい日本語", {"ja": "やさしい日本語", "en": "Easy Japanese"}, "ja"),
    ENGLISH: Language("English", {"ja": "英語", "en": "English"}, "en"),
    "zh-hans": Language("简体中文", {"ja": "中国語(簡体字)", "en": "Chinese (simplified)"}, "zh-Hans"),
    "zh-hant": Language("繁體中文", {"ja": "中国語(繁体字)", "en": "Chinese (traditional)"}, "zh-Hant"),
    "ko": Language("한국어", {"ja": "韓国・朝鮮語", "en": "Korean"}, "ko"),
    "vi": Language("Tiếng Việt", {"ja": "ベトナム語", "en": "Vietnamese"}, "vi"),
    "ne": Language("नेपाली", {"ja": "ネパール語", "en": "Nepali"}, "ne"),
    "pt": Language("Português", {"ja": "ポルトガル語", "en": "Portuguese"}, "pt"),
    "es": Language("Español", {"ja": "スペイン語", "en": "Spanish"}, "es"),
    "tl": Language("Tagalog", {"ja": "タガログ語", "en": "Tagalog"}, "tl"),
    "id": Language("Bahasa Indonesia", {"ja": "インドネシア語", "en": "Indonesian"}, "id"),
    "th": Language("ไทย", {"ja": "タイ語", "en": "Thai"}, "th"),
    "my": Language("မြန်မာဘာသာ", {"ja": "ミャンマー語", "en": "Burmese"}, "my"),
    "uk": Language("Українська", {"ja": "ウクライナ語", "en": "Ukrainian"}, "uk"),
}
# What browsers call some of them besides.
ALSO_CALLED = {
    "zh": "zh-hans", "zh-cn": "zh-hans", "zh-sg": "zh-hans", "zh-tw": "zh-hant", "zh-hk": "zh-hant", "zh-mo": "zh-hant",
    "fil": "tl",
}  # fmt: skip


def stem(code: str) -> str:
    """The language a code stems from: "ja-easy" → "ja"."""
    return code.split("-", maxsplit=1)[0]


def interface(code: str) -> str:
    """The language of the pages' own words for somebody who reads `code`: Japanese, easy Japanese, or English."""
    return code if code in {JAPANESE, EASY} else ENGLISH


def instead(code: str) -> tuple[str, ...]:
    """In which languages words are looked for, in this order; Japanese always has them."""
    second = (ENGLISH,) if code in LANGUAGES and interface(code) == ENGLISH else ()
    return tuple(dict.fromkeys((code, stem(code), *second, JAPANESE)))


def said_in(labels: Labels, language: str) -> str:
    """The language in which the words are read: this one, or the one instead of it; Japanese where there are none."""
    return next((spoken for spoken in instead(language) if labels.get(spoken)), JAPANESE)


def said(labels: Labels, language: str) -> str:
    """The words as said_in says; empty where there are none."""
    return labels.get(said_in(labels, language), "")


def best(wanted: Iterable[str], offered: Sequence[str]) -> str:
    """The offered language a browser's wishes come nearest to, in their order; else the first one offered."""
    for wish in wanted:
        code = wish.lower()
        for name in (code, ALSO_CALLED.get(code, ""), stem(code), ALSO_CALLED.get(stem(code), "")):
            if name in offered:
                return name
    return offered[0] if offered else JAPANESE
