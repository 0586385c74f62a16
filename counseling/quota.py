"""The month's messages of a LINE account: how much of them is used, and from when on somebody must know. Pure.

LINE counts by the calendar month of Japan (LINE Messaging API reference, "Get the target limit for sending messages").
"""

from datetime import datetime
from zoneinfo import ZoneInfo

JST = ZoneInfo("Asia/Tokyo")
# Percent of the quota at which administrators and supervisors are warned.
THRESHOLDS = (80, 95)


def month_start(now: datetime) -> datetime:
    """The first moment of the month of Japan in which `now` (aware) lies."""
    return now.astimezone(JST).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def percent(used: int, quota: int) -> int:
    """How much is used, in whole percent, rounded down; a quota of nothing is used up."""
    return used * 100 // quota if quota else 100


def level(used: int | None, quota: int | None) -> int:
    """The highest threshold that was reached: 95, 80, or 0. Without a quota, or uncounted, none ever is."""
    if used is None or quota is None:
        return 0
    return max((threshold for threshold in THRESHOLDS if percent(used, quota) >= threshold), default=0)


def level_now(used: int | None, quota: int | None, counted_at: datetime | None, now: datetime) -> int:
    """The same, where the count is of this month; an older one says nothing any more."""
    return level(used, quota) if counted_at is not None and counted_at >= month_start(now) else 0
