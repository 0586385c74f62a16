"""The record of a talk (相談記録): what the talk was, what is needed to file it, who may still change it. Pure.

Answers of a draft are kept as they were typed, by question, so that nothing that cannot be taken yet is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from counseling.forms import WORDS, Answer, Answers, Form, Kind, Question, ReportKey
from counseling.forms.questions import WITH_CHOICES
from counseling.languages import JAPANESE, said
from counseling.lifecycle import Classification, EndReason
from counseling.text import ruby
from counseling.triage import Risk

Typed = dict[str, list[str]]
# All a draft may hold, in characters: a form of 60 questions, each answered at length.
LONGEST_DRAFT = 300_000
YES_NO = (("yes", "はい"), ("no", "いいえ"))


class RecordState(StrEnum):
    """Where a record stands."""

    DRAFT = "draft"
    FILED = "filed"  # with the supervisor
    RETURNED = "returned"  # with the counselor again, with a word
    CHECKED = "checked"


class Refused(StrEnum):
    """Why somebody may not change a record any more."""

    TOO_LATE = "too_late"
    CHECKED = "checked"


@dataclass(frozen=True)
class Left:
    """An answer to what the form no longer asks, in the words it was read in."""

    question: str
    answer: str


@dataclass(frozen=True)
class Written:
    """What stands in a draft: answers as typed, the classification and the thanks as chosen, and what was left."""

    answers: Typed = field(default_factory=dict)
    classification: str = ""
    thankful: str = ""
    left: tuple[Left, ...] = ()
    # What is wanted of a follow-up, field by field, as typed.
    follow_up: dict[str, str] = field(default_factory=dict)

    @property
    def length(self) -> int:
        """How much was typed, in characters."""
        beside = sum(map(len, self.follow_up.values()))
        return beside + sum(len(key) + sum(map(len, said)) for key, said in self.answers.items())


def propose(*, trial: bool, end_reason: str, answered: bool, replied: bool) -> Classification:
    """What the talk was, as far as its log tells; a person confirms it.

    `answered`: a person wrote to the visitor; `replied`: the visitor wrote after that.
    """
    if trial:
        return Classification.TEST
    reasons = {EndReason.PRANK: Classification.PRANK, EndReason.OUT_OF_SCOPE: Classification.OUT_OF_SCOPE}
    if end_reason in set(reasons):
        return reasons[EndReason(end_reason)]
    return Classification.VALID if answered and replied else Classification.NO_REPLY


SHORT = frozenset({Classification.NO_REPLY, Classification.PRANK, Classification.TEST})


def is_short(classification: Classification, *, risk: int, trial: bool) -> bool:
    """Whether the form's required questions may stay empty: there was no talk to tell of, and nobody in danger."""
    return trial or (classification in SHORT and risk < Risk.HIGH)


def refusal(
    state: RecordState, *, steers: bool, closed_at: datetime | None, now: datetime, edit_for: timedelta
) -> Refused | None:
    """Why a person may not change the record now; None where they may. Supervisors always may."""
    if steers or state in {RecordState.DRAFT, RecordState.RETURNED}:
        return None
    if state == RecordState.CHECKED:
        return Refused.CHECKED
    return None if closed_at is None or now < closed_at + edit_for else Refused.TOO_LATE


def as_typed(answers: Answers) -> Typed:
    """Answers as the fields of a page hold them."""
    return {key: [str(one) for one in (said if isinstance(said, list) else [said])] for key, said in answers.items()}


def carried(before: Form, after: Form, typed: Typed) -> tuple[Typed, tuple[Left, ...]]:
    """What was typed in one version of a form, moved to another: what it asks in the same way, and what was left."""
    kept: Typed = {}
    left: list[Left] = []
    for key, said_there in typed.items():
        asked, again = before.question(key), after.question(key)
        fits = [one for one in said_there if again and _fits(asked, again, one)]
        if again and again.kind != Kind.CHOICES:
            fits = fits[:1]
        if fits:
            kept[key] = fits
        gone = [one for one in said_there if one.strip() and one not in fits]
        if gone:
            left.append(Left(_asked(asked, key), "、".join(_answered(asked, one) for one in gone)))
    return kept, tuple(left)


def _fits(asked: Question | None, again: Question, answer: str) -> bool:
    """Whether an answer can stand in the other version's question as it was given."""
    if again.kind in WITH_CHOICES:
        return answer in {one.value for one in again.choices}
    if again.kind == Kind.YES_NO:
        return answer in {"yes", "no"}
    return again.kind in WORDS if asked is None else again.kind == asked.kind or {again.kind, asked.kind} <= WORDS


def _asked(question: Question | None, key: str) -> str:
    return ruby.plain(question.asked(JAPANESE)) if question else key


def _answered(question: Question | None, answer: str) -> str:
    if question is None:
        return answer
    words = {one.value: ruby.plain(said(one.label, JAPANESE)) for one in question.choices}
    return words.get(answer, dict(YES_NO).get(answer, answer) if question.kind == Kind.YES_NO else answer)


def known_of_connecting(form: Form, told: Mapping[ReportKey, list[str]]) -> Typed:
    """What the form asks about connecting, as far as the talk's referrals say it; of one answer the first that fits."""
    found: Typed = {}
    for report, values in told.items():
        question = form.meant(report)
        offered = {choice.value for choice in question.choices} if question else set()
        if question and question.kind == Kind.YES_NO:
            offered = {"yes", "no"}
        if question and (fit := [value for value in values if value in offered]):
            found[question.key] = fit if question.kind == Kind.CHOICES else fit[:1]
    return found


def known_before(intake: Form, record: Form, attributes: Answers) -> Typed:
    """What the visitor told before the talk and the record asks, too: the same meaning or name, the same answers."""
    return as_typed(dict(_told_before(intake, record, attributes)))


def _told_before(intake: Form, record: Form, attributes: Answers) -> Iterator[tuple[str, Answer]]:
    for asked in intake.questions:
        again = (record.meant(asked.report) if asked.report else None) or record.question(asked.key)
        answer = attributes.get(asked.key)
        if again is None or answer is None or again.kind not in WITH_CHOICES or again.kind != asked.kind:
            continue
        choices = {one.value for one in again.choices}
        if set(answer if isinstance(answer, list) else [answer]) <= choices:
            yield again.key, answer
