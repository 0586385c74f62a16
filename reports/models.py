"""What is kept of results: frozen runs (確定版), what they are compared with, who is told of them, sheets to fill."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counseling.models import Program
from reports.days import DayKind
from reports.periods import Period
from reports.schedule import Every, Holidays


class RunStage(models.TextChoices):
    """How far a run has come."""

    WAITING = "waiting", _("順番を待っています")
    MAKING = "making", _("作っています")
    MADE = "made", _("できました")
    CANCELLED = "cancelled", _("取りやめました")
    FAILED = "failed", _("作れませんでした")


# What everybody may read.
PUBLISHED = models.Q(released_at__isnull=False, published_at__isnull=False)
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
    figures = models.JSONField(default=dict, blank=True)  # by the names of reports.named
    outputs = models.CharField(max_length=64, blank=True)  # SHA-256 over the files
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    # To everybody, without signing in; only what is released.
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

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


class Per(models.TextChoices):
    """By what two counts are made comparable."""

    DAY = "day", _("1日あたり(暦日)")
    HOUR = "hour", _("受付1時間あたり")
    OPEN_DAY = "open_day", _("受付をした1日あたり")


class Comparator(models.Model):
    """What another medium counted (他媒体比較): a telephone line's name, period, hours, days and count."""

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="comparators")
    name = models.CharField(max_length=60)
    first = models.DateField()
    last = models.DateField()
    minutes = models.PositiveIntegerField()  # open in all of the period
    days = models.PositiveIntegerField()  # of them on which it was open
    count = models.PositiveIntegerField()
    per = models.CharField(max_length=8, choices=Per)
    places = models.PositiveSmallIntegerField(default=0)  # of the ratio: 0 or 1
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("program", "name", "first", "last"), name="comparator_once"),)

    def __str__(self) -> str:
        return self.name

    @property
    def period(self) -> Period:
        """From when until when it was counted."""
        return Period(self.first, self.last)


class ResultsPlan(models.Model):
    """One person wants results of a program told by mail (定期メール): a link, never a figure."""

    EVERY = (
        (Every.DAY.value, _("毎日(前の日)")),
        (Every.WEEK.value, _("毎週月曜(前の週)")),
        (Every.MONTH.value, _("毎月2日(前の月)")),
    )
    HOLIDAYS = (
        (Holidays.NEXT.value, _("次の平日に送る")),
        (Holidays.SKIP.value, _("その回は送らない")),
        (Holidays.SEND.value, _("休みの日にも送る")),
    )

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="results_plans")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    every = models.CharField(max_length=5, choices=EVERY)
    holidays = models.CharField(max_length=4, choices=HOLIDAYS)
    made_at = models.DateTimeField(default=timezone.now)
    # The day up to which mails are owed already: each day owes once.
    owed_on = models.DateField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("program", "user", "every"), name="results_plan_once"),)

    def __str__(self) -> str:
        return f"{self.program_id} {self.user_id} {self.every}"


class ResultsMail(models.Model):
    """A mail that is owed by a plan: sent once; `sent_at` also where it was owed to nobody any more."""

    plan = models.ForeignKey(ResultsPlan, on_delete=models.CASCADE, related_name="mails")
    first = models.DateField()
    last = models.DateField()
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("plan", "last"), name="results_mail_once"),)

    def __str__(self) -> str:
        return f"{self.plan_id} {self.last}"


class ReportSheet(models.Model):
    """The commissioner's own Excel sheet (様式): cells with known names are filled with a period's figures."""

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="report_sheets")
    name = models.CharField(max_length=80)
    content = models.BinaryField()
    names = models.JSONField(default=list)  # that are filled
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("program", "name"), name="report_sheet_once"),)

    def __str__(self) -> str:
        return self.name


class KeptDay(models.Model):
    """A program's day as it was counted (日別の集計; reports.daily.Day), ready for any period it lies in.

    It holds while no `Change` lies between its two moments. A service day is a row of its own where it begins otherwise
    than the calendar's.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    begins = models.DateTimeField()
    ends = models.DateTimeField()
    layout = models.CharField(max_length=64)  # reports.daily.layout, by which it was counted
    counted_at = models.DateTimeField(default=timezone.now)
    figures = models.JSONField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("program", "begins", "ends"), name="kept_day_once"),)

    def __str__(self) -> str:
        return f"{self.program_id} {self.begins}"


class Change(models.Model):
    """Something changed that figures are counted from, of an access that came at `at`: days around it hold no longer.

    Written by the database's triggers (migration 0003), in the transaction of the change. Never one row for two
    changes: who counts a day anew removes what was seen, and nothing that was not.
    """

    program = models.ForeignKey(
        Program, on_delete=models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("program", "at"), name="change_of_day"),)

    def __str__(self) -> str:
        return f"{self.program_id} {self.at}"
