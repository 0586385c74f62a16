"""«自分のシフト»: a person's own shifts in all programs, what is asked of them, and what they ask."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from counseling.actions import calendars, shift_requests
from counseling.actions.planning import CannotPlan
from counseling.feeds import own_shifts
from counseling.models import CalendarFeed, Shift, ShiftRequest
from counseling.models.shift import RequestState
from counseling.pages.shift_forms import AskForm
from counseling.pages.shift_words import KIND, said, span
from counseling.permissions import NotVisible

P = ParamSpec("P")
PersonView = Callable[Concatenate[HttpRequest, User, P], HttpResponseBase]
ANSWERS: dict[str, tuple[Callable[..., ShiftRequest], str | Promise]] = {
    "accept": (shift_requests.accept, gettext_lazy("引き受けました。シフトの担当者が確認すると決まります。")),
    "refuse": (shift_requests.refuse, gettext_lazy("お断りしました。シフトは変わりません。")),
    "withdraw": (shift_requests.withdraw, gettext_lazy("お願いを取り下げました。")),
}
WAITING = {RequestState.OPEN, RequestState.ACCEPTED}


def for_workers(view: PersonView[P]) -> Callable[..., HttpResponseBase]:
    """A page for those who have shifts in some program; for others it does not exist (404)."""

    @never_cache
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        user = cast("User", request.user)
        if not own_shifts.works_anywhere(user):
            raise Http404
        try:
            return view(request, user, *args, **kwargs)
        except NotVisible:
            raise Http404 from None

    return guarded


@dataclass(frozen=True)
class ShownShift:
    """A shift on the page."""

    shift: Shift
    span: str
    begun: bool
    changed: bool
    asked: ShiftRequest | None

    @property
    def roles(self) -> list[str]:
        """As the filter `role_words` takes it."""
        return [self.shift.role]


@require_safe
@for_workers
def own(request: HttpRequest, user: User) -> HttpResponseBase:
    """The shifts of the next weeks, and everything around them."""
    return _page(request, user)


@require_http_methods(["GET", "HEAD", "POST"])
@for_workers
def ask(request: HttpRequest, user: User, shift_id: int) -> HttpResponseBase:
    """Ask for a substitute or a swap for one's own shift."""
    now = timezone.now()
    days = own_shifts.own_days(user, now)
    shift = next((one for day in days for one in day.shifts if one.pk == shift_id), None)
    if shift is None:
        raise Http404
    form = AskForm(request.POST or None, people=own_shifts.colleagues(shift), swaps=own_shifts.swappable(shift, now))
    if form.is_valid():
        try:
            shift_requests.ask(shift_id=shift_id, by=user, **form.wish())
        except CannotPlan as refused:
            form.add_error(None, str(refused.problems[0][1].label))
        else:
            messages.success(request, _("お願いを出しました。相手が引き受けると、シフトの担当者が確認します。"))
            return redirect("shifts")
    return render(request, "shifts/ask.html", {"form": form, "shown": _shown(shift)})


@require_POST
@for_workers
def answer(request: HttpRequest, user: User, request_id: int) -> HttpResponseBase:
    """Accept, refuse or withdraw a request."""
    act, told = ANSWERS.get(request.POST.get("answer", ""), (None, ""))
    if act is None:
        raise Http404
    try:
        act(request_id=request_id, by=user)
    except CannotPlan as refused:
        messages.error(request, refused.problems[0][1].label)
    else:
        messages.success(request, str(told))
    return redirect("shifts")


@require_POST
@for_workers
def calendar(request: HttpRequest, user: User) -> HttpResponseBase:
    """Make, renew or stop the address for calendars; a new one is shown on the answer, and never again."""
    if request.POST.get("wish") == "stop":
        calendars.stop(by=user)
        messages.success(request, _("カレンダーのアドレスを止めました。"))
        return redirect("shifts")
    key = calendars.make(by=user)
    return _page(request, user, address=settings.SITE_URL + reverse("shift-feed", args=[key]))


def _page(request: HttpRequest, user: User, **extra: Any) -> HttpResponseBase:
    now = timezone.now()
    shown = [
        (day.date, [_shown(shift) for shift in day.shifts], [said(one, KIND) for one in day.concerns])
        for day in own_shifts.own_days(user, now)
    ]
    context = {
        "days": shown,
        "gone": own_shifts.gone_days(user, now),
        "to_me": [_told(one) for one in own_shifts.asked_of(user, now)],
        "taken_on": [_told(one) for one in own_shifts.taken_on(user, now)],
        "by_me": [_told(one) for one in own_shifts.asked_by(user, now)],
        "feed": CalendarFeed.objects.filter(user=user).first(),
    }
    return render(request, "shifts/own.html", context | extra)


def _shown(shift: Shift) -> ShownShift:
    return ShownShift(
        shift=shift,
        span=span(shift.starts_at, shift.ends_at),
        begun=shift.starts_at <= timezone.now(),
        changed=shift.version > 0 and shift.published_at is not None and shift.changed_at > shift.published_at,
        asked=next((one for one in shift.requests.all() if one.state in WAITING), None),
    )


def _told(asked: ShiftRequest) -> dict[str, Any]:
    """A request with its times as words."""
    other = asked.in_return
    return {
        "request": asked,
        "span": span(asked.shift.starts_at, asked.shift.ends_at),
        "other_span": span(other.starts_at, other.ends_at) if other else "",
        "open": asked.state in WAITING,
    }
