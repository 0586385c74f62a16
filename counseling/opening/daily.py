"""The simplest hours: the same window every day, as two clocks say it. Pure."""

from datetime import time
from typing import Any

from counseling.opening.hours import DAY_MINUTES, DAY_NAMES, LATEST_CLOSE_MINUTES, clock


class NoSuchWindow(ValueError):
    """No window lies between these clocks: it would be empty, or end later in the morning than a service day may."""


def every_day(opens: time, closes: time) -> dict[str, Any]:
    """As the stored form has it. A window that closes before it opens closes on the next day. Raises NoSuchWindow."""
    begin, end = (at.hour * 60 + at.minute for at in (opens, closes))
    if begin == end and begin != 0:
        raise NoSuchWindow
    if end <= begin:
        end += DAY_MINUTES
    if end > LATEST_CLOSE_MINUTES:
        raise NoSuchWindow
    return {"weekly": dict.fromkeys(DAY_NAMES, [f"{clock(begin)}-{clock(end)}"])}
