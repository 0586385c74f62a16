"""The risk form (緊急度の確認) and the history of a session's risk, as staff read them. Never a visitor's."""

from typing import TypedDict

from counseling.events.session import IntakeAnswer, Person


class RiskChoice(TypedDict):
    """One answer to choose."""

    value: str
    label: str


class RiskCondition(TypedDict):
    """Asked only where the question `key` was answered with one of `values`."""

    key: str
    values: list[str]


class RiskQuestion(TypedDict):
    """A question of the form, in the reader's language; `kind` as counseling.forms names it."""

    key: str
    kind: str
    label: str
    help: str
    choices: list[RiskChoice]
    required: bool
    shown_if: RiskCondition | None


class RiskRule(TypedDict):
    """`level` is suggested where every question of `answers` was answered in one of these ways; the first counts."""

    level: int
    answers: dict[str, list[str]]


class RiskForm(TypedDict):
    """The program's risk form in force: its version (0: it asks nothing), and what its answers suggest."""

    version: int
    questions: list[RiskQuestion]
    rules: list[RiskRule]


class RiskChange(TypedDict):
    """One change of a session's risk. By nobody: the house, for the meanings and words of danger it found.

    `words`: as the dictionary spells them, while the message may be read. By a person: what they answered, the level it
    suggests and the questions it rests on (`because`), and their word.
    """

    version: int
    at: str
    by: Person | None
    before: int
    level: int
    meanings: list[str]
    words: list[str]
    answers: list[IntakeAnswer]
    suggested: int | None
    because: list[str]
    word: str


class RiskState(TypedDict):
    """The form, what was answered last in codes (still to be confirmed), and every change, the latest first."""

    form: RiskForm
    given: dict[str, str | int | list[str]]
    history: list[RiskChange]
