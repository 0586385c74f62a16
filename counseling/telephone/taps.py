"""The postback of a button about the telephone: which move, and what it answers. Pure; never a number."""

import re
from enum import StrEnum
from typing import NamedTuple

_DATA = re.compile(r"phone=([0-9]{1,18})=([a-z0-9_]{1,20})\Z")


class TapCode(StrEnum):
    """Answers that are no slot; the codes of Voice are answers, too."""

    YES = "yes"
    NO = "no"
    BACK = "back"  # taking back what was agreed


class PhoneTap(NamedTuple):
    """A button about the telephone was tapped; `code` is a TapCode, a Voice or a slot's code."""

    transfer_id: int
    code: str


def data_of(transfer_id: int, code: str) -> str:
    """The postback data of a button."""
    return f"phone={transfer_id}={code}"


def tap_of(data: str) -> PhoneTap | None:
    """The tap whose postback data this is; None for any other."""
    found = _DATA.match(data)
    return PhoneTap(int(found[1]), found[2]) if found else None
