"""The form of one emergency contact: its number, and its name and what it is for in each language."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from counseling.contacts import LONGEST_NAME, LONGEST_NUMBER, LONGEST_WHAT, Contact, Contacts, InvalidContacts, read
from counseling.languages import JAPANESE, LANGUAGES
from counseling.models import Program
from counseling.pages.words_form import spoken_by

TOLD = {
    "no_name": _("日本語の名前を書いてください。"),
    "bad_number": _("電話番号を数字で書いてください(40字まで)。"),
    "bad_character": _("保存できない文字が入っています。書きなおしてください。"),
}


class ContactForm(forms.Form):
    """One contact; `fields` beside the number are called name_<language> and what_<language>."""

    based_on = forms.IntegerField(widget=forms.HiddenInput)
    number = forms.CharField(
        label=_("電話番号"),
        required=False,
        help_text=_("画面に出すとおりに書きます。電話をかけるときは、数字と#と*だけを使います。"),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off", "maxlength": LONGEST_NUMBER}),
    )
    for_life = forms.BooleanField(
        label=_("命の危険があるときの連絡先"),
        required=False,
        help_text=_("赤い大きなボタンで、いちばん上に出ます。110番や119番だけにしてください。"),
    )

    def __init__(
        self, program: Program, known: Contact | None, based_on: int, data: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data)
        self.known = known or Contact({}, "", {})
        initial = {"based_on": based_on, "number": self.known.number, "for_life": self.known.for_life}
        self.initial = initial
        self.spoken = list(dict.fromkeys([JAPANESE, *spoken_by(program)]))
        for code in self.spoken:
            language = LANGUAGES[code]
            named = {"language": language.named(get_language() or "ja")}
            for member, label, kept, most in (
                ("name", gettext("名前(%(language)s)") % named, self.known.name, LONGEST_NAME),
                ("what", gettext("どんなとき(%(language)s)") % named, self.known.what, LONGEST_WHAT),
            ):
                attributes = {"lang": language.tag, "autocomplete": "off", "maxlength": most}
                self.fields[f"{member}_{code}"] = forms.CharField(
                    label=label,
                    required=False,
                    initial=kept.get(code, ""),
                    widget=forms.TextInput(attrs=attributes),
                )

    def clean(self) -> dict[str, Any]:
        """By the rules of contacts: as if it were the only one."""
        alone = Contacts((self.contact(),), read(None).checked_on)
        try:
            read(alone.to_json())
        except InvalidContacts as wrong:
            for path, code in wrong.problems:
                self.add_error(_field_of(path), self._told(path, code))
        return self.cleaned_data

    def _told(self, path: str, code: str) -> str:
        if code == "too_long":
            most = LONGEST_NAME if ".name" in path else LONGEST_WHAT
            return gettext("長すぎます。%(most)s文字までにしてください。") % {"most": most}
        return str(TOLD[code])

    def contact(self) -> Contact:
        """The contact as it was typed; words in languages that are not offered now stay."""
        typed = self.cleaned_data
        name, what = (
            dict(kept) | {code: (typed.get(f"{member}_{code}") or "").strip() for code in self.spoken}
            for member, kept in (("name", self.known.name), ("what", self.known.what))
        )
        present = [{code: words for code, words in labels.items() if words} for labels in (name, what)]
        number = (typed.get("number") or "").strip()
        return Contact(present[0], number, present[1], for_life=bool(typed.get("for_life")))

    def in_languages(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Name and purpose in each language."""
        return [(self[f"name_{code}"], self[f"what_{code}"]) for code in self.spoken]


def _field_of(path: str) -> str:
    """Which field a path of the stored form is about."""
    member, *language = path.removeprefix("contacts.0.").split(".")
    return "number" if member == "number" else f"{member}_{language[0] if language else JAPANESE}"
