"""What a volunteer writes of themselves, and what is decided on those who applied."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.people_forms import NameField, several
from accounts.roles import Role
from accounts.templatetags.components import ROLE_WORDS
from counseling.actions.joining import EMAIL_LIMIT
from counseling.actions.volunteers import HOURS_LIMIT, ROLES
from counseling.models import Application
from counseling.pages.team_forms import TOLD

AT_ONCE = 30


class JoinForm(forms.Form):
    """Name, address, qualifications, languages, when one can help."""

    name = NameField(error_messages={"required": _("お名前を書いてください。")})
    email = forms.EmailField(
        label=_("メールアドレス"),
        max_length=EMAIL_LIMIT,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("お返事は、このアドレスにお送りします。"),
        error_messages=dict.fromkeys(("required", "invalid", "max_length"), TOLD["email"]),
    )
    qualifications = several(_("資格"), "qualifications")
    languages = several(_("話せる言葉"), "languages")
    hours = forms.CharField(
        label=_("入れる時間"),
        required=False,
        max_length=HOURS_LIMIT,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("たとえば「平日の19時から22時」「土日は終日」。"),
        error_messages={"max_length": _("200文字までで書いてください。")},
    )


class Verdict(TextChoices):
    """What is decided on the ticked ones."""

    APPROVE = "approve", _("承認する")
    DECLINE = "decline", _("お断りする(メールで伝える)")
    SILENT = "silent", _("お断りする(伝えない)")


class DecisionForm(forms.Form):
    """Who is ticked, what is decided, and as which role."""

    chosen = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("応募した人を選んでください。")),
    )
    role = forms.ChoiceField(
        label=_("承認するときの役割"),
        widget=forms.RadioSelect,
        choices=[(role.value, ROLE_WORDS[role]) for role in ROLES],
        initial=Role.COUNSELOR,
        error_messages=dict.fromkeys(("required", "invalid_choice"), TOLD["no_role"]),
    )
    verdict = forms.ChoiceField(choices=Verdict.choices)

    def __init__(self, *args: Any, pending: Collection[Application], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["chosen"].choices = [(str(one.pk), one.name) for one in pending]  # type: ignore[attr-defined]

    def clean_chosen(self) -> list[int]:
        """Their ids, as many as are decided on at once."""
        chosen = self.cleaned_data["chosen"]
        if len(chosen) > AT_ONCE:
            raise forms.ValidationError(_("一度に決められるのは30人までです。"))
        return [int(pk) for pk in chosen]
