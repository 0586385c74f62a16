"""Times as a visitor reads them: Japan's clock, in words. Pure."""

from datetime import datetime

from counseling.opening import TOKYO

JAPANESE_DAYS = "月火水木金土日"


def clock(iso: str) -> str:
    """14:02, by Japan's clock."""
    return f"{_there(iso):%H:%M}"


def moment(iso: str, language: str) -> str:
    """11月23日(月) 14:02, or Mon 23 Nov, 14:02 (JST)."""
    there = _there(iso)
    if language == "ja":
        return f"{there.month}月{there.day}日({JAPANESE_DAYS[there.weekday()]}) {there:%H:%M}"
    return f"{there:%a} {there.day} {there:%b}, {there:%H:%M} (JST)"


def _there(iso: str) -> datetime:
    return datetime.fromisoformat(iso).astimezone(TOKYO)
