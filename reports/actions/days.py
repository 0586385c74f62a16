"""Keeping days ready (日別の集計): counted in the background after they are over, and again after anything changed.

First everything is let go that a change touched, in one statement; only then is counted. What changes meanwhile leaves
its own mark, and the day is counted once more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from django.db import connection, transaction

from counseling.models import Program, Session
from counseling.opening import TOKYO
from reports import daily, kept_days
from reports.days import DAY, DayKind, Days
from reports.figures import days_of
from reports.models import Change, KeptDay
from reports.periods import Period

# Of PostgreSQL's advisory locks; 1 to 6 have other uses.
KEEP_LOCK = 7
# A day is kept so long after its end: a talk that is younger than two hours leaves no mark (migration 0003).
GRACE = timedelta(hours=6)
# So many days in one transaction.
MOST = 14
LET_GO = """
    WITH seen AS (DELETE FROM reports_change WHERE program_id = %(program)s)
    DELETE FROM reports_keptday d WHERE d.program_id = %(program)s AND EXISTS (
        SELECT FROM reports_change c WHERE c.program_id = d.program_id AND c.at >= d.begins AND c.at < d.ends)
"""


@dataclass(frozen=True)
class Difference:
    """A day that was kept otherwise than the log says, and in what."""

    kind: DayKind
    day: date
    parts: tuple[str, ...]


@transaction.atomic
def keep(*, program_id: int, now: datetime, wait: bool = False) -> int:
    """Count the latest days that are over and not kept, and say how many; 0 where none is.

    Where somebody does it already: 0 at once, or with `wait` after them.
    """
    if not _locked(program_id, wait=wait):
        return 0
    program = Program.objects.get(pk=program_id)
    _let_go(program)
    for _kind, days in _over(program, now):
        missing = _missing(program, days)
        if missing:
            _count(program, kept_days.part(days, missing))
            return len(missing)
    return 0


@transaction.atomic
def recompute(*, program_id: int, period: Period, kind: DayKind, now: datetime) -> list[Difference]:
    """Count days that are over from the log, whatever was kept of them, and keep them; which were kept otherwise.

    What changed and was not counted anew yet is no difference: nobody was told it.
    """
    _locked(program_id, wait=True)
    program = Program.objects.get(pk=program_id)
    _let_go(program)
    days = _until(days_of(program, period, kind), now - GRACE)
    if not days:
        return []
    rows = KeptDay.objects.filter(program=program, begins__gte=days.starts[0], ends__lte=days.starts[-1])
    before = {(row.begins, row.ends): row.figures for row in rows.filter(layout=daily.layout())}
    _forget(program, days)
    after = {(row.begins, row.ends): row.figures for row in _count(program, days)}
    return [
        Difference(
            kind, day, tuple(sorted(name for name in after[span] if before[span].get(name) != after[span][name]))
        )
        for day, span in zip(days.dates, pairwise(days.starts), strict=True)
        if span in before and before[span] != after[span]
    ]


def due(*, now: datetime) -> list[int]:
    """Programs of which a day is over and not kept, or no longer true."""
    changed = set(Change.objects.values_list("program", flat=True).distinct())
    return [
        one.pk
        for one in Program.objects.order_by("pk")
        if one.pk in changed or any(_missing(one, days) for _kind, days in _over(one, now))
    ]


def all_days(program: Program, now: datetime) -> Period | None:
    """From the first access to the last day that may be kept; None where there is none."""
    first = (
        Session.objects.filter(program=program).order_by("received_at").values_list("received_at", flat=True).first()
    )
    last = (now - GRACE).astimezone(TOKYO).date() - DAY
    # What came after midnight may belong to the service day before.
    begins = first.astimezone(TOKYO).date() - DAY if first else None
    return Period(begins, last) if begins and begins <= last else None


def _over(program: Program, now: datetime) -> Iterator[tuple[DayKind, Days]]:
    period = None if program.practice else all_days(program, now)
    if period is None:
        return
    for kind in DayKind:
        if days := _until(days_of(program, period, kind), now - GRACE):
            yield kind, days


def _until(days: Days, latest: datetime) -> Days | None:
    """Those that were over by then."""
    over = sum(ends <= latest for ends in days.starts[1:])
    return kept_days.part(days, range(over)) if over else None


def _missing(program: Program, days: Days) -> range | None:
    """The latest days in a row that are not kept, MOST at most."""
    rows = KeptDay.objects.filter(program=program, layout=daily.layout())
    kept = set(rows.values_list("begins", "ends"))
    last = next((at for at in reversed(range(len(days))) if days.starts[at : at + 2] not in kept), None)
    if last is None:
        return None
    first = last
    while first and last - first < MOST - 1 and days.starts[first - 1 : first + 1] not in kept:
        first -= 1
    return range(first, last + 1)


def _count(program: Program, days: Days) -> list[KeptDay]:
    _forget(program, days)
    spans = pairwise(days.starts)
    rows = [
        KeptDay(program=program, begins=begins, ends=ends, layout=daily.layout(), figures=day.to_json())
        for (begins, ends), day in zip(spans, daily.counted(program, days), strict=True)
    ]
    return KeptDay.objects.bulk_create(rows)


def _forget(program: Program, days: Days) -> None:
    """Let go of these very days, by whatever definitions they were counted."""
    spans = KeptDay.objects.filter(program=program, begins__in=days.starts[:-1], ends__in=days.starts[1:])
    spans.delete()


def _let_go(program: Program) -> None:
    with connection.cursor() as cursor:
        cursor.execute(LET_GO, {"program": program.pk})


def _locked(program_id: int, *, wait: bool) -> bool:
    """One at a time for each program: who counted earlier may not write later."""
    take = "pg_advisory_xact_lock" if wait else "pg_try_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {take}(%s, %s)", [KEEP_LOCK, program_id])
        return cursor.fetchone()[0] is not False
