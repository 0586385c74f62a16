"""Opening hours as they are typed: rows for each day, single dates, and a few rules; read all at once."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple, Self, TypeVar

from django.http import QueryDict
from django.utils.translation import gettext

from counseling.actions.opening import fingerprint
from counseling.bounds import COUNTS
from counseling.models import Program
from counseling.opening import Hours, InvalidHours, Windows, typed
from counseling.opening.hours import DAY_NAMES, MOST_WINDOWS, YEARS

T = TypeVar("T")

HOLIDAY = "holiday"
DAYS = (*DAY_NAMES, HOLIDAY)
LIKE_WEEKDAYS, OWN, CLOSED = "like_weekdays", "own", "closed"
HOLIDAYS = (LIKE_WEEKDAYS, OWN, CLOSED)
# A form holds no more fields than the house takes (DATA_UPLOAD_MAX_NUMBER_FIELDS).
MOST_DATES = 40
TUESDAY_TO_FRIDAY = DAY_NAMES[1:5]


class SingleDate(NamedTuple):
    """A row of the dates that are not like others, as typed; its hours may say 休み."""

    on: str = ""
    hours: str = ""


class Problem(NamedTuple):
    """What is wrong with one field; codes are those of InvalidHours and typed.Unreadable, and a few of the form's own.

    Own codes: bad_year, past, twice, no_window, bad_limit.
    """

    field: str
    code: str


@dataclass(frozen=True)
class Typed:
    """All that stands in the form; fields are called "fri-0", "date-0-on", "intake_close"."""

    rows: dict[str, list[str]]
    holiday: str = LIKE_WEEKDAYS
    dates: list[SingleDate] = field(default_factory=list)
    year_end_closed: bool = False
    intake_close: str = "0"
    daily_limit: str = ""
    shown: str = ""

    @classmethod
    def of(cls, program: Program, today: date) -> Self:
        """What the program has now; dates that are over are not typed again."""
        hours = program.opening()
        own = hours.holiday or ()
        return cls(
            rows=dict(zip(DAYS, map(_written, (*hours.weekly, own)), strict=True)),
            holiday=LIKE_WEEKDAYS if hours.holiday is None else OWN if own else CLOSED,
            dates=[_single(day, hours.exceptions[day]) for day in _coming(hours, today)[:MOST_DATES]],
            year_end_closed=hours.year_end_closed,
            intake_close=str(hours.intake_close),
            daily_limit="" if program.daily_limit is None else str(program.daily_limit),
            shown=fingerprint(program),
        )

    @classmethod
    def posted(cls, data: QueryDict) -> Self:
        """What a browser sent."""
        dates = zip(data.getlist("date_on"), data.getlist("date_hours"), strict=False)
        return cls(
            rows={day: data.getlist(day)[:MOST_WINDOWS] for day in DAYS},
            holiday=next((kind for kind in HOLIDAYS if kind == data.get("holiday_kind")), LIKE_WEEKDAYS),
            dates=[SingleDate(on, hours) for on, hours in dates][:MOST_DATES],
            year_end_closed="year_end_closed" in data,
            intake_close=data.get("intake_close", ""),
            daily_limit=data.get("daily_limit", ""),
            shown=data.get("shown", ""),
        )

    def after(self, wish: str) -> tuple[Self, str]:
        """The form after a button that saves nothing, and the field to go on in.

        Wishes: add.<day>, remove.<day>.<row>, same.<day> and same.weekdays (as Monday), add.date, add.closed,
        remove.date.<row>. Any other changes nothing.
        """
        verb, _, what = wish.partition(".")
        name, _, place = what.partition(".")
        if verb == "same" and name in {"weekdays", *DAYS[1:]}:
            return self._as_monday(TUESDAY_TO_FRIDAY if name == "weekdays" else (name,))
        if name in {"date", "closed"}:
            new = SingleDate(hours=gettext("休み") if name == "closed" else "")
            dates = _changed(self.dates, verb, place, new, MOST_DATES)
            return replace(self, dates=dates), f"date-{len(dates) - 1}-on" if dates else ""
        if name in DAYS:
            rows = _changed(self.rows[name] or [""], verb, place, "", MOST_WINDOWS)
            return replace(self, rows=self.rows | {name: rows}), f"{name}-{max(len(rows) - 1, 0)}"
        return self, ""

    def _as_monday(self, days: Iterable[str]) -> tuple[Self, str]:
        copied = {day: list(self.rows["mon"]) for day in days}
        holiday = OWN if HOLIDAY in copied else self.holiday
        return replace(self, rows=self.rows | copied, holiday=holiday), f"{next(iter(copied))}-0"


def _changed(rows: list[T], verb: str, place: str, new: T, most: int) -> list[T]:
    """The rows with one more at the end, or without one of them."""
    if verb == "add":
        return [*rows, new][:most]
    if verb == "remove" and place.isdecimal() and len(place) < 3:
        return [row for at, row in enumerate(rows) if at != int(place)]
    return rows


def _coming(hours: Hours, today: date) -> list[date]:
    return [day for day in sorted(hours.exceptions) if day >= today]


def _written(windows: Windows) -> list[str]:
    return [str(window).replace("-", "–") for window in windows]


def _single(day: date, windows: Windows) -> SingleDate:
    return SingleDate(day.isoformat(), "、".join(_written(windows)) or gettext("休み"))


@dataclass(frozen=True)
class Read:
    """What was typed, read: `hours` and `daily_limit` hold where there are no problems."""

    problems: list[Problem]
    hours: Hours | None = None
    daily_limit: int | None = None


def read(form: Typed, program: Program, today: date) -> Read:
    """Everything that was typed, with everything that is wrong with it. Dates that are over stay as they were."""
    reader = _Reader(form, program.opening(), today)
    stored = reader.stored()
    try:
        hours = Hours.from_json(stored)
    except InvalidHours as invalid:
        reader.problems += [Problem(reader.field_of(path), code) for path, code in invalid.problems]
        hours = None
    limit = reader.limit()
    problems = sorted(set(reader.problems), key=_order)
    return Read(problems) if problems or hours is None else Read([], hours, limit)


def _order(problem: Problem) -> tuple[int, str]:
    name = problem.field.partition("-")[0]
    places = (*DAYS, "date", "intake_close", "daily_limit")
    return places.index(name) if name in places else len(places), problem.field


class _Reader:
    """Brings the form into the stored form of Hours, and remembers which field each window stands in."""

    def __init__(self, form: Typed, present: Hours, today: date) -> None:
        self.form, self.present, self.today = form, present, today
        self.problems: list[Problem] = []
        self._fields: dict[str, list[str]] = {}

    def stored(self) -> dict[str, object]:
        dates = {"starts_on": self.present.starts_on, "ends_on": self.present.ends_on}
        return {
            "weekly": {day: self._windows(f"weekly.{day}", self._rows(day)) for day in DAY_NAMES},
            "holiday": self._holiday(),
            "exceptions": self._kept() | dict(self._dates()),
            "year_end_closed": self.form.year_end_closed,
            "intake_close": self._number(self.form.intake_close),
            **{name: day.isoformat() for name, day in dates.items() if day},
        }

    def field_of(self, path: str) -> str:
        """The field a path of InvalidHours is about."""
        day, _, place = path.rpartition(".")
        if day in self._fields and place.isdecimal():
            return self._fields[day][int(place)]
        return self._fields[path][-1] if path in self._fields else path

    def limit(self) -> int | None:
        if not self.form.daily_limit.strip():
            return None
        count, (least, most) = self._number(self.form.daily_limit), COUNTS["daily_limit"]
        if count is None or not least <= count <= most:
            self.problems.append(Problem("daily_limit", "bad_limit"))
        return count

    def _rows(self, day: str) -> Iterator[tuple[str, str]]:
        return ((f"{day}-{place}", text) for place, text in enumerate(self.form.rows[day]))

    def _windows(self, path: str, rows: Iterable[tuple[str, str]]) -> list[str]:
        found: list[str] = []
        self._fields[path] = []
        for name, text in rows:
            try:
                windows = typed.windows(text)
            except typed.Unreadable as refused:
                self.problems.append(Problem(name, refused.code))
                continue
            found += windows
            self._fields[path] += [name] * len(windows)
        return found

    def _holiday(self) -> list[str] | None:
        if self.form.holiday != OWN:
            return None if self.form.holiday == LIKE_WEEKDAYS else []
        windows = self._windows(HOLIDAY, self._rows(HOLIDAY))
        if not windows and not any(problem.field.startswith(HOLIDAY) for problem in self.problems):
            self.problems.append(Problem(f"{HOLIDAY}-0", "no_window"))
        return windows

    def _kept(self) -> dict[str, list[str]]:
        """What the form does not show: dates that are over, and those beyond its rows."""
        shown = _coming(self.present, self.today)[:MOST_DATES]
        kept = {day: windows for day, windows in self.present.exceptions.items() if day not in shown}
        return {day.isoformat(): [str(window) for window in windows] for day, windows in kept.items()}

    def _dates(self) -> Iterator[tuple[str, list[str]]]:
        seen: set[date] = set()
        for place, row in enumerate(self.form.dates):
            if not (row.on.strip() or row.hours.strip()):
                continue
            day, code = self._day(row.on)
            if code := "twice" if day in seen else code:
                self.problems.append(Problem(f"date-{place}-on", code))
            field = f"date-{place}-hours"
            if not row.hours.strip():
                self.problems.append(Problem(field, "no_window"))
            windows = self._windows(f"exceptions.{day if day and not code else place}", [(field, row.hours)])
            if day and not code:
                seen.add(day)
                yield day.isoformat(), windows

    def _day(self, text: str) -> tuple[date | None, str]:
        """The day, and what is wrong with it."""
        try:
            day = date.fromisoformat(unicodedata.normalize("NFKC", text.strip()).replace("/", "-"))
        except ValueError:
            return None, "bad_date"
        if day.year not in YEARS:
            return None, "bad_year"
        is_new = day not in self.present.exceptions
        return day, "past" if day < self.today and is_new else ""

    @staticmethod
    def _number(text: str) -> int | None:
        digits = unicodedata.normalize("NFKC", text.strip())
        return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 6 else None
