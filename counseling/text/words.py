"""The doors for words: typed ones are refused with a reason, received ones are repaired and never lost. Pure."""

from __future__ import annotations

import re
from typing import Literal

from counseling.text.cutting import is_blank, utf16_length

TYPED_TEXT_UNITS = 20_000
REPLACEMENT = "\ufffd"
LONE_SURROGATE = re.compile("[\ud800-\udfff]")

TextCode = Literal["not_text", "empty", "too_long", "nul", "lone_surrogate"]


class UnacceptableText(ValueError):
    """Typed words which cannot be kept as they are; `code` says why, never what was written."""

    def __init__(self, code: TextCode) -> None:
        super().__init__(code)
        self.code = code


def clean(text: object, limit: int = TYPED_TEXT_UNITS) -> str:
    """Typed words exactly as they are, or `UnacceptableText`; `limit` is in UTF-16 units."""
    if not isinstance(text, str):
        raise UnacceptableText("not_text")
    if len(text) > limit or utf16_length(text) > limit:
        raise UnacceptableText("too_long")
    if "\0" in text:
        raise UnacceptableText("nul")
    if LONE_SURROGATE.search(text):
        raise UnacceptableText("lone_surrogate")
    if is_blank(text):
        raise UnacceptableText("empty")
    return text


def is_storable(text: str) -> bool:
    """Whether PostgreSQL and JSON keep the text as it is: neither NUL nor half a character."""
    return "\0" not in text and not LONE_SURROGATE.search(text)


def in_one_way(text: str) -> str:
    """A text of several lines as it is kept, however a browser or a file ends its lines; nothing blank around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def repair(text: str) -> str:
    """Received words, which cannot be refused: what PostgreSQL cannot store becomes U+FFFD, the rest stays."""
    if LONE_SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.replace("\0", REPLACEMENT)
