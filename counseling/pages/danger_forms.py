"""The form of a program's own words of danger: a field for each meaning and level, a word to a line; and a trial."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from counseling import triage
from counseling.models import Edition, Part, Program
from counseling.models.edition import number
from counseling.models.risk import RISKS
from counseling.pages.words_form import CHANGED_MEANWHILE
from counseling.triage import LONGEST_WORD, MOST_WORDS, WORDS_OF_DANGER, Finding, InvalidDictionary, Meaning, Risk

MEANINGS = {
    Meaning.SUICIDE: _("死にたい気持ち"),
    Meaning.SELF_HARM: _("自分を傷つけること"),
    Meaning.VIOLENCE: _("暴力や犯罪"),
    Meaning.CHILD_IN_DANGER: _("子どもの危険"),
}
LEVELS = {level: RISKS[level] for level in (Risk.HIGH, Risk.MODERATE, Risk.LOW)}
LONGEST_TRIAL = 2_000
TOLD = {
    "no_letter": _("「%(word)s」は使えません。文字のあることばを、%(most)s文字までで書いてください。"),
    "twice": _("「%(word)s」が二度出てきます。かな・幅・空白だけの違いは、同じことばです。"),
}


@dataclass(frozen=True)
class Group:
    """Words of one meaning at one level: the house's, and the field with the program's own."""

    house: tuple[str, ...]
    field: forms.BoundField


@dataclass(frozen=True)
class Shelf:
    """All words of one meaning, the gravest first."""

    meaning: str
    groups: tuple[Group, ...]


class DangerForm(forms.Form):
    """Fields `<meaning>_<level>` with the program's own words, `left_out` of the house's, and a sentence to try."""

    based_on = forms.IntegerField(widget=forms.HiddenInput)
    left_out = forms.CharField(
        label=_("探さないことば"),
        help_text=_("上の「もとからのことば」のうち、この窓口では探さないものを、1行に1つ書きます。"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )
    sample = forms.CharField(
        label=_("試してみる文"),
        help_text=_("書いてある内容で、どのことばが見つかるかを見ます。保存も送信もしません。"),
        required=False,
        max_length=LONGEST_TRIAL,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, program: Program, data: dict[str, Any] | None = None) -> None:
        super().__init__(data)
        self.program = program
        self.present = _present(program)
        self.fields["based_on"].initial = number(program.editions, Part.DANGER_WORDS)
        self.fields["left_out"].initial = "\n".join(self.present["left_out"])
        for meaning, level in _groups():
            self.fields[_name(meaning, level)] = forms.CharField(
                label=group_name(meaning, level),
                required=False,
                initial="\n".join(self._kept(meaning, level)),
                widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
            )

    def shelves(self) -> Iterator[Shelf]:
        """Each meaning with what is looked for there, level by level."""
        for meaning, said in MEANINGS.items():
            yield Shelf(str(said), tuple(self._group(meaning, level) for level in LEVELS))

    def _group(self, meaning: Meaning, level: Risk) -> Group:
        house = tuple(word.pattern for word in WORDS_OF_DANGER if (word.meaning, word.level) == (meaning, level))
        return Group(house, self[_name(meaning, level)])

    def clean(self) -> dict[str, Any]:
        """The words by the dictionary's rules, each problem beside the field it was typed in."""
        typed = [(name, pattern) for name in self._names() for pattern in _lines(self.cleaned_data.get(name, ""))]
        try:
            triage.read_dictionary(self.content())
        except InvalidDictionary as refused:
            for path, code in refused.problems:
                self._tell(typed, path, code)
        known = {triage.spelled(word.pattern) for word in WORDS_OF_DANGER}
        for pattern in _lines(self.cleaned_data.get("left_out", "")):
            if triage.spelled(pattern) not in known:
                wrong = gettext("「%(word)s」は、もとからのことばの中にありません。") % {"word": pattern}
                self.add_error("left_out", wrong)
        return self.cleaned_data

    def content(self) -> dict[str, Any]:
        """What the next version holds."""
        added = [
            {"pattern": pattern, "level": int(level), "meaning": meaning.value}
            for meaning, level in _groups()
            for pattern in _lines(self.cleaned_data.get(_name(meaning, level), ""))
        ]
        return {"added": added, "left_out": _lines(self.cleaned_data.get("left_out", ""))}

    def tried(self) -> list[tuple[str, Finding | None]]:
        """The sentence in pieces, each with what was found there, by the words as they are typed."""
        text, words = self.cleaned_data["sample"], triage.read_dictionary(self.content())
        pieces: list[tuple[str, Finding | None]] = []
        place = 0
        for finding in triage.find(text, words):
            if finding.start >= place:
                pieces += [(text[place : finding.start], None), (text[finding.start : finding.end], finding)]
                place = finding.end
        return [piece for piece in [*pieces, (text[place:], None)] if piece[0]]

    def beside(self) -> "DangerForm":
        """What was typed, beside what somebody else published meanwhile; saved at the next press."""
        again = DangerForm(self.program, {**self.data, "based_on": number(self.program.editions, Part.DANGER_WORDS)})
        again.add_error(None, CHANGED_MEANWHILE)
        for name in (*self._names(), "left_out"):
            now = str(again.fields[name].initial)
            if _lines(str(again[name].value() or "")) != _lines(now):
                again.add_error(name, gettext("いまの内容:%(text)s") % {"text": f"\n{now}"})
        return again

    def _kept(self, meaning: Meaning, level: Risk) -> list[str]:
        added = self.present["added"]
        return [one["pattern"] for one in added if (one["meaning"], one["level"]) == (meaning, level)]

    def _names(self) -> list[str]:
        return [_name(meaning, level) for meaning, level in _groups()]

    def _tell(self, typed: list[tuple[str, str]], path: str, code: str) -> None:
        if code == "too_many":
            self.add_error(None, gettext("足せることばは%(most)s個までです。") % {"most": MOST_WORDS})
            return
        name, pattern = typed[int(path.removeprefix("added."))]
        self.add_error(name, TOLD[code] % {"word": pattern[:LONGEST_WORD], "most": LONGEST_WORD})


def group_name(meaning: Meaning, level: Risk) -> str:
    """Words of one meaning at one level, as people call them."""
    return gettext("%(meaning)s・緊急度 %(level)s") % {"meaning": MEANINGS[meaning], "level": LEVELS[level]}


def _present(program: Program) -> dict[str, list[Any]]:
    edition = Edition.objects.filter(pk=program.editions.get(Part.DANGER_WORDS)).first()
    stored = edition.content if edition else {}
    return {"added": stored.get("added", []), "left_out": stored.get("left_out", [])}


def _groups() -> list[tuple[Meaning, Risk]]:
    return [(meaning, level) for meaning in MEANINGS for level in LEVELS]


def _name(meaning: Meaning, level: Risk) -> str:
    return f"{meaning.value}_{int(level)}"


def _lines(typed: str) -> list[str]:
    return [line.strip() for line in typed.splitlines() if line.strip()]
