"""A month's results without small cells: what the commissioner's officer sees, and what may be published.

Only whole months that are over, each within the program's dates: periods that overlap could be subtracted from each
other, until somebody stands alone in what is left.
"""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.roles import Right
from counseling.keeping import counted_by
from counseling.models import Program
from counseling.pages.office import office, page
from reports import measures, words
from reports.charts import drawn
from reports.content import counts
from reports.days import DayKind
from reports.periods import Period, month_of
from reports.public import Published, note, published
from reports.results import Results, results

SECTION = "public_results"
DAY = timedelta(days=1)


@require_safe
@never_cache
@office(Right.SEE_PUBLIC_RESULTS)
def public(request: HttpRequest, program: Program) -> HttpResponseBase:
    """The page; a month that is not one of `months` is the last of them."""
    offered = months(program, timezone.localdate())
    eras = "eras" in request.GET
    context: dict[str, Any] = {
        "months": [(f"{one.first:%Y-%m}", words.period(month_of(one.first), eras=eras)) for one in offered],
        "eras": eras,
    }
    shown = chosen(offered, request.GET.get("month", ""))
    if shown:
        found = results(program, shown, DayKind(counted_by(program.report)), get_language() or "ja")
        context |= {"month": f"{shown.first:%Y-%m}", **told(found, published(found), eras=eras)}
    return page(request, "results/public.html", program, SECTION, **context)


def months(program: Program, today: date) -> list[Period]:
    """The program's months that are over, the latest first; a night that began on the last day has ended, too."""
    found: list[Period] = []
    month = month_of(min(today, program.ends_on or today))
    while month.last >= program.starts_on:
        within = Period(max(month.first, program.starts_on), min(month.last, program.ends_on or month.last))
        if within.last < today - DAY:
            found.append(within)
        month = month_of(month.first - DAY)
    return found


def chosen(offered: list[Period], month: str) -> Period | None:
    """The month of that name, or the latest; None where none is over yet."""
    named = (one for one in offered if f"{one.first:%Y-%m}" == month)
    return next(named, offered[0] if offered else None)


def told(found: Results, public_ones: Published, *, eras: bool) -> dict[str, Any]:
    """All that the page says."""
    return {
        "exactly": words.exactly(found.period, eras=eras),
        "sentence": sentence(found, public_ones, eras=eras),
        "note": note(),
        "tables": [drawn(table) for table in public_ones.tables if table.n != 0],
        "withheld": _("、").join(public_ones.withheld),
        "version": measures.VERSION,
    }


def sentence(found: Results, public_ones: Published, *, eras: bool) -> str:
    """The sentence of the month, as far as its numbers may be told."""
    seen = public_ones.shown
    ratio = measures.RATIOS[0]
    if {measures.ACCESSES.key, ratio.part.key, ratio.whole.key} <= seen:
        return counts.sentence(found, eras=eras)
    when = words.period(found.period, eras=eras)
    if measures.ACCESSES.key in seen:
        count = f"{found.figures.totals[measures.ACCESSES.key]:,}"
        return _("%(when)sは%(count)s件でした。") % {"when": when, "count": count}
    return _("%(when)sの件数は少ないため、出していません。") % {"when": when}
