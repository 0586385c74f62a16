"""A program's questions as fields of a visitor's page: of every kind, in the visitor's language."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from counseling.forms import Answers, Form, Kind, Question, is_asked
from counseling.forms.questions import LARGEST_NUMBER, LONG_TEXT, SHORT_TEXT
from counseling.languages import LANGUAGES, said, said_in

ATTRIBUTE = "attribute_"
# Up to this many choices are shown side by side, more go into a list.
MANY_CHOICES = 6
DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")
UNKNOWN = {"invalid_choice": _("一覧から選びなおしてください。答えなくてもかまいません。")}
TOO_LONG = {"max_length": _("長すぎます。もう少し短く書いてください。")}
NO_NUMBER = _("数字だけで書いてください。答えなくてもかまいません。")
NO_DAY = _("日付として読めませんでした。例: 2026/11/23。答えなくてもかまいません。")


@dataclass(frozen=True)
class Asked:
    """One question as the page shows it: its field, the tag of the language its words are in, and who is asked it."""

    question: Question
    field: forms.BoundField
    language: str
    condition: str

    @property
    def tag(self) -> str:
        """For `lang`: what was not written in this language is read in another."""
        return LANGUAGES[said_in(self.question.label, self.language)].tag

    @property
    def after(self) -> str:
        """The name of the field on whose answer it depends; empty where everybody is asked."""
        return ATTRIBUTE + self.question.shown_if.key if self.question.shown_if else ""

    @property
    def values(self) -> str:
        """The answers after which it is asked, as codes parted by blanks."""
        return " ".join(self.question.shown_if.values) if self.question.shown_if else ""

    @property
    def is_group(self) -> bool:
        """Whether it is answered by several controls, which one legend names."""
        return self.field.use_fieldset


class QuestionsForm(forms.Form):
    """The questions of `asking` in `language`. `answers()` holds only what was answered."""

    def __init__(self, asking: Form, language: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asking, self.language = asking, language
        for question in asking.questions:
            self.fields[ATTRIBUTE + question.key] = field_of(question, language)

    def clean(self) -> dict[str, Any]:
        """What is typed below a question that is not asked of this visitor is nobody's mistake."""
        given: Answers = {}
        for question in self.asking.questions:
            name = ATTRIBUTE + question.key
            if not is_asked(question, given):
                self.errors.pop(name, None)
            elif answer := self.cleaned_data.get(name):
                given[question.key] = answer
        return self.cleaned_data

    def answers(self) -> Answers:
        """What was answered, by the questions' keys."""
        given = {one.key: self.cleaned_data.get(ATTRIBUTE + one.key) for one in self.asking.questions}
        return {key: answer for key, answer in given.items() if answer not in (None, "", [])}

    def asked(self) -> list[Asked]:
        """The questions in the program's order."""
        return [
            Asked(one, self[ATTRIBUTE + one.key], self.language, condition(self.asking, one, self.language))
            for one in self.asking.questions
        ]


def condition(form: Form, question: Question, language: str) -> str:
    """Who is asked the question, in words; empty where everybody is."""
    earlier = form.question(question.shown_if.key) if question.shown_if else None
    if earlier is None or question.shown_if is None:
        return ""
    words = dict(offered(earlier, language))
    answers = gettext("か").join(
        gettext("「%(words)s」") % {"words": words[value]} for value in question.shown_if.values if value in words
    )
    return gettext("%(question)s: %(answers)sの方だけお答えください。") % {
        "question": earlier.asked(language), "answers": answers,
    }  # fmt: skip


def offered(question: Question, language: str) -> list[tuple[str, str]]:
    """The answers to choose from, as code and words."""
    if question.kind == Kind.YES_NO:
        return [("yes", gettext("はい")), ("no", gettext("いいえ"))]
    return [(one.value, said(one.label, language)) for one in question.choices]


class NumberField(forms.CharField):
    """A whole number, also in wide figures."""

    def clean(self, value: Any) -> Any:
        """The number; None where there is none."""
        figures = unicodedata.normalize("NFKC", super().clean(value)).replace(",", "")
        if not figures:
            return None
        if not figures.isdecimal() or len(figures) > len(str(LARGEST_NUMBER)) or int(figures) > LARGEST_NUMBER:
            raise ValidationError(NO_NUMBER)
        return int(figures)


class DayField(forms.DateField):
    """A day as the browser's own control sends it, or as people type it where there is none."""

    def clean(self, value: Any) -> Any:
        """The day as JSON keeps it; None where there is none."""
        day: date | None = super().clean(unicodedata.normalize("NFKC", value or ""))
        return day.isoformat() if day else None


class WordsField(forms.CharField):
    """The visitor's own words, their lines ended as the house ends them."""

    def to_python(self, value: Any) -> str:
        """Without what a browser adds."""
        words = super().to_python((value or "").replace("\r\n", "\n"))
        return words or ""


def field_of(question: Question, language: str) -> forms.Field:
    """One question as a field; where there are choices, "prefer not to say" comes first and is chosen already."""
    name = ATTRIBUTE + question.key
    described = {"aria-describedby": f"help-{name} error-{name}"}
    shown: dict[str, Any] = {
        "label": question.asked(language),
        "help_text": said(question.help, language),
        "required": False,
    }
    typed = {"class": "input", "autocomplete": "off", **described}
    match question.kind:
        case Kind.CHOICES:
            return forms.MultipleChoiceField(
                choices=offered(question, language),
                widget=forms.CheckboxSelectMultiple,
                error_messages=UNKNOWN,
                **shown,
            )
        case Kind.CHOICE | Kind.YES_NO:
            choices = [("", _("答えない")), *offered(question, language)]
            many = len(choices) > MANY_CHOICES
            widget = forms.Select(attrs=described) if many else forms.RadioSelect()
            return forms.ChoiceField(choices=choices, initial="", widget=widget, error_messages=UNKNOWN, **shown)
        case Kind.TEXT:
            return WordsField(max_length=SHORT_TEXT, widget=forms.TextInput(typed), error_messages=TOO_LONG, **shown)
        case Kind.LONG_TEXT:
            area = forms.Textarea({"rows": 4, **typed})
            return WordsField(max_length=LONG_TEXT, widget=area, error_messages=TOO_LONG, **shown)
        case Kind.NUMBER:
            return NumberField(widget=forms.TextInput({"inputmode": "numeric", **typed}), **shown)
        case Kind.DATE:
            day = forms.DateInput({"type": "date", **typed}, format="%Y-%m-%d")
            return DayField(widget=day, input_formats=DAYS, error_messages={"invalid": NO_DAY}, **shown)
