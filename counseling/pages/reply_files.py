"""Canned replies as a CSV file, out and in: all of a file, or nothing with every line that is wrong."""

from typing import Any, cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.confirmation import confirmed
from accounts.models import User
from counseling import replies
from counseling.actions import replies as actions
from counseling.actions.replies import TakenIn, Words
from counseling.pages.reply_forms import told
from counseling.pages.shelves import Shelf, of_oneself, of_program
from counseling.text import sheets

LARGEST_FILE_BYTES = 5_000_000
SHOWN_PROBLEMS = 50


class Refused(Exception):
    """Nothing was taken in; `problems` says why, in words, by line of the file (0: the file itself)."""

    def __init__(self, *problems: tuple[int, str]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


def _export(request: HttpRequest, shelf: Shelf) -> HttpResponseBase:
    """The replies, as they are taken in again."""
    if shelf.owner is None:
        actions.note_export(program_id=shelf.program.pk, by=cast("User", request.user))
    rows = [[getattr(one, name) for name in replies.COLUMNS] for one in shelf.replies()]
    content = sheets.written([list(replies.COLUMNS.values()), *rows])
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    name = f"replies-{shelf.program.slug}-{timezone.localdate()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _take_in(request: HttpRequest, shelf: Shelf) -> HttpResponseBase:
    """Add what a file has, write anew what has the same shortcut; or say line by line why nothing was taken in."""
    context: dict[str, Any] = {"columns": list(replies.COLUMNS.values())}
    if request.method == "POST":
        try:
            taken = _taken(request, shelf)
        except Refused as refused:
            shown = refused.problems[:SHOWN_PROBLEMS]
            context |= {"problems": shown, "more": len(refused.problems) - len(shown)}
        else:
            words = _("取り込みました。%(new)s件を加え、%(changed)s件を書き直しました。")
            messages.success(request, words % {"new": taken.new, "changed": taken.changed})
            return redirect(shelf.home)
    return shelf.page(request, "office/replies_import.html", **context)


def _taken(request: HttpRequest, shelf: Shelf) -> TakenIn:
    lines = _lines(_uploaded(request))
    try:
        return actions.take_in(
            program_id=shelf.program.pk,
            owner=shelf.owner,
            rows=[words for _number, words in lines],
            by=cast("User", request.user),
        )
    except actions.CannotKeep as wrong:
        numbers = {words.shortcut: number for number, words in lines}
        raise Refused(
            *((numbers.get(what, 0), told(field, code, what)) for field, code, what in wrong.problems)
        ) from None


def _uploaded(request: HttpRequest) -> bytes:
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        raise Refused((0, _("ファイルを選んでください。")))
    if (file.size or 0) > LARGEST_FILE_BYTES:
        raise Refused((0, _("ファイルが大きすぎます(5MBまで)。分けてください。")))
    return bytes(file.read())


def _lines(content: bytes) -> list[tuple[int, Words]]:
    """The replies of a file with their lines."""
    heading, rows = _table(content)
    problems: list[tuple[int, str]] = []
    lines: list[tuple[int, Words]] = []
    first: dict[str, int] = {}
    for number, cells in rows:
        named = dict.fromkeys(heading, "") | dict(zip(heading, cells, strict=False))
        words = Words.typed(*(named[column] for column in replies.COLUMNS.values()))
        wrong = replies.problems(words.shortcut, words.title, words.body)
        problems += [(number, told(field, code, what)) for field, code, what in wrong]
        if words.shortcut and first.setdefault(words.shortcut, number) != number:
            twice = _("ショートカット「%(shortcut)s」が、%(line)s行目にもあります。")
            problems.append((number, twice % {"shortcut": words.shortcut, "line": first[words.shortcut]}))
        lines.append((number, words))
    if problems:
        raise Refused(*problems)
    return lines


def _table(content: bytes) -> tuple[list[str], list[tuple[int, list[str]]]]:
    try:
        rows = sheets.read_as_typed(content).rows
    except sheets.UnreadableSheet:
        raise Refused((0, _("CSVとして読み取れません。ExcelでCSV形式で保存したファイルを選んでください。"))) from None
    heading = rows[0][1] if rows else []
    absent = [column for column in replies.COLUMNS.values() if column not in heading]
    if absent:
        raise Refused((0, _("見出しの列が足りません: %(columns)s") % {"columns": "、".join(absent)}))
    if len(rows) > replies.MOST_REPLIES + 1:
        raise Refused(
            (0, _("定型文は%(what)s件までです。使わないものを消してください。") % {"what": replies.MOST_REPLIES})
        )
    return heading, rows[1:]


export = require_safe(of_program(confirmed(_export)))
export_own = require_safe(of_oneself(confirmed(_export)))
take_in = require_http_methods(["GET", "HEAD", "POST"])(of_program(_take_in))
take_in_own = require_http_methods(["GET", "HEAD", "POST"])(of_oneself(_take_in))
