"""Seven days of opening hours to look at: a bar a day, and the words that say the same. Lengths stand in attributes.

A service day runs past midnight to the right; what it opens of the next morning is shown there again, in outline.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from counseling import opening
from counseling.opening import Day, Hours, OpenWindow, midnight
from counseling.opening.hours import DAY_MINUTES, YEARS
from counseling.pages import opening_words as words
from counseling.pages.forecast_words import day_title

DAYS = 7
HOUR, TICK_HOURS = 60, 6
KINDS = {
    "exception": gettext_lazy("この日だけ"),
    "year_end": gettext_lazy("年末年始の休み"),
    "outside": gettext_lazy("期間の外"),
}
Planned = tuple[Day, list[OpenWindow]]


@dataclass(frozen=True)
class Bar:
    """A stretch of a day; `kind` is "taking" (new people are let in), "ending" (only who is there) or "carried"."""

    kind: str
    x: str
    width: str


@dataclass(frozen=True)
class Tick:
    """An hour of the axis; `end` is the side of the chart its letters must not leave ("start", "end", or neither)."""

    x: str
    text: str
    end: str
    is_midnight: bool


@dataclass(frozen=True)
class Axis:
    """How many minutes of a service day the width holds."""

    minutes: int

    def at(self, minutes: float) -> str:
        """So far from the left."""
        return f"{100 * minutes / self.minutes:.3f}%"

    def bar(self, kind: str, first: int, last: int) -> Bar:
        """From one minute to another."""
        return Bar(kind, self.at(first), self.at(last - first))


def drawn(hours: Hours, first: date, now: datetime) -> dict[str, Any]:
    """All the page shows of the seven days from `first`."""
    planned = opening.openings(hours, first - timedelta(days=1), DAYS + 1)
    latest = max((_minute(day.date, one.end) for day, windows in planned for one in windows), default=0)
    axis = Axis(max(DAY_MINUTES, -(-latest // HOUR) * HOUR))
    return {
        "first": first.isoformat(),
        "before": (first - timedelta(days=DAYS)).isoformat(),
        "after": (first + timedelta(days=DAYS)).isoformat(),
        "title": _("%(first)sから%(last)sまで")
        % {"first": day_title(first), "last": day_title(first + timedelta(days=DAYS - 1))},
        "ticks": list(_ticks(axis)),
        "days": [_day(before, today, axis, now) for before, today in pairwise(planned)],
        "is_closed": not any(windows for _day, windows in planned[1:]),
        "has_intake_close": hours.intake_close > 0,
        "has_carried": any(bar.kind == "carried" for pair in pairwise(planned) for bar in _carried(pair[0], axis)),
    }


def _day(before: Planned, today: Planned, axis: Axis, now: datetime) -> dict[str, Any]:
    day, windows = today
    minute = _minute(day.date, now)
    return {
        "title": day_title(day.date),
        "note": day.holiday or "",
        "kind": KINDS.get(day.kind, ""),
        "is_open": bool(windows),
        "said": [
            {"hours": words.window_words(day.date, one), "intake": words.intake_words(day.date, one)} for one in windows
        ],
        "bars": [*_carried(before, axis), *_bars(today, axis)],
        "now": axis.at(minute) if 0 <= minute < DAY_MINUTES else "",
    }


def _bars(planned: Planned, axis: Axis) -> Iterator[Bar]:
    day, windows = planned
    for one in windows:
        start, until, end = (_minute(day.date, at) for at in (one.start, one.intake_until, one.end))
        if until > start:
            yield axis.bar("taking", start, until)
        if end > until:
            yield axis.bar("ending", until, end)


def _carried(before: Planned, axis: Axis) -> Iterator[Bar]:
    """What yesterday's service day opens of this morning."""
    day, windows = before
    for one in windows:
        start, end = (max(0, _minute(day.date, at) - DAY_MINUTES) for at in (one.start, one.end))
        if end > start:
            yield axis.bar("carried", start, end)


def _ticks(axis: Axis) -> Iterator[Tick]:
    for hour in range(0, axis.minutes // HOUR + 1, TICK_HOURS):
        text = str(hour) if hour <= 24 else _("翌%(hour)d") % {"hour": hour - 24}
        end = "start" if hour == 0 else "end" if hour * HOUR == axis.minutes else "middle"
        yield Tick(axis.at(hour * HOUR), text, end, hour == 24)


def _minute(day: date, at: datetime) -> int:
    return int((at - midnight(day)).total_seconds() // 60)


def chosen(asked: str, today: date) -> date:
    """The first day of the week somebody asked for; today where they did not, or not for a day there is."""
    try:
        day = date.fromisoformat(asked.strip())
    except ValueError:
        return today
    return day if YEARS.start < day.year < YEARS.stop - 1 else today
