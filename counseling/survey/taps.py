"""The postback of a survey's button: of which answer, which asking, and what it says. Pure; never a word."""

import re
from enum import StrEnum
from typing import NamedTuple

_DATA = re.compile(r"survey=([0-9]{1,18})\.([0-9]{1,6})=(\.?[a-z0-9][a-z0-9_-]{0,39})\Z")


class SurveyCode(StrEnum):
    """What a button says that is no choice of the form; the codes of intake.Code are answers, too."""

    START = ".start"  # 答える
    DECLINE = ".decline"  # アンケートに答えない
    BACK = ".back"  # ひとつ前へ
    STOP = ".stop"  # ここで終える
    WITHDRAW = ".withdraw"  # 回答を取り消す


class SurveyTap(NamedTuple):
    """A button of a survey was tapped; `day` is what was picked in a calendar."""

    answer_id: int
    turn: int
    code: str
    day: str = ""


def data_of(answer_id: int, turn: int, code: str) -> str:
    """The postback data of a button."""
    return f"survey={answer_id}.{turn}={code}"


def tap_of(data: str, day: str = "") -> SurveyTap | None:
    """The tap whose postback data this is; None for any other."""
    found = _DATA.match(data)
    return SurveyTap(int(found[1]), int(found[2]), found[3], day) if found else None
