"""Buttons under the last message of a talk on LINE: what each says, and the postback a tap sends. Pure.

Source of the limits: LINE Messaging API reference, "Quick reply" and "Action objects": 13 buttons, a label of 20
characters, postback data of 300.
"""

import json
from collections.abc import Sequence
from typing import NamedTuple

from counseling.text import split_utf16, utf16_length

MOST = 13
LONGEST_LABEL, LONGEST_DATA = 20, 300
CUT = "…"


class QuickReply(NamedTuple):
    """One button. `shown` then stands in the talk as the person's own words; `picks_date` opens a calendar instead."""

    label: str
    data: str
    shown: str = ""
    picks_date: bool = False


def fitting(words: str) -> str:
    """The words as a label can hold them: whole, or cut where a reader sees no broken character."""
    if utf16_length(words) <= LONGEST_LABEL:
        return words
    return split_utf16(words, LONGEST_LABEL - len(CUT))[0].rstrip() + CUT


def button(words: str, data: str) -> QuickReply:
    """A button that says these words, and lets them stand in the talk as they are."""
    return QuickReply(fitting(words), data, words[:LONGEST_DATA])


def written(replies: Sequence[QuickReply]) -> str:
    """The buttons as they are kept, sealed: what is sent again must be the very same."""
    return json.dumps(replies, ensure_ascii=False) if replies else ""


def read(kept: str) -> tuple[QuickReply, ...]:
    """The buttons again."""
    return tuple(QuickReply(*one) for one in json.loads(kept)) if kept else ()
