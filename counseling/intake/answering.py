"""What a tap or written words answer. Pure: nothing is stored here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from counseling.forms import WORDS, Answer, Answers, Form, InvalidAnswers, Kind, Question, check
from counseling.forms.questions import LONG_TEXT, SHORT_TEXT
from counseling.intake import words
from counseling.intake.asking import choices_of
from counseling.intake.steps import CONSENT, LANGUAGE
from counseling.intake.taps import Code
from counseling.languages import LANGUAGES, Labels
from counseling.text import normalise, ruby, split_utf16

DAY = re.compile(r"(\d{4})\s*[年/.-]\s*(\d{1,2})\s*[月/.-]\s*(\d{1,2})\s*日?")
NUMBER = re.compile(r"\D*(\d{1,7})\D*")


class Answered(NamedTuple):
    """An answer to a question: what it is now, and whether the question is done with."""

    answer: Answer | None
    done: bool


def chosen(question: Question, taken: Answer | None, code: str, day: str = "") -> Answered | None:
    """The answer once the button `code` was tapped; None for a button that is not of this question."""
    if code == Code.NONE:
        return Answered(None, done=True)
    if question.kind == Kind.DATE:
        found = day_of(day) if code == Code.DAY else None
        return Answered(found, done=True) if found else None
    if code == Code.DONE and question.kind == Kind.CHOICES:
        return Answered(taken, done=True)
    if code not in {choice.value for choice in choices_of(question)}:
        return None
    if question.kind != Kind.CHOICES:
        return Answered(code, done=True)
    several = [*(taken if isinstance(taken, list) else []), code]
    kept = [choice.value for choice in question.choices if choice.value in several]
    return Answered(kept, done=len(kept) == len(question.choices))


def answer_of(question: Question, said: str) -> Answer | None:
    """What somebody wrote, as an answer to a question that is answered in words; None where it is none."""
    if question.kind in WORDS:
        most = SHORT_TEXT if question.kind == Kind.TEXT else LONG_TEXT
        return split_utf16(said, most)[0] if said.strip() else None
    if question.kind == Kind.NUMBER:
        found = NUMBER.fullmatch(unicodedata.normalize("NFKC", said))
        return _right(question, int(found[1])) if found else None
    return day_of(said) if question.kind == Kind.DATE else None


def _right(question: Question, answer: Answer) -> Answer | None:
    """The answer, where the form takes it."""
    alone = Form((replace(question, shown_if=None),))
    try:
        return check(alone, {question.key: answer}, finished=False)[question.key]
    except InvalidAnswers:
        return None


def day_of(said: str) -> str | None:
    """2026-11-26 of 2026年11月26日 and its like; None where it is no day."""
    found = DAY.fullmatch(unicodedata.normalize("NFKC", said).strip())
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat() if found else None
    except ValueError:
        return None


def said_plainly(step: str, question: Question | None, languages: Sequence[str], said: str) -> str | None:
    """The code of the button whose words somebody wrote instead of tapping it; None where they wrote something else."""
    wanted = normalise(said).text
    for code, spellings in _buttons(step, question, languages):
        if wanted and any(normalise(one).text == wanted for one in spellings):
            return code
    return None


def _buttons(step: str, question: Question | None, languages: Sequence[str]) -> list[tuple[str, Sequence[str]]]:
    """Each button's code, and how people write it."""
    if step == LANGUAGE:
        return [(code, (LANGUAGES[code].own_name, *LANGUAGES[code].names.values())) for code in languages]
    if step == CONSENT:
        # A mere «yes» or «no» may be meant for something else.
        return [(Code.AGREE, (*_spelled(words.AGREE), *words.AGREED)), (Code.REFUSE, words.REFUSED)]
    choices = choices_of(question) if question else ()
    own: list[tuple[str, Sequence[str]]] = [(choice.value, _spelled(choice.label)) for choice in choices]
    others = ((Code.NONE, words.NONE), (Code.DONE, words.DONE), (Code.MORE, words.MORE))
    return own + [(code, _spelled(labels)) for code, labels in others]


def _spelled(labels: Labels) -> list[str]:
    return [ruby.plain(label) for label in labels.values()]


def with_answer(answers: Answers, key: str, answer: Answer | None) -> Answers:
    """The answers with this one; without it where it is none."""
    rest = {one: given for one, given in answers.items() if one != key}
    return rest if answer in (None, "", []) else {**rest, key: answer}
