"""Which periods may be published: a program's finished months, and the fiscal years they make up (ADR 23). Pure."""

from datetime import date, timedelta

from counseling.models import Program
from reports.periods import Period, fiscal_year_of, month_of

DAY = timedelta(days=1)


def months(program: Program, today: date) -> list[Period]:
    """The program's months that are over, the latest first; a night that began on the last day has ended, too."""
    found: list[Period] = []
    month = month_of(min(today, program.ends_on or today))
    while month.last >= program.starts_on:
        within = _within(program, month)
        if within.last < today - DAY:
            found.append(within)
        month = month_of(month.first - DAY)
    return found


def months_of_year(program: Program, period: Period, today: date) -> list[Period]:
    """The months that make up `period`, where it is a fiscal year of the program that is over; else none.

    Only whole months, and whole years of them: of other periods that overlap one could subtract one from the other,
    until somebody stands alone in what is left.
    """
    if period != _within(program, fiscal_year_of(period.first)):
        return []
    found = [one for one in months(program, today) if period.first <= one.first <= period.last]
    whole = bool(found) and found[0].last == period.last and found[-1].first == period.first
    return found if whole and len(found) > 1 else []


def chosen(offered: list[Period], month: str) -> Period | None:
    """The month of that name, or the latest; None where none is over yet."""
    named = (one for one in offered if f"{one.first:%Y-%m}" == month)
    return next(named, offered[0] if offered else None)


def _within(program: Program, whole: Period) -> Period:
    """As much of it as the program's dates hold."""
    last = min(whole.last, program.ends_on or whole.last)
    return Period(max(whole.first, program.starts_on), max(last, whole.first))
