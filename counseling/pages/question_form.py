"""One question while it is written: its fields, what was typed read back, and what is wrong beside the field."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from counseling.blueprints.meant import house_choices
from counseling.forms import Choice, Kind, Question, meanings
from counseling.forms.questions import LONGEST_HELP, LONGEST_LABEL, WITH_CHOICES
from counseling.forms.sketch import Sketch
from counseling.languages import JAPANESE, LANGUAGES, Labels
from counseling.models import Part
from counseling.pages.form_words import KINDS, OF_VISITORS, REPORTS, choice_words, name_of, plain, told
from counseling.pages.question_typed import Typed, others

CLOSED_WITHOUT = {
    Part.RECORD: _("答えるまで、相談の記録を閉じられない"),
    Part.RISK: _("答えるまで、確認を終えられない"),
}


class Row(NamedTuple):
    """A choice as it is written: its code, its field, and what it means to the figures."""

    code: str
    field: forms.BoundField
    meaning: str


class QuestionForm(forms.Form):
    """The fields of one question, holding what the question is now; nothing about it is judged before `judge`."""

    kind = forms.ChoiceField(label=_("答え方"), choices=KINDS.items())
    report = forms.ChoiceField(label=_("集計の項目"), required=False, help_text=_("選ぶと、実施報告の集計に入ります。"))
    required = forms.BooleanField(required=False)
    personal = forms.BooleanField(
        label=_("個人情報"), required=False, help_text=_("だれなのかが分かる答えです。相談の画面で目立たせます。")
    )
    after = forms.ChoiceField(label=_("この質問をたずねるとき"), required=False)
    after_values = forms.MultipleChoiceField(
        label=_("どの答えのとき"), required=False, widget=forms.CheckboxSelectMultiple
    )
    more = forms.CharField(
        label=_("選択肢を足す"), required=False, widget=forms.Textarea, help_text=_("1行に1つずつ書きます。")
    )

    def __init__(self, part: Part, sketch: Sketch, now: Typed, spoken: list[str]) -> None:
        self.part, self.sketch, self.now, self.spoken = part, sketch, now, spoken
        super().__init__(_values(now, spoken))
        question = now.question
        if part not in CLOSED_WITHOUT:
            del self.fields["required"]
        else:
            self.fields["required"].label = CLOSED_WITHOUT[part]
        self.fields["more"].widget.attrs["rows"] = 3
        self._offer("report", [("", _("集計しない")), *_reports(part, question)])
        self._offer("after", [("", _("いつも")), *_earlier(sketch, question)])
        self._offer("after_values", list(_answers(sketch, question)))
        for code in spoken:
            self._words(code)
        for place, one in enumerate(question.choices, 1):
            label = gettext("選択肢%(place)s") % {"place": place}
            self.fields[f"choice_{one.value}"] = _line(label, JAPANESE, LONGEST_LABEL)
        for code, kept in now.misfits.items():
            self.add_error(f"choices_{code}", _misfit(kept, len(question.choices)))

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def _words(self, code: str) -> None:
        """The fields in one language."""
        named = {"language": LANGUAGES[code].named(get_language() or "ja")}
        self.fields[f"label_{code}"] = _line(gettext("質問(%(language)s)") % named, code, LONGEST_LABEL)
        self.fields[f"help_{code}"] = _line(gettext("説明(%(language)s)") % named, code, LONGEST_HELP, rows=2)
        if code != JAPANESE and self.now.question.choices:
            rows = min(len(self.now.question.choices) + 1, 12)
            label = gettext("選択肢の訳(%(language)s)") % named
            self.fields[f"choices_{code}"] = _line(label, code, rows=rows)

    def judge(self, problems: Iterable[tuple[str, str]]) -> None:
        """Say beside the fields what keeps this question from being published."""
        for path, code in problems:
            place, _dot, rest = path.partition(".")[2].partition(".")
            self.add_error(self._field_of(place or "label", rest, code), told(place or "label", code))

    def _field_of(self, place: str, rest: str, code: str) -> str | None:
        if place in {"label", "help"}:
            labels, most = (
                (self.now.question.label, LONGEST_LABEL) if place == "label" else (self.now.question.help, LONGEST_HELP)
            )
            return f"{place}_{self._language(labels, most, code)}"
        if place == "choices":
            if not rest:
                return "more"
            choice = self.now.question.choices[int(rest)]
            language = self._language(choice.label, LONGEST_LABEL, code)
            return f"choice_{choice.value}" if language == JAPANESE else f"choices_{language}"
        if place == "shown_if":
            return "after_values" if code in {"no_choices", "unknown_choice"} else "after"
        return place if place in self.fields else None

    def _language(self, labels: Labels, most: int, code: str) -> str:
        """In which language's field the words are that are too long."""
        long = (one for one in self.spoken if code == "too_long" and len(labels.get(one, "")) > most)
        return next(long, JAPANESE)

    def words(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Question and help in each language."""
        return [(self[f"label_{code}"], self[f"help_{code}"]) for code in self.spoken]

    def has_choices(self) -> bool:
        """Whether there are choices to write for this way of answering."""
        return self.now.question.kind in WITH_CHOICES

    def rows(self) -> list[Row]:
        """The choices in their order."""
        question = self.now.question
        return [Row(one.value, self[f"choice_{one.value}"], self._meaning(one)) for one in question.choices]

    def _meaning(self, choice: Choice) -> str:
        report = self.now.question.report
        if report is None:
            return ""
        known = house_choices(self.part, report).get(choice.value)
        if known is None:
            return gettext("集計: この窓口だけの項目")
        return gettext("集計: 「%(words)s」") % {"words": plain(known.label)}

    def translations(self) -> list[forms.BoundField]:
        """The choices in the other languages, a line each."""
        return [self[f"choices_{code}"] for code in others(self.spoken) if f"choices_{code}" in self.fields]

    def standards(self) -> list[tuple[str, str]]:
        """The house's choices for what this question means that are not there yet, as code and words."""
        question = self.now.question
        if question.report is None or not self.has_choices():
            return []
        there = {one.value for one in question.choices}
        known = house_choices(self.part, question.report)
        return [(code, plain(one.label)) for code, one in known.items() if code not in there]


def _line(label: str, code: str, most: int = 0, rows: int = 0) -> forms.CharField:
    attributes: dict[str, Any] = {"lang": LANGUAGES[code].tag, "autocomplete": "off"}
    attributes |= {"maxlength": most} if most else {}
    attributes |= {"rows": rows} if rows else {}
    widget = forms.Textarea(attributes) if rows else forms.TextInput(attributes)
    # Blanks at a line's beginning stand for a choice without a translation.
    return forms.CharField(label=label, required=False, strip=False, widget=widget)


def _values(now: Typed, spoken: list[str]) -> dict[str, Any]:
    question = now.question
    values: dict[str, Any] = {
        "kind": question.kind.value,
        "report": question.report.value if question.report else "",
        "required": question.required,
        "personal": question.personal,
        "after": question.shown_if.key if question.shown_if else "",
        "after_values": list(question.shown_if.values) if question.shown_if else [],
    }
    for code in spoken:
        values |= {f"label_{code}": question.label.get(code, ""), f"help_{code}": question.help.get(code, "")}
        lines = "\n".join(one.label.get(code, "") for one in question.choices)
        values[f"choices_{code}"] = now.misfits.get(code, lines)
    return values | {f"choice_{one.value}": one.label.get(JAPANESE, "") for one in question.choices}


def _reports(part: Part, question: Question) -> Iterator[tuple[str, Any]]:
    fitting = meanings(part, question.kind)
    for one in fitting:
        yield one.value, REPORTS[one]
    if question.report and question.report not in fitting:
        yield question.report.value, REPORTS[question.report]


def _earlier(sketch: Sketch, question: Question) -> Iterator[tuple[str, str]]:
    """The questions it may depend on; and the one it does, wherever that stands."""
    before = sketch.questions[: max(sketch.place_of(question.key), 0)]
    chosen = question.shown_if.key if question.shown_if else ""
    named = {one.key: name_of(one) for one in before if one.kind in WITH_CHOICES | {Kind.YES_NO}}
    for key, name in named.items():
        yield key, gettext("「%(question)s」の答えによる") % {"question": name}
    if chosen and chosen not in named:
        yield chosen, gettext("(いまは条件にできない質問)")


def _answers(sketch: Sketch, question: Question) -> Iterator[tuple[str, str]]:
    if question.shown_if is None:
        return
    earlier = sketch.question(question.shown_if.key)
    offered = choice_words(earlier) if earlier else {}
    yield from offered.items()
    for value in question.shown_if.values:
        if value not in offered:
            yield value, gettext("(なくなった選択肢)")


def _misfit(written: str, choices: int) -> str:
    lines = len(written.replace("\r\n", "\n").split("\n"))
    return gettext(
        "選択肢は%(choices)s個ですが、%(lines)s行あります。日本語と同じ順に1行ずつ書き、訳のないところは空の行にしてください。"
    ) % {"choices": choices, "lines": lines}


def languages_of(part: Part, offered: list[str]) -> list[str]:
    """In which languages a form is written: visitors' in the program's, Japanese first; staff's in the house's."""
    wanted = offered if part in OF_VISITORS else ["en"]
    return list(dict.fromkeys([JAPANESE, *wanted]))
