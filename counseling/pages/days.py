"""Which service days a page of the roster shows."""

from datetime import date, timedelta

from django.http import HttpRequest
from django.utils import timezone

from counseling.opening.hours import YEARS

WEEK_DAYS = 7
LONGEST_RANGE_DAYS = 42


def days_asked(request: HttpRequest) -> tuple[date, int]:
    """The first day and how many, from the address (`from`, `days`); what cannot be read there is this week."""
    today = timezone.localdate()
    first, days = today - timedelta(days=today.weekday()), WEEK_DAYS
    try:
        asked = date.fromisoformat(request.GET.get("from", str(first)))
        number = int(request.GET.get("days", days))
    except ValueError:
        return first, days
    return (asked, number) if asked.year in YEARS and 1 <= number <= LONGEST_RANGE_DAYS else (first, days)
