"""How a step is asked on LINE: its words, and its buttons. Pure.

The words of consent itself are the program's text `consent`; here are its buttons alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from counseling.forms import Answers, Choice, Form, Kind, Question
from counseling.intake import words
from counseling.intake.steps import CONSENT, LANGUAGE, Progress
from counseling.intake.taps import Code, data_of
from counseling.languages import LANGUAGES, Labels, said
from counseling.quick_replies import LONGEST_LABEL, MOST, QuickReply, button
from counseling.text import ruby, utf16_length

# Beside the choices stand one button for more of them, and one to go on without them.
ON_A_PAGE = MOST - 2
YES_NO = (Choice("yes", words.YES), Choice("no", words.NO))


class Asked(NamedTuple):
    """What is asked, in words and by buttons."""

    words: str
    replies: tuple[QuickReply, ...]


def asked(
    progress: Progress, *, session_id: int, form: Form, answers: Answers, languages: Sequence[str], language: str
) -> Asked:
    """The step in `language`; without words where the program's own text is told, without all where none is asked."""
    writes = _Buttons(session_id, progress.turn, language)
    if progress.step == LANGUAGE:
        return Asked(words.WHICH_LANGUAGE, tuple(writes.language(code) for code in languages[:MOST]))
    if progress.step == CONSENT:
        several = (writes.one(words.LANGUAGE, Code.LANGUAGE),) if len(languages) > 1 else ()
        return Asked("", (writes.own(words.AGREE, Code.AGREE), writes.own(words.REFUSE, Code.REFUSE), *several))
    question = form.question(progress.step)
    if question is None:
        return Asked("", ())
    taken = answers.get(question.key)
    taken = taken if isinstance(taken, list) else []
    return Asked(_words(question, taken, language), tuple(writes.of(question, taken, progress.page)))


class _Buttons:
    """Makes the buttons of one asking."""

    def __init__(self, session_id: int, turn: int, language: str) -> None:
        self.session_id, self.turn, self.spoken = session_id, turn, language

    def one(self, label: str, code: str) -> QuickReply:
        return button(ruby.plain(label), data_of(self.session_id, self.turn, code))

    def own(self, label: Labels, code: str) -> QuickReply:
        return self.one(said(label, self.spoken), code)

    def language(self, code: str) -> QuickReply:
        return self.one(LANGUAGES[code].own_name, code)

    def of(self, question: Question, taken: list[str], page: int) -> Iterator[QuickReply]:
        """Its choices, as many as there is room for; more of them; and how to go on."""
        choices = [choice for choice in choices_of(question) if choice.value not in taken]
        pages = paged(choices)
        yield from (self.own(choice.label, choice.value) for choice in pages[page % len(pages)])
        if len(pages) > 1:
            yield self.own(words.MORE, Code.MORE)
        if question.kind == Kind.DATE:
            label = ruby.plain(said(words.DAY, self.spoken))
            yield QuickReply(label, data_of(self.session_id, self.turn, Code.DAY), picks_date=True)
        yield self.own(words.DONE, Code.DONE) if taken else self.own(words.NONE, Code.NONE)


def choices_of(question: Question) -> tuple[Choice, ...]:
    """What may be chosen; nothing where it is answered in words."""
    return YES_NO if question.kind == Kind.YES_NO else question.choices


def paged(choices: Sequence[Choice]) -> list[Sequence[Choice]]:
    """The choices in as many rows of buttons as they need: all at once where they fit."""
    if len(choices) < MOST:
        return [choices]
    return [choices[first : first + ON_A_PAGE] for first in range(0, len(choices), ON_A_PAGE)]


HOW: dict[Kind, Labels] = {
    Kind.CHOICE: words.CHOOSE,
    Kind.CHOICES: words.CHOOSE_SEVERAL,
    Kind.YES_NO: words.CHOOSE,
    Kind.TEXT: words.WRITE,
    Kind.LONG_TEXT: words.WRITE,
    Kind.NUMBER: words.NUMBER,
    Kind.DATE: words.WHICH_DAY,
}


def _words(question: Question, taken: list[str], language: str) -> str:
    """The question, what was chosen so far or the choices that no button can say whole, and how to answer."""
    offered = choices_of(question)
    lines = [question.asked(language), said(question.help, language)]
    if taken:
        chosen = [said(choice.label, language) for choice in offered if choice.value in taken]
        lines.append(said(words.CHOSEN, language) + said(words.BETWEEN, language).join(chosen))
    elif any(utf16_length(ruby.plain(said(choice.label, language))) > LONGEST_LABEL for choice in offered):
        lines += [f"・{said(choice.label, language)}" for choice in offered]
    how = f"{said(HOW[question.kind], language)}{said(words.OPTIONAL, language)}"
    return "\n".join(line for line in lines if line) + f"\n\n{how}"
