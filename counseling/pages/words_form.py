"""Words a program keeps in editions, a field for each language it speaks, saved as the next version."""

from typing import Any, ClassVar, Self, TypeVar, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from counseling.actions import editions
from counseling.languages import JAPANESE, LANGUAGES
from counseling.models import Part, Program
from counseling.models.edition import number
from counseling.text import in_one_way

CHANGED_MEANWHILE = _(
    "開いているあいだに、ほかの人が保存しました。いま使われている文を下に添えました。これでよければ、もう一度保存してください。"
)


def spoken_by(program: Program) -> list[str]:
    """The languages of the program, in their order."""
    return [code for code in program.languages if code in LANGUAGES] or [JAPANESE]


class WordsForm(forms.Form):
    """Fields named by the languages' codes, and the version they are based on."""

    part: ClassVar[Part]
    rows: ClassVar[int] = 8
    based_on = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, program: Program, data: dict[str, Any] | None = None) -> None:
        super().__init__(data)
        self.program = program
        self.fields["based_on"].initial = number(program.editions, self.part)
        for code in spoken_by(program):
            language = LANGUAGES[code]
            attributes = {"rows": self.rows, "lang": language.tag, "spellcheck": "false", **self.attributes(code)}
            self.fields[code] = forms.CharField(
                label=language.named(get_language() or "ja"),
                required=False,
                widget=forms.Textarea(attrs=attributes),
                initial=self.kept(code),
            )

    def kept(self, code: str) -> str:
        """What stands in a language's field before anybody types."""
        raise NotImplementedError

    def in_force(self, code: str) -> str:
        """What is told in this language now."""
        raise NotImplementedError

    def wrong(self, code: str, words: str) -> list[str]:
        """What is wrong with these words, in sentences."""
        raise NotImplementedError

    def content(self) -> Any:
        """What the next version holds, once the form is valid."""
        raise NotImplementedError

    def attributes(self, code: str) -> dict[str, Any]:
        """More attributes of a language's field."""
        return {}

    def clean(self) -> dict[str, Any]:
        """Each language's words by their rules."""
        for code in spoken_by(self.program):
            words = in_one_way(self.cleaned_data.get(code) or "")
            self.cleaned_data[code] = words
            for problem in self.wrong(code, words):
                self.add_error(code, problem)
        return self.cleaned_data

    def words(self, code: str) -> str:
        """What stands in a language's field, typed or kept."""
        return in_one_way(str(self[code].value() or ""))

    def again(self, data: dict[str, Any]) -> Self:
        """The same form with other data."""
        return type(self)(self.program, data)

    def beside(self) -> Self:
        """What was typed, beside what somebody else published meanwhile; saved at the next press."""
        form = self.again({**self.data, "based_on": str(number(self.program.editions, self.part))})
        form.add_error(None, CHANGED_MEANWHILE)
        for code in spoken_by(self.program):
            now = form.in_force(code)
            if form.words(code) != now:
                form.add_error(code, gettext("いまの文:%(text)s") % {"text": f"\n{now}"})
        return form


F = TypeVar("F", bound=WordsForm)


def publish(request: HttpRequest, form: F, present: Any) -> F | None:
    """Save a valid form as the next version, where it differs from `present`.

    The form to show again where somebody else was first.
    """
    program, content, based_on = form.program, form.content(), form.cleaned_data["based_on"]
    if content == present and based_on == number(program.editions, form.part):
        messages.info(request, gettext("変わったところはありません。"))
        return None
    try:
        edition = editions.publish(
            program_id=program.pk, part=form.part, content=content, by=cast("User", request.user), based_on=based_on
        )
    except editions.NewerEdition:
        program.refresh_from_db()
        return form.beside()
    messages.success(
        request, gettext("保存しました(第%(number)s版)。これから使われます。") % {"number": edition.number}
    )
    return None
