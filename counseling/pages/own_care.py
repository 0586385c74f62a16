"""«自分のケア»: a counselor's own heavy talks and the pause after one, their review sheets, and the self-check.

The self-check (ADR 21) is words on this page and nothing else: its boxes have no names and stand in no form, so no
answer can be sent, and nobody can tell from any log whether it was opened.
"""

from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.roles import Right
from counseling import permissions
from counseling.actions import care as actions
from counseling.actions.duty import NotOnDuty
from counseling.care import Debrief
from counseling.feeds import heavy, reviews
from counseling.feeds.heavy import Stint
from counseling.pages.care_words import DEBRIEFS, OWN_WEIGHTS
from counseling.pages.shifts import for_workers

MINUTE_SECONDS = 60
# Asked of oneself, about the last two weeks; nothing here is a diagnosis.
CHECK: tuple[tuple[str | Promise, tuple[str | Promise, ...]], ...] = (
    (
        gettext_lazy("からだ"),
        (
            gettext_lazy("寝つけない、または夜中に目がさめる日が続いている"),
            gettext_lazy("休みの日も、つかれが抜けた感じがしない"),
            gettext_lazy("頭や肩、おなかの調子がよくない日が多い"),
        ),
    ),
    (
        gettext_lazy("こころ"),
        (
            gettext_lazy("ふとしたときに、相談のことばや場面が浮かんでくる"),
            gettext_lazy("好きだったことを、する気になれない"),
            gettext_lazy("小さなことで、いらいらしたり涙が出たりする"),
        ),
    ),
    (
        gettext_lazy("相談のしごと"),
        (
            gettext_lazy("次の相談がこわい、または出勤の前に気が重い"),
            gettext_lazy("相談を聞いても、こころが動かない感じがする"),
            gettext_lazy("「もっとできたはず」と、自分を責めることがやめられない"),
        ),
    ),
)


@dataclass(frozen=True)
class Line:
    """One of one's own talks of this shift."""

    stint: Stint
    why: list[str | Promise]
    how: str | Promise
    offered: bool
    may_rest: bool  # who went on, and may think better of it
    minutes: int


@require_safe
@for_workers
def own_care(request: HttpRequest, user: User) -> HttpResponseBase:
    """The page."""
    programs = list(permissions.programs(user, Right.TAKE_SESSIONS).values_list("pk", flat=True))
    now = timezone.now()
    lines = [_line(one, now) for one in heavy.own_of_shift(user, programs, now)]
    context = {
        "lines": lines,
        "heavy": sum(bool(line.why) for line in lines),
        "offer": next((line for line in lines if line.offered), None),
        "pause_until": heavy.pausing_until(user),
        "reviews": reviews.written(user, permissions.readable_reviews(user)),
        "check": CHECK,
        "takes": bool(programs),
    }
    return render(request, "shifts/care.html", context)


def _line(stint: Stint, now: Any) -> Line:
    return Line(
        stint=stint,
        why=[OWN_WEIGHTS[weight] for weight in stint.weights],
        how=DEBRIEFS.get(cast("Debrief", stint.aftercare.debrief), ""),
        offered=stint.offers_pause(now) and not stint.aftercare.pause,
        may_rest=stint.offers_pause(now) and bool(stint.aftercare.pause),
        minutes=int(stint.assignment.session.program.care_pause.total_seconds()) // MINUTE_SECONDS,
    )


@require_POST
@for_workers
def act(request: HttpRequest, user: User, session_id: int) -> HttpResponseBase:
    """Say that a talk was hard, or take that back; rest, or go on."""
    try:
        told = _done(request.POST.get("do", ""), session_id, user)
    except actions.NotOver:
        messages.error(request, _("まだ続いている相談です。終わってから選べます。"))
    except actions.NoPause:
        messages.info(
            request, _("この休憩は、もうおすすめの時間を過ぎています。休みたいときは、SVに声をかけてください。")
        )
    except NotOnDuty:
        messages.info(request, _("勤務中ではないので、休憩は入りません。ゆっくり休んでください。"))
    else:
        messages.success(request, told)
    return redirect("care")


def _done(wish: str, session_id: int, user: User) -> str:
    if wish in {"hard", "not_hard"}:
        actions.mark(session_id=session_id, hard=wish == "hard", by=user)
        return _("選びました。SVに伝わり、あとで話を聞いてもらえます。") if wish == "hard" else _("取り消しました。")
    if wish == "rest":
        until = actions.take_pause(session_id=session_id, by=user)
        at = date_format(timezone.localtime(until), "TIME_FORMAT")
        return _("%(at)sまで休憩です。新しい相談は届きません。続いている相談は、そのままです。") % {"at": at}
    if wish == "go_on":
        actions.decline_pause(session_id=session_id, by=user)
        return _("わかりました。いつでも、ここから休憩に入れます。")
    raise Http404
