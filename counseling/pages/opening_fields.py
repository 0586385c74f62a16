"""The rows of the opening hours' form, as its template draws them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from counseling.opening import holiday_name
from counseling.opening.hours import DAY_NAMES, MOST_WINDOWS
from counseling.pages import opening_words as words
from counseling.pages.forecast_words import day_title
from counseling.pages.opening_forms import CLOSED, HOLIDAY, HOLIDAYS, LIKE_WEEKDAYS, MOST_DATES, OWN, Problem, Typed

HOLIDAY_WORDS = {
    LIKE_WEEKDAYS: gettext_lazy("曜日どおりに受け付ける"),
    CLOSED: gettext_lazy("休みにする"),
    OWN: gettext_lazy("祝日だけの時間で受け付ける"),
}


@dataclass(frozen=True)
class Field:
    """One input: its id, what stands in it, how it is called, and what is wrong with it."""

    id: str
    value: str
    label: str
    problem: str
    has_focus: bool


class _Fields:
    """Makes fields that know their problems."""

    def __init__(self, problems: Iterable[Problem], focus: str) -> None:
        self.problems: dict[str, str] = {}
        for one in problems:
            self.problems.setdefault(one.field, words.why(one.code))
        self.focus = focus

    def one(self, name: str, value: str, label: str) -> Field:
        return Field(name, value, label, self.problems.get(name, ""), name == self.focus)


def fields(typed: Typed, problems: Iterable[Problem], focus: str) -> dict[str, Any]:
    """All of them."""
    made = _Fields(problems, focus)
    return {
        "days": [_day(made, typed, day) for day in DAY_NAMES],
        "holiday": _day(made, typed, HOLIDAY),
        "holiday_kinds": [(kind, HOLIDAY_WORDS[kind], kind == typed.holiday) for kind in HOLIDAYS],
        "dates": [_date(made, place, row.on, row.hours) for place, row in enumerate(typed.dates)],
        "can_add_date": len(typed.dates) < MOST_DATES,
        "most_dates": MOST_DATES,
        "intake_close": made.one("intake_close", typed.intake_close, _("受付締切")),
        "daily_limit": made.one("daily_limit", typed.daily_limit, _("1日の上限回数")),
    }


def _day(made: _Fields, typed: Typed, name: str) -> dict[str, Any]:
    label = str(words.NAMES[name])
    rows = typed.rows[name] or [""]
    return {
        "name": name,
        "label": label,
        "rows": [made.one(f"{name}-{at}", text, words.row_name(label, at)) for at, text in enumerate(rows)],
        "can_add": len(rows) < MOST_WINDOWS,
    }


def _date(made: _Fields, place: int, on: str, hours: str) -> dict[str, Any]:
    name = words.row_name(_("日付を決めた変更"), place)
    return {
        "on": made.one(f"date-{place}-on", on, _("%(row)sの日付") % {"row": name}),
        "hours": made.one(f"date-{place}-hours", hours, _("%(row)sの時間") % {"row": name}),
        "label": name,
        "note": _note(on),
    }


def _note(text: str) -> str:
    """The weekday of a date that can be read, and its holiday's name."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return ""
    return " ".join(filter(None, (day_title(day), holiday_name(day))))
