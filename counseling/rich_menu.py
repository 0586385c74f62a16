"""The rich menu (リッチメニュー) below every talk on LINE: its four areas, and the postback of each. Pure.

Source of the limits: LINE Messaging API reference, "Rich menu object": width 800 to 2,500, height 250 or more, width
at least 1.45 times the height; a label of 20 characters, postback data of 300. A postback without `displayText` leaves
nothing in the talk: whoever looks at the telephone later does not see that somebody asked for help.
"""

from enum import StrEnum
from typing import NamedTuple


class Area(StrEnum):
    """What a tap asks for."""

    TALK = "talk"  # 相談する
    HOURS = "hours"  # 受付時間
    CONTACTS = "contacts"  # 緊急連絡先
    TERMS = "terms"  # 利用規約


class Bounds(NamedTuple):
    """A rectangle of the picture, in its pixels."""

    x: int
    y: int
    width: int
    height: int


WIDTH, HEIGHT = 2500, 1250
ROW = HEIGHT // 2
# The talk has the whole upper row; the others share the lower one.
BOUNDS: dict[Area, Bounds] = {
    Area.TALK: Bounds(0, 0, WIDTH, ROW),
    Area.HOURS: Bounds(0, ROW, 833, ROW),
    Area.CONTACTS: Bounds(833, ROW, 834, ROW),
    Area.TERMS: Bounds(1667, ROW, 833, ROW),
}
LABELS: dict[Area, str] = {
    Area.TALK: "相談する",
    Area.HOURS: "受付時間",
    Area.CONTACTS: "緊急連絡先",
    Area.TERMS: "利用規約",
}
# On the bar that opens and closes it.
BAR = "メニュー"
# Menus out there were made with it: it never changes.
_PREFIX = "menu="


def data_of(area: Area) -> str:
    """The postback data of an area."""
    return f"{_PREFIX}{area.value}"


def area_of(data: str) -> Area | None:
    """The area whose postback data this is; None for any other."""
    asked = data.removeprefix(_PREFIX)
    return Area(asked) if asked != data and asked in set(Area) else None
