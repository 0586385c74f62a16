"""Forms for pausing and closing: the words visitors read from then on, and the name that proves one means it."""

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from counseling import wording
from counseling.actions.stages import TOLD
from counseling.models import Program
from counseling.models.edition import texts_of
from counseling.pages.edition_words import language_name
from counseling.pages.text_words import told
from counseling.stages import Step

PREFIX = "text-"


class SaidForm(forms.Form):
    """The text of a step in each language of the program."""

    def __init__(self, program: Program, step: Step, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.key, own = TOLD[step], texts_of(program)
        several = len(program.languages) > 1
        for language in program.languages:
            label = _("相談する人が読む文章(%(language)s)") % {"language": language_name(language)}
            self.fields[PREFIX + language] = forms.CharField(
                label=label if several else _("相談する人が読む文章"),
                initial=wording.text_for(own, self.key, language),
                strip=False,
                required=False,
                widget=forms.Textarea(attrs={"rows": 5}),
                help_text=_("{emergency}のところに、緊急連絡先が入ります。空にすると、もとの文章に戻ります。"),
            )

    @property
    def first(self) -> forms.BoundField:
        """The words in the program's first language."""
        return self[self._names()[0]]

    @property
    def others(self) -> list[forms.BoundField]:
        """The words in its other languages."""
        return [self[name] for name in self._names()[1:]]

    @property
    def others_are_wrong(self) -> bool:
        """Whether one of the others has to be looked at."""
        return any(field.errors for field in self.others)

    def _names(self) -> list[str]:
        return [name for name in self.fields if name.startswith(PREFIX)]

    def clean(self) -> dict[str, Any]:
        """Words that can be sent, each told beside its field where they cannot."""
        for language, words in self.said().items():
            for code, what in wording.problems_of(self.key, words):
                self.add_error(PREFIX + language, told(self.key, code, what))
        return self.cleaned_data

    def said(self) -> dict[str, str]:
        """The words by language, with lines as they are kept."""
        given = {name: words for name, words in self.cleaned_data.items() if name.startswith(PREFIX)}
        return {name.removeprefix(PREFIX): words.replace("\r\n", "\n") for name, words in given.items()}


class ClosingForm(SaidForm):
    """Closing for good: the farewell, and the program's name once more."""

    def __init__(self, program: Program, *args: Any, **kwargs: Any) -> None:
        super().__init__(program, Step.CLOSE, *args, **kwargs)
        self.name = program.name
        self.fields["name"] = forms.CharField(
            label=_("事業名を書いて、終了を確かめる"),
            help_text=_("「%(name)s」と書いてください。") % {"name": program.name},
            error_messages={"required": _("事業名を書いてください。まだ終了していません。")},
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )

    def clean_name(self) -> str:
        """The name, whatever its width and blanks."""
        name = str(self.cleaned_data["name"])
        if _bare(name) != _bare(self.name):
            raise forms.ValidationError(_("事業名が違います。終了していません。"))
        return name


def _bare(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())
