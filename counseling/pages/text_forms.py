"""The forms of the automatic texts: one text in all the program's languages, and the languages themselves."""

from typing import Any, Self

from django import forms
from django.http import QueryDict
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from counseling import wording
from counseling.actions.languages import fingerprint
from counseling.languages import JAPANESE, LANGUAGES
from counseling.models import Part, Program
from counseling.models.edition import texts_of
from counseling.pages.text_previews import lengths
from counseling.pages.text_words import told
from counseling.pages.words_form import WordsForm, spoken_by
from counseling.wording import Texts

_later = lazy(format_html, SafeString)


class TextForm(WordsForm):
    """One automatic text."""

    part = Part.TEXTS

    def __init__(self, program: Program, key: str, data: dict[str, Any] | None = None) -> None:
        self.key, self.own = key, texts_of(program)
        super().__init__(program, data)

    def again(self, data: dict[str, Any]) -> Self:
        """The same text with other data."""
        return type(self)(self.program, self.key, data)

    def attributes(self, code: str) -> dict[str, Any]:
        """What the page's script counts with."""
        readings = "shown" if code in self.program.furigana else "left-out"
        counted = {"data-lengths": lengths(self.program, self.key, code), "data-most": wording.LONGEST_TEXT}
        return counted | {"data-readings": readings}

    def kept(self, code: str) -> str:
        """The program's own words, or the house's to begin with."""
        return self.own.get(code, {}).get(self.key) or house_text(code, self.key)

    def in_force(self, code: str) -> str:
        """What is told, in whichever language."""
        return wording.text_for(self.own, self.key, code)

    def wrong(self, code: str, words: str) -> list[str]:
        """By the rules of the texts."""
        return [told(self.key, problem, what) for problem, what in wording.problems_of(self.key, words)]

    def content(self) -> Texts:
        """All the program's own texts with this one as it was typed; what is the house's anyway is not its own."""
        texts = {language: dict(kept) for language, kept in self.own.items()}
        for code in spoken_by(self.program):
            words, kept = self.cleaned_data[code], texts.setdefault(code, {})
            kept.pop(self.key, None)
            if words and words != house_text(code, self.key):
                kept[self.key] = words
        return {language: kept for language, kept in texts.items() if kept}


def house_text(code: str, key: str) -> str:
    """The house's own words in a language; empty where it has none."""
    return wording.TEXTS.get(code, {}).get(key, "")


class LanguagesForm(forms.Form):
    """Which languages are offered, which comes first, and where readings are shown."""

    languages = forms.MultipleChoiceField(
        label=_("ご案内する言語"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("相談員が読み書きできる言語を選んでください。日本語はいつも入ります。"),
    )
    first = forms.ChoiceField(
        label=_("はじめに出す言語"),
        help_text=_("相談者がまだ選んでいないときの言語です。ブラウザーの言語がわかるときは、そちらが先になります。"),
    )
    furigana = forms.MultipleChoiceField(
        label=_("ふりがなを出す言語"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: dict[str, Any] | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        names = [(code, _named(code)) for code in LANGUAGES]
        for name in ("languages", "first", "furigana"):
            field = self.fields[name]
            wanted = [pair for pair in names if name != "furigana" or LANGUAGES[pair[0]].tag == JAPANESE]
            field.choices = wanted  # type: ignore[attr-defined]

    @classmethod
    def posted(cls, typed: QueryDict) -> Self:
        """The form as it was sent."""
        several = {name: typed.getlist(name) for name in ("languages", "furigana")}
        return cls(typed.dict() | several)

    @classmethod
    def of(cls, program: Program) -> Self:
        """The form with what the program has now."""
        spoken = spoken_by(program)
        kept = {"languages": spoken, "first": spoken[0], "furigana": program.furigana}
        return cls(initial=kept | {"shown": fingerprint(program)})

    def clean(self) -> dict[str, Any]:
        """The first one is one of those offered."""
        first, offered = self.cleaned_data.get("first"), self.cleaned_data.get("languages", [])
        if first and first not in {JAPANESE, *offered}:
            self.add_error("first", _("「ご案内する言語」にも、この言語を入れてください。"))
        return self.cleaned_data

    def offered(self) -> list[str]:
        """The languages, the first one first."""
        chosen = {JAPANESE, *self.cleaned_data["languages"]}
        first: str = self.cleaned_data["first"]
        return [first, *(code for code in LANGUAGES if code in chosen and code != first)]

    def beside(self, program: Program) -> Self:
        """What was chosen, beside what somebody else chose meanwhile; saved at the next press."""
        again = type(self)({**self.data, "shown": fingerprint(program)})
        names = "、".join(LANGUAGES[code].named(get_language() or "ja") for code in spoken_by(program))
        again.add_error(
            None,
            gettext(
                "開いているあいだに、ほかの人が言語を変えました。いまは「%(names)s」です。これでよければ、もう一度保存してください。"
            )
            % {"names": names},
        )
        return again


def _named(code: str) -> Any:
    language = LANGUAGES[code]
    name = language.named(get_language() or "ja")
    if name == language.own_name:
        return name
    return _later('{} <span lang="{}">{}</span>', name, language.tag, language.own_name)
