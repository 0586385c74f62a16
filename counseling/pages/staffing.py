"""Reception and its people: whether it is open and why, how it is staffed, and what the coming days will need."""

from datetime import timedelta
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.roles import Right
from counseling import permissions
from counseling.actions import programs
from counseling.actions import surge as actions
from counseling.feeds.board import reception
from counseling.feeds.forecast import forecast
from counseling.models import Program
from counseling.models.edition import text_for
from counseling.pages.forecast_chart import drawn
from counseling.pages.office import office, page
from counseling.pages.reception_words import facts, why
from counseling.pages.staffing_forms import StaffingForm

SECTION = "staffing"
SURGE_HOURS = (1, 2, 4)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.PLAN_SHIFTS)
def staffing(request: HttpRequest, program: Program) -> HttpResponseBase:
    """The page; its form is saved by those who configure the program."""
    by = cast("User", request.user)
    may_change = permissions.programs(by, Right.CONFIGURE).filter(pk=program.pk).exists()
    form = StaffingForm.of(program)
    if request.method == "POST":
        if not may_change:
            raise permissions.NotVisible
        form = StaffingForm(request.POST.dict())
        if form.is_valid():
            kept = _save(form, program, by)
            if kept is None:
                messages.success(request, _("設定を保存しました。"))
                return redirect("office:staffing", program.slug)
            form = kept
    context = {"form": form, "may_change": may_change, **_now(program)}
    return page(request, "office/staffing.html", program, SECTION, **context)


def _save(form: StaffingForm, program: Program, by: User) -> StaffingForm | None:
    """Save what was written; the form to show again where that was refused."""
    try:
        programs.change_staffing(program_id=program.pk, by=by, shown=form.cleaned_data["shown"], **form.values())
    except programs.ChangedMeanwhile:
        program.refresh_from_db()
        return form.beside(program)
    return None


def _now(program: Program) -> dict[str, Any]:
    """What holds at this moment, and what the coming days will need."""
    now = timezone.now()
    received = reception(program, now, get_language() or "ja")
    return {
        "reception": received,
        "why": why(received),
        "facts": facts(program, received, now),
        "surge_hours": SURGE_HOURS,
        "forecast": drawn(forecast(program, now)),
        "paused_text": text_for(program, "paused"),
    }


@require_POST
@office(Right.PLAN_SHIFTS)
def surge(request: HttpRequest, program: Program) -> HttpResponseBase:
    """More lines for `hours` from now; without hours as planned again."""
    by, asked = cast("User", request.user), request.POST.get("hours", "")
    if asked not in map(str, SURGE_HOURS):
        actions.end(program_id=program.pk, by=by)
        messages.success(request, _("回線を元に戻しました。"))
        return redirect("office:staffing", program.slug)
    try:
        actions.open_until(program_id=program.pk, until=timezone.now() + timedelta(hours=int(asked)), by=by)
    except actions.NoSurgeLines:
        messages.error(request, _("この窓口には、増強する回線数がまだ決められていません。"))
    else:
        messages.success(request, _("%(hours)s時間、回線をふやします。") % {"hours": asked})
    return redirect("office:staffing", program.slug)
