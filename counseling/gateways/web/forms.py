"""The form before a talk: consent, attributes that may all be declined, and one line."""

import uuid
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from counseling.models import Program

ATTRIBUTE = "attribute_"
LINE_LENGTH = 200
# Up to this many choices are shown side by side, more go into a list.
MANY_CHOICES = 6


class StartForm(forms.Form):
    """What a visitor is asked before the talk. `attributes()` holds only what was answered."""

    consent = forms.BooleanField(
        error_messages={"required": _("相談をはじめるには、上のお約束を読んで、チェックを入れてください。")}
    )
    terms_version = forms.IntegerField(widget=forms.HiddenInput)
    client_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    line = forms.CharField(
        required=False,
        max_length=LINE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off", "aria-describedby": "line-help line-error"}),
        error_messages={"max_length": _("ここは200文字までです。くわしいことは、このあとゆっくりお話しください。")},
    )

    terms_changed = _("利用規約が新しくなりました。もう一度お読みのうえ、チェックを入れてください。")

    def __init__(self, program: Program, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.program = program
        self.fields["terms_version"].initial = program.terms_version
        self.fields["client_id"].initial = uuid.uuid4()
        for attribute in program.attributes:
            self.fields[ATTRIBUTE + attribute["key"]] = choice_of(attribute)

    def clean_terms_version(self) -> int:
        """The version on the page the visitor read. Terms that changed meanwhile are shown again first."""
        version: int = self.cleaned_data["terms_version"]
        if version != self.program.terms_version:
            self.ask_consent_again()
        return version

    def ask_consent_again(self) -> None:
        """The terms are not those that were read: the form shows the present ones, unticked, all else kept."""
        data = cast(QueryDict, self.data).copy()
        data["terms_version"] = str(self.program.terms_version)
        data.pop("consent", None)
        self.data = data
        self.add_error("consent", ValidationError(self.terms_changed, code="terms_changed"))

    def attributes(self) -> dict[str, str]:
        """The attributes that were answered, by their keys."""
        answers = {key.removeprefix(ATTRIBUTE): value for key, value in self.cleaned_data.items() if ATTRIBUTE in key}
        return {key: value for key, value in answers.items() if value}

    def asked(self) -> list[forms.BoundField]:
        """The attributes' fields, in the program's order."""
        return [self[name] for name in self.fields if name.startswith(ATTRIBUTE)]


def choice_of(attribute: dict[str, Any]) -> forms.ChoiceField:
    """One attribute as a field; "prefer not to say" comes first and is chosen already."""
    choices = [("", _("答えない")), *((value, label) for value, label in attribute["choices"])]
    widget = forms.RadioSelect if len(choices) <= MANY_CHOICES else forms.Select
    return forms.ChoiceField(
        label=attribute["label"],
        choices=choices,
        required=False,
        initial="",
        widget=widget,
        error_messages={"invalid_choice": _("一覧から選びなおしてください。答えなくてもかまいません。")},
    )
