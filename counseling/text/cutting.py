"""Length as LINE counts it, and cutting without breaking what a reader sees as one character (UAX #29). Pure."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate, chain, pairwise

# LINE Messaging API reference, "Text message": at most 5,000 UTF-16 code units.
LINE_TEXT_UNITS = 5_000
# The same, "Send push message": at most five messages a request.
LINE_PUSH_TEXTS = 5

ZWJ = "\u200d"
INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
# Fillers, selectors and blanks which Unicode counts as letters, marks or symbols although nothing is drawn.
INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | frozenset(
    chr(code)
    for start, end in ((0x180B, 0x180F), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF))
    for code in range(start, end + 1)
)
# Joined to the character before them although they are no marks: ZWNJ, Thai and Lao AM, half-width ﾞ ﾟ.
JOINED_TO_PREVIOUS = frozenset("\u200c\u200d\u0e33\u0eb3\uff9e\uff9f")
PREPENDED = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
VIRAMA_CLASS = 9

GOOD_ENDS = ("\n", "。！？!?", " \u3000\t、")


def utf16_length(text: str) -> int:
    """How many UTF-16 code units LINE counts: 2 for each character outside the basic plane."""
    return len(text) + sum(character > "\uffff" for character in text)


def is_blank(text: str) -> bool:
    """Nothing to see: white space, controls, joiners, fillers and selectors only (or nothing at all)."""
    return all(character in INVISIBLE or unicodedata.category(character) in INVISIBLE_CATEGORIES for character in text)


def cluster_ends(text: str) -> Iterator[int]:
    """The index after each character as a reader sees it: family emoji, flags, stacks and CRLF are one each."""
    flags = 0
    for index in range(1, len(text)):
        before, after = text[index - 1], text[index]
        flags = flags + 1 if _is_flag_half(before) else 0
        if _is_flag_half(after) and flags % 2:
            continue
        if not _belong_together(before, after):
            yield index
    if text:
        yield len(text)


def split_utf16(text: str, limit: int = LINE_TEXT_UNITS) -> list[str]:
    """Cut into parts of at most `limit` (≥2) UTF-16 units whose concatenation is `text`; [] for no text.

    Cuts after a line, a sentence or a space if one ends in the last quarter; never inside a cluster unless the
    cluster alone is longer than `limit`. A blank part, which LINE refuses, is made only where no cut avoids it.
    """
    if limit < 2:
        raise ValueError("a character can need two units")
    pieces = _Pieces(text, limit)
    parts: list[str] = []
    start = 0
    while start < len(pieces.texts):
        end = pieces.fitting_end(start)
        if end < len(pieces.texts):
            end = pieces.end_before_blank(start, pieces.good_end(start, end))
        parts.append("".join(pieces.texts[start:end]))
        start = end
    return parts


def within_a_push(text: str) -> str:
    """The text, or as much of its beginning as one push to LINE holds."""
    if utf16_length(text) <= LINE_TEXT_UNITS:
        return text
    return "".join(split_utf16(text)[:LINE_PUSH_TEXTS])


def _belong_together(before: str, after: str) -> bool:
    if before == "\r" and after == "\n":
        return True
    if unicodedata.category(before) in {"Cc", "Zl", "Zp"}:
        return False
    return (
        _extends(after)
        or before in PREPENDED
        or (before == ZWJ and not after.isspace())
        or _is_hangul_pair(before, after)
        or (unicodedata.combining(before) == VIRAMA_CLASS and unicodedata.category(after) == "Lo")
    )


def _extends(character: str) -> bool:
    return (
        character in JOINED_TO_PREVIOUS
        or unicodedata.category(character) in {"Mn", "Mc", "Me"}
        or "\U0001f3fb" <= character <= "\U0001f3ff"  # skin colours
        or "\U000e0020" <= character <= "\U000e007f"  # the tags of England's flag
    )


def _is_flag_half(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _is_hangul_pair(before: str, after: str) -> bool:
    """Jamo of one syllable: leading ones bind forward, vowels and finals bind backward."""
    leading = "\u1100" <= before <= "\u115f" or "\ua960" <= before <= "\ua97c"
    later = "\u1160" <= after <= "\u11ff" or "\ud7b0" <= after <= "\ud7fb"
    hangul_before = leading or "\u1160" <= before <= "\u11ff" or "\uac00" <= before <= "\ud7fb"
    after_leading = "\u1100" <= after <= "\u115f" or "\ua960" <= after <= "\ua97c" or "\uac00" <= after <= "\ud7a3"
    return (later and hangul_before) or (leading and after_leading)


class _Pieces:
    """The clusters of a text; one that is longer than the limit falls into its code points."""

    def __init__(self, text: str, limit: int) -> None:
        self.limit = limit
        self.texts: list[str] = []
        for start, end in pairwise(chain([0], cluster_ends(text))):
            cluster = text[start:end]
            self.texts.extend([cluster] if utf16_length(cluster) <= limit else cluster)
        self.lengths = [utf16_length(piece) for piece in self.texts]
        self.seen_before = list(accumulate((not is_blank(piece) for piece in self.texts), initial=0))

    def are_blank(self, start: int, end: int) -> bool:
        return self.seen_before[start] == self.seen_before[end]

    def fitting_end(self, start: int) -> int:
        """As many pieces from `start` as fit."""
        units, end = 0, start
        while end < len(self.lengths) and units + self.lengths[end] <= self.limit:
            units += self.lengths[end]
            end += 1
        return end

    def good_end(self, start: int, end: int) -> int:
        """Move the cut back to a better place within the last quarter, if there is one."""
        earliest, spared = end, 0
        while earliest > start + 1 and spared + self.lengths[earliest - 1] <= self.limit // 4:
            earliest -= 1
            spared += self.lengths[earliest]
        for marks in GOOD_ENDS:
            for place in range(end, earliest - 1, -1):
                if self.texts[place - 1][-1] in marks and not self.are_blank(start, place):
                    return place
        return end

    def end_before_blank(self, start: int, end: int) -> int:
        """If only blanks would follow, keep the last visible piece for the next part."""
        if not self.are_blank(end, self.fitting_end(end)):
            return end
        last_visible = bisect_left(self.seen_before, self.seen_before[end], start, end) - 1
        return end if last_visible <= start or self.are_blank(start, last_visible) else last_visible
