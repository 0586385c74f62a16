"""How a step is asked on LINE: its words, and its buttons. Pure.

The words of consent itself are the program's text `consent`; here are its buttons alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from counseling.forms import Answers, Choice, Form, Kind, Question
from counseling.intake import words
from counseling.intake.steps import CONSENT, LANGUAGE, Progress
from counseling.intake.taps import Code, data_of
from counseling.languages import LANGUAGES, Labels, said
from counseling.quick_replies import LONGEST_LABEL, MOST, QuickReply, button
from counseling.text import ruby, utf16_length

YES_NO = (Choice("yes", words.YES), Choice("no", words.NO))


class Asked(NamedTuple):
    """What is asked, in words and by buttons."""

    words: str
    replies: tuple[QuickReply, ...]


def asked(
    progress: Progress, *, session_id: int, form: Form, answers: Answers, languages: Sequence[str], language: str
) -> Asked:
    """The step in `language`; without words where the program's own text is told, without all where none is asked."""
    writes = Buttons(language, partial(data_of, session_id, progress.turn))
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
    return Asked(question_words(question, taken, language), tuple(writes.of(question, taken, progress.page)))


class Buttons:
    """Makes the buttons of one asking; `data` makes a code into the postback of one."""

    def __init__(self, language: str, data: Callable[[str], str]) -> None:
        self.spoken, self.data = language, data

    def one(self, label: str, code: str) -> QuickReply:
        """A button that says this as it stands."""
        return button(ruby.plain(label), self.data(code))

    def own(self, label: Labels, code: str) -> QuickReply:
        """A button in the language that is spoken."""
        return self.one(said(label, self.spoken), code)

    def language(self, code: str) -> QuickReply:
        """A button with a language's own name."""
        return self.one(LANGUAGES[code].own_name, code)

    def of(self, question: Question, taken: list[str], page: int, *, beside: int = 0) -> Iterator[QuickReply]:
        """Its choices, as many as there is room for with others `beside`; more of them; and how to go on."""
        choices = [choice for choice in choices_of(question) if choice.value not in taken]
        pages = paged(choices, MOST - 1 - beside)
        yield from (self.own(choice.label, choice.value) for choice in pages[page % len(pages)])
        if len(pages) > 1:
            yield self.own(words.MORE, Code.MORE)
        if question.kind == Kind.DATE:
            label = ruby.plain(said(words.DAY, self.spoken))
            yield QuickReply(label, self.data(Code.DAY), picks_date=True)
        yield self.own(words.DONE, Code.DONE) if taken else self.own(words.NONE, Code.NONE)


def choices_of(question: Question) -> tuple[Choice, ...]:
    """What may be chosen; nothing where it is answered in words."""
    return YES_NO if question.kind == Kind.YES_NO else question.choices


def paged(choices: Sequence[Choice], room: int = MOST - 1) -> list[Sequence[Choice]]:
    """The choices in as many rows of buttons as they need: all at once where they fit, else beside one for more."""
    if len(choices) <= room:
        return [choices]
    return [choices[first : first + room - 1] for first in range(0, len(choices), room - 1)]


HOW: dict[Kind, Labels] = {
    Kind.CHOICE: words.CHOOSE,
    Kind.CHOICES: words.CHOOSE_SEVERAL,
    Kind.YES_NO: words.CHOOSE,
    Kind.TEXT: words.WRITE,
    Kind.LONG_TEXT: words.WRITE,
    Kind.NUMBER: words.NUMBER,
    Kind.DATE: words.WHICH_DAY,
}


def question_words(question: Question, taken: list[str], language: str) -> str:
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
