"""The files of results: the same tables as on the pages, as CSV, Excel or the report on paper."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.confirmation import confirmed
from accounts.models import User
from accounts.roles import Right
from counseling.keeping import counted_by
from counseling.models import Program
from counseling.pages.office import office
from reports import exporting, reporting
from reports.actions.releases import latest_released
from reports.days import DayKind
from reports.exports.document import Document
from reports.making import WRITERS
from reports.months import chosen, months
from reports.pages.forms import PeriodForm
from reports.pages.period import asked
from reports.pages.runs import TYPES, given
from reports.results import results


@require_safe
@never_cache
@office(Right.SEE_RESULTS)
@confirmed
def of_a_period(request: HttpRequest, program: Program, kind: str) -> HttpResponseBase:
    """The results the address asks for; where it cannot be read, back to the page, which says why."""
    today = timezone.localdate()
    form = PeriodForm(program, today, request.GET.dict())
    if not form.is_valid():
        return redirect(f"{reverse('office:results', args=[program.slug])}?{request.GET.urlencode()}")
    found, against = asked(program, form)
    eras = form.cleaned_data["eras"]
    made = reporting.whole(found, against, today=today, eras=eras)
    return _file(request, program, made, kind, Right.SEE_RESULTS)


@require_safe
@never_cache
@office(Right.SEE_PUBLIC_RESULTS)
@confirmed
def of_a_month(request: HttpRequest, program: Program, kind: str) -> HttpResponseBase:
    """A month's results without small cells; of a released month the bytes that were released."""
    today = timezone.localdate()
    shown = chosen(months(program, today), request.GET.get("month", ""))
    if shown is None:
        raise Http404
    if frozen := latest_released(program.pk, shown):
        return given(request, frozen, kind, Right.SEE_PUBLIC_RESULTS)
    eras = "eras" in request.GET
    found = results(program, shown, DayKind(counted_by(program.report)), get_language() or "ja")
    made = reporting.without_small_cells(found, today=today, eras=eras)
    return _file(request, program, made, kind, Right.SEE_PUBLIC_RESULTS)


def _file(request: HttpRequest, program: Program, made: Document, kind: str, right: Right) -> HttpResponse:
    if kind not in WRITERS:
        raise Http404
    content = WRITERS[kind](made)
    exporting.note_export(program=program, period=made.period, kind=kind, right=right, by=cast("User", request.user))
    public = "-public" if right == Right.SEE_PUBLIC_RESULTS else ""
    name = f"results-{program.slug}{public}-{made.period.first}-{made.period.last}.{kind}"
    return HttpResponse(
        content, content_type=TYPES[kind], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
