"""A roster taken in from a table, all of it or nothing, and given out with a note in the audit."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Right
from counseling import permissions
from counseling.actions import planning, shifts
from counseling.actions.planning import Plan
from counseling.models import Program, Shift
from counseling.roster import sheet
from counseling.roster.sheet import BadCell, Line
from counseling.text import sheets

MOST_LINES_OF_A_FILE = 3000
NEEDED = ("日付", "開始", "終了", "役割", "メールアドレス", "回線数")


class CannotImport(Exception):
    """Nothing was taken in; `problems` says why, in words, by line of the file (0: the file itself)."""

    def __init__(self, *problems: tuple[int, str]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


@transaction.atomic
def note_export(*, program: Program, first: date, days: int, by: User) -> None:
    """Write down that `by` took the roster out of the house. Raises NotVisible."""
    permissions.require(by, Right.PLAN_SHIFTS, program.pk)
    audit.note(
        Deed.ROSTER_EXPORTED,
        by=by,
        subject=f"program:{program.pk}",
        program_id=program.pk,
        first=str(first),
        days=days,
    )


@transaction.atomic
def note_hours_export(*, program: Program, first: date, by: User) -> None:
    """Write down that `by` took a month's hours out of the house. Raises NotVisible."""
    permissions.require(by, Right.PLAN_SHIFTS, program.pk)
    audit.note(Deed.HOURS_EXPORTED, by=by, subject=f"program:{program.pk}", program_id=program.pk, first=str(first))


@transaction.atomic
def import_shifts(*, program_id: int, content: bytes, role_names: Mapping[str, str], by: User) -> int:
    """Plan what the file has and the roster has not; how many shifts are new. What is there stays as it is.

    A shift is the same when its person, role, times and lines are. Raises CannotImport, NotVisible.
    """
    planning.lock_roster(program_id, by)
    plans = _plans(program_id, _lines(content, role_names))
    missing = _missing(program_id, plans)
    numbers = [number for number, _plan in missing]
    found = planning.problems_of(program_id, [plan for _number, plan in missing], instead_of=())
    if found:
        raise CannotImport(*((numbers[place], str(problem.label)) for place, problem in found))
    return len(shifts.add(program_id=program_id, plans=[plan for _number, plan in missing], by=by))


def _lines(content: bytes, role_names: Mapping[str, str]) -> list[tuple[int, Line]]:
    rows = _rows(content)
    lines: list[tuple[int, Line]] = []
    problems: list[tuple[int, str]] = []
    for number, row in rows:
        try:
            lines.append((number, sheet.line_of(row, role_names)))
        except BadCell as bad:
            problems.append(
                (number, _("「%(column)s」が読み取れません: %(cell)s") % {"column": bad.column, "cell": bad.cell})
            )
    if problems:
        raise CannotImport(*problems)
    return lines


def _rows(content: bytes) -> list[tuple[int, dict[str, str]]]:
    try:
        rows = sheets.read(content)
    except sheets.UnreadableSheet:
        raise CannotImport(
            (0, _("CSVとして読み取れません。ExcelでCSV形式で保存したファイルを選んでください。"))
        ) from None
    heading = rows[0][1] if rows else []
    absent = [column for column in NEEDED if column not in heading]
    if absent:
        columns = "、".join(absent)
        raise CannotImport((0, _("見出しの列が足りません: %(columns)s") % {"columns": columns}))
    if len(rows) > MOST_LINES_OF_A_FILE:
        raise CannotImport((0, _("一度に取り込めるのは3000行までです。分けてください。")))
    return [(number, _named(heading, cells)) for number, cells in rows[1:]]


def _named(heading: list[str], cells: list[str]) -> dict[str, str]:
    """A row by the names of its columns; what Excel left away at its end is empty."""
    return dict.fromkeys(heading, "") | dict(zip(heading, cells, strict=False))


def _plans(program_id: int, lines: list[tuple[int, Line]]) -> list[tuple[int, Plan]]:
    # Who has left may still stand in a file that was given out here.
    here = Q(memberships__program=program_id) | Q(shifts__program=program_id)
    people = dict(User.objects.filter(here).values_list("email", "pk"))
    unknown = [
        (number, _("この事業に、このメールアドレスの人はいません: %(email)s") % {"email": line.email})
        for number, line in lines
        if line.email and line.email not in people
    ]
    if unknown:
        raise CannotImport(*unknown)
    return [
        (number, Plan(people.get(line.email), line.role, line.starts_at, line.ends_at, line.lines))
        for number, line in lines
    ]


def _missing(program_id: int, plans: list[tuple[int, Plan]]) -> list[tuple[int, Plan]]:
    if not plans:
        return []
    times = [plan.starts_at for _number, plan in plans]
    rows = Shift.objects.filter(program=program_id, starts_at__gte=min(times), starts_at__lte=max(times))
    there = Counter(Plan(s.user_id, s.role, s.starts_at, s.ends_at, s.lines) for s in rows)
    missing = []
    for number, plan in plans:
        if there[plan]:
            there[plan] -= 1
        else:
            missing.append((number, plan))
    return missing
