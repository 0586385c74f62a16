"""Periods of days, what they are set against, and fiscal years, which begin in April. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
APRIL = 4
# The eras of the calendar of Japan that began within living memory, the latest first.
ERAS = (("令和", date(2019, 5, 1)), ("平成", date(1989, 1, 8)), ("昭和", date(1926, 12, 25)))


@dataclass(frozen=True)
class Period:
    """From `first` to `last`, both included."""

    first: date
    last: date

    def __len__(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def before(self) -> Period:
        """As many days, just before."""
        last = self.first - DAY
        return Period(last - (self.last - self.first), last)

    @property
    def year_before(self) -> Period:
        """The same days a year before; of a leap day the day before it."""
        return Period(_year_before(self.first), _year_before(self.last))

    @property
    def is_month(self) -> bool:
        """Whether it is a calendar month, whole."""
        return self.first.day == 1 and self == month_of(self.first)


def month_of(day: date) -> Period:
    """The calendar month around a day."""
    first = day.replace(day=1)
    return Period(first, (first + 31 * DAY).replace(day=1) - DAY)


def fiscal_year(day: date) -> int:
    """The fiscal year (年度) of a day: it begins in April."""
    return day.year if day.month >= APRIL else day.year - 1


def fiscal_year_of(day: date) -> Period:
    """The fiscal year around a day."""
    year = fiscal_year(day)
    return Period(date(year, APRIL, 1), date(year + 1, APRIL, 1) - DAY)


def era(day: date) -> str:
    """The year of the Japanese calendar (和暦): 令和元年."""
    name, begins = next((name, begins) for name, begins in ERAS if day >= begins)
    year = day.year - begins.year + 1
    return f"{name}{'元' if year == 1 else year}年"


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
