"""Other media to compare with (他媒体比較): entered, taken in from a file, taken away."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.roles import Right
from counseling.models import Program
from counseling.pages.office import office, page
from counseling.pages.shift_words import duration
from counseling.text import sheets
from reports import words
from reports.actions import comparators as actions
from reports.models import Comparator, Per
from reports.pages.comparator_forms import PLACES, ComparatorForm, Unreadable, read

SECTION = "comparators"
LARGEST_FILE_BYTES = 500_000


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.SEE_RESULTS)
def every(request: HttpRequest, program: Program) -> HttpResponseBase:
    """All of them; POST with `deed`: add the one in the form, those of a file, or remove one."""
    match request.POST.get("deed") if request.method == "POST" else "":
        case "":
            return _page(request, program)
        case "add":
            return _added(request, program)
        case "import":
            return _imported(request, program)
        case "remove":
            return _removed(request, program)
    raise Http404


def _page(request: HttpRequest, program: Program, **told: Any) -> HttpResponseBase:
    rows = Comparator.objects.filter(program=program).order_by("-last", "name")
    lines = [(one, words.exactly(one.period, eras=False), duration(one.minutes)) for one in rows]
    context = {"form": ComparatorForm(initial={"places": "0"}), "lines": lines} | told
    return page(request, "results/comparators.html", program, SECTION, **context)


def _added(request: HttpRequest, program: Program) -> HttpResponseBase:
    form = ComparatorForm(request.POST)
    if not form.is_valid():
        return _page(request, program, form=form)
    actions.enter(program_id=program.pk, entries=[form.entry], by=cast("User", request.user))
    return redirect("office:comparators", program.slug)


def _imported(request: HttpRequest, program: Program) -> HttpResponseBase:
    file = request.FILES.get("file")
    if file is None or not hasattr(file, "read"):
        return _page(request, program, refused=_("ファイルを選んでください。"))
    if (file.size or 0) > LARGEST_FILE_BYTES:
        return _page(request, program, refused=_("ファイルが大きすぎます(500KBまで)。"))
    try:
        entries, problems = read(file.read())
    except Unreadable as error:
        return _page(request, program, refused=str(error))
    if problems:
        return _page(request, program, problems=problems)
    actions.enter(program_id=program.pk, entries=entries, by=cast("User", request.user))
    messages.success(request, _("%(count)d件を取り込みました。") % {"count": len(entries)})
    return redirect("office:comparators", program.slug)


def _removed(request: HttpRequest, program: Program) -> HttpResponseBase:
    typed = request.POST.get("comparator", "")
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 19):
        raise Http404
    actions.remove(program_id=program.pk, comparator_id=int(typed), by=cast("User", request.user))
    return redirect("office:comparators", program.slug)


@require_safe
@never_cache
@office(Right.SEE_RESULTS)
def sample(request: HttpRequest, program: Program) -> HttpResponseBase:  # noqa: ARG001 - the same for all
    """A file to fill: its columns, and a line that shows how."""
    labels = [str(field.label) for field in ComparatorForm.base_fields.values()]
    line = [_("電話相談"), "2026-04-01", "2026-04-30", 20, 60, 25, Per.DAY.label, PLACES[0][1]]
    headers = {"Content-Disposition": 'attachment; filename="comparators.csv"'}
    return HttpResponse(sheets.written([labels, line]), content_type="text/csv; charset=utf-8", headers=headers)
