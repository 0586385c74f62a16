"""Releasing a frozen report to the commissioner's officer (公開), and publishing it to everybody (公表).

Its public form, and no year that tells of a month.
"""

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from django.db import transaction
from django.utils import timezone, translation

from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Right
from counseling import permissions
from reports import making, reporting, stored
from reports.actions.runs import keep_files, locked, note
from reports.exports.document import Document
from reports.models import ReportRun, RunFile, RunStage
from reports.months import months_of_year
from reports.periods import Period, fiscal_year_of
from reports.releasing import gives_away, joint


class Reason(StrEnum):
    """Why a report cannot be released."""

    NOT_MADE = "not_made"
    PERIOD = "period"
    MONTHS_FIRST = "months_first"
    YEAR_TELLS = "year_tells"
    NOT_RELEASED = "not_released"


class CannotRelease(Exception):
    """The report cannot be released, why, and which periods stand in the way."""

    def __init__(self, reason: Reason, periods: Iterable[Period] = ()) -> None:
        super().__init__(reason)
        self.reason, self.periods = reason, list(periods)


@transaction.atomic
def release(*, program_id: int, number: int, by: User) -> None:
    """Show the officer a run's public form, which is made now. Raises NotVisible and CannotRelease."""
    permissions.require(by, Right.CONFIGURE, program_id)
    # Releases of a program wait for each other: a year is judged beside its months.
    list(ReportRun.objects.select_for_update().filter(program=program_id).order_by("pk").values_list("pk"))
    run = locked(program_id, number, Right.CONFIGURE, by)
    if run.released_at:
        return
    if run.stage != RunStage.MADE:
        raise CannotRelease(Reason.NOT_MADE)
    if not run.public:
        raise CannotRelease(Reason.PERIOD)
    with translation.override(run.language):
        public = _beside_others(run, stored.opened(run.public))
        RunFile.objects.filter(run=run, public=True).delete()
        keep_files(run, making.written(public), public=True)
    run.public, run.released_at, run.released_by = stored.kept(public), timezone.now(), by
    run.save(update_fields=["public", "released_at", "released_by"])
    note(Deed.RESULTS_RELEASED, run, by)


@transaction.atomic
def withdraw(*, program_id: int, number: int, by: User) -> None:
    """Take a released run back: neither the officer nor anybody else finds it. Raises NotVisible."""
    run = locked(program_id, number, Right.CONFIGURE, by)
    if not run.released_at:
        return
    run.released_at = run.released_by = run.published_at = run.published_by = None
    run.save(update_fields=["released_at", "released_by", "published_at", "published_by"])
    note(Deed.RESULTS_WITHDRAWN, run, by)


@transaction.atomic
def publish(*, program_id: int, number: int, by: User) -> None:
    """Show everybody what the officer sees of a run; twice is the same. Raises NotVisible and CannotRelease."""
    run = locked(program_id, number, Right.CONFIGURE, by)
    if run.published_at:
        return
    if not run.released_at:
        raise CannotRelease(Reason.NOT_RELEASED)
    run.published_at, run.published_by = timezone.now(), by
    run.save(update_fields=["published_at", "published_by"])
    note(Deed.RESULTS_PUBLISHED, run, by)


@transaction.atomic
def unpublish(*, program_id: int, number: int, by: User) -> None:
    """Only the officer sees it again. Raises NotVisible."""
    run = locked(program_id, number, Right.CONFIGURE, by)
    if not run.published_at:
        return
    run.published_at = run.published_by = None
    run.save(update_fields=["published_at", "published_by"])
    note(Deed.RESULTS_UNPUBLISHED, run, by)


def _beside_others(run: ReportRun, public: Document) -> Document:
    """What of it may be told beside what is released already."""
    parts = months_of_year(run.program, run.period, timezone.localdate())
    if not parts:
        _check_year(run, public)
        return public
    released = {month: latest_released(run.program_id, month) for month in parts}
    if missing := [month for month, found in released.items() if found is None]:
        raise CannotRelease(Reason.MONTHS_FIRST, missing)
    tables = [stored.opened(found.public).tables for found in released.values() if found]
    kept, left_out = joint(public.tables, tables)
    notes = [*public.notes, *([reporting.withheld(left_out)] if left_out else [])]
    return replace(public, tables=kept, notes=notes)


def _check_year(run: ReportRun, month: Document) -> None:
    """A month that hides more than the one before it must not follow from a year that is released."""
    whole = fiscal_year_of(run.first)
    years = ReportRun.objects.filter(
        program=run.program_id, released_at__isnull=False, first__gte=whole.first, last__lte=whole.last
    )
    for year in (one for one in years if months_of_year(run.program, one.period, timezone.localdate())):
        others = months_of_year(run.program, year.period, timezone.localdate())
        beside = [found for one in others if one != run.period and (found := latest_released(run.program_id, one))]
        months = [month.tables, *(stored.opened(one.public).tables for one in beside)]
        if any(gives_away(table, months) for table in stored.opened(year.public).tables):
            raise CannotRelease(Reason.YEAR_TELLS, [year.period])


def latest_released(program_id: int, period: Period) -> ReportRun | None:
    """What the officer finds of a period."""
    found = ReportRun.objects.filter(
        program=program_id, first=period.first, last=period.last, released_at__isnull=False
    )
    return found.select_related("program").order_by("-number").first()
