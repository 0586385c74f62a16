"""The commissioner's own Excel sheets (様式): kept by an administrator, filled for a period or a frozen run."""

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.confirmation import confirmed
from accounts.models import User
from accounts.roles import Right
from counseling import permissions
from counseling.models import Program
from counseling.pages.office import office, page
from reports import exporting, named, stored
from reports.actions import sheets as actions
from reports.actions.sheets import NotAsItIs, TooMany
from reports.days import DayKind
from reports.exports import own_sheet
from reports.exports.own_sheet import LARGEST_BYTES, Refused
from reports.models import ReportRun, ReportSheet, RunStage
from reports.pages.forms import PeriodForm
from reports.pages.runs import TYPES
from reports.periods import Period
from reports.results import results

SECTION = "own-sheets"
LONGEST_NAME = 80
WHY: dict[str, str | Promise] = {
    "too_large": gettext_lazy("ファイルが大きすぎます(2MBまで、中身は30MBまで)。"),
    "unreadable": gettext_lazy("Excel(.xlsx)として読み取れません。Excelで開いて、.xlsxで保存し直してください。"),
    "macros": gettext_lazy("マクロやボタンが入っています。外して、.xlsxで保存し直してください。"),
    "links": gettext_lazy("ほかのファイルやWebへのリンクが入っています。外してから登録してください。"),
    "embedded": gettext_lazy("ほかのファイルが埋めこまれています。外してから登録してください。"),
    "charts": gettext_lazy("グラフかピボットテーブルが入っています。残せないので、外してから登録してください。"),
    "entities": gettext_lazy("読み取れない書き方が入っています。Excelで開いて、保存し直してください。"),
    "no_names": gettext_lazy(
        "下の一覧の名前のセルがありません。Excelの「数式」「名前の定義」で、セルに名前をつけてください。"
    ),
}


class Unfit(Exception):
    """What was sent is no sheet with a name; `words` say why."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.SEE_RESULTS)
def every(request: HttpRequest, program: Program) -> HttpResponseBase:
    """All sheets; POST keeps the one that is sent, or removes one."""
    if request.method != "POST":
        return _page(request, program)
    permissions.require(cast("User", request.user), Right.CONFIGURE, program.pk)
    return _removed(request, program) if request.POST.get("deed") == "remove" else _kept(request, program)


def _page(request: HttpRequest, program: Program, **told: Any) -> HttpResponseBase:
    held = permissions.rights(cast("User", request.user)).get(program, frozenset())
    runs = ReportRun.objects.filter(program=program, stage=RunStage.MADE).exclude(figures={})
    form = PeriodForm(program, timezone.localdate(), request.GET.dict())
    context = {
        "sheets": ReportSheet.objects.filter(program=program).defer("content").select_related("by").order_by("name"),
        "may_change": Right.CONFIGURE in held,
        "names": named.names(),
        "runs": runs.defer("content", "public").order_by("-number")[:50],
        "form": form,
        "longest": LONGEST_NAME,
    }
    return page(request, "results/own_sheets.html", program, SECTION, **context | told)


def _kept(request: HttpRequest, program: Program) -> HttpResponseBase:
    name = request.POST.get("name", "").strip()
    try:
        content = _sent(request, name)
        anyway, by = "anyway" in request.POST, cast("User", request.user)
        actions.keep(program_id=program.pk, name=name, content=content, anyway=anyway, by=by)
    except Unfit as error:
        return _page(request, program, refused=error.words, name=name)
    except Refused as error:
        return _page(request, program, refused=WHY[error.code], name=name)
    except TooMany:
        said = _("様式は20までです。使わないものを消してください。")
        return _page(request, program, refused=said, name=name)
    except NotAsItIs as error:
        return _page(request, program, looked=error.looked, name=name)
    return redirect("office:own-sheets", program.slug)


def _sent(request: HttpRequest, name: str) -> bytes:
    """The file that was sent. Raises Unfit."""
    file = request.FILES.get("file")
    if not 0 < len(name) <= LONGEST_NAME:
        raise Unfit(_("名前を1〜80文字で書いてください。"))
    if file is None or isinstance(file, list):
        raise Unfit(_("ファイルを選んでください。"))
    if (file.size or 0) > LARGEST_BYTES:
        raise Unfit(str(WHY["too_large"]))
    return bytes(file.read())


def _removed(request: HttpRequest, program: Program) -> HttpResponseBase:
    typed = request.POST.get("sheet", "")
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 19):
        raise Http404
    actions.remove(program_id=program.pk, sheet_id=int(typed), by=cast("User", request.user))
    return redirect("office:own-sheets", program.slug)


@require_safe
@never_cache
@office(Right.SEE_RESULTS)
@confirmed
def filled(request: HttpRequest, program: Program, own_sheet_id: int) -> HttpResponseBase:
    """A sheet filled for the period the address asks for, or for a frozen `run`."""
    sheet = ReportSheet.objects.filter(program=program, pk=own_sheet_id).first()
    if sheet is None:
        raise Http404
    if number := request.GET.get("run", ""):
        run = _run(program, number)
        period, told = run.period, stored.opened_figures(run.figures)
    else:
        form = PeriodForm(program, timezone.localdate(), request.GET.dict())
        if not form.is_valid():
            return _page(request, program, form=form)
        period = form.period
        found = results(program, period, DayKind(form.cleaned_data["day"]), get_language() or "ja")
        told = named.figures(found)
    made = own_sheet.filled(bytes(sheet.content), told)
    return _given(request, program, period, made)


def _run(program: Program, number: str) -> ReportRun:
    is_number = number.isascii() and number.isdecimal() and len(number) < 10
    made = ReportRun.objects.filter(program=program, stage=RunStage.MADE).exclude(figures={})
    run = made.filter(number=int(number)).first() if is_number else None
    if run is None:
        raise Http404
    return run


def _given(request: HttpRequest, program: Program, period: Period, made: bytes) -> HttpResponse:
    by, right = cast("User", request.user), Right.SEE_RESULTS
    exporting.note_export(program=program, period=period, kind="sheet", right=right, by=by)
    name = f"results-{program.slug}-sheet-{period.first}-{period.last}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(made, content_type=TYPES["xlsx"], headers=headers)
