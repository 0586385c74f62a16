"""The form before a talk: consent, attributes that may all be declined, and one line."""

import re
import uuid
from typing import cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from counseling.gateways.web.questions import QuestionsForm
from counseling.models import Part, Program
from counseling.models.edition import editions_with, form_of, number

LINE_LENGTH = 200
VERSION = re.compile("[0-9]{1,6}")


class StartForm(QuestionsForm):
    """What a visitor is asked before the talk. `intake_version` is the version of the questions they read."""

    consent = forms.BooleanField(
        error_messages={"required": _("相談をはじめるには、上のお約束を読んで、チェックを入れてください。")}
    )
    terms_version = forms.IntegerField(widget=forms.HiddenInput)
    client_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    line = forms.CharField(
        required=False,
        max_length=LINE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off", "aria-describedby": "line-help error-line"}),
        error_messages={"max_length": _("ここは200文字までです。くわしいことは、このあとゆっくりお話しください。")},
    )

    terms_changed = _("利用規約が新しくなりました。もう一度お読みのうえ、チェックを入れてください。")

    def __init__(self, program: Program, language: str, data: QueryDict | None = None) -> None:
        read = data.get("intake_version", "") if data else ""
        editions = editions_with(program, Part.INTAKE, int(read) if VERSION.fullmatch(read) else None)
        super().__init__(form_of(editions, Part.INTAKE), language, data)
        self.intake_version = number(editions, Part.INTAKE)
        self.terms = number(program.editions, Part.TERMS)
        self.fields["terms_version"].initial = self.terms
        self.fields["client_id"].initial = uuid.uuid4()

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
