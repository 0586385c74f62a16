"""A month's results without small cells: what the commissioner's officer sees, and what may be published.

Only whole months that are over, each within the program's dates: periods that overlap could be subtracted from each
other, until somebody stands alone in what is left.
"""

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
from reports import measures, reporting, words
from reports.actions.releases import latest_released
from reports.days import DayKind
from reports.months import chosen, months
from reports.pages.reading import reading
from reports.pages.released import as_released, released
from reports.periods import month_of
from reports.public import Published, note, published
from reports.reporting import public_sentence
from reports.results import Results, results

SECTION = "public_results"


@require_safe
@never_cache
@office(Right.SEE_PUBLIC_RESULTS)
def public(request: HttpRequest, program: Program) -> HttpResponseBase:
    """The page; a month that is not one of `months` is the last of them. Of a released month: as it was released."""
    offered = months(program, timezone.localdate())
    eras = "eras" in request.GET
    context: dict[str, Any] = {
        "months": [(f"{one.first:%Y-%m}", words.period(month_of(one.first), eras=eras)) for one in offered],
        "eras": eras,
    }
    context["released"] = released(program)
    shown = chosen(offered, request.GET.get("month", ""))
    if shown and (frozen := latest_released(program.pk, shown)):
        context |= {"month": f"{shown.first:%Y-%m}", **as_released(request, frozen)}
    elif shown:
        found = results(program, shown, DayKind(counted_by(program.report)), get_language() or "ja")
        context |= {"month": f"{shown.first:%Y-%m}", **told(found, published(found), eras=eras)}
        context |= reading(request, reporting.without_small_cells(found, today=timezone.localdate(), eras=eras))
    return page(request, "results/public.html", program, SECTION, **context)


def told(found: Results, public_ones: Published, *, eras: bool) -> dict[str, Any]:
    """All that the page says."""
    return {
        "exactly": words.exactly(found.period, eras=eras),
        "sentence": public_sentence(found, public_ones, eras=eras),
        "note": note(),
        "withheld": _("、").join(public_ones.withheld),
        "version": measures.VERSION,
    }
