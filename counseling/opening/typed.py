"""Opening hours as people type them: 20:00–翌2:00, 20時〜26時, 午後8時半-10時, 8pm to 10pm, 24時間. Pure."""

from __future__ import annotations

import re
import unicodedata

from counseling.opening.hours import DAY_MINUTES, clock

WHOLE_DAY = frozenset({"24時間", "24時間受付", "終日", "24h", "24hours", "allday"})
# What is written where nobody is there; a day without any hours says the same.
CLOSED = frozenset({"休み", "お休み", "休", "定休", "なし", "無し", "closed", "-"})
LONGEST = 100
DASHES = re.compile("[‐‑‒–—―−~〜ー→]|から|to")
BETWEEN = re.compile("[、,;・/\n]|と|and")
TIME = re.compile(
    r"(?P<next>翌日?の?)?(?P<half>午前|午後)?"
    r"(?:(?P<noon>正午)|(?P<hour>[0-9]{1,2})(?:時(?:(?P<half_past>半)|(?P<past>[0-5]?[0-9])分)?|[:.]?(?P<minute>[0-5][0-9]))?)"
    r"(?P<after>am|pm)?(?P<next_after>thenextday|nextday)?"
)
FORENOON = {"午前": True, "am": True, "午後": False, "pm": False}


class Unreadable(ValueError):
    """What was typed says no hours; `code` says why.

    Codes: bad_text (not two times with a stroke between), ambiguous (which half of the day?), too_long.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def windows(typed: str) -> list[str]:
    """What was typed as windows of the stored form, ["20:00-26:00"]; none where it is empty or says 休み.

    Only reads: whether such a window can be is asked of Hours.from_json. Raises Unreadable.
    """
    if len(typed) > LONGEST:
        raise Unreadable("too_long")
    folded = re.sub(r"\s", "", unicodedata.normalize("NFKC", typed)).lower()
    text = DASHES.sub("-", folded)
    if not text or text in CLOSED:
        return []
    return [_window(part) for part in BETWEEN.split(text) if part]


def _window(text: str) -> str:
    if text in WHOLE_DAY:
        return f"{clock(0)}-{clock(DAY_MINUTES)}"
    ends = text.removesuffix("まで").split("-")
    matches = [TIME.fullmatch(end) for end in ends]
    if len(ends) != 2 or not (matches[0] and matches[1]):
        raise Unreadable("bad_text")
    if matches[1]["after"] and _half(matches[0]) is None:
        raise Unreadable("ambiguous")  # "8-10pm" is said of an evening, and reads as a day
    first, second = _minutes(matches[0]), _minutes(matches[1])
    # 午後8時〜10時: the half of the day that was said once holds for both.
    if _is_afternoon(matches[0]) and _half(matches[1]) is None and second < DAY_MINUTES // 2 < first:
        second += DAY_MINUTES // 2
    return f"{clock(first)}-{clock(second)}"


def _half(time: re.Match[str]) -> bool | None:
    """True before noon, False after it, None where the time does not say."""
    return FORENOON.get(time["half"] or time["after"] or "")


def _is_afternoon(time: re.Match[str]) -> bool:
    return _half(time) is False


def _minutes(time: re.Match[str]) -> int:
    """Minutes from 00:00 of the service day."""
    hour = 12 if time["noon"] else int(time["hour"])
    past = 30 if time["half_past"] else int(time["past"] or time["minute"] or 0)
    if (forenoon := _half(time)) is not None:
        hour = _of_the_half(hour, forenoon=forenoon, is_english=bool(time["after"]))
    is_next = time["next"] or time["next_after"]
    if is_next and hour >= 24:
        raise Unreadable("bad_text")
    return (hour + (24 if is_next else 0)) * 60 + past


def _of_the_half(hour: int, *, forenoon: bool, is_english: bool) -> int:
    """The hour of the whole day. 午前12時 is noon by the law of 1872 and midnight to most: nobody shall guess."""
    if hour > 12:
        raise Unreadable("bad_text")
    if hour == 12 and not is_english:
        raise Unreadable("ambiguous")
    return hour % 12 + (0 if forenoon else 12)
