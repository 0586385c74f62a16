"""A form being drafted on a page: it is carried from post to post, and nothing of it is kept before it is published."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Self

from django.core.exceptions import SuspiciousOperation
from django.http import QueryDict

from counseling import forms
from counseling.blueprints.meant import house_choices
from counseling.feeds import forms as feed
from counseling.forms import Kind
from counseling.forms.sketch import Sketch, Taken, Unreadable, apart, with_choice_at, without_choice
from counseling.models import Part, Program
from counseling.models.edition import number
from counseling.pages.question_form import QuestionForm, languages_of
from counseling.pages.question_typed import Typed, typed
from counseling.text import in_one_way


@dataclass
class Draft:
    """What stands on the page: the questions, the one that is open, and on which version they are based.

    `looking`: the language of the preview, empty while there is none; `seen`: the losses that were shown; `note`: what
    is said of the change; `judged`: whether what is wrong with the open question is said, too.
    """

    program: Program
    part: Part
    sketch: Sketch
    based_on: int
    open: str = ""
    looking: str = ""
    seen: frozenset[str] = frozenset()
    note: str = ""
    misfits: dict[str, str] = field(default_factory=dict)
    judged: bool = False

    @classmethod
    def begun(cls, program: Program, part: Part) -> Self:
        """The form as it is in force."""
        return cls(program, part, Sketch(feed.kept(program, part).questions), number(program.editions, part))

    @classmethod
    def posted(cls, program: Program, part: Part, posted: QueryDict) -> Self:
        """The draft as it came back, with what was typed. Raises SuspiciousOperation: none of our pages sent it."""
        draft = cls.begun(program, part)
        if "sketch" in posted:
            try:
                draft.sketch = Sketch.of_json(posted.get("sketch", ""))
            except Unreadable as wrong:
                raise SuspiciousOperation from wrong
        draft.based_on = _number(posted.get("based_on", ""), draft.based_on)
        looking = posted.get("looking", "")
        draft.looking = looking if looking in draft.spoken else ""
        draft.seen = frozenset(posted.getlist("seen"))
        draft.note = in_one_way(posted.get("note", ""))
        draft._read(posted)
        return draft

    def _read(self, posted: QueryDict) -> None:
        """Take what was typed into the question that was open."""
        question = self.sketch.question(posted.get("open", ""))
        if question is None:
            return
        self.open = question.key
        now = typed(question, self.part, posted, self.spoken, self.taken)
        self.sketch, self.misfits = self.sketch.change(now.question), now.misfits

    @cached_property
    def spoken(self) -> list[str]:
        """The languages it is written in."""
        return languages_of(self.part, self.program.languages)

    @cached_property
    def versions(self) -> dict[int, forms.Form]:
        """Every version there is."""
        return feed.versions(self.program.pk, self.part)

    @property
    def taken(self) -> Taken:
        """The names that published versions have used."""
        return Taken.by(self.versions.values())

    @property
    def form(self) -> forms.Form:
        """What would be published."""
        return self.sketch.form()

    @property
    def is_changed(self) -> bool:
        """Whether publishing would change anything."""
        return self.form.to_json() != self.present.to_json()

    @property
    def present(self) -> forms.Form:
        """What is in force."""
        return feed.kept(self.program, self.part)

    @cached_property
    def problems(self) -> list[tuple[str, str]]:
        """What keeps it from being published, as (path, code)."""
        return forms.wrong(self.part, self.form.to_json())

    def problems_of(self, key: str) -> list[tuple[str, str]]:
        """What is wrong with one question; with none (empty), what is wrong with the whole."""
        return [one for one in self.problems if one[0].partition(".")[0] == key]

    def question_form(self) -> QuestionForm | None:
        """The fields of the open question."""
        question = self.sketch.question(self.open)
        if question is None:
            return None
        shown = QuestionForm(self.part, self.sketch, Typed(question, self.misfits), self.spoken)
        if self.judged:
            shown.judge(self.problems_of(question.key))
        return shown

    def again(self) -> Self:
        """The same, with nothing remembered of what was read."""
        return replace(self)

    def meet(self) -> bool:
        """Whether somebody published since; what was drafted goes on from there, under names of its own."""
        newest = number(self.program.editions, self.part)
        if newest == self.based_on:
            return False
        before = Taken.by(form for version, form in self.versions.items() if version <= self.based_on)
        place = self.sketch.place_of(self.open)
        self.sketch = apart(self.sketch, before, self.taken)
        self.open = self.sketch.questions[place].key if place >= 0 else ""
        self.based_on = newest
        return True

    def act(self, asked: str) -> None:
        """Do what a button asks for; an act nobody knows changes nothing. Lines that do not fit are seen to first."""
        act, _colon, what = asked.partition(":")
        if act in ACTS and not self.misfits:
            ACTS[act](self, what)

    def close(self, _what: str) -> None:
        """Fold the open question, where nothing is wrong with it."""
        self.judged = bool(self.problems_of(self.open))
        if not self.judged:
            self.open = ""

    def unfold(self, key: str) -> None:
        """Open another question."""
        self.open = key if self.sketch.question(key) else ""

    def add(self, kind: str) -> None:
        """One more question at the end, opened."""
        if kind in set(Kind):
            self.sketch = self.sketch.add(Kind(kind), self.taken)
            self.open = self.sketch.questions[-1].key

    def remove(self, key: str) -> None:
        """Take a question out; it can be put back."""
        if self.sketch.question(key):
            self.sketch = self.sketch.remove(key)
        self.open = "" if self.open == key else self.open

    def put_back(self, _what: str) -> None:
        """Put the question back that was taken out last."""
        self.sketch = self.sketch.put_back()

    def look(self, language: str) -> None:
        """Show the preview in this language, or none."""
        self.looking = language if language in self.spoken else ""

    def move(self, key: str, by: int) -> None:
        """A question one place up or down."""
        self.sketch = self.sketch.move(key, self.sketch.place_of(key) + by)

    def move_choice(self, code: str, by: int) -> None:
        """A choice of the open question one place up or down."""
        question = self.sketch.question(self.open)
        codes = [one.value for one in question.choices] if question else []
        if question and code in codes:
            self.sketch = self.sketch.change(with_choice_at(question, code, codes.index(code) + by))

    def remove_choice(self, code: str) -> None:
        """Take a choice out of the open question."""
        if question := self.sketch.question(self.open):
            self.sketch = self.sketch.change(without_choice(question, code))

    def add_standard(self, code: str) -> None:
        """One of the house's choices, with its words and its meaning."""
        question = self.sketch.question(self.open)
        if question is None or question.report is None or code in {one.value for one in question.choices}:
            return
        if choice := house_choices(self.part, question.report).get(code):
            self.sketch = self.sketch.change(replace(question, choices=(*question.choices, choice)))


ACTS: dict[str, Callable[[Draft, str], None]] = {
    "close": Draft.close,
    "open": Draft.unfold,
    "add": Draft.add,
    "remove": Draft.remove,
    "put-back": Draft.put_back,
    "look": Draft.look,
    "up": lambda draft, key: draft.move(key, -1),
    "down": lambda draft, key: draft.move(key, 1),
    "choice-up": lambda draft, code: draft.move_choice(code, -1),
    "choice-down": lambda draft, code: draft.move_choice(code, 1),
    "choice-removal": Draft.remove_choice,
    "standard": Draft.add_standard,
}


def _number(given: str, otherwise: int) -> int:
    return int(given) if given.isascii() and given.isdigit() and len(given) <= 9 else otherwise
