"""When the program is open (受付時間): typed for each day, looked at as a week, and saved; live within seconds."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from http import HTTPStatus
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.roles import Right
from counseling import opening
from counseling.actions import opening as actions
from counseling.actions.programs import ChangedMeanwhile
from counseling.feeds.board import reception
from counseling.feeds.opening import here
from counseling.languages import LANGUAGES
from counseling.models import Program
from counseling.opening import Difference, Hours
from counseling.pages import opening_chart as chart
from counseling.pages import opening_words as words
from counseling.pages.office import office, page
from counseling.pages.opening_fields import fields
from counseling.pages.opening_forms import Problem, Read, Typed, read
from counseling.pages.reception_words import why

SECTION = "opening"
# What the form's buttons wish: only one of them saves. "week.<date>" leafs through the weeks.
SAVE, LOOK, WEEK = "save", "look", "week."


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.CONFIGURE)
def opening_hours(request: HttpRequest, program: Program) -> HttpResponseBase:
    """The page. Every button but 保存する gives back all that was typed, and saves nothing."""
    now = timezone.now()
    if request.method != "POST":
        return _shown(request, program, Typed.of(program, timezone.localdate(now)), now)
    wish = request.POST.get("do", SAVE)
    typed, focus = Typed.posted(request.POST).after(wish)
    found = read(typed, program, timezone.localdate(now))
    # While rows come and go nobody has finished typing.
    problems = found.problems if wish in {SAVE, LOOK} or wish.startswith(WEEK) else []
    context: dict[str, Any] = {"found": found, "problems": problems, "is_refused": wish == SAVE, "focus": focus}
    if wish == SAVE and not problems:
        meanwhile = _save(request, program, found, typed.shown)
        if meanwhile is None:
            return redirect("office:opening", program.slug)
        typed, context["meanwhile"] = replace(typed, shown=actions.fingerprint(program)), meanwhile
    response = _shown(request, program, typed, now, **context)
    response.status_code = HTTPStatus.BAD_REQUEST if wish == SAVE else HTTPStatus.OK
    return response


def _save(request: HttpRequest, program: Program, found: Read, shown: str) -> list[Difference] | None:
    """Save what was read; where somebody else was first, what is in force now and differs from it."""
    hours = cast("Hours", found.hours)
    by = cast("User", request.user)
    try:
        changed = actions.change(program_id=program.pk, by=by, hours=hours, daily_limit=found.daily_limit, shown=shown)
    except ChangedMeanwhile:
        program.refresh_from_db()
        changed = []
        if differs := actions.differences(program, hours, found.daily_limit):
            return differs
    if changed:
        messages.success(request, _("保存しました。相談ページと相談員の画面に、数秒で反映されます。"))
    else:
        messages.info(request, _("変わったところはありません。"))
    return None


def _shown(
    request: HttpRequest,
    program: Program,
    typed: Typed,
    now: datetime,
    *,
    found: Read | None = None,
    problems: Sequence[Problem] = (),
    is_refused: bool = False,
    meanwhile: list[Difference] | None = None,
    focus: str = "",
) -> HttpResponseBase:
    today = timezone.localdate(now)
    # What cannot be read yet is not drawn: the week is what holds now, and says so.
    is_typed = found is not None and found.hours is not None
    hours = found.hours if found and found.hours else program.opening()
    context = {
        "typed": typed,
        "fields": fields(typed, problems, focus),
        "over": _over(program, today),
        "problems": words.problems(problems) if is_refused else [],
        "is_meanwhile": meanwhile is not None,
        "meanwhile": map(words.change, meanwhile or []),
        "is_typed": is_typed,
        "unreadable": [] if is_refused else words.problems(problems),
        "week": chart.drawn(hours.between(program.starts_on, program.ends_on), _first_day(request, today), now),
        "spoken": [
            (LANGUAGES[code], opening.describe(hours, code), code in program.furigana)
            for code in program.languages
            if code in LANGUAGES
        ],
        "why": why(reception(program, now, get_language() or "ja")),
        "people": words.people(here(program)),
    }
    return page(request, "office/opening.html", program, SECTION, **context)


def _first_day(request: HttpRequest, today: date) -> date:
    """The first of the seven days that are shown."""
    wish = request.POST.get("do", "")
    asked = wish.removeprefix(WEEK) if wish.startswith(WEEK) else request.POST.get("week", request.GET.get("week", ""))
    return chart.chosen(asked, today)


def _over(program: Program, today: date) -> list[tuple[str, str, str]]:
    """Single dates that are over: day, hours, holiday."""
    exceptions = program.opening().exceptions
    return [
        (words.long_day_title(day), words.windows_words(exceptions[day]), opening.holiday_name(day) or "")
        for day in sorted(exceptions, reverse=True)
        if day < today
    ]
