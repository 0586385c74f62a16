"""A comparator as people write it, in the form or in a row of a file: judged in one place."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from counseling.text import sheets
from reports.actions.comparators import Entered
from reports.models import Per

MOST_ROWS, MOST_COUNT, DAY_HOURS = 200, 10_000_000, 24
DATE = {"required": _("日付を書いてください。"), "invalid": _("2026-11-23のように書いてください。")}
NUMBER = {
    "required": _("数を書いてください。"),
    "invalid": _("数字で書いてください。"),
    "min_value": _("0以上の数を書いてください。"),
    "max_value": _("数が大きすぎます。"),
    "max_decimal_places": _("小数は第2位までにしてください。"),
    "max_digits": _("数が大きすぎます。"),
    "max_whole_digits": _("数が大きすぎます。"),
}
PLACES = [("0", _("整数(約13倍)")), ("1", _("小数第1位(約13.1倍)"))]
CHOICE = {"required": _("選んでください。"), "invalid_choice": _("選び直してください。")}


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, error_messages=DATE, input_formats=["%Y-%m-%d", "%Y/%m/%d"])


class ComparatorForm(forms.Form):
    """What another medium counted; valid, it has its `entry`."""

    name = forms.CharField(
        label=_("名前"),
        help_text=_("例: 府の電話相談"),
        max_length=60,
        error_messages={"required": _("名前を書いてください。"), "max_length": _("60文字までにしてください。")},
    )
    first = _day(_("最初の日"))
    last = _day(_("最後の日"))
    days = forms.IntegerField(label=_("開いていた日数"), min_value=0, error_messages=NUMBER)
    hours = forms.DecimalField(
        label=_("開いていた時間(期間の合計)"), min_value=0, max_digits=8, decimal_places=2, error_messages=NUMBER
    )
    count = forms.IntegerField(label=_("件数"), min_value=0, max_value=MOST_COUNT, error_messages=NUMBER)
    per = forms.ChoiceField(label=_("くらべ方"), choices=Per.choices, error_messages=CHOICE)
    places = forms.ChoiceField(label=_("倍率の端数"), choices=PLACES, error_messages=CHOICE)

    @property
    def entry(self) -> Entered:
        """What was entered."""
        told = self.cleaned_data
        minutes = int((told["hours"] * 60).quantize(Decimal(1), ROUND_HALF_UP))
        kept = {name: told[name] for name in ("name", "first", "last", "days", "count")}
        return Entered(**kept, minutes=minutes, per=Per(told["per"]), places=int(told["places"]))

    def clean(self) -> dict[str, Any]:
        """No more days than the period has, and no more hours than its days."""
        told: dict[str, Any] = super().clean() or {}
        if not self.errors:
            whole = (told["last"] - told["first"]).days + 1
            if whole < 1:
                self.add_error("last", _("最後の日は、最初の日か、そのあとの日にしてください。"))
            elif told["days"] > whole:
                self.add_error("days", gettext("期間の日数(%(days)d日)までにしてください。") % {"days": whole})
            elif told["hours"] > told["days"] * DAY_HOURS:
                self.add_error("hours", _("開いていた日数×24時間までにしてください。"))
        return told


@dataclass(frozen=True)
class Problem:
    """What is wrong in a line of a file."""

    line: int
    column: str
    said: str


class Unreadable(Exception):
    """The file as a whole cannot be read; its words say why."""


def read(content: bytes) -> tuple[list[Entered], list[Problem]]:
    """The rows of a file, and what is wrong with them. Raises Unreadable."""
    labels = {str(field.label): name for name, field in ComparatorForm.base_fields.items()}
    try:
        head, *rows = sheets.read(content) or [(0, [])]
    except sheets.UnreadableSheet as error:
        said = gettext("CSVとして読み取れません。ExcelでCSV形式で保存したファイルを選んでください。")
        raise Unreadable(said) from error
    absent = [label for label in labels if label not in head[1]]
    if absent:
        raise Unreadable(gettext("見出しの列が足りません: %(columns)s") % {"columns": gettext("、").join(absent)})
    if not 0 < len(rows) <= MOST_ROWS:
        raise Unreadable(gettext("1行から%(most)d行までのファイルにしてください。") % {"most": MOST_ROWS})
    forms_of = [(line, ComparatorForm(_typed(head[1], cells, labels))) for line, cells in rows]
    problems = [problem for line, form in forms_of for problem in _problems(line, form)]
    return [form.entry for _line, form in forms_of] if not problems else [], problems


def _typed(head: list[str], cells: list[str], labels: dict[str, str]) -> dict[str, str]:
    """A row as the form would have been filled: words of a choice count as the choice."""
    typed = {labels[label]: cell for label, cell in zip(head, cells, strict=False) if label in labels}
    for name, choices in (("per", Per.choices), ("places", PLACES)):
        said = {str(label): str(value) for value, label in choices}
        typed[name] = said.get(typed.get(name, ""), typed.get(name, ""))
    return typed


def _problems(line: int, form: ComparatorForm) -> Iterator[Problem]:
    for name, errors in form.errors.items():
        for said in errors:
            yield Problem(line, str(form.fields[name].label), str(said))
