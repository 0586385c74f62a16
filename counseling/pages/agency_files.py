"""The directory of agencies as a CSV file: out; and in, first shown line by line, then done on a second press."""

from typing import Any, cast

from django.contrib import messages
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.confirmation import confirmed
from accounts.models import User
from accounts.roles import Right
from counseling.actions import agency_sheets as actions
from counseling.actions.agencies import ChangedMeanwhile
from counseling.agencies import sheet, spellings
from counseling.agencies.sheet import NoDirectory, Reading
from counseling.feeds import agency_sheets as feed
from counseling.feeds.agency_sheets import Comparison
from counseling.models import Program
from counseling.models.agency import kind_names
from counseling.pages.agencies import SECTION
from counseling.pages.agency_words import FIELDS, in_file
from counseling.pages.office import office, page
from counseling.text import sheets

LARGEST_FILE_BYTES = 5_000_000
# What was checked waits in the page itself, signed, until somebody says yes; a form may hold a megabyte.
LARGEST_SEALED, SEAL, SEALED_FOR_SECONDS = 950_000, "agencies.sheet", 3_600
SHOWN_LINES, SHOWN_CHANGES = 50, 50
ENCODINGS = {"utf-8-sig": "UTF-8", "cp932": "Shift_JIS"}


class Refused(Exception):
    """The file as a whole cannot be taken in; `words` say why."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@require_safe
@never_cache
@office(Right.KEEP_AGENCIES)
@confirmed
def export(request: HttpRequest, program: Program) -> HttpResponseBase:
    """The agencies in use."""
    rows = feed.table(program.pk)
    actions.note_export(program=program, rows=len(rows), by=cast("User", request.user))
    cells = [sheet.row_of(number, entry, kind) for number, entry, kind in rows]
    content = sheets.written([list(sheet.COLUMNS.values()), *cells])
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    name = f"agencies-{program.slug}-{timezone.localdate()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.KEEP_AGENCIES)
def take_in(request: HttpRequest, program: Program) -> HttpResponseBase:
    """With `file`: what taking it in would do, or what is wrong in it. With `sealed` and `shown`: do that."""
    told: dict[str, Any] = {}
    if request.method == "POST":
        try:
            if "sealed" in request.POST:
                return _done(request, program)
            told = _looked_at(program, _uploaded(request))
        except Refused as refused:
            told = {"refused": refused.words}
    return _page(request, program, told)


def _page(request: HttpRequest, program: Program, told: dict[str, Any]) -> HttpResponseBase:
    known = {"columns": list(sheet.COLUMNS.values()), "kinds": list(kind_names().values())}
    return page(request, "office/agencies_import.html", program, SECTION, **known, **told)


def _uploaded(request: HttpRequest) -> bytes:
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        raise Refused(_("ファイルを選んでください。"))
    if (file.size or 0) > LARGEST_FILE_BYTES:
        raise Refused(_("ファイルが大きすぎます(5MBまで)。分けてください。"))
    return bytes(file.read())


def _read(content: bytes) -> Reading:
    try:
        return sheet.read(content, spellings(kind_names()), timezone.localdate())
    except NoDirectory as none:
        if none.too_long:
            raise Refused(_("一度に取り込めるのは1万行までです。分けてください。")) from none
        if none.absent:
            columns = {"columns": "、".join(none.absent)}
            raise Refused(_("見出しの列が足りません: %(columns)s") % columns) from none
        raise Refused(_("CSVとして読み取れません。ExcelでCSV形式で保存したファイルを選んでください。")) from none


def _looked_at(program: Program, content: bytes) -> dict[str, Any]:
    """What the page says of a file."""
    reading = _read(content)
    comparison = feed.compared(program.pk, reading)
    told = {"encoding": ENCODINGS[reading.encoding], "unknown": reading.unknown, "rows": len(reading.rows)}
    if comparison.problems:
        return told | _wrong(comparison)
    return told | _to_do(comparison) | {"sealed": _sealed(program, content.decode(reading.encoding))}


def _wrong(comparison: Comparison) -> dict[str, Any]:
    """The first lines that are wrong, and how many there are."""
    lines = list(dict.fromkeys(problem.line for problem in comparison.problems))
    shown = set(lines[:SHOWN_LINES])
    problems = [in_file(problem) for problem in comparison.problems if problem.line in shown]
    return {"problems": problems, "wrong_lines": len(lines), "shown_lines": len(shown)}


def _to_do(comparison: Comparison) -> dict[str, Any]:
    """What would be done, with the first names."""
    changes = [
        (change.agency.name, _("、").join(str(FIELDS[field]) for field in change.fields), change.restored)
        for change in comparison.changed[:SHOWN_CHANGES]
    ]
    return {
        "comparison": comparison,
        "shown": comparison.fingerprint,
        "new": [entry.name for entry in comparison.new[:SHOWN_CHANGES]],
        "changes": changes,
        "restored": sum(change.restored for change in comparison.changed),
        "most_shown": SHOWN_CHANGES,
    }


def _sealed(program: Program, text: str) -> str:
    sealed = signing.dumps([program.pk, text], salt=SEAL, compress=True)
    if len(sealed) > LARGEST_SEALED:
        raise Refused(_("内容が多すぎます。いくつかのファイルに分けて、順に取り込んでください。"))
    return sealed


def _opened(program: Program, sealed: str) -> bytes:
    try:
        program_id, text = signing.loads(sealed, salt=SEAL, max_age=SEALED_FOR_SECONDS)
    except signing.BadSignature:
        program_id, text = None, ""
    if program_id != program.pk:
        raise Refused(_("確かめてから時間がたちました。もう一度ファイルを選んでください。"))
    return str(text).encode()


def _done(request: HttpRequest, program: Program) -> HttpResponseBase:
    """Take in what was looked at; where the directory changed meanwhile, show once more what that would do now."""
    content = _opened(program, request.POST.get("sealed", ""))
    shown, by = request.POST.get("shown", ""), cast("User", request.user)
    try:
        done = actions.take_in(program_id=program.pk, reading=_read(content), shown=shown, by=by)
    except ChangedMeanwhile:
        return _page(request, program, _looked_at(program, content) | {"changed_meanwhile": True})
    counts = {"new": len(done.new), "changed": len(done.changed)}
    messages.success(request, _("取り込みました。新しく%(new)d件を加え、%(changed)d件を変えました。") % counts)
    return redirect("office:agencies", program.slug)
