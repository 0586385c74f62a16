"""Requests for substitutes and swaps, for those who plan a program: what would change, and yes or no."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.roles import Right
from counseling.actions import shift_requests
from counseling.actions.planning import CannotPlan
from counseling.feeds import shift_requests as feed
from counseling.models import Program, ShiftRequest
from counseling.pages.office import office, page
from counseling.pages.shift_words import PLAIN, said, span
from counseling.permissions import NotVisible

DECISIONS: dict[str, Callable[..., ShiftRequest]] = {
    "approve": shift_requests.approve,
    "decline": shift_requests.decline,
}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.PLAN_SHIFTS)
def requests(request: HttpRequest, program: Program) -> HttpResponseBase:
    """What is asked in the program, and deciding it."""
    if request.method == "POST":
        return _decide(request, program)
    now = timezone.now()
    return page(
        request,
        "office/requests.html",
        program,
        "requests",
        to_decide=[_decision(one) for one in feed.to_decide(program, now)],
        unanswered=[_told(one) for one in feed.unanswered(program, now)],
        decided=[_told(one) for one in feed.decided(program)],
    )


def _decide(request: HttpRequest, program: Program) -> HttpResponseBase:
    act, number = DECISIONS.get(request.POST.get("decision", "")), request.POST.get("request", "")
    if act is None or not number.isdecimal() or not number.isascii() or len(number) > 18:
        raise Http404
    try:
        asked = act(request_id=int(number), by=cast("User", request.user))
    except NotVisible:
        raise Http404 from None
    except CannotPlan as refused:
        messages.error(request, refused.problems[0][1].label)
    else:
        told = {"name": asked.asked_by.name, "state": asked.get_state_display()}
        messages.success(request, _("%(name)sさんのお願い: %(state)s") % told)
    return redirect("office:requests", program.slug)


def _decision(decision: feed.Decision) -> dict[str, Any]:
    asked = decision.request
    names = {asked.asked_by_id: asked.asked_by.name, asked.to_id: asked.to.name if asked.to else ""}
    concerns = [(names.get(one.user, ""), one.on, said(one, PLAIN)) for one in decision.concerns]
    return _told(asked) | {"concerns": concerns}


def _told(asked: ShiftRequest) -> dict[str, Any]:
    moves = [(asked.shift, asked.asked_by, asked.to)]
    if asked.in_return:
        moves.append((asked.in_return, cast("User", asked.to), asked.asked_by))
    return {
        "request": asked,
        "moves": [(shift, span(shift.starts_at, shift.ends_at), has, takes) for shift, has, takes in moves],
    }
