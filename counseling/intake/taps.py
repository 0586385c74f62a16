"""The postback of a button: of which sitting, which asking, and what it answers. Pure.

Never a word of the answer, only its code; no code of a form begins with a dot.
"""

import re
from enum import StrEnum
from typing import NamedTuple

_DATA = re.compile(r"intake=([0-9]{1,18})\.([0-9]{1,6})=(\.?[a-z0-9][a-z0-9_-]{0,39})\Z")


class Code(StrEnum):
    """Answers that are no choice of a form."""

    AGREE = ".agree"  # 同意して相談する
    REFUSE = ".refuse"  # 同意しない
    LANGUAGE = ".language"  # back to the languages
    NONE = ".none"  # 答えない
    MORE = ".more"  # ほかの答え
    DONE = ".done"  # これでよい
    DAY = ".day"  # a day of the calendar


class Tap(NamedTuple):
    """A button of the questions was tapped; `day` is what was picked in a calendar (2026-11-26)."""

    session_id: int
    turn: int
    code: str
    day: str = ""


def data_of(session_id: int, turn: int, code: str) -> str:
    """The postback data of a button."""
    return f"intake={session_id}.{turn}={code}"


def tap_of(data: str, day: str = "") -> Tap | None:
    """The tap whose postback data this is; None for any other."""
    found = _DATA.match(data)
    return Tap(int(found[1]), int(found[2]), found[3], day) if found else None
