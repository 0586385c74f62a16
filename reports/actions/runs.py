"""Freezing a report (確定版): somebody asks for it, the worker makes it, nobody changes it afterwards."""

from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction
from django.db.models import F, Max, Q, QuerySet
from django.utils import timezone

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Right
from counseling import later, permissions
from counseling.models import Program
from counseling.permissions import NotVisible
from reports import making
from reports.days import DayKind
from reports.figures import days_of
from reports.inputs import fingerprint
from reports.making import Made
from reports.models import UNDER_WAY, ReportRun, RunFile, RunStage
from reports.periods import Period

# A step that takes longer than this was made by somebody who is gone.
HELD_FOR = timedelta(minutes=3)
MOST_TRIES = 3


class Why(StrEnum):
    """Why a report cannot be frozen."""

    PRACTICE = "practice"
    NOT_OVER = "not_over"
    UNDER_WAY = "under_way"
    REASON = "reason"


class CannotFreeze(Exception):
    """The report cannot be frozen, and why."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


@transaction.atomic
def ask(
    *, program_id: int, period: Period, day: DayKind, language: str, eras: bool, reason: str, by: User
) -> ReportRun:
    """Ask for a report to be frozen; one of the same period again is a correction of the latest, and needs a `reason`.

    Raises NotVisible and CannotFreeze.
    """
    permissions.require(by, Right.SEE_RESULTS, program_id)
    program = Program.objects.select_for_update(of=("self",), no_key=True).get(pk=program_id)
    run = ReportRun(
        program=program, first=period.first, last=period.last, day=day, language=language, eras=eras, asked_by=by
    )
    run.replaces = latest(run)
    run.reason = reason.strip() if run.replaces else ""
    _check(run)
    run.number = (ReportRun.objects.filter(program=program).aggregate(most=Max("number"))["most"] or 0) + 1
    run.save()
    later.make_report(run.pk)
    note(Deed.RESULTS_FROZEN, run, by)
    return run


def latest(run: ReportRun) -> ReportRun | None:
    """The latest that was made of the same."""
    made = ReportRun.objects.filter(**run.identity, stage=RunStage.MADE)
    return made.order_by("-number").first()


def _check(run: ReportRun) -> None:
    if run.program.practice:
        raise CannotFreeze(Why.PRACTICE)
    if days_of(run.program, run.period, DayKind(run.day)).starts[-1] > timezone.now():
        raise CannotFreeze(Why.NOT_OVER)
    if ReportRun.objects.filter(**run.identity, stage__in=UNDER_WAY).exists():
        raise CannotFreeze(Why.UNDER_WAY)
    if run.replaces and not run.reason:
        raise CannotFreeze(Why.REASON)


@transaction.atomic
def cancel(*, program_id: int, number: int, by: User) -> bool:
    """Give up a run that is not made yet; False where it was made meanwhile. Raises NotVisible."""
    run = locked(program_id, number, Right.SEE_RESULTS, by)
    if run.stage not in UNDER_WAY:
        return False
    run.stage = RunStage.CANCELLED
    run.save(update_fields=["stage"])
    note(Deed.RESULTS_RUN_CANCELLED, run, by)
    return True


def locked(program_id: int, number: int, right: Right, by: User) -> ReportRun:
    """A run under its row lock, for who holds `right`. Raises NotVisible."""
    permissions.require(by, right, program_id)
    rows = ReportRun.objects.select_for_update(of=("self",)).select_related("program", "replaces")
    run = rows.filter(program=program_id, number=number).first()
    if run is None:
        raise NotVisible
    return run


def due_runs(*, now: datetime) -> list[int]:
    """Runs that nobody makes at the moment."""
    return list(_due(now).order_by("pk").values_list("pk", flat=True))


def _due(now: datetime) -> QuerySet[ReportRun]:
    free = Q(claimed_until=None) | Q(claimed_until__lte=now)
    return ReportRun.objects.filter(free, stage__in=UNDER_WAY)


@transaction.atomic
def claim(*, run_id: int, now: datetime) -> ReportRun | None:
    """The run, for one worker alone; None where another has it, or it is over. Who fails too often gives up."""
    rows = ReportRun.objects.select_for_update(of=("self",), skip_locked=True).select_related("program", "replaces")
    run = rows.filter(pk__in=_due(now), pk=run_id).first()
    if run is None:
        return None
    run.stage = RunStage.FAILED if run.tries >= MOST_TRIES else RunStage.MAKING
    run.tries, run.done, run.claimed_until = run.tries + 1, 0, now + HELD_FOR
    run.save(update_fields=["stage", "tries", "done", "claimed_until"])
    return run if run.stage == RunStage.MAKING else None


def step(*, run: ReportRun, now: datetime) -> bool:
    """One step more is done; False where it was cancelled, or another worker took it up."""
    mine = ReportRun.objects.filter(pk=run.pk, stage=RunStage.MAKING, tries=run.tries)
    return bool(mine.update(done=F("done") + 1, claimed_until=now + HELD_FOR))


@transaction.atomic
def finish(*, run: ReportRun, made: Made, now: datetime) -> bool:
    """Keep what was made; False where it was cancelled, or another worker took it up."""
    mine = ReportRun.objects.select_for_update().filter(pk=run.pk, stage=RunStage.MAKING, tries=run.tries).first()
    if mine is None:
        return False
    mine.stage, mine.made_at, mine.done = RunStage.MADE, now, making.STEPS
    mine.inputs, mine.fingerprint = made.inputs, fingerprint(made.inputs)
    mine.definitions = made.definitions
    mine.content, mine.public, mine.figures = made.content, made.public, made.figures
    mine.outputs = keep_files(mine, made.files, public=False)
    mine.save()
    return True


def keep_files(run: ReportRun, files: dict[str, bytes], *, public: bool) -> str:
    """Keep the files of a run, in the caller's transaction; the hash over them."""
    rows = [
        RunFile(run=run, kind=kind, public=public, content=content, sha256=making.digest(content))
        for kind, content in files.items()
    ]
    RunFile.objects.bulk_create(rows)
    return making.digest("".join(row.sha256 for row in rows).encode())


def fail(*, run: ReportRun) -> None:
    """It cannot be made: its records keep changing."""
    mine = ReportRun.objects.filter(pk=run.pk, stage=RunStage.MAKING, tries=run.tries)
    mine.update(stage=RunStage.FAILED)


def note(deed: Deed, run: ReportRun, by: User) -> None:
    """Write down that `by` did it to the run."""
    audit.note(
        deed,
        by=by,
        subject=f"program:{run.program_id}",
        program_id=run.program_id,
        number=run.number,
        first=run.first.isoformat(),
        last=run.last.isoformat(),
    )
