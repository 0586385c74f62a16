"""The survey on our page (アンケート): by the link somebody was sent, or from the page they talked on.

Nothing on it says which talk it was about, nor whose: it may be opened on anybody's telephone.
"""

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from counseling import opening, text
from counseling.actions import survey_answers
from counseling.actions.danger import ANSWERED_FROM
from counseling.actions.survey_answers import Answer
from counseling.actions.writing import danger_in
from counseling.feeds import surveys as feed
from counseling.forms import InvalidAnswers
from counseling.gateways.web import cookie, limits, screens, spoken
from counseling.gateways.web.answers import discreet, see_other
from counseling.gateways.web.questions import ATTRIBUTE, QuestionsForm
from counseling.gateways.web.visit import Visit
from counseling.models import Channel, Program
from counseling.models.program import ChannelKind
from counseling.stages import Stage
from counseling.survey import Stage as Answered

PAGE = "counseling/talk/survey.html"


@require_http_methods(["GET", "HEAD", "POST"])
@discreet
def survey(request: HttpRequest, slug: str) -> HttpResponse:
    """What is asked of this browser's visitor: a button that leads to the questions, or that nothing is asked now."""
    visit = Visit.of(request, slug)
    if request.method == "POST" and visit.identity:
        try:
            token = survey_answers.open_page(channel_id=visit.channel.pk, identity=visit.identity)
        except survey_answers.NothingAsked:
            return see_other(reverse("talk:survey", args=[slug]))
        return see_other(reverse("talk:answering", args=[slug, token]))
    return _shown(request, visit, "begin" if screens.asks_survey(visit) else "nothing")


@require_http_methods(["GET", "HEAD", "POST"])
@discreet
def answering(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """The questions, and afterwards the way to take the answers back."""
    visit = _visit(request, slug)
    found = feed.behind(visit.program.pk, token)
    if found is None:
        return _shown(request, visit, "gone", status=HTTPStatus.GONE)
    if request.method != "POST":
        form = SurveyForm(found, visit.language)
        return _shown(request, visit, _stage(found), answer=found, form=form)
    form = SurveyForm(found, visit.language, request.POST)
    problem = _take(visit, token, form, request.POST.get("answer", ""))
    if problem or form.errors:
        return _shown(
            request, visit, _stage(found), answer=found, form=form, problem=problem, status=HTTPStatus.BAD_REQUEST
        )  # fmt: skip
    return see_other(request.get_full_path())


class SurveyForm(QuestionsForm):
    """The questions as they were sent; what was tapped on LINE before stands in them."""

    def __init__(self, answer: Answer, language: str, data: Any = None) -> None:
        given = answer.codes if answer.stage == Answered.OPEN else {}
        initial = {ATTRIBUTE + key: said for key, said in given.items()}
        super().__init__(answer.form(), language, data, initial=initial)


def _visit(request: HttpRequest, slug: str) -> Visit:
    """Who follows a link: the program alone says which language is spoken, whatever doors it has."""
    program = Program.objects.filter(slug=slug, practice=False).exclude(stage=Stage.DRAFT).first()
    if program is None:
        raise Http404
    language = spoken.language_of(request, program.languages)
    spoken.speak(language)
    return Visit(program, Channel(program=program, kind=ChannelKind.WEB), cookie.identity_of(request), language)


def _take(visit: Visit, token: str, form: SurveyForm, wish: str) -> str:
    """One press; what keeps it from being taken, in words. What was over meanwhile is told by the page itself."""
    if not limits.may_write(token):
        return _("続けて届いたため、少し間をおいて、もう一度押してください。")
    program_id = visit.program.pk
    try:
        if wish == "withdraw":
            survey_answers.withdraw(program_id=program_id, token=token)
        elif wish == "no":
            survey_answers.decline(program_id=program_id, token=token)
        elif form.is_valid():
            survey_answers.answer(program_id=program_id, token=token, answers=form.answers())
    except (InvalidAnswers, text.UnacceptableText):
        return _("読み取れない文字が入っています。書きなおしていただけますか。")
    except (survey_answers.SurveyOver, survey_answers.SurveyGone):
        return ""
    return ""


def _stage(found: Answer) -> str:
    if found.stage == Answered.OPEN:
        return "over" if survey_answers.is_over(found) else "open"
    return found.stage


def _shown(request: HttpRequest, visit: Visit, stage: str, **more: Any) -> HttpResponse:
    status = more.pop("status", HTTPStatus.OK)
    answer: Answer | None = more.get("answer")
    written = "\n".join(feed.words_of(answer).values()) if answer and stage == Answered.FINISHED else ""
    values = {
        **screens.frame(visit),
        # Neither the program nor the talk stands in the browser's title or history.
        "title": _("アンケート"),
        "is_trial": False,
        "stage": stage,
        "until": opening.day(answer.last_day, visit.language) if answer else "",
        "in_danger": bool(written) and danger_in(visit.program, written) >= ANSWERED_FROM,
        **more,
    }
    return render(request, PAGE, values, status=status)
