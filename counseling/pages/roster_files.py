"""The roster as a CSV file, out and in."""

from typing import cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.confirmation import confirmed
from accounts.models import User
from accounts.roles import Right, holders
from accounts.templatetags.components import ROLE_WORDS
from counseling.actions import roster_sheets
from counseling.actions.roster_sheets import CannotImport
from counseling.feeds import roster as feed
from counseling.models import Program
from counseling.pages.days import days_asked
from counseling.pages.office import office, page
from counseling.roster import sheet
from counseling.text import sheets

LARGEST_FILE_BYTES = 1_000_000


@require_safe
@never_cache
@office(Right.PLAN_SHIFTS)
@confirmed
def export(request: HttpRequest, program: Program) -> HttpResponseBase:
    """The shifts of the days in the address (`from`, `days`; what it cannot read there it takes as this week)."""
    first, days = days_asked(request)
    roster_sheets.note_export(program=program, first=first, days=days, by=cast("User", request.user))
    rows = [
        sheet.cells(
            sheet.Line(shift.starts_at, shift.ends_at, shift.role, shift.user.email if shift.user else "", shift.lines),
            shift.user.name if shift.user else "",
            role_names(),
            published=shift.published_at is not None,
        )
        for shift in feed.shifts_beginning(program.pk, first, days)
    ]
    response = HttpResponse(sheets.written([sheet.COLUMNS, *rows]), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="roster-{program.slug}-{first}.csv"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.PLAN_SHIFTS)
def take_in(request: HttpRequest, program: Program) -> HttpResponseBase:
    """Plan what a file has and the roster has not, or say line by line why nothing was taken in."""
    problems: tuple[tuple[int, str], ...] = ()
    if request.method == "POST":
        try:
            made = roster_sheets.import_shifts(
                program_id=program.pk,
                content=_content(request),
                role_names=role_names(),
                by=cast("User", request.user),
            )
        except CannotImport as refused:
            problems = refused.problems
        else:
            messages.success(request, _taken_in(made))
            return redirect("office:roster", program.slug)
    return page(request, "office/roster_import.html", program, "roster", problems=problems, columns=sheet.COLUMNS)


def role_names() -> dict[str, str]:
    """Roles as they stand in a file: always in Japanese, so that every file can be read again."""
    with translation.override("ja"):
        return {role: str(ROLE_WORDS[role]) for role in ROLE_WORDS if role in holders(Right.WORK_SHIFTS)}


def _content(request: HttpRequest) -> bytes:
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        raise CannotImport((0, _("ファイルを選んでください。")))
    if (file.size or 0) > LARGEST_FILE_BYTES:
        raise CannotImport((0, _("ファイルが大きすぎます(1MBまで)。")))
    return bytes(file.read())


def _taken_in(made: int) -> str:
    if not made:
        return _("新しいシフトはありませんでした。何も変えていません。")
    return ngettext("%(made)d件のシフトを取り込みました。", "%(made)d件のシフトを取り込みました。", made) % {
        "made": made
    }
