"""Open or closed at a moment, and when the door opens next. Pure: the moment is an argument (Asia/Tokyo)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain
from typing import Literal

from counseling.opening.hours import (
    DAY_MINUTES,
    TOKYO,
    DayKind,
    Hours,
    Window,
    Windows,
    holiday_name,
    joined,
)

# An opening without interruption is followed this far to both sides; no answer depends on what lies beyond.
RUN_HORIZON_DAYS = 8
NEXT_OPENING_HORIZON_DAYS = 400
LAST_ORDINAL = date.max.toordinal() - NEXT_OPENING_HORIZON_DAYS - 2

ClosedReason = Literal["off_hours", "after_intake_close", "not_yet", "ended"]


@dataclass(frozen=True)
class OpenWindow:
    """The uninterrupted opening around a moment; new sessions are taken until `intake_until`.

    An opening that never pauses (24 hours a day) is shown as far as the horizon of eight days.
    """

    start: datetime
    end: datetime
    intake_until: datetime


@dataclass(frozen=True)
class Status:
    """What holds at one moment; `next_open` is when the door opens next, also while it is open now."""

    open: bool
    intake_open: bool
    window: OpenWindow | None
    next_open: datetime | None
    service_day: date | None


@dataclass(frozen=True)
class Day:
    """One line of a preview: a service day, its windows, and which rule made them."""

    date: date
    windows: Windows
    kind: DayKind
    holiday: str | None


def status_at(
    hours: Hours,
    now: datetime,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Status:
    """Open or not at `now` (aware). A window past midnight belongs to the service day on which it began."""
    hours = hours.between(starts_on, ends_on)
    minute = _minute(now)
    next_start = _next_start(hours, minute)
    next_open = None if next_start is None else _moment(next_start)
    run = _run_around(hours, minute)
    if run is None:
        return Status(
            open=False,
            intake_open=False,
            window=None,
            next_open=next_open,
            service_day=None,
        )
    intake_until = max(run.opens, run.closes - hours.intake_close)
    return Status(
        open=True,
        intake_open=minute < intake_until,
        window=OpenWindow(_moment(run.opens), _moment(run.closes), _moment(intake_until)),
        next_open=next_open,
        service_day=_service_day(hours, minute),
    )


def next_opening(
    hours: Hours,
    now: datetime,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> datetime | None:
    """When the door opens next after `now`; None if not within some 400 days, exceptions aside."""
    return status_at(hours, now, starts_on, ends_on).next_open


def why_closed(
    hours: Hours,
    now: datetime,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> ClosedReason | None:
    """Why no new session is taken at `now`; None while intake is open."""
    hours = hours.between(starts_on, ends_on)
    status = status_at(hours, now)
    if status.open:
        return None if status.intake_open else "after_intake_close"
    if hours.starts_on and now.astimezone(TOKYO).date() < hours.starts_on:
        return "not_yet"
    return "ended" if hours.ends_on and status.next_open is None else "off_hours"


def week(hours: Hours, from_date: date, days: int = 7) -> list[Day]:
    """A preview of the service days from `from_date`."""
    dates = (from_date + timedelta(days=ahead) for ahead in range(days))
    return [Day(day, hours.windows_on(day), hours.kind_of(day), holiday_name(day)) for day in dates]


def openings(hours: Hours, from_date: date, days: int = 7) -> list[tuple[Day, list[OpenWindow]]]:
    """The service days of `week`, and when exactly each of their windows opens, closes and stops taking new sessions.

    Where the next window begins as one ends, new sessions are taken until the end.
    """
    first = from_date.toordinal()
    around = range(first - RUN_HORIZON_DAYS, first + days + RUN_HORIZON_DAYS)
    runs = joined(_windows_of(hours, around))
    return [
        (day, [_opening(hours, window, runs) for window in _windows_of(hours, [day.date.toordinal()])])
        for day in week(hours, from_date, days)
    ]


def _opening(hours: Hours, window: Window, runs: Windows) -> OpenWindow:
    run = next(run for run in runs if run.opens <= window.opens < run.closes)
    until = max(run.opens, run.closes - hours.intake_close)
    return OpenWindow(
        _moment(window.opens), _moment(window.closes), _moment(min(max(until, window.opens), window.closes))
    )


def _minute(now: datetime) -> int:
    """Minutes since the day before 0001-01-01, by Tokyo's clock; seconds are dropped."""
    if now.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be compared with opening hours")
    there = now.astimezone(TOKYO)
    return there.toordinal() * DAY_MINUTES + there.hour * 60 + there.minute


def _moment(minute: int) -> datetime:
    day, rest = divmod(minute, DAY_MINUTES)
    return datetime.combine(date.fromordinal(day), time(rest // 60, rest % 60), TOKYO)


def _windows_of(hours: Hours, days: Iterable[int]) -> Iterator[Window]:
    """The windows of days (ordinals, rising), in the minutes of `_minute`, by their start."""
    for day in days:
        for window in hours.windows_on(date.fromordinal(day)):
            yield Window(day * DAY_MINUTES + window.opens, day * DAY_MINUTES + window.closes)


def _run_around(hours: Hours, minute: int) -> Window | None:
    """The uninterrupted opening around a minute."""
    today = minute // DAY_MINUTES
    around = _windows_of(hours, range(today - RUN_HORIZON_DAYS, today + RUN_HORIZON_DAYS + 1))
    return next((run for run in joined(around) if run.opens <= minute < run.closes), None)


def _service_day(hours: Hours, minute: int) -> date:
    """The day on which the window around an open minute began; where two overlap, the earlier."""
    today = minute // DAY_MINUTES
    windows = _windows_of(hours, (today - 1, today))
    opens = next(window.opens for window in windows if window.opens <= minute < window.closes)
    return date.fromordinal(opens // DAY_MINUTES)


def _next_start(hours: Hours, after: int) -> int | None:
    """The first minute after `after` at which the door opens, having been closed before."""
    # Yesterday's windows may still reach into today; earlier ones cannot, for none passes 32:00.
    first = after // DAY_MINUTES - 1
    if hours.starts_on:
        first = min(max(first, hours.starts_on.toordinal()), LAST_ORDINAL)
    last = first + NEXT_OPENING_HORIZON_DAYS
    later = sorted(day.toordinal() for day in hours.exceptions if day.toordinal() > last)
    reach = 0
    for window in _windows_of(hours, chain(range(first, last + 1), later)):
        if window.opens > max(after, reach):
            return window.opens
        reach = max(reach, window.closes)
    return None
