"""The days of a period and the moments at which each begins, in Tokyo: by the calendar, or by the service. Pure.

A service day (domain.md §4) keeps what comes after midnight in a window that began the evening before.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from counseling.opening import Hours, midnight

DAY = timedelta(days=1)


class DayKind(StrEnum):
    """By which day something is counted."""

    CALENDAR = "calendar"
    SERVICE = "service"


@dataclass(frozen=True)
class Days:
    """Days in a row; `starts` has one moment more than there are days: the end of the last."""

    dates: tuple[date, ...]
    starts: tuple[datetime, ...]

    def __len__(self) -> int:
        return len(self.dates)


def days_between(first: date, last: date, kind: DayKind, hours: Hours) -> Days:
    """The days from `first` to `last`, both included; service days follow `hours`."""
    dates = tuple(first + ahead * DAY for ahead in range((last - first).days + 1))
    begins = midnight if kind == DayKind.CALENDAR else _ServiceDays(hours).begins
    return Days(dates, tuple(begins(day) for day in (*dates, last + DAY)))


@dataclass(frozen=True)
class _ServiceDays:
    hours: Hours

    def begins(self, day: date) -> datetime:
        """Midnight, or later where yesterday's opening runs into the day: of two that overlap the earlier counts."""
        evening = self.hours.windows_on(day - DAY)
        closes = max((window.closes for window in evening), default=0)
        return max(midnight(day), midnight(day - DAY) + timedelta(minutes=closes))
