"""Calls to visitors (電話の予定): the list by risk and time, and one call: taken, made, ended."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.models import User
from accounts.roles import Right
from counseling import crypto, histories, permissions
from counseling.actions import following, phone_calls, phoning, queue, telephone
from counseling.feeds import telephone as feed
from counseling.models import PhoneTransfer, Program
from counseling.models.telephone import Result
from counseling.pages import call_words as words
from counseling.pages.call_forms import EndingForm
from counseling.pages.call_words import Line
from counseling.pages.office import office, page

SECTION = "calls"
REFUSALS = {
    phone_calls.TakenAlready: words.TAKEN_ALREADY,
    phone_calls.NotOnTheList: words.NOT_ON_THE_LIST,
    phone_calls.NotTaken: words.NOT_TAKEN,
    phone_calls.NumberGone: words.NUMBER_GONE,
    phone_calls.NotCalling: words.NOTED_BEFORE,
    phone_calls.OnThePhone: words.ON_THE_PHONE,
    telephone.OnThePhone: words.ON_THE_PHONE,
    telephone.NotNow: words.NOT_ON_THE_LIST,
    queue.NotForTrainees: words.NOT_FOR_TRAINEES,
}
DEEDS: dict[str, Callable[..., None]] = {
    "take": phone_calls.take,
    "release": phone_calls.release,
    "start": phone_calls.start,
    "withdraw": telephone.withdraw,
}


def _one(program: Program, transfer_id: int) -> PhoneTransfer:
    found = feed.one(program, transfer_id)
    if found is None:
        raise permissions.NotVisible
    return found


def _by(request: HttpRequest) -> User:
    return cast("User", request.user)


@require_safe
@never_cache
@office(Right.TAKE_SESSIONS)
def calls(request: HttpRequest, program: Program) -> HttpResponseBase:
    """What was promised and is not over, the most urgent first; and what came of the last days'."""
    now = timezone.now()
    context = {
        "lines": [Line(one, now) for one in feed.expected(program)],
        "lately": [Line(one, now) for one in feed.lately(program, now)],
        "plan": phoning.plan_of(program),
    }
    return page(request, "office/calls.html", program, SECTION, **context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.TAKE_SESSIONS)
def call(request: HttpRequest, program: Program, transfer_id: int) -> HttpResponseBase:
    """One call; `do` takes it, gives it back, begins it or takes it off the list, and `end` notes what came of it."""
    transfer = _one(program, transfer_id)
    if request.method != "POST":
        return _shown(request, program, transfer)
    wish = request.POST.get("do", "")
    owners = following.owners(program.pk, transfer.session.risk)
    form = EndingForm(phoning.plan_of(program), timezone.now(), owners, request.POST)
    try:
        if wish == "end":
            phone_calls.end(transfer_id=transfer_id, by=_by(request), ending=form.ending())
            messages.success(request, _("電話の結果を記録しました。"))
            # Spoken with: from there it becomes a session of its own.
            if request.POST.get("result") != Result.TALKED:
                return redirect("office:calls", program.slug)
            return redirect("office:call", program.slug, transfer_id)
        if wish in DEEDS:
            DEEDS[wish](transfer_id=transfer_id, by=_by(request))
    except phoning.BadAnswer as wrong:
        form.refuse(wrong.problems)
        return _shown(request, program, transfer, form=form, status=400)
    except tuple(REFUSALS) as refused:
        messages.error(request, str(REFUSALS[type(refused)]))
    return redirect("office:call", program.slug, transfer_id)


@require_POST
@never_cache
@office(Right.TAKE_SESSIONS)
def number(request: HttpRequest, program: Program, transfer_id: int) -> HttpResponseBase:
    """The number, to who makes the call: this page is the one place where it stands, and each showing is audited."""
    transfer = _one(program, transfer_id)
    try:
        shown = phone_calls.show(transfer_id=transfer_id, by=_by(request), address=audit.address_of(request))
    except tuple(REFUSALS) as refused:
        messages.error(request, str(REFUSALS[type(refused)]))
        return redirect("office:call", program.slug, transfer_id)
    return _shown(request, program, transfer, number=shown)


def _shown(
    request: HttpRequest, program: Program, transfer: PhoneTransfer, *, form: EndingForm | None = None, **more: Any
) -> HttpResponseBase:
    now, by = timezone.now(), _by(request)
    line = Line(transfer, now)
    status = more.pop("status", 200)
    context = {
        "line": line,
        "transfer": transfer,
        "is_mine": transfer.taken_by_id == by.pk,
        "is_calling": line.call is not None and line.call.by_id == by.pk,
        "steers": permissions.programs(by, Right.STEER).filter(pk=program.pk).exists(),
        "knows": histories.visitors(by).filter(pk=transfer.session.visitor_id).exists(),
        "form": form or EndingForm(phoning.plan_of(program), now, following.owners(program.pk, transfer.session.risk)),
        "made": [(one, _said(transfer, one)) for one in transfer.calls.all() if one.ended_at],
    }
    answer = page(request, "office/call.html", program, SECTION, **context, **more)
    cast("Any", answer).status_code = status
    return answer


def _said(transfer: PhoneTransfer, one: Any) -> str:
    """What was talked about, as long as the visitor's key is there."""
    try:
        return str(one.said(transfer.session.visitor.key()))
    except crypto.CannotOpen:
        return ""
