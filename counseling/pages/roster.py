"""The roster (シフト表): a read-only table of the week, and the first data of the program that edits it."""

from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import profile
from accounts.roles import Right, holders
from counseling.events import Roster, RosterShift
from counseling.feeds import roster as feed
from counseling.models import Program
from counseling.opening import TOKYO, holiday_name
from counseling.opening.hours import clock
from counseling.pages.days import days_asked
from counseling.pages.office import office, page

# The page moves on without asking again; so far ahead and back it knows the names of 祝日.
KNOWN_HOLIDAYS = timedelta(days=400)


@require_safe
@never_cache
@office(Right.PLAN_SHIFTS)
def roster(request: HttpRequest, program: Program) -> HttpResponseBase:
    """The plan of a week, or of the days in the address; what it cannot read there it takes as this week."""
    first, days = days_asked(request)
    plan = feed.roster(program.pk, first, days)
    return page(
        request,
        "office/roster.html",
        program,
        "roster",
        first=_first(program, plan),
        days=[(day, holiday_name(day)) for day in _days(first, days)],
        rows=_rows(plan, first, days),
        earlier=first - timedelta(days=days),
        later=first + timedelta(days=days),
    )


def _first(program: Program, plan: Roster) -> dict[str, Any]:
    """What static/src/roster starts with (its interfaces.ts)."""
    return {
        "roster": plan,
        "required_week": program.required_lines,
        "holidays": _holidays(timezone.localdate()),
        "today": timezone.localdate().isoformat(),
        "roles": holders(Right.WORK_SHIFTS),
        "skills": {code: word for words in profile.labels().values() for code, word in words.items()},
        "csv": reverse("office:roster-csv", args=[program.slug]),
        "upload": reverse("office:roster-import", args=[program.slug]),
    }


def _holidays(today: date) -> dict[str, str]:
    around = _days(today - KNOWN_HOLIDAYS, 2 * KNOWN_HOLIDAYS.days)
    return {day.isoformat(): name for day in around if (name := holiday_name(day))}


def _days(first: date, days: int) -> list[date]:
    return [first + timedelta(days=ahead) for ahead in range(days)]


def _rows(plan: Roster, first: date, days: int) -> list[tuple[str | None, list[list[dict[str, Any]]]]]:
    """For each person, and first for open places (no name), the shifts of each day."""
    cells: dict[int | None, list[list[dict[str, Any]]]] = {
        person["id"]: [[] for _ in range(days)] for person in plan["people"]
    }
    names = {person["id"]: person["name"] for person in plan["people"]}
    open_places: list[list[dict[str, Any]]] = [[] for _ in range(days)]
    for shift in plan["shifts"]:
        day, span = _placed(shift)
        cells.get(shift["user"], open_places)[(day - first).days].append({**shift, "span": span})
    return [(None, open_places), *((names[user], row) for user, row in cells.items() if user)]


def _placed(shift: RosterShift) -> tuple[date, str]:
    """The service day of a shift, and its times from there: 19:00–26:00."""
    starts, ends = (datetime.fromisoformat(shift[name]) for name in ("starts_at", "ends_at"))
    local = starts.astimezone(TOKYO)
    begins = local.hour * 60 + local.minute
    return local.date(), f"{clock(begins)}–{clock(begins + int((ends - starts).total_seconds()) // 60)}"
