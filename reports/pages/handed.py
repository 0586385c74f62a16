"""What the commissioner is handed at the end of a contract: every released report, every month's public figures."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.confirmation import confirmed
from accounts.models import User
from accounts.roles import Right
from counseling.keeping import counted_by
from counseling.models import Program, Session
from counseling.opening import midnight
from counseling.pages.office import office
from counseling.stages import Stage
from reports import exporting, reporting
from reports.actions.releases import latest_released
from reports.days import DayKind
from reports.making import WRITERS, digest
from reports.models import RunFile
from reports.months import months
from reports.periods import Period
from reports.results import results

# Of a month that was not released the files that are quick to make: nobody waits minutes for years of papers.
QUICK = ("csv", "xlsx")
ZIP_TIME = (2000, 1, 1, 0, 0, 0)


@require_POST
@never_cache
@office(Right.CONFIGURE)
@confirmed
def everything(request: HttpRequest, program: Program) -> HttpResponseBase:
    """All of it in one ZIP with a list of digests: aggregates without small cells, and never a word of anybody."""
    if program.stage != Stage.CLOSED:
        raise Http404
    with translation.override("ja"):
        files = dict(handed(program, timezone.localdate()))
    if not files:
        messages.error(request, _("渡せる結果がまだありません。月の結果は、その月が終わって2日目から書き出せます。"))
        return redirect("office:contract", program.slug)
    period = Period(program.starts_on, min(timezone.localdate(), program.ends_on or timezone.localdate()))
    by, right = cast("User", request.user), Right.SEE_PUBLIC_RESULTS
    exporting.note_export(program=program, period=period, kind="zip", right=right, by=by)
    headers = {"Content-Disposition": f'attachment; filename="results-{program.slug}.zip"', "Cache-Control": "no-store"}
    return HttpResponse(_packed(files), content_type="application/zip", headers=headers)


def handed(program: Program, today: date) -> Iterator[tuple[str, bytes]]:
    """Name → bytes: what was released as it was released, and the public form of every other month that had anybody."""
    rows = RunFile.objects.filter(run__program=program, run__released_at__isnull=False, public=True)
    for file in rows.select_related("run").order_by("run__first", "run__number", "kind"):
        content = bytes(file.content)
        if digest(content) == file.sha256:
            yield f"released/{file.run.first}-{file.run.last}-no{file.run.number}.{file.kind}", content
    for month in reversed(months(program, today)):
        if latest_released(program.pk, month) is None and _had_any(program, month):
            found = results(program, month, DayKind(counted_by(program.report)), "ja")
            made = reporting.without_small_cells(found, today=today, eras=False)
            yield from ((f"months/{month.first:%Y-%m}.{kind}", WRITERS[kind](made)) for kind in QUICK)


def _had_any(program: Program, month: Period) -> bool:
    """Whether anybody came in it; a night counts for the day on which it began, so one day more is looked at."""
    begun, over = midnight(month.first), midnight(month.last + timedelta(days=2))
    return Session.objects.filter(program=program, received_at__gte=begun, received_at__lt=over).exists()


def _packed(files: dict[str, bytes]) -> bytes:
    whole = io.BytesIO()
    listed = "".join(f"{digest(content)}  {name}\n" for name, content in files.items())
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in {"SHA256SUMS": listed.encode(), **files}.items():
            packed.writestr(zipfile.ZipInfo(name, ZIP_TIME), content, zipfile.ZIP_DEFLATED)
    return whole.getvalue()
