"""The form with which somebody asks for a substitute or a swap."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from counseling.actions.shift_requests import LONGEST_REASON
from counseling.models import Shift
from counseling.pages.shift_words import span

PERSON, SWAP = "person", "swap"


class AskForm(forms.Form):
    """Whom to ask: anyone, one colleague, or one colleague's shift in return."""

    who = forms.ChoiceField(label=_("だれに頼みますか"))
    reason = forms.CharField(
        label=_("ひとこと"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea,
        help_text=_("相手とシフトの担当者に見えます。相談者のことは書かないでください。"),
    )

    def __init__(self, *args: Any, people: Iterable[User], swaps: Iterable[Shift], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who = self.fields["who"]
        if isinstance(who, forms.ChoiceField):
            who.choices = [
                ("anyone", _("同じ役割のだれか(最初に引き受けた人)")),
                (_("代わりを頼む"), [(f"{PERSON}-{user.pk}", user.name) for user in people]),
                (_("シフトを交換する"), [(f"{SWAP}-{shift.pk}", _offer(shift)) for shift in swaps]),
            ]

    def wish(self) -> dict[str, Any]:
        """What was chosen, as the action takes it."""
        kind, _dash, number = self.cleaned_data["who"].partition("-")
        field = {PERSON: "to_id", SWAP: "in_return_id"}.get(kind)
        return {"reason": self.cleaned_data["reason"]} | ({field: int(number)} if field else {})


def _offer(shift: Shift) -> str:
    day = date_format(timezone.localtime(shift.starts_at), "MONTH_DAY_FORMAT")
    return f"{day} {span(shift.starts_at, shift.ends_at)} {shift.user}"
