"""How urgent a session is and was: the form that is asked, and every change with who and why. Staff's alone."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.utils.translation import get_language

from counseling import criteria, crypto, events, forms
from counseling.events import RiskChange, RiskForm, RiskQuestion, RiskState
from counseling.feeds.intake import answer_view
from counseling.forms import WORDS, Form, Question
from counseling.languages import said
from counseling.models import Assessment, Message, Part, Program, Session, SessionEvent
from counseling.models.edition import editions_with, form_of, number
from counseling.text import ruby


def risk_state(session_id: int) -> RiskState:
    """The form in force and the session's history: four queries. Raises Session.DoesNotExist.

    Of a visitor whose key is gone the levels, times and names are left.
    """
    session = Session.objects.select_related("visitor", "program").get(pk=session_id)
    form, key = form_of(session.program.editions, Part.RISK), _key_of(session)
    log = list(
        SessionEvent.objects.filter(session=session, kind="risk.changed").select_related("by").order_by("version")
    )
    assessed = Assessment.objects.filter(session=session) if key else []
    looks = {one.version: _look(one, session.program, key) for one in assessed}
    said_in = _found_in(session, (event.details.get("seq") for event in log), key)
    history: list[RiskChange] = []
    for event in log:
        before = history[-1]["level"] if history else 0
        history.append(
            _change(event, before, looks.get(event.version, NOBODY), said_in.get(event.details.get("seq"), []))
        )
    last = looks[max(looks)].given if looks else {}
    return {"form": _form_view(session.program, form), "given": _still(form, last), "history": history[::-1]}


def _key_of(session: Session) -> bytes:
    try:
        return session.visitor.key()
    except crypto.CannotOpen:
        return b""


class _Look(NamedTuple):
    """What a person answered, to which form, and what that suggests."""

    given: dict[str, Any]
    form: Form
    suggested: int | None
    word: str


NOBODY = _Look({}, Form(), None, "")


def _look(one: Assessment, program: Program, key: bytes) -> _Look:
    given, word = one.said(key)
    form = form_of(editions_with(program, Part.RISK, one.form), Part.RISK)
    return _Look(given, form, one.suggested, word)


def _found_in(session: Session, seqs: Iterable[int | None], key: bytes) -> dict[int | None, list[str]]:
    """The words of danger in these messages, each once, as far as staff may read them."""
    messages = Message.objects.filter(session=session, seq__in=[seq for seq in seqs if seq]) if key else []
    return {one.seq: list(dict.fromkeys(found.word for found in one.found(key))) for one in messages}


def _change(event: SessionEvent, before: int, look: _Look, words: list[str]) -> RiskChange:
    language, suggestion = get_language() or "ja", criteria.suggest(look.given)
    asked = [one for one in look.form.questions if one.key in look.given]
    return {
        "version": event.version,
        "at": event.at.isoformat(),
        "by": events.person(event.by),
        "before": before,
        "level": event.details["level"],
        "meanings": [one for one in event.details.get("why", "").split(",") if one],
        "words": words,
        "answers": [answer_view(one, look.given[one.key], language) for one in asked],
        "suggested": look.suggested,
        "because": list(suggestion.because) if suggestion else [],
        "word": look.word,
    }


def _still(form: Form, given: dict[str, Any]) -> dict[str, Any]:
    """Of the last answers those in codes that the form of today takes: to be looked at again, not given anew."""
    codes = {one.key for one in form.questions if one.kind not in WORDS}
    kept = {key: answer for key, answer in given.items() if key in codes}
    try:
        return forms.check(form, kept, finished=False)
    except forms.InvalidAnswers as wrong:
        right = {key: answer for key, answer in kept.items() if key not in wrong.problems}
        return forms.check(form, right, finished=False)


def _form_view(program: Program, form: Form) -> RiskForm:
    return {
        "version": number(program.editions, Part.RISK),
        "questions": [_question_view(one) for one in form.questions],
        "rules": [
            {"level": int(rule.level), "answers": {key: list(wanted) for key, wanted in rule.answers.items()}}
            for rule in criteria.RULES
        ],
    }


def _question_view(question: Question) -> RiskQuestion:
    language, condition = get_language() or "ja", question.shown_if
    return {
        "key": question.key,
        "kind": question.kind.value,
        "label": ruby.plain(question.asked(language)),
        "help": ruby.plain(said(question.help, language)),
        "choices": [{"value": one.value, "label": ruby.plain(said(one.label, language))} for one in question.choices],
        "required": question.required,
        "shown_if": {"key": condition.key, "values": list(condition.values)} if condition else None,
    }
