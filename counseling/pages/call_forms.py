"""The forms of calls: a call-back entered for a visitor, and how a call ended."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from counseling import opening
from counseling.actions.phone_calls import WORDS_LIMIT, Ending
from counseling.gateways.web.phone_form import WRONG, PhoneForm
from counseling.languages import interface
from counseling.models.telephone import NextStep, Result
from counseling.telephone import DECIDED, Plan, slots

ENDING_WRONG = {
    ("result", "missing"): _("結果を選んでください。"),
    ("next_step", "missing"): _("次にすることを選んでください。"),
    ("next_step", "not_again"): _("この結果のあとは、もう一度かけることはできません。"),
    ("next_step", "number_gone"): _("番号はもう消してあります。もう一度かけるには、番号を聞きなおしてください。"),
    ("words", "bad_words"): _("保存できませんでした。5000文字までで、書きなおしてください。"),
}


def language() -> str:
    """The language of who reads the page."""
    return interface(get_language() or "ja")


class EnteredForm(PhoneForm):
    """A call-back for a visitor who has told their number in the talk."""

    def __init__(self, plan: Plan, now: datetime, data: Any = None) -> None:
        super().__init__(plan, now, language(), data, auto_id="call_%s")
        self.fields["voice"].label = gettext("ほかの人が出たとき、名乗ってよいか")
        self.fields["wishes"].label = gettext("気をつけること(合いことば、都合のよい時間など)")


class EndingForm(forms.Form):
    """How a call ended, and what follows."""

    result = forms.CharField(
        label=_("結果"),
        required=False,
        widget=forms.RadioSelect(choices=[(one.value, Result(one.value).label) for one in DECIDED]),
    )
    next_step = forms.CharField(
        label=_("次にすること"), required=False, widget=forms.RadioSelect(choices=NextStep.choices)
    )
    slot = forms.CharField(
        label=_("もう一度かける時間"),
        required=False,
        help_text=_("「もう一度かける」を選んだときに、相談者と決めた時間を選びます。"),
    )
    words = forms.CharField(
        label=_("電話で話したこと"),
        required=False,
        help_text=_("暗号にして保存します。番号や住所は書かないでください。"),
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": WORDS_LIMIT, "autocomplete": "off"}),
    )

    def __init__(self, plan: Plan, now: datetime, data: Any = None) -> None:
        super().__init__(data)
        named = [
            (one.code, gettext("いますぐ") if one.is_now else opening.moment(one.starts, language()))
            for one in slots(plan.hours, now)
        ]
        self.fields["slot"].widget = forms.Select(choices=[("", gettext("選んでください")), *named])

    def ending(self) -> Ending:
        """What was typed, as it was typed."""
        return Ending(*(str(self.data.get(name, "")) for name in ("result", "next_step", "slot", "words")))

    def refuse(self, problems: dict[str, str]) -> None:
        """Say beside each field what is wrong with it."""
        self.is_valid()
        for field, code in problems.items():
            self.add_error(field, (ENDING_WRONG | WRONG)[field, code])
