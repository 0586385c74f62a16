"""The opening hours (開設時間) of a program and their stored form. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import lru_cache
from itertools import pairwise
from typing import Literal
from zoneinfo import ZoneInfo

import holidays

TOKYO = ZoneInfo("Asia/Tokyo")
DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_MINUTES = 24 * 60
LATEST_CLOSE_MINUTES = 32 * 60
LONGEST_INTAKE_CLOSE_MINUTES = 8 * 60
YEARS = range(2000, 2101)
# Of one day; and of all the single dates a program has ever had.
MOST_WINDOWS, MOST_EXCEPTIONS = 12, 1_000

Windows = tuple["Window", ...]
DayKind = Literal["weekday", "holiday", "exception", "year_end", "outside"]


@dataclass(frozen=True, order=True)
class Window:
    """One opening, in minutes from 00:00 of its service day; past 24:00 it runs into the next morning."""

    opens: int
    closes: int

    def __str__(self) -> str:
        return f"{clock(self.opens)}-{clock(self.closes)}"


class InvalidHours(ValueError):
    """Hours that cannot be kept; `problems` lists (path, code), e.g. ("weekly.mon.0", "overlap").

    Codes: not_an_object, unknown_key, not_a_list, bad_text, end_before_start, past_32, starts_next_day, overlap,
    too_many, bad_date, not_a_boolean, bad_minutes.
    """

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{path}: {code}" for path, code in problems))
        self.problems = problems


@dataclass(frozen=True)
class Hours:
    """Windows by day of the week, for 祝日 (`holiday` None: like any day) and for single dates."""

    weekly: tuple[Windows, ...] = ((),) * 7
    holiday: Windows | None = None
    exceptions: Mapping[date, Windows] = field(default_factory=dict)
    year_end_closed: bool = False
    intake_close: int = 0
    starts_on: date | None = None
    ends_on: date | None = None

    @classmethod
    def from_json(cls, value: object) -> Hours:
        """Read the stored form (see `to_json`); raise `InvalidHours` naming every problem at once."""
        reader = _Reader()
        hours = reader.hours(value)
        if reader.problems:
            raise InvalidHours(reader.problems)
        return hours

    def to_json(self) -> dict[str, object]:
        """The stored form: `{"weekly": {"mon": ["12:00-22:00"], …}, "holiday": […] | null, "exceptions": {…}, …}`."""
        stored: dict[str, object] = {
            "weekly": {name: _texts(day) for name, day in zip(DAY_NAMES, self.weekly, strict=True)},
            "holiday": None if self.holiday is None else _texts(self.holiday),
            "exceptions": {day.isoformat(): _texts(self.exceptions[day]) for day in sorted(self.exceptions)},
            "year_end_closed": self.year_end_closed,
            "intake_close": self.intake_close,
        }
        dates = {"starts_on": self.starts_on, "ends_on": self.ends_on}
        return stored | {name: day.isoformat() for name, day in dates.items() if day}

    def between(self, starts_on: date | None, ends_on: date | None) -> Hours:
        """The same hours, narrowed to a program's dates (both included)."""
        if starts_on is None and ends_on is None:
            return self
        starts = [day for day in (self.starts_on, starts_on) if day]
        ends = [day for day in (self.ends_on, ends_on) if day]
        return replace(self, starts_on=max(starts, default=None), ends_on=min(ends, default=None))

    def kind_of(self, day: date) -> DayKind:
        """Which rule decides a service day; within the dates an exception beats everything."""
        if (self.starts_on and day < self.starts_on) or (self.ends_on and day > self.ends_on):
            return "outside"
        if day in self.exceptions:
            return "exception"
        if self.year_end_closed and ((day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)):
            return "year_end"
        return "holiday" if self.holiday is not None and holiday_name(day) else "weekday"

    def windows_on(self, day: date) -> Windows:
        """The windows that begin on a service day, in order."""
        match self.kind_of(day):
            case "exception":
                return self.exceptions[day]
            case "holiday":
                return self.holiday or ()
            case "weekday":
                return self.weekly[day.weekday()]
            case _:
                return ()


def holiday_name(day: date) -> str | None:
    """The Japanese name of a 祝日, 振替休日 or 国民の休日; None for any other day."""
    return _holidays_of(day.year).get(day)


def midnight(day: date) -> datetime:
    """The first moment of a calendar day."""
    return datetime.combine(day, time(), TOKYO)


def clock(minutes: int) -> str:
    """Minutes from 00:00 as "26:00"."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def joined(windows: Iterable[Window]) -> Windows:
    """Windows that touch or overlap, made one: 12:00-15:00 and 15:00-18:00 are 12:00-18:00."""
    merged: list[Window] = []
    for window in sorted(windows):
        if merged and window.opens <= merged[-1].closes:
            merged[-1] = Window(merged[-1].opens, max(merged[-1].closes, window.closes))
        else:
            merged.append(window)
    return tuple(merged)


@lru_cache(maxsize=64)
def _holidays_of(year: int) -> Mapping[date, str]:
    # The library's own calendar grows while it is read, which threads must not share: take each year once.
    return dict(holidays.country_holidays("JP", years=year, language="ja", expand=False).items())


def _texts(windows: Windows) -> list[str]:
    return [str(window) for window in windows]


class _Reader:
    """Reads the stored form and collects what is wrong with it."""

    WINDOW = re.compile(r"([0-9]{1,2}):([0-5][0-9])-([0-9]{1,2}):([0-5][0-9])")
    KEYS = frozenset(
        {
            "weekly",
            "holiday",
            "exceptions",
            "year_end_closed",
            "intake_close",
            "starts_on",
            "ends_on",
        }
    )

    def __init__(self) -> None:
        self.problems: list[tuple[str, str]] = []

    def hours(self, value: object) -> Hours:
        given = self.mapping(value, "", self.KEYS)
        weekly = self.mapping(given.get("weekly", {}), "weekly", frozenset(DAY_NAMES))
        holiday = given.get("holiday")
        starts_on, ends_on = (self.optional_date(given.get(name), name) for name in ("starts_on", "ends_on"))
        if starts_on and ends_on and ends_on < starts_on:
            self.problems.append(("ends_on", "end_before_start"))
        return Hours(
            weekly=tuple(self.windows(weekly.get(name, []), f"weekly.{name}") for name in DAY_NAMES),
            holiday=None if holiday is None else self.windows(holiday, "holiday"),
            exceptions=self.exceptions(given.get("exceptions", {})),
            year_end_closed=self.boolean(given.get("year_end_closed", False), "year_end_closed"),
            intake_close=self.minutes(given.get("intake_close", 0), "intake_close"),
            starts_on=starts_on,
            ends_on=ends_on,
        )

    def refuse(self, path: str, code: str) -> None:
        self.problems.append((path, code))

    def mapping(self, value: object, path: str, keys: frozenset[str] | None = None) -> dict[str, object]:
        if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
            self.refuse(path, "not_an_object")
            return {}
        for key in value.keys() - keys if keys is not None else ():
            self.refuse(f"{path}.{key}".lstrip("."), "unknown_key")
        return value

    def exceptions(self, value: object) -> dict[date, Windows]:
        given = self.mapping(value, "exceptions")
        if len(given) > MOST_EXCEPTIONS:
            self.refuse("exceptions", "too_many")
            return {}
        dated = {self.date(key, f"exceptions.{key}"): (key, windows) for key, windows in given.items()}
        return {
            day: self.windows(windows, f"exceptions.{key}") for day, (key, windows) in dated.items() if day is not None
        }

    def windows(self, value: object, path: str) -> Windows:
        if not isinstance(value, list):
            self.refuse(path, "not_a_list")
            return ()
        if len(value) > MOST_WINDOWS:
            self.refuse(path, "too_many")
            return ()
        read = [(self.window(text, f"{path}.{place}"), place) for place, text in enumerate(value)]
        ordered = sorted((window, place) for window, place in read if window is not None)
        for (earlier, _), (later, place) in pairwise(ordered):
            if later.opens < earlier.closes:
                self.refuse(f"{path}.{place}", "overlap")
        return tuple(window for window, _ in ordered)

    def window(self, value: object, path: str) -> Window | None:
        match = self.WINDOW.fullmatch(value) if isinstance(value, str) else None
        if match is None:
            self.refuse(path, "bad_text")
            return None
        hours = [int(part) for part in match.groups()]
        window = Window(hours[0] * 60 + hours[1], hours[2] * 60 + hours[3])
        wrong = {
            "end_before_start": window.closes <= window.opens,
            "past_32": window.closes > LATEST_CLOSE_MINUTES,
            # 25:00-26:00 would belong to yesterday's service day for no reason a reader could see.
            "starts_next_day": window.opens >= DAY_MINUTES,
        }
        codes = [code for code, holds in wrong.items() if holds]
        if codes:
            self.refuse(path, codes[0])
        return None if codes else window

    def optional_date(self, value: object, path: str) -> date | None:
        return None if value is None else self.date(value, path)

    def date(self, value: object, path: str) -> date | None:
        try:
            day = date.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            day = None
        # Python also reads "20261224" and "2026-W52-4": two spellings would be two keys for one day.
        if day is None or day.isoformat() != value or day.year not in YEARS:
            self.refuse(path, "bad_date")
            return None
        return day

    def boolean(self, value: object, path: str) -> bool:
        if not isinstance(value, bool):
            self.refuse(path, "not_a_boolean")
        return value is True

    def minutes(self, value: object, path: str) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LONGEST_INTAKE_CLOSE_MINUTES:
            return value
        self.refuse(path, "bad_minutes")
        return 0
