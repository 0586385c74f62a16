"""A form: its questions, and the JSON Schema it is stored as. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from counseling.languages import Labels, said

DIALECT = "https://json-schema.org/draft/2020-12/schema"
KEY, VALUE = re.compile(r"[a-z][a-z0-9_]{0,39}"), re.compile(r"[a-z0-9][a-z0-9_]{0,39}")
MOST_QUESTIONS, MOST_CHOICES = 60, 100
LONGEST_LABEL, LONGEST_HELP = 200, 400
SHORT_TEXT, LONG_TEXT = 200, 4_000
LARGEST_NUMBER = 1_000_000


class Kind(StrEnum):
    """How a question is answered."""

    CHOICE = "choice"  # one of several
    CHOICES = "choices"  # any of several
    YES_NO = "yes_no"
    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    DATE = "date"


# Answers in a visitor's or counselor's own words: stored sealed, never counted.
WORDS = frozenset({Kind.TEXT, Kind.LONG_TEXT})
WITH_CHOICES = frozenset({Kind.CHOICE, Kind.CHOICES})


class ReportKey(StrEnum):
    """What a question means to the figures, whatever the program calls it (domain.md §2 and §4)."""

    WHO = "who"
    AGE_BAND = "age_band"
    GENDER = "gender"
    AREA = "area"
    OCCUPATION = "occupation"
    MAIN_COMPLAINT = "main_complaint"
    TOPICS = "topics"
    VIOLENCE = "violence"
    DISASTER = "disaster"
    DONE = "done"
    AGENCY_KIND = "agency_kind"
    CONSENT = "consent"
    CONNECTION = "connection"
    FOLLOW_UP = "follow_up"
    GOOD_TO_HAVE_TALKED = "good_to_have_talked"
    WOULD_TALK_AGAIN = "would_talk_again"
    EASY_TO_TALK = "easy_to_talk"
    SATISFACTION = "satisfaction"


@dataclass(frozen=True)
class Choice:
    """One answer to choose: its code, and what people read."""

    value: str
    label: Labels


@dataclass(frozen=True)
class Condition:
    """A question is asked only where the question `key` was answered with one of `values`."""

    key: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """One question of a form. `required`: the form cannot be finished without it; `personal`: tells who somebody is."""

    key: str
    kind: Kind
    label: Labels
    choices: tuple[Choice, ...] = ()
    help: Labels = field(default_factory=dict)
    required: bool = False
    personal: bool = False
    report: ReportKey | None = None
    shown_if: Condition | None = None

    def asked(self, language: str) -> str:
        """The question in a language, or in one that is read instead; in Japanese it always is."""
        return said(self.label, language)


@dataclass(frozen=True)
class Form:
    """Questions in their order."""

    questions: tuple[Question, ...] = ()

    def question(self, key: str) -> Question | None:
        """The question of that key."""
        return next((one for one in self.questions if one.key == key), None)

    def meant(self, report: ReportKey) -> Question | None:
        """The question that answers for `report` in the figures."""
        return next((one for one in self.questions if one.report == report), None)

    def to_json(self) -> dict[str, Any]:
        """The stored form: a JSON Schema of the answers; what people read stands beside it in `x-` keywords."""
        always = [one.key for one in self.questions if one.required and one.shown_if is None]
        sometimes = [_required_where_asked(one) for one in self.questions if one.required and one.shown_if]
        return {
            "$schema": DIALECT,
            "type": "object",
            "properties": {one.key: _property(one) for one in self.questions},
            "required": always,
            "additionalProperties": False,
            # A database does not keep the order of an object's members.
            "x-order": [one.key for one in self.questions],
            **({"allOf": sometimes} if sometimes else {}),
        }


def _property(question: Question) -> dict[str, Any]:
    told: dict[str, Any] = {"x-kind": question.kind.value, "x-label": question.label}
    if question.choices:
        told["x-choices"] = [{"value": one.value, "label": one.label} for one in question.choices]
    if question.help:
        told["x-help"] = question.help
    if question.personal:
        told["x-personal"] = True
    if question.report:
        told["x-report"] = question.report.value
    if question.shown_if:
        told["x-shown-if"] = {"key": question.shown_if.key, "values": list(question.shown_if.values)}
    return _answer(question) | told


def _answer(question: Question) -> dict[str, Any]:
    values = [one.value for one in question.choices]
    answers: dict[Kind, dict[str, Any]] = {
        Kind.CHOICE: {"enum": values},
        Kind.CHOICES: {"type": "array", "items": {"enum": values}, "uniqueItems": True, "minItems": 1},
        Kind.YES_NO: {"enum": ["yes", "no"]},
        Kind.TEXT: {"type": "string", "minLength": 1, "maxLength": SHORT_TEXT},
        Kind.LONG_TEXT: {"type": "string", "minLength": 1, "maxLength": LONG_TEXT},
        Kind.NUMBER: {"type": "integer", "minimum": 0, "maximum": LARGEST_NUMBER},
        Kind.DATE: {"type": "string", "format": "date"},
    }
    return answers[question.kind]


def _required_where_asked(question: Question) -> dict[str, Any]:
    assert question.shown_if is not None  # noqa: S101 - its caller filtered
    on, values = question.shown_if.key, list(question.shown_if.values)
    one_of = {"anyOf": [{"enum": values}, {"type": "array", "contains": {"enum": values}}]}
    return {
        "if": {"properties": {on: one_of}, "required": [on]},
        "then": {"required": [question.key]},
    }
