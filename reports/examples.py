"""What figures look like, for people who write the other side: made by the code that makes the real ones."""

from datetime import date
from typing import Any

from counseling.opening import Hours
from reports import measures
from reports.days import DayKind, days_between
from reports.figures import Figures

DAY = date(2026, 11, 23)
COUNTS = {"accesses": 40, "in_hours": 32, "answered": 29, "out_of_hours": 8, "prank": 1, "valid": 24, "no_reply": 4}
COUNTS |= {"unanswered": 3, "thankful": 19}


def figures() -> Figures:
    """A day with forty accesses."""
    counts: dict[str, Any] = {one.key: COUNTS.get(one.key, 0) for one in measures.MEASURES}
    return Figures(DayKind.CALENDAR, days_between(DAY, DAY, DayKind.CALENDAR, Hours()), [counts])
