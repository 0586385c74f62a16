"""Telephone numbers in Japan: as people write them, as they are kept, and as they are shown. Pure.

Source: 総務省 電気通信番号計画 (lengths and first digits). A number is kept as its digits from the first 0.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

MOBILE = ("050", "060", "070", "080", "090")
# No person answers these, or the caller pays for it.
SERVICES = ("0120", "0800", "0570", "0990", "0180", "0170", "020")
TWO_DIGITS = ("03", "06")
BETWEEN = re.compile(r"[\s()\[\].\-‐‑‒–—―−ー~〜]")
# A number somewhere in a sentence: its digits with at most one stroke or space between two of them.
SOMEWHERE = re.compile(r"(?<!\d)(?:\+?81[\s-]?|0)(?:\d[\s()-]?){8,10}\d(?!\d)")
LONGEST = 40


class BadNumber(ValueError):
    """Not a number one can call; `code`: missing, or one of WRONG."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def normalised(typed: str) -> str:
    """The digits of what was typed: "０９０（1234）5678" and "+81 90-1234-5678" are "09012345678". Raises BadNumber."""
    digits = BETWEEN.sub("", unicodedata.normalize("NFKC", typed[: LONGEST + 1]))
    if not digits:
        raise BadNumber("missing")
    for abroad in ("+81", "0081", "01081"):
        if digits.startswith(abroad):
            digits = "0" + digits.removeprefix(abroad).removeprefix("0")
    if code := next((code for code, holds in WRONG.items() if holds(digits)), ""):
        raise BadNumber(code)
    return digits


# In this order: each may count on those before it.
WRONG: dict[str, Callable[[str], bool]] = {
    "abroad": lambda digits: digits.startswith("+"),
    "not_digits": lambda digits: not (digits.isascii() and digits.isdigit()),
    "short": lambda digits: len(digits) < 6,  # 110, 119, 189, an extension
    "service": lambda digits: digits.startswith(SERVICES),
    "foreign": lambda digits: not digits.startswith("0") or digits[1] == "0",
    "length": lambda digits: len(digits) != (11 if digits.startswith(MOBILE) else 10),
    # No area code goes on with 0 after 0 and one digit; and 090-0000-0000 is nobody's.
    "unknown": lambda digits: _has_no_area(digits) or len(set(digits[3:])) == 1,
}


def _has_no_area(digits: str) -> bool:
    return digits[2] == "0" and not digits.startswith((*TWO_DIGITS, *MOBILE))


def number_in(words: str) -> str:
    """The number that the words are, or that stands in them alone; empty where there is none, or more than one."""
    found = set()
    for match in SOMEWHERE.finditer(unicodedata.normalize("NFKC", words)):
        try:
            found.add(normalised(match[0]))
        except BadNumber:
            continue
    return found.pop() if len(found) == 1 else ""


def hidden(words: str) -> str:
    """The words with every number in them masked: what is kept in a table of its own shall stand nowhere else."""

    def mask(match: re.Match[str]) -> str:
        try:
            return masked(normalised(match[0]))
        except BadNumber:
            return match[0]

    return SOMEWHERE.sub(mask, unicodedata.normalize("NFKC", words))


def written(number: str) -> str:
    """As people read it: 090-1234-5678, 03-1234-5678; area codes of other lengths are written as three digits."""
    first = 2 if number.startswith(TWO_DIGITS) else 3
    return f"{number[:first]}-{number[first:-4]}-{number[-4:]}"


def masked(number: str) -> str:
    """As everybody else sees it: 090-****-**78."""
    first, middle, _last = written(number).split("-")
    return f"{first}-{'*' * len(middle)}-**{number[-2:]}"
