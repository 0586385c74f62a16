"""What people write about themselves: their name and password when they come in, their profile later."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.profile import FIELDS


class NameField(forms.CharField):
    """A name on one line, as long as it may be kept."""

    def __init__(self, **options: Any) -> None:
        super().__init__(label=_("名前"), max_length=User._meta.get_field("name").max_length, **options)

    def to_python(self, value: Any) -> str:
        """The name with single spaces."""
        name = " ".join(str(super().to_python(value)).split())
        if not name.isprintable():
            raise ValidationError(_("使えない文字が含まれています。"))
        return name


def several(label: Any, field: str) -> forms.MultipleChoiceField:
    """Any of what accounts.profile knows for `field`."""
    choices = list(FIELDS[field].items())
    return forms.MultipleChoiceField(label=label, required=False, widget=forms.CheckboxSelectMultiple, choices=choices)


class ProfileForm(forms.Form):
    """What colleagues read of a person; `cleaned_data` is what accounts.people.keep_profile takes."""

    name = NameField(help_text=_("同僚に表示される名前です。相談者には表示されません。"))
    qualifications = several(_("資格"), "qualifications")
    languages = several(_("話せる言葉"), "languages")
    can_take = several(_("受けられる相談"), "can_take")

    @classmethod
    def of(cls, user: User) -> "ProfileForm":
        """The form as the person's profile stands."""
        return cls(initial={"name": user.name} | {field: getattr(user, field) for field in FIELDS})


class AcceptForm(forms.Form):
    """How a person who was invited comes in."""

    name = NameField(help_text=_("同僚に表示される名前です。相談者には表示されません。"))
    password = forms.CharField(
        label=_("パスワード"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=password_validators_help_text_html(),
    )
    again = forms.CharField(
        label=_("パスワード(もう一度)"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user

    def clean_password(self) -> str:
        """A password that keeps the house's rules."""
        password = str(self.cleaned_data["password"])
        validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        """The password was typed alike twice."""
        cleaned = super().clean() or {}
        if cleaned.get("password") and cleaned.get("again") and cleaned["password"] != cleaned["again"]:
            self.add_error("again", _("2回の入力が同じではありません。"))
        return cleaned
