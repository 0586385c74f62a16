"""Where somebody stands in the questions before a talk. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from counseling.forms import Answers, Form, Question, is_asked

# Steps that are no question of the form: no key begins like this.
LANGUAGE, CONSENT = "?language", "?consent"


@dataclass(frozen=True)
class Progress:
    """What is asked just now (`step`), and how often something was asked so far (`turn`): buttons carry it.

    `page` of the choices; `repeats` of the same question; `said`: which message (by id) an answer in words stands in.
    """

    step: str = ""
    turn: int = 0
    page: int = 0
    repeats: int = 0
    said: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, stored: dict[str, Any]) -> Progress:
        """As it was stored; nothing is asked where nothing is."""
        return cls(**stored)

    def to_json(self) -> dict[str, Any]:
        """As it is stored: codes and ids."""
        return asdict(self)

    def at(self, step: str, page: int = 0) -> Progress:
        """Asking this now: every button shown before is void."""
        return replace(self, step=step, page=page, turn=self.turn + 1, repeats=0)

    def again(self) -> Progress:
        """Asking the same once more: its buttons stay good."""
        return replace(self, repeats=self.repeats + 1)

    def over(self) -> Progress:
        """Nothing is asked any more."""
        return replace(self, step="", page=0, turn=self.turn + 1, repeats=0)


def first_step(languages: Sequence[str], *, chosen_before: bool) -> str:
    """What is asked first: who has chosen a language before keeps it."""
    return LANGUAGE if len(languages) > 1 and not chosen_before else CONSENT


def following(form: Form, step: str, answers: Answers) -> Question | None:
    """The question after this step for somebody who answered so; None when all is asked."""
    keys = [question.key for question in form.questions]
    rest = form.questions[keys.index(step) + 1 :] if step in keys else form.questions
    return next((question for question in rest if is_asked(question, answers)), None)
