"""What the public may read without signing in (実施結果の公表): frozen runs that an administrator published.

Only their public form, in which small cells are hidden. No cookie is set and nothing is counted of who reads; a cache
may keep a page for some minutes, so that withdrawing it takes effect soon.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from counseling.models import Program
from reports import making, stored, words
from reports.models import PUBLISHED, ReportRun
from reports.pages.reading import reading
from reports.pages.runs import TYPES

KEPT_SECONDS = 300
View = Callable[..., HttpResponse]


def published(view: View) -> View:
    """A page for everybody: kept for some minutes, and no part of another site's page."""

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
        response["Referrer-Policy"] = "same-origin"
        return response

    return answer


@published
def every(request: HttpRequest, slug: str) -> HttpResponse:
    """The periods of a program that are published, the latest first, each in its latest version."""
    program = Program.objects.filter(slug=slug, practice=False).first()
    lines: dict[str, ReportRun] = {}
    for run in _published().filter(program__slug=slug).order_by("-last", "first", "-number"):
        lines.setdefault(words.period(run.period, eras=run.eras), run)
    if program is None or not lines:
        raise Http404
    context = {"program": program, "lines": list(lines.items()), "title": program.name}
    return render(request, "results/everybody_list.html", context)


@published
def one(request: HttpRequest, slug: str, run_number: int) -> HttpResponse:
    """A published run, in the form that was asked for, in the language it was made in."""
    run = _run(slug, run_number)
    report = stored.opened(run.public)
    same = _published().filter(program=run.program, first=run.first, last=run.last)
    newer = same.filter(number__gt=run.number).order_by("-number").first()
    with translation.override(run.language):
        context = reading(request, report) | {"run": run, "program": run.program, "report": report, "newer": newer}
        return render(request, "results/everybody.html", context | {"title": report.title})


@published
def file(_request: HttpRequest, slug: str, run_number: int, kind: str) -> HttpResponse:
    """Its file, byte for byte as it was released."""
    run = _run(slug, run_number)
    found = run.files.filter(kind=kind, public=True).first()
    if found is None or making.digest(bytes(found.content)) != found.sha256:
        raise Http404
    name = f"results-{slug}-{run.first}-{run.last}-no{run.number}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(bytes(found.content), content_type=TYPES[kind], headers=headers)


def _published() -> Any:
    rows = ReportRun.objects.filter(PUBLISHED, program__practice=False)
    return rows.select_related("program").defer("content", "figures")


def _run(slug: str, number: int) -> ReportRun:
    run: ReportRun | None = _published().filter(program__slug=slug, number=number).first()
    if run is None:
        raise Http404
    return run
