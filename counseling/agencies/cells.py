"""One cell of an agency read: lines, telephones, addresses, days. What cannot be read raises Unreadable. Pure."""

import re
import unicodedata
from datetime import date
from enum import StrEnum

from counseling.agencies.areas import MUNICIPAL
from counseling.text import is_blank

REIWA_BEGAN = 2018  # the year before 令和元年
MOST_TELEPHONES, MOST_MUNICIPALITIES = 5, 100
LONGEST_MUNICIPALITY = 20
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−ー", "-"))
# Controls, and what turns the direction of reading: a telephone number would be another one to whoever reads it.
UNPRINTABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
BETWEEN = re.compile(r"[\n、,;/・]+")
MAIN_LINE = re.compile(r"\((?:代表?|直通)\)")
TELEPHONE = re.compile(r"#[0-9]{3,4}|\+?[0-9]+(?:-[0-9]+)*")
DIGITS = range(3, 16)
# So many digits without an area code's 0 are a number that a spreadsheet took for a quantity.
LONGEST_SERVICE_NUMBER = 5
WEB = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::[0-9]{1,5})?(?:[/?#]\S*)?", re.IGNORECASE)
DAY = re.compile(
    r"(?:(?P<year>20[0-9]{2})|(?:令和|R)(?P<reiwa>[1-9][0-9]?|元))[-/.年](?P<month>[0-9]{1,2})[-/.月](?P<day>[0-9]{1,2})日?"
    r"(?: 0?0:00(?::00)?)?"
)


class Reason(StrEnum):
    """Why an agency cannot be kept as it is written."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    UNPRINTABLE = "unprintable"
    NO_KIND = "no_kind"
    NO_PREFECTURE = "no_prefecture"
    NO_MUNICIPALITY = "no_municipality"
    OF_NOWHERE = "of_nowhere"  # municipalities of the whole country
    NO_TELEPHONE = "no_telephone"
    LOST_ZERO = "lost_zero"
    NO_WEB = "no_web"
    NO_DAY = "no_day"
    DAY_TO_COME = "day_to_come"
    # Of a table only
    NO_NUMBER = "no_number"
    UNKNOWN_NUMBER = "unknown_number"
    TOO_MANY_CELLS = "too_many_cells"
    SAME_AS_LINE = "same_as_line"
    SAME_AS_NUMBER = "same_as_number"


class Unreadable(ValueError):
    """A cell that cannot be read, and why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def lines(text: str, limit: int) -> str:
    """Words of several lines, without blanks around them. Raises Unreadable."""
    tidy = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    # Excel in Japan saves these two as 「?」, and their wide twins as they are.
    tidy = tidy.replace("〜", "～").replace("−", "－")
    tidy = "\n".join(map(str.rstrip, tidy.split("\n"))).strip()
    if UNPRINTABLE.search(tidy):
        raise Unreadable(Reason.UNPRINTABLE)
    if len(tidy) > limit:
        raise Unreadable(Reason.TOO_LONG)
    return "" if is_blank(tidy) else tidy


def line(text: str, limit: int) -> str:
    """Words of one line; a line break within them is a blank. Raises Unreadable."""
    return lines(" ".join(text.split()), limit)


def plain(text: str) -> str:
    """Codes, numbers and days in their common width, without blanks around them."""
    return unicodedata.normalize("NFKC", text).strip()


def telephones(text: str) -> tuple[str, ...]:
    """Numbers of any width, parted by line breaks, commas or 「、」. Raises Unreadable."""
    found = dict.fromkeys(filter(None, map(_telephone, BETWEEN.split(plain(text)))))
    if len(found) > MOST_TELEPHONES:
        raise Unreadable(Reason.TOO_MANY)
    return tuple(found)


def _telephone(text: str) -> str:
    """(045) 123 4567 → 045-123-4567, 「(代表)」 left away."""
    number = re.sub(r"[-\s()]+", "-", MAIN_LINE.sub("", text.translate(DASHES))).strip("-")
    if not number:
        return ""
    if not TELEPHONE.fullmatch(number):
        raise Unreadable(Reason.NO_TELEPHONE)
    count = sum(character.isdigit() for character in number)
    if count not in DIGITS:
        raise Unreadable(Reason.NO_TELEPHONE)
    if count > LONGEST_SERVICE_NUMBER and number[0] not in "0+":
        raise Unreadable(Reason.LOST_ZERO)
    return number


def web(text: str, limit: int) -> str:
    """An address that begins with http:// or https://, without anybody's name in it. Raises Unreadable."""
    # In its common width it may be longer.
    address = line(plain(text), limit)
    if address and not WEB.fullmatch(address):
        raise Unreadable(Reason.NO_WEB)
    return address


def municipalities(text: str) -> tuple[str, ...]:
    """Names parted as telephones are. Raises Unreadable."""
    names = tuple(dict.fromkeys(name for part in BETWEEN.split(plain(text)) if (name := "".join(part.split()))))
    if len(names) > MOST_MUNICIPALITIES:
        raise Unreadable(Reason.TOO_MANY)
    if any(len(name) > LONGEST_MUNICIPALITY or not name.endswith(MUNICIPAL) for name in names):
        raise Unreadable(Reason.NO_MUNICIPALITY)
    return names


def day(text: str, today: date) -> date | None:
    """2026-11-23, 2026/11/23, 2026年11月23日, 令和8年11月23日, R8.11.23; None for nothing. Raises Unreadable."""
    written = plain(text)
    if not written:
        return None
    match = DAY.fullmatch(written)
    if match is None:
        raise Unreadable(Reason.NO_DAY)
    reiwa = match["reiwa"]
    year = int(match["year"]) if match["year"] else REIWA_BEGAN + (1 if reiwa == "元" else int(reiwa))
    try:
        found = date(year, int(match["month"]), int(match["day"]))
    except ValueError:
        raise Unreadable(Reason.NO_DAY) from None
    if found > today:
        raise Unreadable(Reason.DAY_TO_COME)
    return found
