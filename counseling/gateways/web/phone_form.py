"""The form of a call-back: number, time, whether we may say who we are, and wishes. Staff fill in the same."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from counseling import opening, phone_words
from counseling.actions.phoning import WISHES_LIMIT, Typed
from counseling.languages import said
from counseling.telephone import Plan, Slot, Voice, slots
from counseling.telephone.numbers import LONGEST
from counseling.text import ruby

NUMBER_WRONG = {
    "missing": _("電話番号を書いてください。"),
    "not_digits": _("数字だけで書いてください。例: 090-1234-5678"),
    "service": _("この番号にはおかけできません。あなたが出られる番号を書いてください。"),
    "abroad": _("日本の電話番号を書いてください。"),
}
NOT_A_NUMBER = _("この番号にはおかけできないようです。0からはじまる番号を、もう一度たしかめてください。")
WRONG = {
    ("slot", "missing"): _("電話の時間を選んでください。"),
    ("slot", "gone"): _("この時間には、もうおかけできません。ほかの時間を選んでください。"),
    ("voice", "missing"): _("どれかを選んでください。"),
    ("wishes", "bad_words"): _("この文字は受け取れませんでした。短く書きなおしていただけますか。"),
}


class PhoneForm(forms.Form):
    """What is typed is judged by the action alone; `refuse` puts its problems beside the fields."""

    number = forms.CharField(
        label=_("電話番号"),
        required=False,
        widget=forms.TextInput(
            attrs={"class": "input", "inputmode": "tel", "autocomplete": "off", "maxlength": LONGEST}
        ),
    )
    slot = forms.CharField(label=_("電話の時間"), required=False, widget=forms.Select)
    voice = forms.CharField(label=_("ほかの方が出たとき、名乗ってもよいですか"), required=False)
    wishes = forms.CharField(
        label=_("気をつけてほしいこと"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": WISHES_LIMIT, "autocomplete": "off"}),
    )

    def __init__(self, plan: Plan, now: datetime, language: str, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        free = slots(plan.hours, now)
        named = [(one.code, _name(one, language)) for one in free]
        self.fields["slot"].widget = forms.Select(choices=[("", gettext("選んでください")), *named])
        voices = [(one.value, ruby.plain(said(phone_words.VOICES[one], language))) for one in Voice]
        self.fields["voice"].widget = forms.RadioSelect(choices=voices)
        self.is_full = not free

    def typed(self) -> Typed:
        """What was typed, as it was typed."""
        return Typed(*(str(self.data.get(name, "")) for name in ("number", "slot", "voice", "wishes")))

    def refuse(self, problems: dict[str, str]) -> None:
        """Say beside each field what is wrong with it."""
        self.is_valid()
        for field, code in problems.items():
            told = NUMBER_WRONG.get(code, NOT_A_NUMBER) if field == "number" else WRONG[field, code]
            self.add_error(field, told)


def _name(slot: Slot, language: str) -> str:
    if slot.is_now:
        return ruby.plain(said(phone_words.NOW, language))
    return ruby.plain(opening.moment(slot.starts, language))
