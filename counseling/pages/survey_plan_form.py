"""The form of the survey's sending: judged by the rules of the plan, each problem beside its field in words."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from counseling import survey
from counseling.models import Part, Program
from counseling.models.edition import number, survey_plan_of
from counseling.survey import Door, InvalidPlan, Kept, Plan, When
from counseling.survey.plan import NUMBERS

CHANGED_MEANWHILE = _(
    "開いているあいだに、ほかの人が保存しました。いま選んである内容でよければ、もう一度保存してください。"
)
WHEN = {
    When.NEVER: _("送らない"),
    When.AT_END: _("相談が終わったらすぐ"),
    When.LATER: _("相談が終わってから、決まった時間のあと"),
    When.ON: _("決まった日に、それまでの相談者へまとめて"),
}
LINE = {
    Door.TAPS: _("LINEのボタンで1問ずつたずねる(ページでも答えられます)"),
    Door.PAGE: _("LINEでページのリンクを送る"),
    Door.NO: _("LINEでは送らない"),
}
KEPT = {
    Kept.WITH_TALK: _("相談といっしょに保管する(SVが、どの相談の答えか分かります)"),
    Kept.APART: _("相談と切り離して保管する(だれの答えか、だれにも分かりません)"),
}
WRONG = {
    ("on", "missing"): _("送る日を選んでください。"),
    ("on", "past"): _("過ぎた日です。今日よりあとの日を選んでください。"),
    ("on", "not_a_date"): _("日付として読めませんでした。例: 2026/12/10"),
    ("line", "no_door"): _(
        "LINEかWebページの、どちらかでは送るようにしてください。送らないときは「送らない」を選びます。"
    ),
    ("line", "apart_by_taps"): _(
        "LINEのボタンで答えると、だれの答えか分かってしまいます。切り離して保管するときは「ページのリンクを送る」を選んでください。"
    ),
}
NO_NUMBER = {"required": _("数字を書いてください。"), "invalid": _("数字で書いてください。")}


def _range_of(field: str) -> str:
    least, most = NUMBERS[field]
    return gettext("%(least)dから%(most)dまでの数で書いてください。") % {"least": least, "most": most}


def _number(label: Any, help_text: Any) -> forms.IntegerField:
    box = forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    return forms.IntegerField(label=label, help_text=help_text, error_messages=NO_NUMBER, widget=box)


class PlanForm(forms.Form):
    """A field for each member of the plan; `plan` is what was chosen, once it is valid."""

    based_on = forms.IntegerField(widget=forms.HiddenInput)
    when = forms.ChoiceField(label=_("いつ送るか"), choices=list(WHEN.items()), widget=forms.RadioSelect)
    hours = _number(
        _("終わってから送るまでの時間(時間)"),
        _("夜9時から朝9時にあたるときは、次の朝9時に送ります。"),
    )
    on = forms.DateField(
        label=_("送る日"),
        required=False,
        input_formats=("%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日"),
        error_messages={"invalid": WRONG["on", "not_a_date"]},
        help_text=_("その日の朝9時から送ります。期間が終わったあとの日にできます。"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    line = forms.ChoiceField(label=_("LINEの相談者へ"), choices=list(LINE.items()), widget=forms.RadioSelect)
    web = forms.BooleanField(label=_("Webの相談者には、相談ページに出す"), required=False)
    kept = forms.ChoiceField(label=_("答えの保管"), choices=list(KEPT.items()), widget=forms.RadioSelect)
    days_open = _number(_("答えられる日数(日)"), _("送ってから、この日数のあいだ答えられます。"))
    interval = _number(
        _("同じ人に次に送るまで(日)"), _("この日数のあいだは、何度相談しても一度しか送りません。0なら毎回送ります。")
    )

    def __init__(self, program: Program, today: date, data: QueryDict | None = None) -> None:
        self.program, self.today, self.plan = program, today, survey_plan_of(program)
        kept = self.plan.to_json() | {"on": self.plan.on, "based_on": number(program.editions, Part.SURVEY_PLAN)}
        super().__init__(data, initial=kept)

    def clean(self) -> dict[str, Any]:
        """By the rules of the plan. What does not belong to the chosen time is taken as it is."""
        typed = self.cleaned_data
        if self.errors:
            return typed
        names = Plan().to_json().keys()
        stored = {name: typed[name] for name in names} | {"on": typed["on"].isoformat() if typed["on"] else None}
        try:
            plan = survey.read(stored)
        except InvalidPlan as wrong:
            for field, code in wrong.problems:
                self.add_error(field, _range_of(field) if code == "out_of_range" else WRONG[field, code])
            return typed
        if plan.when == When.ON and plan.on and plan.on <= self.today and plan.on != self.plan.on:
            self.add_error("on", WRONG["on", "past"])
        self.plan = plan
        return typed

    def rebase(self, version: int) -> None:
        """What is chosen is based on this version from here on: it was shown that somebody was first."""
        self.data = {**self.data.dict(), "based_on": str(version)} if isinstance(self.data, QueryDict) else self.data
