"""A form while somebody builds it: all of it may still be wrong, and nothing typed is lost. Pure.

Keys of questions and codes of choices are made here and never typed. One that a published version ever had keeps its
meaning for ever: it is not given again, so that figures of several years can be added up.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from itertools import count
from typing import Any

from counseling.forms.questions import (
    KEY,
    VALUE,
    WITH_CHOICES,
    Choice,
    Condition,
    Form,
    Kind,
    Question,
    ReportKey,
)
from counseling.languages import Labels
from counseling.text import repair


class Unreadable(ValueError):
    """What should be a sketch is none of ours."""


@dataclass(frozen=True)
class Taken:
    """Keys of questions with codes of their choices that published versions have had."""

    codes: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def by(cls, forms: Iterable[Form]) -> Taken:
        """What these versions have used."""
        found: dict[str, frozenset[str]] = {}
        for form in forms:
            for one in form.questions:
                found[one.key] = found.get(one.key, frozenset()) | {choice.value for choice in one.choices}
        return cls(found)

    def new_key(self, sketch: Sketch) -> str:
        """A key no question has or ever had."""
        own = {one.key for one in sketch.questions} | ({sketch.removed[1].key} if sketch.removed else set())
        return next(key for n in count(1) if (key := f"q{n}") not in own and key not in self.codes)

    def new_code(self, question: Question) -> str:
        """A code no choice of the question has or ever had."""
        own = {one.value for one in question.choices} | self.codes.get(question.key, frozenset())
        return next(code for n in count(1) if (code := f"c{n}") not in own)


@dataclass(frozen=True)
class Sketch:
    """The questions as they stand, and the one removed last with the place where it stood."""

    questions: tuple[Question, ...] = ()
    removed: tuple[int, Question] | None = None

    def question(self, key: str) -> Question | None:
        """The question of that key."""
        return Form(self.questions).question(key)

    def add(self, kind: Kind, taken: Taken) -> Sketch:
        """One more question, at the end."""
        return self.put(Question(taken.new_key(self), kind, {}), len(self.questions))

    def put(self, question: Question, place: int) -> Sketch:
        """This question, at this place."""
        return replace(self, questions=(*self.questions[:place], question, *self.questions[place:]))

    def remove(self, key: str) -> Sketch:
        """Without the question, which can be put back; conditions on it stay, to be seen to."""
        place, gone = self._find(key)
        rest = tuple(one for one in self.questions if one.key != key)
        return self if gone is None else Sketch(rest, (place, gone))

    def put_back(self) -> Sketch:
        """With the question that was removed last, where it stood."""
        return Sketch(self.questions).put(self.removed[1], self.removed[0]) if self.removed else self

    def move(self, key: str, place: int) -> Sketch:
        """The question at another place; beyond the ends it stands at the end."""
        _place, moved = self._find(key)
        if moved is None:
            return self
        rest = replace(self, questions=tuple(one for one in self.questions if one.key != key))
        return rest.put(moved, min(max(place, 0), len(rest.questions)))

    def change(self, question: Question) -> Sketch:
        """The question of this key as it is now."""
        changed = (question if one.key == question.key else one for one in self.questions)
        return replace(self, questions=tuple(changed))

    def place_of(self, key: str) -> int:
        """Where the question stands, from 0; -1 where it does not."""
        return self._find(key)[0]

    def _find(self, key: str) -> tuple[int, Question | None]:
        found = ((place, one) for place, one in enumerate(self.questions) if one.key == key)
        return next(found, (-1, None))

    def form(self) -> Form:
        """What would be published: without choices where none are chosen from, without a condition on no question."""
        return Form(tuple(_as_published(one) for one in self.questions))

    def to_json(self) -> str:
        """For a field that carries it from page to page."""
        removed = self.removed and [self.removed[0], asdict(self.removed[1])]
        return json.dumps([[asdict(one) for one in self.questions], removed], ensure_ascii=False)

    @classmethod
    def of_json(cls, carried: str) -> Sketch:
        """The sketch that was carried. Raises Unreadable."""
        try:
            questions, removed = json.loads(carried)
            gone = (max(int(removed[0]), 0), _question(removed[1])) if removed else None
            read = tuple(map(_question, questions))
        except (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError) as wrong:
            raise Unreadable from wrong
        if len({one.key for one in read}) < len(read):
            raise Unreadable
        return cls(read, gone)


def with_choices(question: Question, words: Iterable[str], taken: Taken) -> Question:
    """With one more choice for each of these words, which are Japanese."""
    for one in words:
        choice = Choice(taken.new_code(question), {"ja": one})
        question = replace(question, choices=(*question.choices, choice))
    return question


def with_choice_at(question: Question, code: str, place: int) -> Question:
    """With the choice at another place; beyond the ends it stands at the end."""
    moved = [one for one in question.choices if one.value == code]
    rest = [one for one in question.choices if one.value != code]
    place = min(max(place, 0), len(rest))
    return replace(question, choices=(*rest[:place], *moved, *rest[place:]))


def without_choice(question: Question, code: str) -> Question:
    """Without the choice."""
    return replace(question, choices=tuple(one for one in question.choices if one.value != code))


def apart(sketch: Sketch, before: Taken, now: Taken) -> Sketch:
    """A sketch begun when versions had used `before`: what it named itself gets other names where `now` has them."""
    keys: dict[str, str] = {}
    codes: dict[str, dict[str, str]] = {}
    for one in sketch.questions:
        if one.key not in before.codes and one.key in now.codes:
            keys[one.key] = now.new_key(replace(sketch, questions=_renamed(sketch, keys, codes)))
        elif mine := _clashing(one, before, now):
            codes[one.key] = mine
    # What was removed before is not put back into a form that is another by now.
    return Sketch(_renamed(sketch, keys, codes))


def _clashing(question: Question, before: Taken, now: Taken) -> dict[str, str]:
    """Codes of its own that somebody else has published meanwhile, and what they are called instead."""
    was, became = before.codes.get(question.key, frozenset()), now.codes.get(question.key, frozenset())
    names: dict[str, str] = {}
    for choice in question.choices:
        if choice.value in became - was:
            names[choice.value] = now.new_code(question)
            question = replace(question, choices=(*question.choices, Choice(names[choice.value], {})))
    return names


def _renamed(sketch: Sketch, keys: dict[str, str], codes: dict[str, dict[str, str]]) -> tuple[Question, ...]:
    return tuple(_with_names(one, keys, codes) for one in sketch.questions)


def _with_names(question: Question, keys: dict[str, str], codes: dict[str, dict[str, str]]) -> Question:
    own, condition = codes.get(question.key, {}), question.shown_if
    if condition:
        of = codes.get(condition.key, {})
        values = tuple(of.get(value, value) for value in condition.values)
        condition = Condition(keys.get(condition.key, condition.key), values)
    choices = tuple(replace(one, value=own.get(one.value, one.value)) for one in question.choices)
    return replace(question, key=keys.get(question.key, question.key), choices=choices, shown_if=condition)


def _as_published(question: Question) -> Question:
    choices = question.choices if question.kind in WITH_CHOICES else ()
    condition = question.shown_if if question.shown_if and question.shown_if.key else None
    return replace(question, choices=choices, shown_if=condition)


def _question(told: dict[str, Any]) -> Question:
    key, condition = _fitting(KEY, told["key"]), told["shown_if"]
    return Question(
        key=key,
        kind=Kind(told["kind"]),
        label=_labels(told["label"]),
        choices=tuple(Choice(_fitting(VALUE, one["value"]), _labels(one["label"])) for one in told["choices"]),
        help=_labels(told["help"]),
        required=told["required"] is True,
        personal=told["personal"] is True,
        report=ReportKey(told["report"]) if told["report"] else None,
        shown_if=Condition(str(condition["key"]), tuple(map(str, condition["values"]))) if condition else None,
    )


def _labels(told: dict[str, Any]) -> Labels:
    return {str(language): repair(str(words)) for language, words in told.items()}


def _fitting(pattern: Any, name: Any) -> str:
    if not isinstance(name, str) or not pattern.fullmatch(name):
        raise ValueError(name)
    return name
