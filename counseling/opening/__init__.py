"""When a program is open, until when it takes new sessions, and how that is said. Pure: no database, no clock."""

from counseling.opening.changes import Difference, differences
from counseling.opening.hours import (
    TOKYO,
    DayKind,
    Hours,
    InvalidHours,
    Window,
    Windows,
    clock,
    holiday_name,
    joined,
    midnight,
)
from counseling.opening.now import day, describe_now, moment
from counseling.opening.status import (
    ClosedReason,
    Day,
    OpenWindow,
    Status,
    next_opening,
    openings,
    status_at,
    week,
    why_closed,
)
from counseling.opening.wording import describe

__all__ = [
    "TOKYO",
    "ClosedReason",
    "Day",
    "DayKind",
    "Difference",
    "Hours",
    "InvalidHours",
    "OpenWindow",
    "Status",
    "Window",
    "Windows",
    "clock",
    "day",
    "describe",
    "describe_now",
    "differences",
    "holiday_name",
    "joined",
    "midnight",
    "moment",
    "next_opening",
    "openings",
    "status_at",
    "week",
    "why_closed",
]
