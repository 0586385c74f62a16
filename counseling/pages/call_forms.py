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
from counseling.pages.follow_forms import PART, FollowPart
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


class EndingForm(FollowPart):
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

    def __init__(self, plan: Plan, now: datetime, owners: dict[int, str], data: Any = None) -> None:
        super().__init__(data)
        self.offer(owners)
        named = [
            (one.code, gettext("いますぐ") if one.is_now else opening.moment(one.starts, language()))
            for one in slots(plan.hours, now)
        ]
        self.fields["slot"].widget = forms.Select(choices=[("", gettext("選んでください")), *named])

    def ending(self) -> Ending:
        """What was typed, as it was typed."""
        self.is_valid()
        result, step, slot, words = (str(self.data.get(n, "")) for n in ("result", "next_step", "slot", "words"))
        return Ending(result, step, slot, words, self.wanted_follow_up())

    def refuse(self, problems: dict[str, str]) -> None:
        """Say beside each field what is wrong with it."""
        self.is_valid()
        follow = {name.removeprefix(PART): code for name, code in problems.items() if name.startswith(PART)}
        self.refuse_follow_up(follow)
        for field, code in problems.items():
            if not field.startswith(PART):
                self.add_error(field, (ENDING_WRONG | WRONG)[field, code])
