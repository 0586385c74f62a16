"""A survey answered on LINE, one question after another, one tap each. No session is opened, changed or looked for.

Words that are written meanwhile are ordinary words to the program, and never an answer.
"""

from django.db import transaction
from django.utils import timezone

from counseling import forms, intake, survey
from counseling.actions import deliveries, notices, visits
from counseling.forms import Answers, Form
from counseling.intake import Code, Progress
from counseling.models import ApartAnswer, SurveyAnswer, Visitor
from counseling.models.edition import text_for, with_readings
from counseling.quick_replies import QuickReply
from counseling.survey import Stage, SurveyCode, SurveyTap
from counseling.survey.asking import receipt
from counseling.text import ruby

QUESTION = "survey_question"


@transaction.atomic
def tap(*, channel_id: int, identity: str, tap: SurveyTap) -> None:
    """A button was tapped. One of an earlier asking asks again; one of a survey that is over is answered kindly."""
    visitor = visits.visitor_for(channel_id=channel_id, identity=identity, create=False)
    if visitor is None:
        return
    answer = answer_of(visitor, tap.answer_id)
    if answer is None or answer.stage in {Stage.DECLINED, Stage.WITHDRAWN}:
        _tell(visitor, "survey_over")
    elif answer.stage == Stage.FINISHED:
        _tap_on_finished(visitor, answer, tap)
    elif answer.is_over(timezone.now()):
        _tell(visitor, "survey_over")
    else:
        _take(visitor, answer, tap)


def answer_of(visitor: Visitor, answer_id: int) -> SurveyAnswer | None:
    """The visitor's own answer with this id, locked."""
    rows = SurveyAnswer.objects.select_for_update(of=("self",), no_key=True)
    return (
        rows.select_related("invitation__session__visitor")
        .filter(pk=answer_id, invitation__session__visitor=visitor)
        .first()
    )


def _tap_on_finished(visitor: Visitor, answer: SurveyAnswer, tap: SurveyTap) -> None:
    if tap.code == SurveyCode.WITHDRAW:
        withdraw(answer)
        _tell(visitor, "survey_withdrawn")
    else:
        _thank(visitor, answer)


def _take(visitor: Visitor, answer: SurveyAnswer, tap: SurveyTap) -> None:
    progress = Progress.of(answer.asking)
    form = survey.by_taps(answer.form())
    question = form.question(progress.step)
    if tap.code == SurveyCode.DECLINE and not answer.codes:
        answer.stage = Stage.DECLINED
        answer.save()
        _tell(visitor, "survey_declined")
    elif question is None:
        _go_on(visitor, answer, form, progress)
    elif tap.turn != progress.turn:
        _ask(visitor, answer, form, progress, again=True)
    elif tap.code == SurveyCode.STOP:
        finish(visitor, answer)
    elif tap.code == SurveyCode.BACK:
        before = survey.previous(form, question.key, answer.codes)
        _ask(visitor, answer, form, progress.at(before.key if before else question.key))
    elif tap.code == Code.MORE:
        _ask(visitor, answer, form, progress.at(question.key, progress.page + 1))
    elif found := intake.chosen(question, answer.codes.get(question.key), tap.code, tap.day):
        answer.codes = intake.with_answer(answer.codes, question.key, found.answer)
        if found.done:
            _go_on(visitor, answer, form, progress)
        else:
            _ask(visitor, answer, form, progress.at(question.key))
    else:
        _ask(visitor, answer, form, progress, again=True)


def _go_on(visitor: Visitor, answer: SurveyAnswer, form: Form, progress: Progress) -> None:
    """The next question; when all is asked, that was it."""
    question = survey.following(form, progress.step, answer.codes)
    if question:
        _ask(visitor, answer, form, progress.at(question.key))
    else:
        finish(visitor, answer)


def _ask(visitor: Visitor, answer: SurveyAnswer, form: Form, progress: Progress, *, again: bool = False) -> None:
    asked = survey.asked(
        progress, answer_id=answer.pk, form=form, answers=answer.codes, language=visitor.language
    )  # fmt: skip
    answer.asking = progress.to_json()
    answer.save()
    words = ruby.bracketed(with_readings(visitor.program, asked.words, visitor.language))
    if again:
        notices.give(visitor=visitor, key=QUESTION, words=words, replies=asked.replies)
    else:
        _owe(visitor, QUESTION, words, asked.replies)


def _owe(visitor: Visitor, key: str, words: str, replies: tuple[QuickReply, ...] = ()) -> None:
    deliveries.owe(visitor=visitor, channel=visitor.channel, notice=words, auto_key=key, replies=replies)


def finish(visitor: Visitor, answer: SurveyAnswer) -> None:
    """All is answered, or enough; who answered nothing has declined."""
    answer.codes = asked_of(answer.form(), answer.codes)
    answer.asking = Progress.of(answer.asking).over().to_json()
    if not answer.codes:
        answer.stage = Stage.DECLINED
        answer.save()
        _tell(visitor, "survey_declined")
        return
    answer.stage, answer.finished_at = Stage.FINISHED, timezone.now()
    answer.save()
    _thank(visitor, answer)


def asked_of(form: Form, answers: Answers) -> Answers:
    """The answers without those to what is not asked of somebody who answered so in the end."""
    return forms.check(form, answers, finished=False)


def _thank(visitor: Visitor, answer: SurveyAnswer) -> None:
    """Once for a burst of taps; the way to take the answers back goes along."""
    turn = Progress.of(answer.asking).turn
    words = text_for(visitor.program, "survey_thanks", visitor.language)
    below = receipt(answer.pk, turn, visitor.language)
    notices.give(visitor=visitor, key="survey_thanks", words=words, replies=below)


def withdraw(answer: SurveyAnswer | ApartAnswer) -> None:
    """The answers go, and count no more. Nobody can bring them back."""
    answer.stage, answer.codes, answer.words = Stage.WITHDRAWN, {}, b""
    answer.save()


def _tell(visitor: Visitor, key: str) -> None:
    notices.give(visitor=visitor, key=key, words=text_for(visitor.program, key, visitor.language))
