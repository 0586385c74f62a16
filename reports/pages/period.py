"""A period's results, against another one where that is asked for: the sentence first, then tables and pictures."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.roles import Right
from counseling.models import Program
from counseling.pages.office import office, page
from reports import measures, words
from reports.charts import drawn
from reports.content import counts, shown
from reports.days import DayKind
from reports.pages.forms import PeriodForm, presets
from reports.reporting import notes
from reports.results import Results, results

SECTION = "results"


@require_safe
@never_cache
@office(Right.SEE_RESULTS)
def period(request: HttpRequest, program: Program) -> HttpResponseBase:
    """The page; what cannot be asked for is said beside the field, and what was typed stays."""
    today = timezone.localdate()
    form = PeriodForm(program, today, request.GET.dict())
    context: dict[str, Any] = {"form": form, "presets": presets(program, today)}
    if form.is_valid():
        found, against = asked(program, form)
        context |= told(found, against, eras=form.cleaned_data["eras"]) | {"asked": form.address}
    return page(request, "results/period.html", program, SECTION, **context)


def asked(program: Program, form: PeriodForm) -> tuple[Results, Results | None]:
    """The results a valid form asks for."""
    kind, language = DayKind(form.cleaned_data["day"]), get_language() or "ja"
    other = form.other
    return results(program, form.period, kind, language), results(program, other, kind, language) if other else None


def told(found: Results, against: Results | None, *, eras: bool) -> dict[str, Any]:
    """All that the page says."""
    return {
        "exactly": words.exactly(found.period, eras=eras),
        "sentence": counts.sentence(found, eras=eras),
        "compared": counts.compared(found, against, eras=eras) if against else "",
        "notes": notes(found),
        "is_empty": not found.figures.totals[measures.ACCESSES.key],
        "tables": [drawn(table) for table in shown(found, against)],
        "version": measures.VERSION,
    }
