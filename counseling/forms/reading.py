"""A stored form read back, with everything that is wrong with it at once. Pure."""

from __future__ import annotations

from typing import Any

from counseling.forms.questions import (
    KEY,
    LONGEST_HELP,
    LONGEST_LABEL,
    MOST_CHOICES,
    MOST_QUESTIONS,
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


class InvalidForm(ValueError):
    """A form that cannot be used; `problems` lists (path, code), e.g. ("age.choices.2", "twice").

    Codes: not_an_object, not_a_list, too_many, bad_key, bad_kind, no_label, too_long, no_choices, choices_not_wanted,
    twice, bad_report, unknown_question, asked_later, unknown_choice.
    """

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{path}: {code}" for path, code in problems))
        self.problems = problems


def read(stored: object) -> Form:
    """The form of a stored JSON Schema. Raises InvalidForm."""
    form, problems = look(stored)
    if problems:
        raise InvalidForm(problems)
    return form


def look(stored: object) -> tuple[Form, list[tuple[str, str]]]:
    """What can be read of a stored form, and all that is wrong with it."""
    reader = _Reader()
    form = reader.form(stored)
    return form, reader.problems


def checked(form: Form) -> Form:
    """The same form, where it can be used. Raises InvalidForm."""
    return read(form.to_json())


class _Reader:
    """Reads and collects what is wrong."""

    def __init__(self) -> None:
        self.problems: list[tuple[str, str]] = []

    def refuse(self, path: str, code: str) -> None:
        self.problems.append((path, code))

    def an_object(self, value: object, path: str) -> dict[str, Any]:
        if isinstance(value, dict):
            return value
        self.refuse(path, "not_an_object")
        return {}

    def form(self, stored: object) -> Form:
        schema = self.an_object(stored, "")
        properties = self.an_object(schema.get("properties", {}), "properties")
        order = schema.get("x-order", list(properties))
        if not isinstance(order, list) or sorted(map(str, order)) != sorted(properties):
            self.refuse("x-order", "not_a_list")
            order = list(properties)
        if len(order) > MOST_QUESTIONS:
            self.refuse("", "too_many")
        required = self._required(schema)
        questions = tuple(self.question(str(key), properties[key], required=key in required) for key in order)
        self._conditions(questions)
        self._reports(questions)
        return Form(questions)

    def _required(self, schema: dict[str, Any]) -> set[str]:
        sometimes = schema.get("allOf", [])
        required = schema.get("required", [])
        if not isinstance(required, list) or not isinstance(sometimes, list):
            self.refuse("required", "not_a_list")
            return set()
        found = {str(key) for key in required}
        for rule in sometimes:
            then = self.an_object(self.an_object(rule, "allOf").get("then", {}), "allOf")
            found |= {str(key) for key in then.get("required", ())}
        return found

    def question(self, key: str, stored: object, *, required: bool) -> Question:
        told = self.an_object(stored, key)
        if not KEY.fullmatch(key):
            self.refuse(key, "bad_key")
        kind = self._kind(told.get("x-kind"), key)
        return Question(
            key=key,
            kind=kind,
            label=self.labels(told.get("x-label"), key),
            choices=self._choices(told.get("x-choices", []), kind, key),
            help=self.help(told.get("x-help", {}), f"{key}.help"),
            required=required,
            personal=told.get("x-personal") is True,
            report=self._report(told.get("x-report"), key),
            shown_if=self._condition(told.get("x-shown-if"), key),
        )

    def _kind(self, value: object, key: str) -> Kind:
        if isinstance(value, str) and value in set(Kind):
            return Kind(value)
        self.refuse(f"{key}.kind", "bad_kind")
        return Kind.TEXT

    def labels(self, value: object, path: str) -> Labels:
        told = self.words({} if value is None else value, path, LONGEST_LABEL)
        if not told.get("ja"):
            self.refuse(path, "no_label")
        return {"ja": "", **told}

    def help(self, value: object, path: str) -> Labels:
        return self.words(value, path, LONGEST_HELP)

    def words(self, value: object, path: str, longest: int) -> Labels:
        given = self.an_object(value, path)
        labels = {str(language): str(words).strip() for language, words in given.items()}
        if any(len(words) > longest for words in labels.values()):
            self.refuse(path, "too_long")
        return {language: words for language, words in labels.items() if words}

    def _choices(self, value: object, kind: Kind, key: str) -> tuple[Choice, ...]:
        path = f"{key}.choices"
        if not isinstance(value, list):
            self.refuse(path, "not_a_list")
            return ()
        if kind not in WITH_CHOICES:
            if value:
                self.refuse(path, "choices_not_wanted")
            return ()
        if not value:
            self.refuse(path, "no_choices")
        if len(value) > MOST_CHOICES:
            self.refuse(path, "too_many")
        choices = tuple(self._choice(one, f"{path}.{place}") for place, one in enumerate(value))
        for place, one in enumerate(choices):
            if one.value in {earlier.value for earlier in choices[:place]}:
                self.refuse(f"{path}.{place}", "twice")
        return choices

    def _choice(self, stored: object, path: str) -> Choice:
        told = self.an_object(stored, path)
        value = str(told.get("value", ""))
        if not VALUE.fullmatch(value):
            self.refuse(path, "bad_key")
        return Choice(value, self.labels(told.get("label"), path))

    def _report(self, value: object, key: str) -> ReportKey | None:
        if value is None:
            return None
        if isinstance(value, str) and value in set(ReportKey):
            return ReportKey(value)
        self.refuse(f"{key}.report", "bad_report")
        return None

    def _condition(self, value: object, key: str) -> Condition | None:
        if value is None:
            return None
        told = self.an_object(value, f"{key}.shown_if")
        values = told.get("values", [])
        if not isinstance(values, list) or not values:
            self.refuse(f"{key}.shown_if", "no_choices")
            return None
        return Condition(str(told.get("key", "")), tuple(map(str, values)))

    def _conditions(self, questions: tuple[Question, ...]) -> None:
        """A condition looks back at a question with those answers; looking ahead could go round in circles."""
        earlier: dict[str, Question] = {}
        known = {one.key for one in questions}
        for question in questions:
            condition, path = question.shown_if, f"{question.key}.shown_if"
            if condition and condition.key not in earlier:
                self.refuse(path, "asked_later" if condition.key in known else "unknown_question")
            elif condition and not set(condition.values) <= _answers_of(earlier[condition.key]):
                self.refuse(path, "unknown_choice")
            earlier[question.key] = question

    def _reports(self, questions: tuple[Question, ...]) -> None:
        seen: set[ReportKey] = set()
        for question in questions:
            if question.report in seen:
                self.refuse(f"{question.key}.report", "twice")
            if question.report:
                seen.add(question.report)


def _answers_of(question: Question) -> set[str]:
    return {"yes", "no"} if question.kind == Kind.YES_NO else {one.value for one in question.choices}
