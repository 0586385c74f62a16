"""The visitor's page of a call-back that was offered (電話移行): answer it, see what was agreed, take it back."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from counseling import opening
from counseling.actions import phone_answers, phoning
from counseling.feeds import telephone as feed
from counseling.gateways.web import limits, screens
from counseling.gateways.web.answers import discreet, see_other
from counseling.gateways.web.phone_form import PhoneForm
from counseling.gateways.web.visit import Visit
from counseling.models import PhoneTransfer


@require_http_methods(["GET", "HEAD", "POST"])
@discreet
def telephone(request: HttpRequest, slug: str) -> HttpResponse:
    """Without anything that could be answered it leads back to the talk."""
    visit = Visit.of(request, slug)
    visitor = visit.visitor()
    offered = feed.offered(visitor.pk) if visitor else None
    back = see_other(reverse("talk:page", args=[slug]))
    if offered is None or visit.identity is None:
        return back
    plan, now = phoning.plan_of(visit.program), timezone.now()
    form = PhoneForm(plan, now, visit.language, request.POST if request.method == "POST" else None)
    problem = ""
    if request.method == "POST" and not limits.may_write(visit.identity):
        problem = _("続けて届いたため、少し間をおいて、もう一度押してください。")
    elif request.method == "POST":
        try:
            _take(visit.channel.pk, visit.identity, form, request.POST.get("answer", ""))
        except phoning.BadAnswer as wrong:
            form.refuse(wrong.problems)
        except phone_answers.OnThePhone:
            problem = _("いま、電話をおかけしているところです。電話でそのままお伝えください。")
        except phone_answers.NothingOffered:
            return back
        else:
            return back
    status = HTTPStatus.BAD_REQUEST if form.errors or problem else HTTPStatus.OK
    values = {**screens.frame(visit), **_shown(offered, visit.language), "form": form, "problem": problem}
    values["telephone_hours"] = opening.describe(plan.hours, visit.language)
    return render(request, "counseling/talk/telephone.html", values, status=status)


def _take(channel_id: int, identity: str, form: PhoneForm, answer: str) -> None:
    """One press: agree, or anything else, which says no."""
    if answer == "agree":
        phone_answers.agree(channel_id=channel_id, identity=identity, typed=form.typed())
    else:
        phone_answers.decline(channel_id=channel_id, identity=identity)


def _shown(offered: PhoneTransfer, language: str) -> dict[str, Any]:
    """What was agreed: the time; the number in stars, as somebody may look over a shoulder."""
    if offered.stage not in phoning.EXPECTED or offered.slot_from is None:
        return {"agreed": None}
    masked = feed.masked(offered)
    return {"agreed": opening.moment(offered.slot_from, language), "masked": masked}
