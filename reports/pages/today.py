"""The running day: what stands now, and by hour who came and how many lines there were."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.roles import Right
from counseling.feeds.board import reception
from counseling.models import Program
from counseling.pages.office import office, page
from counseling.pages.reception_words import why
from reports import measures, words
from reports.charts import drawn
from reports.tables import Column, Picture, Row, Table, Unknown, Value
from reports.tonight import HourOfDay, Tonight, tonight

SECTION = "today"


@require_safe
@never_cache
@office(Right.SEE_RESULTS)
def today(request: HttpRequest, program: Program) -> HttpResponseBase:
    """The page; it stands as it was at its moment, and says which that was."""
    now = timezone.now()
    found = tonight(program, now)
    received = reception(program, now, get_language() or "ja")
    context: dict[str, Any] = {
        "now": now,
        "day": words.day(found.day, eras=False),
        "sentence": sentence(found),
        "why": why(received),
        "facts": [
            (_("いま待っている方"), _people(found.waiting)),
            (_("いちばん長い待ち"), words.length(found.oldest) if found.oldest is not None else "—"),
            (_("対応中"), _("%(count)d件") % {"count": found.talking}),
            (
                _("いまの回線"),
                ngettext("%(count)d回線", "%(count)d回線", received["lines"]) % {"count": received["lines"]},
            ),
            (_("勤務中"), _people(received["on_duty"])),
            (_("今日の待ち時間(平均)"), words.number(_mean(found))),
        ],
        "figures": [(one.name, f"{found.figures.totals[one.key]:,}", one.definition) for one in measures.HEADLINES],
        "table": drawn(by_hour(found)) if found.hours else None,
    }
    return page(request, "results/today.html", program, SECTION, **context)


def sentence(found: Tonight) -> str:
    """What a person would say of the day so far."""
    totals = found.figures.totals
    accesses, answered = totals[measures.ACCESSES.key], totals[measures.ANSWERED.key]
    if not accesses:
        return _("今日はまだ、アクセスがありません。")
    values = {"accesses": f"{accesses:,}", "answered": f"{answered:,}", "waiting": found.waiting}
    if found.waiting:
        return (
            _("今日はここまで%(accesses)s件、うち%(answered)s件に対応しました。いま%(waiting)d人がお待ちです。")
            % values
        )
    return _("今日はここまで%(accesses)s件、うち%(answered)s件に対応しました。いま待っている方はいません。") % values


def by_hour(found: Tonight) -> Table:
    """Who came, beside the lines."""
    whole = found.figures.totals[measures.ACCESSES.key]
    return Table(
        "hours",
        _("時間ごとのアクセスと回線"),
        (
            _("受け付けた時刻で数えています(日本時間)。0時を過ぎて続く受付は、始まった日に入ります。"),
            _("予定の回線は、その時間のあいだでいちばん少ないときの数です。シフトがある人の回線を足しています。"),
            _(
                "実際の回線は、勤務していた人の回線を足し、その時間のあいだでいちばん少ないときの数です。休憩も入ります。"
            ),
            _("勤務した人は、その時間に少しでも勤務していた人の数です。"),
        ),
        (
            Column(str(measures.ACCESSES.name)),
            Column(str(measures.ANSWERED.name)),
            Column(_("予定の回線")),
            Column(_("決めた必要数")),
            Column(_("実際の回線")),
            Column(_("勤務した人")),
        ),
        tuple(Row(words.hour(one.hour), _values(one), words.short_hour(one.hour)) for one in found.hours),
        n=whole,
        of=_("アクセス"),
        picture=Picture.COLUMNS,
    )


def _values(one: HourOfDay) -> tuple[Value, ...]:
    there, people = (Unknown.NOTHING if value is None else value for value in (one.there, one.people))
    required: Value = one.required or Unknown.NOTHING
    return (one.counts[measures.ACCESSES.key], one.counts[measures.ANSWERED.key], one.planned, required, there, people)


def _mean(found: Tonight) -> Value:
    return Unknown.NOTHING if found.wait.mean is None else found.wait.mean


def _people(count: int) -> str:
    return _("%(count)d人") % {"count": count}
