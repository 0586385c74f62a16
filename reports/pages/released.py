"""Frozen reports that were released (公開された確定版): all that the commissioner's officer sees of them."""

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.confirmation import confirmed
from accounts.roles import Right
from counseling.models import Program
from counseling.pages.office import office, page
from reports import stored, words
from reports.models import ReportRun
from reports.pages.reading import reading
from reports.pages.runs import given

SECTION = "public_results"


@require_safe
@never_cache
@office(Right.SEE_PUBLIC_RESULTS)
def one(request: HttpRequest, program: Program, run_number: int) -> HttpResponseBase:
    """A released run in its public form."""
    run = _released(program, run_number)
    return page(request, "results/released.html", program, SECTION, **as_released(request, run))


@require_safe
@never_cache
@office(Right.SEE_PUBLIC_RESULTS)
@confirmed
def file(request: HttpRequest, program: Program, run_number: int, kind: str) -> HttpResponseBase:
    """Its file, byte for byte as it was released."""
    return given(request, _released(program, run_number), kind, Right.SEE_PUBLIC_RESULTS)


def as_released(request: HttpRequest, run: ReportRun) -> dict[str, Any]:
    """What a page says of it, in the form that was asked for."""
    report = stored.opened(run.public)
    return {"run": run, "report": report} | reading(request, report)


def released(program: Program) -> list[tuple[ReportRun, str]]:
    """The released runs of a program with their periods, the latest first."""
    found = ReportRun.objects.filter(program=program, released_at__isnull=False).defer("content", "public")
    return [(run, words.period(run.period, eras=run.eras)) for run in found.order_by("-last", "-first", "-number")]


def _released(program: Program, number: int) -> ReportRun:
    rows = ReportRun.objects.filter(program=program, released_at__isnull=False).defer("content")
    run = rows.select_related("program").filter(number=number).first()
    if run is None:
        raise Http404
    return run
