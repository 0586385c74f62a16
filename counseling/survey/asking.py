"""How a survey is asked on LINE: one question a message, one tap an answer. Pure.

Questions in own words are asked on our page alone: what somebody writes on LINE is an ordinary word to the program.
"""

from __future__ import annotations

from functools import partial

from counseling import survey_words as words
from counseling.forms import Answers, Form, Kind, Question, is_asked
from counseling.intake import Asked, Buttons, Code, Progress, following, question_words
from counseling.languages import Labels
from counseling.quick_replies import QuickReply
from counseling.survey.taps import SurveyCode, data_of

__all__ = ["Asked", "asked", "by_taps", "following", "invitation", "previous", "receipt"]

TAPPED = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.YES_NO, Kind.DATE})


def by_taps(form: Form) -> Form:
    """The questions that a tap answers, in their order; what depends on another kind of question is left out."""
    kept: list[Question] = []
    for question in form.questions:
        on = question.shown_if
        if question.kind in TAPPED and (on is None or any(one.key == on.key for one in kept)):
            kept.append(question)
    return Form(tuple(kept))


def previous(form: Form, step: str, answers: Answers) -> Question | None:
    """The question that was asked before this one."""
    keys = [question.key for question in form.questions]
    before = form.questions[: keys.index(step)] if step in keys else ()
    return next((question for question in reversed(before) if is_asked(question, answers)), None)


def invitation(answer_id: int, language: str) -> tuple[QuickReply, ...]:
    """The buttons below the invitation."""
    offered = ((words.START, SurveyCode.START), (words.DECLINE, SurveyCode.DECLINE))
    return _buttons(answer_id, 0, language, *offered)


def receipt(answer_id: int, turn: int, language: str) -> tuple[QuickReply, ...]:
    """The button below the thanks."""
    return _buttons(answer_id, turn, language, (words.WITHDRAW, SurveyCode.WITHDRAW))


def asked(progress: Progress, *, answer_id: int, form: Form, answers: Answers, language: str) -> Asked:
    """The question of this step with its buttons; without words where none is asked."""
    question = form.question(progress.step)
    if question is None:
        return Asked("", ())
    chosen = answers.get(question.key)
    taken = chosen if isinstance(chosen, list) else []
    ways: list[tuple[Labels, str]] = []
    if previous(form, question.key, answers):
        ways.append((words.BACK, SurveyCode.BACK))
    ways.append((words.STOP, SurveyCode.STOP))
    buttons = Buttons(language, partial(data_of, answer_id, progress.turn))
    # Where several may be chosen, «none of them» stays beside «that is all»: an answer can be taken back.
    if taken:
        ways.insert(0, (words.NONE, Code.NONE))
    below = (*buttons.of(question, taken, progress.page, beside=len(ways)), *(buttons.own(*way) for way in ways))
    number, most = _place(form, question, answers)
    return Asked(f"({number}/{most}) {question_words(question, taken, language)}", below)


def _place(form: Form, question: Question, answers: Answers) -> tuple[int, int]:
    """Which question of how many it is, as far as it is known now."""
    shown = [one.key for one in form.questions if one.key == question.key or is_asked(one, answers)]
    return shown.index(question.key) + 1, len(shown)


def _buttons(answer_id: int, turn: int, language: str, *ways: tuple[Labels, str]) -> tuple[QuickReply, ...]:
    made = Buttons(language, partial(data_of, answer_id, turn))
    return tuple(made.own(label, code) for label, code in ways)
