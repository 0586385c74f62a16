"""A survey as it will look: the messages and buttons on LINE, and the page in a frame that starts nothing."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from counseling import opening
from counseling.forms import Answers, Form, Kind, Question
from counseling.gateways.web import screens
from counseling.gateways.web.questions import QuestionsForm
from counseling.gateways.web.visit import Visit
from counseling.intake import Progress
from counseling.languages import interface
from counseling.models import Channel, Program
from counseling.models.edition import with_readings
from counseling.models.program import ChannelKind, ChannelMode
from counseling.pages.text_previews import preview
from counseling.quick_replies import QuickReply
from counseling.survey import Door, Plan, asked, by_taps
from counseling.survey.asking import invitation, receipt
from counseling.text import ruby


@dataclass(frozen=True)
class Bubble:
    """One message on LINE, and the buttons below it."""

    words: str
    buttons: tuple[str, ...] = ()


def on_line(program: Program, form: Form, plan: Plan, language: str) -> list[Bubble]:
    """What is told on LINE, one after another; nothing where LINE is not asked."""
    if plan.line == Door.NO or program.channel_mode == ChannelMode.WEB_ONLY or not form.questions:
        return []
    tapped = by_taps(form) if program.channel_mode == ChannelMode.LINE_TALK and plan.line == Door.TAPS else Form()
    if not tapped.questions:
        return [Bubble(_told(program, "survey_link", language))]
    bubbles = [Bubble(_told(program, "survey_invite", language), _labels(invitation(0, language)))]
    answers: Answers = {}
    for question in tapped.questions:
        # As for somebody of whom every question is asked.
        shown = asked(Progress(step=question.key), answer_id=0, form=tapped, answers=answers, language=language)
        words = ruby.bracketed(with_readings(program, shown.words, language))
        bubbles.append(Bubble(words, _labels(shown.replies)))
        answers |= _first(tapped, question)
    return [*bubbles, Bubble(_told(program, "survey_thanks", language), _labels(receipt(0, 0, language)))]


def _first(form: Form, question: Question) -> Answers:
    """An answer after which what depends on this question is asked."""
    after = next((one.shown_if for one in form.questions if one.shown_if and one.shown_if.key == question.key), None)
    if after is None:
        return {}
    value = after.values[0]
    return {question.key: [value] if question.kind == Kind.CHOICES else value}


def _told(program: Program, key: str, language: str) -> str:
    return "\n".join(preview(program, key, language, "").bubbles)


def _labels(replies: tuple[QuickReply, ...]) -> tuple[str, ...]:
    return tuple(one.label for one in replies)


def on_page(request: HttpRequest, program: Program, form: Form, language: str) -> str:
    """The page for the frame."""
    with translation.override(interface(language)):
        visit = Visit(program, Channel(program=program, kind=ChannelKind.WEB), None, language)
        values = screens.frame(visit)
        context = {
            **values,
            "urls": dict.fromkeys(values["urls"], "#"),
            "title": _("アンケート"),
            "inert": True,
            "stage": "open",
            "form": QuestionsForm(form, language),
            "until": opening.day(timezone.localdate(), language),
        }
        return render_to_string("counseling/talk/survey.html", context, request)
