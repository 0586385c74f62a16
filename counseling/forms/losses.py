"""What the figures would lose by a new version of a form, and what one of its languages lacks. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from counseling.forms.questions import WITH_CHOICES, Choice, Form, Question, ReportKey
from counseling.languages import Labels, said_in, stem


@dataclass(frozen=True)
class Loss:
    """The figure `report` comes from `question`: it goes, or without it only these choices of it do."""

    report: ReportKey
    question: Question
    choices: tuple[Choice, ...] = ()

    @property
    def mark(self) -> str:
        """What tells it from other losses."""
        return ".".join((self.report, *(one.value for one in self.choices)))


def losses(before: Form, after: Form) -> Iterator[Loss]:
    """What `before` tells the figures and `after` does not."""
    for asked in before.questions:
        if asked.report is None:
            continue
        again = after.meant(asked.report)
        if again is None:
            yield Loss(asked.report, asked)
        elif asked.kind in WITH_CHOICES:
            kept = {one.value for one in again.choices} | ({"yes", "no"} if again.kind not in WITH_CHOICES else set())
            if gone := tuple(one for one in asked.choices if one.value not in kept):
                yield Loss(asked.report, asked, gone)


def unread(form: Form, language: str) -> Iterator[tuple[Question, Choice | None]]:
    """Questions, and choices of them, that are read in another language; easy Japanese may be plain Japanese."""
    for question in form.questions:
        if not _is_read(question.label, language):
            yield question, None
        yield from ((question, one) for one in question.choices if not _is_read(one.label, language))


def _is_read(words: Labels, language: str) -> bool:
    return stem(said_in(words, language)) == stem(language)
