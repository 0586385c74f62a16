"""Which period one asks for, and against which: from the address, so that a page can be kept and sent on."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from counseling.keeping import counted_by
from counseling.models import Program
from counseling.opening.hours import YEARS
from reports.days import DayKind
from reports.periods import Period, fiscal_year_of, month_of

LONGEST_DAYS = 366
BEFORE, YEAR_BEFORE = "before", "year"


class PeriodForm(forms.Form):
    """From when to when, by which day, against what, in which calendar."""

    first = forms.DateField(
        label=_("最初の日"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("最初の日を選んでください。"),
            "invalid": _("2026-11-23のように書いてください。"),
        },
    )
    last = forms.DateField(
        label=_("最後の日"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("最後の日を選んでください。"),
            "invalid": _("2026-11-23のように書いてください。"),
        },
    )
    day = forms.ChoiceField(
        label=_("日の数え方"),
        choices=[(DayKind.CALENDAR, _("暦日(0時で分ける)")), (DayKind.SERVICE, _("受付日(夜をひとつに数える)"))],
        error_messages={
            "invalid_choice": _("暦日か受付日を選んでください。"),
            "required": _("暦日か受付日を選んでください。"),
        },
    )
    against = forms.ChoiceField(
        label=_("くらべる期間"),
        choices=[("", _("くらべない")), (BEFORE, _("直前の同じ日数")), (YEAR_BEFORE, _("1年前の同じ日"))],
        required=False,
        error_messages={"invalid_choice": _("くらべる期間を選び直してください。")},
    )
    eras = forms.BooleanField(label=_("和暦で表す"), required=False)

    def __init__(self, program: Program, today: date, asked: dict[str, Any]) -> None:
        self.today = today
        begins = usual(program, today)
        typed = {"first": begins.first.isoformat(), "last": begins.last.isoformat()} | asked
        super().__init__({"day": counted_by(program.report)} | typed)

    def clean(self) -> dict[str, Any]:
        """A period of a day at least and a year at most, of which nothing is still to come."""
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        for name, day in (("first", first), ("last", last)):
            if day and day.year not in YEARS:
                self.add_error(name, _("2000年から2100年までの日を選んでください。"))
        if not self.errors and first and last:
            self._in_order(first, last)
        return cleaned

    def _in_order(self, first: date, last: date) -> None:
        if last < first:
            self.add_error("last", _("最後の日は、最初の日か、そのあとの日にしてください。"))
        elif last > self.today:
            self.add_error("last", _("最後の日は、今日か、その前の日にしてください。"))
        elif (last - first).days >= LONGEST_DAYS:
            self.add_error("last", _("期間は366日までにしてください。年度ごとに分けると見られます。"))

    @property
    def period(self) -> Period:
        """The period asked for."""
        return Period(self.cleaned_data["first"], self.cleaned_data["last"])

    @property
    def address(self) -> str:
        """What asks for the same again."""
        asked = {name: self[name].value() for name in ("first", "last", "day", "against")}
        return urlencode(asked | ({"eras": "on"} if self.cleaned_data["eras"] else {}))

    @property
    def other(self) -> Period | None:
        """The period it is set against."""
        match self.cleaned_data["against"]:
            case "before":
                return self.period.before
            case "year":
                return self.period.year_before
        return None


def usual(program: Program, today: date) -> Period:
    """What one looks at first: this month so far; of a program that is over, its last year or all of it."""
    if program.ends_on and program.ends_on < today:
        earliest = program.ends_on - timedelta(days=LONGEST_DAYS - 1)
        return Period(max(program.starts_on, earliest), program.ends_on)
    return Period(today.replace(day=1), today)


def presets(program: Program, today: date) -> list[tuple[str, Period]]:
    """Periods one asks for most, by name."""
    this_year = fiscal_year_of(today)
    found = [
        (gettext("今日"), Period(today, today)),
        (gettext("今月"), Period(today.replace(day=1), today)),
        (gettext("先月"), month_of(today.replace(day=1) - timedelta(days=1))),
        (gettext("今年度"), Period(this_year.first, today)),
        (gettext("昨年度"), fiscal_year_of(this_year.first - timedelta(days=1))),
    ]
    if program.ends_on and program.ends_on < today:
        found = [(gettext("この事業の期間"), usual(program, today))]
    return found
