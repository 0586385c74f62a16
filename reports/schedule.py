"""When results are mailed, and of which days: every day, week or month, and what becomes of holidays. Pure."""

from datetime import date
from enum import StrEnum

from counseling.opening import holiday_name
from reports.periods import DAY, Period, month_of

SATURDAY, WEEK = 5, 7
# The month is told on its second day: a night that began on its last day is over then (months.py).
TOLD_ON_DAY = 2
YEAR_END = ((12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3))


class Every(StrEnum):
    """How often."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Holidays(StrEnum):
    """What becomes of a mail that falls on a day on which nobody works."""

    SEND = "send"
    SKIP = "skip"
    NEXT = "next"  # on the next working day; days that came together are told together


def is_working(day: date) -> bool:
    """Neither a weekend, nor a national holiday, nor the turn of the year."""
    return day.weekday() < SATURDAY and holiday_name(day) is None and (day.month, day.day) not in YEAR_END


def due(every: Every, holidays: Holidays, today: date) -> Period | None:
    """The period that is told today; None where no mail is due."""
    if holidays != Holidays.SEND and not is_working(today):
        return None
    fell = [today]
    while holidays == Holidays.NEXT and not is_working(fell[-1] - DAY):
        fell.append(fell[-1] - DAY)
    # What fell on the days before, on which nobody worked, is told with today's.
    told = [period for day in fell if (period := _falls(every, day))]
    return Period(told[-1].first, told[0].last) if told else None


def _falls(every: Every, day: date) -> Period | None:
    """The period whose mail falls on this day."""
    if every == Every.DAY:
        return Period(day - DAY, day - DAY)
    if every == Every.WEEK:
        return Period(day - WEEK * DAY, day - DAY) if day.weekday() == 0 else None
    return month_of(day.replace(day=1) - DAY) if day.day == TOLD_ON_DAY else None
