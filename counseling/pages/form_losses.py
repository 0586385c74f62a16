"""What would be lost by publishing a drafted form, in sentences: told before, never forbidden."""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import get_language, gettext

from counseling.feeds import forms as feed
from counseling.forms import WORDS, Choice, Form, Question, losses, unread
from counseling.languages import LANGUAGES
from counseling.models import Part
from counseling.pages.draft import Draft
from counseling.pages.form_words import OF_VISITORS, REPORTS, choice_words, name_of, plain


class Told(NamedTuple):
    """One loss: what tells it from others, and its sentence."""

    mark: str
    words: str


def lost(draft: Draft) -> list[Told]:
    """What the figures would miss, and answers that are not asked for any more."""
    return [*_of_figures(draft), *_of_answers(draft)]


def _of_figures(draft: Draft) -> Iterator[Told]:
    for one in losses(draft.present, draft.form):
        name = REPORTS[one.report]
        if one.choices:
            choices = "".join(f"「{plain(choice.label)}」" for choice in one.choices)
            words = gettext("集計「%(name)s」で、%(choices)sが数えられなくなります。") % {
                "name": name, "choices": choices,
            }  # fmt: skip
        else:
            words = gettext("集計「%(name)s」が、これからの相談では数えられなくなります。") % {"name": name}
        yield Told(one.mark, words)


def _of_answers(draft: Draft) -> Iterator[Told]:
    # Only what visitors answer before the talk stands with the session.
    if draft.part != Part.INTAKE:
        return
    before, gone = draft.present, list(_gone(draft.present, draft.form))
    for (key, code), count in feed.answered(draft.program.pk, gone).items():
        question = before.question(key)
        if question is None or not count:
            continue
        values = {"question": name_of(question), "choice": choice_words(question).get(code, ""), "count": count}
        words = (
            gettext("「%(question)s」の「%(choice)s」は、これまでに%(count)s件の相談で選ばれています。")
            if code
            else gettext("「%(question)s」は、これまでに%(count)s件の相談で答えられています。")
        )
        kept = gettext("その答えは残りますが、これからはたずねません。")
        yield Told(f"{key}:{code}", words % values + kept)


def _gone(before: Form, after: Form) -> Iterator[tuple[str, str]]:
    """Questions (key, "") and choices (key, code) whose answers are in codes, and which are not there any more."""
    for question in before.questions:
        again = after.question(question.key)
        if again is None and question.kind not in WORDS:
            yield question.key, ""
        kept = {choice.value for choice in again.choices} if again else set()
        yield from ((question.key, one.value) for one in question.choices if again and one.value not in kept)


def lacking(form: Form, part: Part, spoken: list[str]) -> list[tuple[str, list[str]]]:
    """For each language that visitors may choose: what has no words in it, by the questions' names."""
    if part not in OF_VISITORS:
        return []
    found = {code: [_named(*one) for one in unread(form, code)] for code in spoken}
    return [(LANGUAGES[code].named(get_language() or "ja"), names) for code, names in found.items() if names]


def _named(question: Question, choice: Choice | None) -> str:
    return f"{name_of(question)} ({plain(choice.label)})" if choice else name_of(question)
