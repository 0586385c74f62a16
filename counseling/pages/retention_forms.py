"""The forms of keeping and erasing."""

from typing import Any
from unicodedata import normalize
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counseling.actions.holds import REASON_LIMIT
from counseling.models.keeping import Checked, Why
from counseling.pages.arrangement_forms import Words

NO_DAY = _("日付を選んでください。")


def day_field(label: Any, help_text: Any, *, required: bool) -> forms.DateField:
    """A field for a day."""
    box = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    told = dict.fromkeys(("required", "invalid"), NO_DAY)
    return forms.DateField(label=label, help_text=help_text, widget=box, required=required, error_messages=told)


class DayForm(forms.Form):
    """For which day one wants to know what would go."""

    on = day_field(_("この日の夜に消えるもの"), "", required=False)


class FindForm(forms.Form):
    """Whom one looks for: a pseudonym, or the number of a talk."""

    q = forms.CharField(
        label=_("相談者の名前か、相談の番号"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class HoldForm(forms.Form):
    """A legal hold."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    reason = Words(_("理由"), _("どの手続きのためか、だれが決めたか。内部の記録です。"), REASON_LIMIT)
    until = day_field(
        _("最後の日"), _("この日が過ぎると、自動で終わります。空のままなら、終えるまで続きます。"), required=False
    )

    def clean_until(self) -> Any:
        """Not a day that is over."""
        until = self.cleaned_data["until"]
        if until and until < timezone.localdate():
            raise forms.ValidationError(_("きょうか、それより後の日を選んでください。"))
        return until


class HoldEndForm(forms.Form):
    """The end of a hold."""

    reason = Words(_("終える理由"), _("内部の記録です。"), REASON_LIMIT)


class EraseForm(forms.Form):
    """An erasure, with the name typed as a last look at whom it is about."""

    why = forms.ChoiceField(
        label=_("なぜ消すか"),
        widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in (Why.REQUEST, Why.DECISION)],
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("どちらかを選んでください。")),
    )
    checked = forms.ChoiceField(
        label=_("ご本人であることを、どう確かめたか"),
        widget=forms.RadioSelect,
        choices=Checked.choices,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("どれかを選んでください。")),
    )
    name = forms.CharField(
        label=_("相談者の名前"),
        help_text=_("取り違えを防ぐため、この方の名前(4文字)をもう一度書いてください。"),
        max_length=20,
        error_messages={"required": _("この方の名前を書いてください。")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, pseudonym: str, data: Any = None) -> None:
        super().__init__(data)
        self.pseudonym = pseudonym

    def clean_name(self) -> str:
        """The visitor's own, however it was typed."""
        name = normalize("NFKC", self.cleaned_data["name"]).strip().upper()
        if name != self.pseudonym.upper():
            raise forms.ValidationError(_("この方の名前と違います。ページの上にある名前を、もう一度確かめてください。"))
        return name

    def clean(self) -> dict[str, Any]:
        """Who asks for themselves was made sure of somehow."""
        typed = self.cleaned_data
        if typed.get("why") == Why.REQUEST and typed.get("checked") == Checked.NONE:
            self.add_error("checked", _("ご本人の求めのときは、どう確かめたかを選んでください。"))
        return typed
