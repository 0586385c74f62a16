"""The survey as it comes in (アンケートの回答): what was sent, and what people wrote; danger in it first."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Right
from counseling import permissions
from counseling.actions import reading, survey_alarms
from counseling.feeds import surveys as feed
from counseling.models import Program
from counseling.models.edition import survey_plan_of
from counseling.pages.office import office, page
from counseling.pages.survey_plan_form import WHEN

SECTION = "surveys"
# Why an invitation waits, or was not sent.
WHY: dict[str, str | Promise] = {
    "talking": gettext_lazy("別の相談のとちゅう"),
    "in_danger": gettext_lazy("緊急度が高い、または緊急対応のとちゅう"),
    "messages_run_out": gettext_lazy("LINEの送信数が残りわずか"),
    "erased": gettext_lazy("個人のデータを消した"),
    "blocked": gettext_lazy("ブロックされている"),
    "not_valid": gettext_lazy("有効な相談ではない"),
    "asks_nothing": gettext_lazy("質問がない"),
    "nowhere": gettext_lazy("送り方の設定の外"),
    "asked_lately": gettext_lazy("前に送ってから日が浅い"),
    "too_late": gettext_lazy("送れないまま日がたった"),
}


@require_safe
@never_cache
@office(Right.SEE_RESULTS)
def surveys(request: HttpRequest, program: Program) -> HttpResponseBase:
    """Each reading of what people wrote is told to the audit."""
    by = cast("User", request.user)
    found = feed.written(program, by, get_language() or "ja")
    about = dict.fromkeys(f"session:{one.session_id}" if one.session_id else f"program:{program.pk}" for one in found)
    if about:
        whose = [(subject, program.pk) for subject in about]
        address = audit.address_of(request)
        reading.tell(Deed.SURVEY_READ, by=by, about=whose, every_time=True, address=address)
    standing = feed.standing(program)
    context = {
        "alarms": [one for one in found if one.alarm],
        "written": [one for one in found if not one.alarm],
        "standing": standing,
        "waiting": _named(standing.waiting),
        "dropped": _named(standing.dropped),
        "steers": permissions.steers(by, program.pk),
        "when": WHEN[survey_plan_of(program).when],
        "least": feed.LEAST_APART,
    }
    return page(request, "office/surveys.html", program, SECTION, **context)


def _named(counts: dict[str, int]) -> list[tuple[str | Promise, int]]:
    return [(WHY.get(why, why), count) for why, count in counts.items()]


@require_POST
@never_cache
@office(Right.STEER)
def seen(request: HttpRequest, program: Program, alarm_id: int) -> HttpResponseBase:
    """A supervisor has looked: the alarm leaves the board."""
    survey_alarms.see(alarm_id=alarm_id, by=cast("User", request.user), program_id=program.pk)
    messages.success(request, _("確認しました。見守りと相談員の画面のお知らせを消しました。"))
    return redirect("office:surveys", program.slug)
