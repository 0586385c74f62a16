"""What a visitor answered before the talk, in the words of the edition they answered."""

import json
from collections.abc import Iterator
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from counseling import crypto
from counseling.events import IntakeAnswer
from counseling.forms import Answer, Answers, Kind, Question
from counseling.languages import said
from counseling.models import Part, Session
from counseling.models.edition import form_of
from counseling.text import ruby


def intake_of(session: Session, key: bytes) -> list[IntakeAnswer]:
    """The answers in the order they were asked, in the reader's language; `key` opens those in the visitor's words."""
    given, language = _given(session, key), get_language() or "ja"
    asked = form_of(session.editions, Part.INTAKE).questions
    return [answer_view(one, given.pop(one.key), language) for one in asked if one.key in given] + list(_unasked(given))


def _given(session: Session, key: bytes) -> Answers:
    sealed = bytes(session.intake_words)
    words = json.loads(crypto.open_text(key, sealed, session.place_of_intake)) if sealed else {}
    return {**session.attributes, **words}


def answer_view(question: Question, answer: Answer, language: str) -> IntakeAnswer:
    """An answer beside its question, as people read both."""
    return {
        "key": question.key,
        "label": ruby.plain(question.asked(language)),
        "answers": _words(question, answer, language),
        "personal": question.personal,
    }


def _words(question: Question, answer: Answer, language: str) -> list[str]:
    """The answer as people read it; of several to choose from each one that was chosen."""
    if question.kind == Kind.DATE:
        return [date_format(date.fromisoformat(str(answer)))]
    if question.kind == Kind.YES_NO:
        return [gettext("はい") if answer == "yes" else gettext("いいえ")]
    labels = {one.value: ruby.plain(said(one.label, language)) for one in question.choices}
    return [labels.get(str(one), str(one)) for one in (answer if isinstance(answer, list) else [answer])]


def _unasked(left: Answers) -> Iterator[IntakeAnswer]:
    """Answers of a sitting from before editions were kept: as they stand."""
    for key, answer in left.items():
        given = answer if isinstance(answer, list) else [answer]
        yield {"key": key, "label": key, "answers": [str(one) for one in given], "personal": False}
