"""What is kept of results: frozen runs (確定版) with their files."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counseling.models import Program
from reports.days import DayKind
from reports.periods import Period


class RunStage(models.TextChoices):
    """How far a run has come."""

    WAITING = "waiting", _("順番を待っています")
    MAKING = "making", _("作っています")
    MADE = "made", _("できました")
    CANCELLED = "cancelled", _("取りやめました")
    FAILED = "failed", _("作れませんでした")


UNDER_WAY = (RunStage.WAITING, RunStage.MAKING)


class ReportRun(models.Model):
    """A report as it was made once (確定版): never changed. A correction is a new run that `replaces` it.

    It holds its tables as numbers, the bytes of its files, the fingerprint of what it was counted from, and the version
    of the definitions. Its public form has no small cells; the officer sees it once it is released (公表).
    """

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="report_runs")
    number = models.PositiveIntegerField()  # within the program
    first = models.DateField()
    last = models.DateField()
    day = models.CharField(max_length=8, choices=[(kind.value, kind.value) for kind in DayKind])
    language = models.CharField(max_length=8)
    eras = models.BooleanField(default=False)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=400, blank=True)
    stage = models.CharField(max_length=9, choices=RunStage, default=RunStage.WAITING)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    # Steps done, of reports.making.STEPS; who makes it holds it until then, and somebody else takes it up afterwards.
    done = models.PositiveSmallIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField(null=True)
    definitions = models.PositiveIntegerField(default=0)
    # Names of parts → SHA-256 of what was read of each; and of all of them together.
    inputs = models.JSONField(default=dict, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    # reports.stored: the whole report; its public form, empty where the period is none that may be published.
    content = models.JSONField(default=dict, blank=True)
    public = models.JSONField(default=dict, blank=True)
    outputs = models.CharField(max_length=64, blank=True)  # SHA-256 over the files
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("program", "number"), name="report_run_number"),)

    def __str__(self) -> str:
        return f"{self.program_id} {self.number} {self.stage}"

    @property
    def period(self) -> Period:
        """From when until when."""
        return Period(self.first, self.last)

    @property
    def identity(self) -> dict[str, Any]:
        """What a run and its corrections have in common."""
        return {name: getattr(self, name) for name in ("program_id", "first", "last", "day", "language")}


class RunFile(models.Model):
    """A file of a run, byte for byte as it was made; `public` without small cells."""

    run = models.ForeignKey(ReportRun, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField(max_length=4)
    public = models.BooleanField()
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("run", "kind", "public"), name="run_file_once"),)

    def __str__(self) -> str:
        return f"{self.run_id} {self.kind}"
