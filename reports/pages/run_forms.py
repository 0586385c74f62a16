"""The form that freezes a report: which period, and for a correction why."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from counseling.models import Program
from reports.months import months
from reports.pages.forms import PeriodForm

LONGEST_REASON = 400


class FreezeForm(PeriodForm):
    """A period, by which day, in which calendar; and the reason of a correction."""

    reason = forms.CharField(
        label=_("作り直す理由"),
        help_text=_(
            "同じ期間の確定版がもうあるときだけ必要です。報告書に載ります。どなたかのことは書かないでください。"
        ),
        widget=forms.Textarea({"rows": 2}),
        max_length=LONGEST_REASON,
        required=False,
        error_messages={"max_length": _("400文字までにしてください。")},
    )

    def __init__(self, program: Program, today: date, asked: dict[str, Any]) -> None:
        # What is frozen most is the month that has just ended.
        month = next(iter(months(program, today)), None)
        usual = {"first": month.first.isoformat(), "last": month.last.isoformat()} if month else {}
        super().__init__(program, today, usual | asked)
        del self.fields["against"]
