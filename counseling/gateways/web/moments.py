"""Times as a visitor reads them: Japan's clock, in words. Pure."""

from datetime import datetime

from counseling import opening
from counseling.opening import TOKYO


def clock(iso: str) -> str:
    """14:02, by Japan's clock."""
    return f"{datetime.fromisoformat(iso).astimezone(TOKYO):%H:%M}"


def moment(iso: str, language: str) -> str:
    """11月23日(月) 14:02, or Mon 23 Nov, 14:02 (JST)."""
    return opening.moment(datetime.fromisoformat(iso), language)
