"""Answers to a form, checked against its schema. Pure."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from counseling.forms.questions import WORDS, Form, Kind, Question

Answer = str | int | list[str]
Answers = dict[str, Answer]


class InvalidAnswers(ValueError):
    """Answers that cannot be taken; `problems` is question → code.

    Codes: required, unknown_question, unknown_choice, not_a_number, out_of_range, not_a_date, too_long, bad_answer.
    """

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(", ".join(f"{key}: {code}" for key, code in problems.items()))
        self.problems = problems


def is_asked(question: Question, answers: Answers) -> bool:
    """Whether the question is asked of somebody who answered so before."""
    condition = question.shown_if
    if condition is None:
        return True
    given = answers.get(condition.key)
    return any(one in condition.values for one in (given if isinstance(given, list) else [given]))


def check(form: Form, answers: Answers, *, finished: bool) -> Answers:
    """The answers to what is really asked, blanks left out. Required ones are missed only where it is `finished`.

    Raises InvalidAnswers.
    """
    given: Answers = {}
    for question in form.questions:
        answer = answers.get(question.key)
        if answer not in (None, "", []) and is_asked(question, given):
            given[question.key] = answers[question.key]
    problems = {key: "unknown_question" for key in answers if form.question(key) is None}
    for error in _validator(form).iter_errors(given):
        if error.validator == "required":
            missing = (one.key for one in form.questions if one.key not in given and one.required)
            asked = (key for key in missing if (one := form.question(key)) and is_asked(one, given))
            problems |= dict.fromkeys(asked, "required") if finished else {}
        elif error.absolute_path:
            key = str(error.absolute_path[0])
            problems[key] = _code(form.question(key), str(error.validator))
    if problems:
        raise InvalidAnswers(problems)
    return given


def words_apart(form: Form, answers: Answers) -> tuple[Answers, dict[str, str]]:
    """Codes, which may be stored and counted as they are; and answers in people's own words, which are sealed."""
    own = {one.key for one in form.questions if one.kind in WORDS}
    codes = {key: answer for key, answer in answers.items() if key not in own}
    return codes, {key: str(answer) for key, answer in answers.items() if key in own}


def _code(question: Question | None, validator: str) -> str:
    if validator == "maxLength":
        return "too_long"
    if validator in {"minimum", "maximum"}:
        return "out_of_range"
    codes = {
        Kind.CHOICE: "unknown_choice",
        Kind.CHOICES: "unknown_choice",
        Kind.YES_NO: "unknown_choice",
        Kind.NUMBER: "not_a_number",
        Kind.DATE: "not_a_date",
    }
    return codes.get(question.kind, "bad_answer") if question else "bad_answer"


_formats = FormatChecker(formats=())


@_formats.checks("date", raises=ValueError)  # type: ignore[untyped-decorator]
def _is_date(value: Any) -> bool:
    # Python reads "20261126" and "2026-W48-4", too: one day would have several spellings.
    return not isinstance(value, str) or date.fromisoformat(value).isoformat() == value


@lru_cache(maxsize=256)
def _made(schema: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads(schema), format_checker=_formats)


def _validator(form: Form) -> Draft202012Validator:
    return _made(json.dumps(form.to_json(), sort_keys=True))
