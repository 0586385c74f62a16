"""The form before a talk: consent, attributes that may all be declined, and one line."""

import uuid
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from counseling.forms import Answers, Kind, Question
from counseling.languages import said
from counseling.models import Part, Program
from counseling.models.edition import form_of, number

ATTRIBUTE = "attribute_"
LINE_LENGTH = 200
# Up to this many choices are shown side by side, more go into a list.
MANY_CHOICES = 6


class StartForm(forms.Form):
    """What a visitor is asked before the talk. `answers()` holds only what was answered."""

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

    def __init__(self, program: Program, language: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.terms = number(program.editions, Part.TERMS)
        self.fields["terms_version"].initial = self.terms
        self.fields["client_id"].initial = uuid.uuid4()
        for question in form_of(program.editions, Part.INTAKE).questions:
            self.fields[ATTRIBUTE + question.key] = field_of(question, language)

    def clean_terms_version(self) -> int:
        """The version on the page the visitor read. Terms that changed meanwhile are shown again first."""
        version: int = self.cleaned_data["terms_version"]
        if version != self.terms:
            self.ask_consent_again()
        return version

    def ask_consent_again(self) -> None:
        """The terms are not those that were read: the form shows the present ones, unticked, all else kept."""
        data = cast(QueryDict, self.data).copy()
        data["terms_version"] = str(self.terms)
        data.pop("consent", None)
        self.data = data
        self.add_error("consent", ValidationError(self.terms_changed, code="terms_changed"))

    def answers(self) -> Answers:
        """What was answered, by the questions' keys."""
        answers = {key.removeprefix(ATTRIBUTE): value for key, value in self.cleaned_data.items() if ATTRIBUTE in key}
        return {key: value for key, value in answers.items() if value}

    def asked(self) -> list[forms.BoundField]:
        """The attributes' fields, in the program's order."""
        return [self[name] for name in self.fields if name.startswith(ATTRIBUTE)]


def field_of(question: Question, language: str) -> forms.Field:
    """One question as a field; where there are choices, "prefer not to say" comes first and is chosen already."""
    label = question.asked(language)
    if question.kind in {Kind.TEXT, Kind.LONG_TEXT, Kind.DATE, Kind.NUMBER}:
        return forms.CharField(label=label, required=False, max_length=LINE_LENGTH)
    offered = [(one.value, said(one.label, language)) for one in question.choices]
    if question.kind == Kind.CHOICES:
        return forms.MultipleChoiceField(
            label=label, choices=offered, required=False, widget=forms.CheckboxSelectMultiple, error_messages=UNKNOWN
        )
    if question.kind == Kind.YES_NO:
        offered = [("yes", gettext("はい")), ("no", gettext("いいえ"))]
    choices = [("", _("答えない")), *offered]
    widget = forms.RadioSelect if len(choices) <= MANY_CHOICES else forms.Select
    return forms.ChoiceField(
        label=label, choices=choices, required=False, initial="", widget=widget, error_messages=UNKNOWN
    )


UNKNOWN = {"invalid_choice": _("一覧から選びなおしてください。答えなくてもかまいません。")}
