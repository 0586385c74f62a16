"""Care for counselors, for supervisors: whose shift was heavy, who rests, and with whom somebody has yet to talk."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.roles import Right
from counseling import permissions, staffing
from counseling.actions import care as actions
from counseling.actions import reviews as review_actions
from counseling.care import Debrief
from counseling.feeds import heavy, reviews
from counseling.feeds.crew import crew, is_staffed
from counseling.feeds.heavy import Stint
from counseling.models import Program
from counseling.pages.care_words import DEBRIEFS, WEIGHTS
from counseling.pages.office import office, page

SECTION = "care"
# What was talked over stays in sight for so long.
DONE_FOR = timedelta(hours=24)


@dataclass(frozen=True)
class Line:
    """A heavy talk as it stands in the list."""

    stint: Stint
    why: list[str | Promise]
    how: str | Promise
    overdue: bool
    own: bool
    reviewed: bool


@require_safe
@never_cache
@office(Right.STEER)
def care(request: HttpRequest, program: Program) -> HttpResponseBase:
    """The page."""
    by, now = cast("User", request.user), timezone.now()
    lines = _lines(program, by, now)
    open_lines = [line for line in lines if not line.stint.aftercare.debrief]
    people = crew(program, now)
    return page(
        request,
        "office/care.html",
        program,
        SECTION,
        at_work=heavy.at_work(program, now),
        # Whoever rests stands by it; the rest are told.
        alone=staffing.is_left_alone(people),
        unstaffed=any(one.away == staffing.CARE for one in people) and not is_staffed(program, people),
        overdue=[line for line in open_lines if line.overdue],
        due=[line for line in open_lines if not line.overdue],
        done=[line for line in lines if (at := line.stint.aftercare.debriefed_at) and at > now - DONE_FOR][::-1],
        reviews=reviews.supervised(by, program, permissions.readable_reviews(by)),
        orphaned=reviews.waiting(program, permissions.orphaned_reviews(by)),
        recent=reviews.recent_parts(by, program, now),
        heavy_minutes=program.heavy_after // timedelta(minutes=1),
    )


def _lines(program: Program, by: User, now: datetime) -> list[Line]:
    found = heavy.heavy_of(program, now)
    begun = reviews.begun([one.assignment.session_id for one in found])
    return [
        Line(
            stint=one,
            why=[WEIGHTS[weight] for weight in one.weights],
            how=DEBRIEFS.get(cast("Debrief", one.aftercare.debrief), ""),
            overdue=one.is_overdue(now),
            own=one.assignment.user_id == by.pk,
            reviewed=(one.assignment.session_id, one.assignment.user_id) in begun,
        )
        for one in found
    ]


@require_POST
@office(Right.STEER)
def debrief(request: HttpRequest, program: Program, assignment_id: int) -> HttpResponseBase:
    """Tick a heavy talk off, or take the tick back (`outcome` empty)."""
    by, outcome = cast("User", request.user), request.POST.get("outcome", "")
    if outcome not in {"", *Debrief}:
        raise Http404
    try:
        if outcome:
            actions.debrief(assignment_id=assignment_id, program_id=program.pk, outcome=Debrief(outcome), by=by)
        else:
            actions.undo_debrief(assignment_id=assignment_id, program_id=program.pk, by=by)
    except actions.OnesOwn:
        messages.error(request, _("ご自分の相談です。ほかのSVに話を聞いてもらい、その人が記録します。"))
    except (actions.NotHeavy, actions.NotOver):
        messages.error(request, _("この相談は、もう振り返りの一覧にありません。"))
    else:
        messages.success(request, _("記録しました。") if outcome else _("未了に戻しました。"))
    return redirect("office:care", program.slug)


@require_POST
@office(Right.STEER)
def begin_review(request: HttpRequest, program: Program) -> HttpResponseBase:
    """Begin a review sheet with a session's counselor; `part` is «session-person»."""
    session, counselor = (_number(typed) for typed in request.POST.get("part", "").partition("-")[::2])
    by = cast("User", request.user)
    try:
        sheet = review_actions.begin(session_id=session, program_id=program.pk, counselor_id=counselor, by=by)
    except review_actions.CannotReview:
        messages.error(request, _("この相談では、まだはじめられません。終わった相談を、担当した人と振り返ります。"))
    except review_actions.AnothersSheet:
        messages.info(request, _("ほかのSVが、この相談の振り返りシートをはじめています。"))
    else:
        return redirect("review", sheet.pk)
    return redirect("office:care", program.slug)


def _number(typed: str) -> int:
    """An id as a form carries it. Raises Http404."""
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= 18):
        raise Http404
    return int(typed)
