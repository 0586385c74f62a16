"""Hours worked: planned against actual per person and month, and the file for whoever pays."""

from datetime import date, datetime, timedelta
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.confirmation import confirmed
from accounts.models import User
from accounts.roles import Right
from counseling.actions import roster_sheets
from counseling.feeds.worked import PersonMonth, months_of
from counseling.models import Program
from counseling.opening.hours import YEARS
from counseling.pages.office import office, page
from counseling.pages.shift_words import duration, span
from counseling.roster.worked import Worked
from counseling.text import sheets

# A file is read by a program that pays: always in Japanese, times as they are written there.
COLUMNS = (
    "氏名", "メール", "日付", "予定開始", "予定終了", "出勤", "退勤", "休憩(分)", "勤務(分)", "遅れ(分)", "早退(分)",
    "延長(分)", "備考",
)  # fmt: skip


@require_safe
@never_cache
@office(Right.PLAN_SHIFTS)
def hours(request: HttpRequest, program: Program) -> HttpResponseBase:
    """Everybody's month; what cannot be read in the address is the present one."""
    first = _month_asked(request)
    people = months_of(program.pk, first, timezone.now())
    longest = max((max(one.month.planned, one.month.worked) for one in people), default=timedelta(0))
    context: dict[str, Any] = {
        "first": first,
        "before": _beside(first, -1),
        "after": _beside(first, 1),
        "people": [_shown(one, longest) for one in people],
        "planned": _said(sum((one.month.planned for one in people), timedelta(0))),
        "worked": _said(sum((one.month.worked for one in people), timedelta(0))),
    }
    return page(request, "office/hours.html", program, "hours", **context)


def _shown(one: PersonMonth, longest: timedelta) -> dict[str, Any]:
    """One person's row: words, and the lengths of two bars of 100."""
    month, duties = one.month, one.month.duties
    less = month.difference <= timedelta(minutes=-1)
    return {
        "user": one.user,
        "on_duty_since": one.on_duty_since,
        "planned": _said(month.planned),
        "worked": _said(month.worked),
        "difference": ("−" if less else "") + _said(abs(month.difference)),
        "planned_bar": _bar(month.planned, longest),
        "worked_bar": _bar(month.worked, longest),
        "late": sum(bool(duty.late) for duty in duties),
        "missed": len(month.missed),
        "forgotten": sum(duty.forgotten for duty in duties),
        "days": [_day(duty) for duty in duties],
        "missed_days": [(shift.starts_at, span(shift.starts_at, shift.ends_at)) for shift in month.missed],
    }


def _day(duty: Worked) -> dict[str, Any]:
    shift = duty.shift
    return {
        "at": duty.at_work.starts_at,
        "planned": span(shift.starts_at, shift.ends_at) if shift else "",
        "actual": span(duty.at_work.starts_at, duty.at_work.ends_at),
        "worked": _said(duty.time),
        "late": _said(duty.late) if duty.late else "",
        "early": _said(duty.left_early) if duty.left_early else "",
        "over": _said(duty.over) if duty.over else "",
        "forgotten": duty.forgotten,
    }


def _said(length: timedelta) -> str:
    return duration(_minutes(length))


@require_safe
@never_cache
@office(Right.PLAN_SHIFTS)
@confirmed
def export(request: HttpRequest, program: Program) -> HttpResponseBase:
    """The month's duties and missed shifts, a line each."""
    first = _month_asked(request)
    roster_sheets.note_hours_export(program=program, first=first, by=cast("User", request.user))
    people = months_of(program.pk, first, timezone.now())
    rows = [line for one in people for line in lines_of(one)]
    response = HttpResponse(sheets.written([COLUMNS, *rows]), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="hours-{program.slug}-{first:%Y-%m}.csv"'
    return response


def lines_of(one: PersonMonth) -> list[list[object]]:
    """A person's month as the file's lines, by day."""
    lines = [(duty.at_work.starts_at, _duty_line(duty)) for duty in one.month.duties]
    for shift in one.month.missed:
        line: list[object] = [_clock(shift.starts_at), _clock(shift.ends_at), "", "", 0, 0, 0, 0, 0, "出勤なし"]
        lines.append((shift.starts_at, line))
    return [
        [one.user.name, one.user.email, timezone.localdate(at).isoformat(), *line]
        for at, line in sorted(lines, key=lambda pair: pair[0])
    ]


def _duty_line(duty: Worked) -> list[object]:
    planned = [_clock(duty.shift.starts_at), _clock(duty.shift.ends_at)] if duty.shift else ["", ""]
    note = "退勤の押し忘れ" if duty.forgotten else "予定なし" if duty.shift is None else ""
    worked, rested = duty.time, duty.at_work.length - duty.time
    measured = [_minutes(length) for length in (rested, worked, duty.late, duty.left_early, duty.over)]
    return [*planned, _clock(duty.at_work.starts_at), _clock(duty.at_work.ends_at), *measured, note]


def _clock(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


def _minutes(length: timedelta) -> int:
    return int(length.total_seconds()) // 60


def _bar(length: timedelta, longest: timedelta) -> int:
    """The length of a bar, of 100 for the longest."""
    return round(100 * length / longest) if longest else 0


def _month_asked(request: HttpRequest) -> date:
    today = timezone.localdate().replace(day=1)
    try:
        asked = date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return today
    return asked if asked.year in YEARS else today


def _beside(first: date, months: int) -> date:
    """The first day of the month before or after."""
    return (first + timedelta(days=45 if months > 0 else -1)).replace(day=1)
