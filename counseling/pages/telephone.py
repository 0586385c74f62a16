"""The program's telephone (電話): its own number, whether it calls back, and the hours of both."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.roles import Right
from counseling import telephone as rules
from counseling.actions import editions
from counseling.models import Part, Program
from counseling.models.edition import number, telephone_of
from counseling.opening import Windows, typed
from counseling.opening.hours import DAY_NAMES
from counseling.pages.office import office, page
from counseling.pages.opening_words import NAMES, why
from counseling.telephone.plan import LONGEST_LINE

SECTION = "telephone"
BAD_LINE = gettext_lazy("電話番号を数字で書いてください(40字まで)。ない場合は、空のままにします。")
CHANGED_MEANWHILE = gettext_lazy(
    "開いているあいだに、ほかの人が保存しました。いま書いてある内容でよければ、もう一度保存してください。"
)
NO_HOURS = gettext_lazy("電話で話せる時間を、どれか1日には書いてください。")


class PlanForm(forms.Form):
    """A field for each day of the week beside the number and the rules."""

    based_on = forms.IntegerField(widget=forms.HiddenInput)
    line = forms.CharField(
        label=gettext_lazy("窓口の電話番号"),
        required=False,
        help_text=gettext_lazy("相談員が、チャットの相談者に案内する番号です。なければ空のままにします。"),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off", "maxlength": LONGEST_LINE}),
    )
    calls_back = forms.BooleanField(
        label=gettext_lazy("折り返しの電話をする"),
        required=False,
        help_text=gettext_lazy("相談者が番号と時間を伝え、相談員からかけます。番号は、電話のあとに消えます。"),
    )
    holidays_off = forms.BooleanField(label=gettext_lazy("祝日は休み"), required=False)
    year_end_closed = forms.BooleanField(label=gettext_lazy("12月29日から1月3日は休み"), required=False)

    def __init__(self, program: Program, data: dict[str, Any] | None = None) -> None:
        super().__init__(data)
        self.program, self.plan = program, telephone_of(program)
        hours = self.plan.hours
        self.initial = {
            "based_on": number(program.editions, Part.TELEPHONE),
            "line": self.plan.line,
            "calls_back": self.plan.calls_back,
            "holidays_off": hours.holiday == (),
            "year_end_closed": hours.year_end_closed,
        }
        for name, windows in zip(DAY_NAMES, hours.weekly, strict=True):
            self.fields[name] = forms.CharField(label=str(NAMES[name]), required=False, initial=_written(windows))

    def days(self) -> list[forms.BoundField]:
        """The days of the week."""
        return [self[name] for name in DAY_NAMES]

    def clean(self) -> dict[str, Any]:
        """By the rules of the plan, each problem beside its field."""
        weekly: dict[str, list[str]] = {}
        for name in DAY_NAMES:
            try:
                weekly[name] = typed.windows(self.cleaned_data.get(name, ""))
            except typed.Unreadable as wrong:
                self.add_error(name, why(wrong.code))
        self.cleaned_data["content"] = self._content(weekly)
        if not self.errors:
            try:
                rules.read(self.cleaned_data["content"])
            except rules.InvalidPlan as wrong_plan:
                for path, code in wrong_plan.problems:
                    self._tell(path, code)
        return self.cleaned_data

    def _content(self, weekly: dict[str, list[str]]) -> dict[str, Any]:
        typed_now = self.cleaned_data
        kept = self.plan.hours.to_json()
        hours = kept | {
            "weekly": weekly,
            "holiday": [] if typed_now.get("holidays_off") else kept["holiday"] or None,
            "year_end_closed": bool(typed_now.get("year_end_closed")),
        }
        line = (typed_now.get("line") or "").strip()
        return {"line": line, "calls_back": bool(typed_now.get("calls_back")), "hours": hours}

    def _tell(self, path: str, code: str) -> None:
        if path == "line":
            self.add_error("line", BAD_LINE)
        elif code == "no_hours":
            self.add_error(None, NO_HOURS)
        else:
            day = path.removeprefix("hours.weekly.").split(".")[0]
            self.add_error(day if day in self.fields else None, why(code))


def _written(windows: Windows) -> str:
    return gettext("、").join(map(str, windows))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.CONFIGURE)
def plan(request: HttpRequest, program: Program) -> HttpResponseBase:
    """The telephone as it is offered, and its form."""
    form = PlanForm(program, request.POST.dict() if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _publish(request, form):
        return redirect("office:telephone", program.slug)
    version = number(program.editions, Part.TELEPHONE)
    return page(request, "office/telephone.html", program, SECTION, form=form, version=version)


def _publish(request: HttpRequest, form: PlanForm) -> bool:
    """Whether what was typed is in force now; else the form says that somebody else was first."""
    typed_now, by = form.cleaned_data, cast("User", request.user)
    try:
        editions.publish(
            program_id=form.program.pk, part=Part.TELEPHONE, content=typed_now["content"], by=by,
            based_on=typed_now["based_on"],
        )  # fmt: skip
    except editions.NewerEdition:
        form.add_error(None, CHANGED_MEANWHILE)
        form.program.refresh_from_db()
        form.data = {**form.data, "based_on": number(form.program.editions, Part.TELEPHONE)}
        return False
    messages.success(request, _("保存しました。これからの提案に使われます。"))
    return True
