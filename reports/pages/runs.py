"""Frozen runs (確定版): asked for, watched while they are made, compared with today, released and taken back."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.confirmation import confirmed
from accounts.models import User
from accounts.roles import Right
from counseling import permissions
from counseling.models import Program
from counseling.pages.office import office, page
from reports import exporting, inputs, making, reporting, stored, words
from reports.actions import releases, runs
from reports.actions.releases import CannotRelease
from reports.actions.runs import CannotFreeze, Why
from reports.changes import beside_today, changes
from reports.charts import drawn
from reports.days import DayKind
from reports.models import UNDER_WAY, ReportRun, RunStage
from reports.pages.run_forms import FreezeForm
from reports.pages.run_words import FREEZING, why_not_released
from reports.results import results

SECTION = "runs"
RELOAD_SECONDS = 3
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.SEE_RESULTS)
def every(request: HttpRequest, program: Program) -> HttpResponseBase:
    """All runs, the latest first; POST asks for one more."""
    if request.method == "POST":
        return _frozen(request, program)
    return _page(request, program, FreezeForm(program, timezone.localdate(), request.GET.dict()))


@confirmed
def _frozen(request: HttpRequest, program: Program) -> HttpResponseBase:
    form = FreezeForm(program, timezone.localdate(), request.POST.dict())
    if form.is_valid():
        try:
            run = _ask(request, program, form)
        except CannotFreeze as error:
            form.add_error("reason" if error.why == Why.REASON else None, str(FREEZING[error.why]))
        else:
            return redirect("office:run", program.slug, run.number)
    return _page(request, program, form)


def _page(request: HttpRequest, program: Program, form: FreezeForm) -> HttpResponseBase:
    found = ReportRun.objects.filter(program=program).select_related("asked_by", "released_by", "replaces")
    rows = found.defer("content", "public").order_by("-number")
    return page(request, "results/runs.html", program, SECTION, form=form, runs=[_line(run) for run in rows])


def _ask(request: HttpRequest, program: Program, form: FreezeForm) -> ReportRun:
    asked = form.cleaned_data
    return runs.ask(
        program_id=program.pk,
        period=form.period,
        day=DayKind(asked["day"]),
        language=get_language() or "ja",
        eras=asked["eras"],
        reason=asked["reason"],
        by=cast("User", request.user),
    )


def _line(run: ReportRun) -> dict[str, Any]:
    return {
        "run": run,
        "period": words.period(run.period, eras=run.eras),
        "short": run.fingerprint[: making.SHOWN_DIGITS],
    }


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.SEE_RESULTS)
def one(request: HttpRequest, program: Program, run_number: int) -> HttpResponseBase:
    """A run; POST with `deed`: cancel, release, publish, take back. `?today` compares it with the figures of now."""
    if request.method == "POST":
        return _done(request, program, run_number)
    run = _run(program, run_number)
    context: dict[str, Any] = _line(run) | {"under_way": run.stage in UNDER_WAY, "steps": making.STEPS}
    if run.stage == RunStage.MADE:
        whole = stored.opened(run.content)
        context |= {"report": whole, "tables": [drawn(table) for table in whole.tables]}
        context |= {"differing": _differing(run), "newer": _newer(run)}
        context |= {"today": _today(run)} if "today" in request.GET else {}
    held = permissions.rights(cast("User", request.user)).get(program, frozenset())
    context["may_release"] = Right.CONFIGURE in held
    if run.published_at:
        context["open_to_all"] = request.build_absolute_uri(reverse("public:every-result", args=[program.slug]))
    answer = page(request, "results/run.html", program, SECTION, **context)
    if context["under_way"]:
        answer.headers["Refresh"] = str(RELOAD_SECONDS)
    return answer


def _run(program: Program, number: int) -> ReportRun:
    rows = ReportRun.objects.select_related("program", "asked_by", "released_by", "replaces")
    run = rows.filter(program=program, number=number).first()
    if run is None:
        raise Http404
    return run


def _newer(run: ReportRun) -> ReportRun | None:
    """The run that corrected this one."""
    return ReportRun.objects.filter(replaces=run, stage=RunStage.MADE).defer("content", "public").first()


def _differing(run: ReportRun) -> list[str]:
    """Which of the inputs are not what they were."""
    now = inputs.inputs(run.program, run.period, DayKind(run.day))
    return [str(name) for part, name in inputs.PARTS.items() if now.get(part) != run.inputs.get(part)]


def _today(run: ReportRun) -> dict[str, Any]:
    """Every figure that would differ if it was made now."""
    found = results(run.program, run.period, DayKind(run.day), get_language() or "ja")
    whole = reporting.whole(found, None, today=timezone.localdate(), eras=run.eras)
    return drawn(beside_today(changes(stored.opened(run.content).tables, whole.tables)))


@confirmed
def _done(request: HttpRequest, program: Program, number: int) -> HttpResponseBase:
    by = cast("User", request.user)
    match request.POST.get("deed"):
        case "cancel":
            if not runs.cancel(program_id=program.pk, number=number, by=by):
                messages.info(request, _("もうできあがっていたので、取りやめませんでした。"))
        case "release":
            try:
                releases.release(program_id=program.pk, number=number, by=by)
            except CannotRelease as error:
                messages.error(request, why_not_released(error))
        case "publish":
            try:
                releases.publish(program_id=program.pk, number=number, by=by)
            except CannotRelease as error:
                messages.error(request, why_not_released(error))
        case "unpublish":
            releases.unpublish(program_id=program.pk, number=number, by=by)
        case "withdraw":
            releases.withdraw(program_id=program.pk, number=number, by=by)
        case _:
            raise Http404
    return redirect("office:run", program.slug, number)


@require_safe
@never_cache
@office(Right.SEE_RESULTS)
@confirmed
def file(request: HttpRequest, program: Program, run_number: int, kind: str) -> HttpResponseBase:
    """A file of a run, byte for byte as it was made."""
    return given(request, _run(program, run_number), kind, Right.SEE_RESULTS)


def given(request: HttpRequest, run: ReportRun, kind: str, right: Right) -> HttpResponse:
    """The stored bytes, once they are what they were; the audit says who took them."""
    is_public = right == Right.SEE_PUBLIC_RESULTS
    found = run.files.filter(kind=kind, public=is_public).first()
    if found is None or making.digest(bytes(found.content)) != found.sha256:
        raise Http404
    by = cast("User", request.user)
    exporting.note_export(program=run.program, period=run.period, kind=kind, right=right, by=by)
    public = "-public" if is_public else ""
    name = f"results-{run.program.slug}{public}-{run.first}-{run.last}-no{run.number}.{kind}"
    return HttpResponse(
        bytes(found.content),
        content_type=TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
