"""A drafted form as it will look: drawn by what draws visitors' questions, in a frame that starts nothing."""

from typing import cast

from django import forms
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation

from counseling.forms import Kind
from counseling.forms.reading import look
from counseling.gateways.web import screens
from counseling.gateways.web.questions import ATTRIBUTE, QuestionsForm, offered
from counseling.gateways.web.visit import Visit
from counseling.languages import interface
from counseling.models import Channel
from counseling.models.program import ChannelKind
from counseling.pages.draft import Draft
from counseling.pages.form_words import OF_VISITORS


def preview(request: HttpRequest, draft: Draft) -> str:
    """The page for the frame, in the language that is looked at."""
    program, language = draft.program, draft.looking
    readable, _problems = look(draft.form.to_json())
    with translation.override(interface(language)):
        questions = QuestionsForm(readable, language)
        if draft.part not in OF_VISITORS:
            _cannot_decline(questions)
        visit = Visit(program, Channel(program=program, kind=ChannelKind.WEB), None, language)
        values = screens.frame(visit)
        context = {
            **values,
            "urls": dict.fromkeys(values["urls"], "#"),
            "inert": True,
            "part": draft.part.value,
            "is_for_visitors": draft.part in OF_VISITORS,
            "heading": draft.part.label,
            "questions": questions.asked(),
        }
        return render_to_string("counseling/talk/asked.html", context, request)


def _cannot_decline(shown: QuestionsForm) -> None:
    """Staff are not offered "prefer not to say"; in a list nothing is chosen yet."""
    for question in shown.asking.questions:
        if question.kind in {Kind.CHOICE, Kind.YES_NO}:
            field = cast("forms.ChoiceField", shown.fields[ATTRIBUTE + question.key])
            answers = offered(question, shown.language)
            field.choices = answers if isinstance(field.widget, forms.RadioSelect) else [("", "―"), *answers]
