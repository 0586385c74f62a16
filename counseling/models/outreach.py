"""Outreach (訪問相談): people of ours go to a visitor. Words and address are sealed under the visitor's key."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counseling import crypto, outreach
from counseling.models.program import Program
from counseling.models.session import Session, Visitor
from counseling.triage import Risk


class VisitState(models.TextChoices):
    """Where a visit stands."""

    REQUESTED = outreach.VisitState.REQUESTED.value, _("承認待ち")
    APPROVED = outreach.VisitState.APPROVED.value, _("承認済み(行く人と日時を決める)")
    PLANNED = outreach.VisitState.PLANNED.value, _("訪問の予定")
    THERE = outreach.VisitState.THERE.value, _("訪問中")
    AWAY = outreach.VisitState.AWAY.value, _("結果の記録待ち")
    OVER = outreach.VisitState.OVER.value, _("終わった")
    REFUSED = outreach.VisitState.REFUSED.value, _("承認されなかった")
    WITHDRAWN = outreach.VisitState.WITHDRAWN.value, _("取り下げ")


class VisitResult(models.TextChoices):
    """What came of it."""

    MET = outreach.VisitResult.MET.value, _("会えた")
    ABSENT = outreach.VisitResult.ABSENT.value, _("不在だった")
    REFUSED = outreach.VisitResult.REFUSED.value, _("断られた")
    POSTPONED = outreach.VisitResult.POSTPONED.value, _("延期した")
    EMERGENCY = outreach.VisitResult.EMERGENCY.value, _("緊急の対応をした")


class VisitStepKind(models.TextChoices):
    """What was done about one."""

    REQUEST = "request", _("訪問を申し出た")
    APPROVE = outreach.VisitMove.APPROVE.value, _("承認した")
    REFUSE = outreach.VisitMove.REFUSE.value, _("承認しなかった")
    PLAN = outreach.VisitMove.PLAN.value, _("行く人と日時を決めた")
    ARRIVE = outreach.VisitMove.ARRIVE.value, _("到着")
    LEAVE = outreach.VisitMove.LEAVE.value, _("終了")
    POSTPONE = outreach.VisitMove.POSTPONE.value, _("延期した")
    END = outreach.VisitMove.END.value, _("結果を記録した")
    WITHDRAW = outreach.VisitMove.WITHDRAW.value, _("取り下げた")
    OVERDUE = "overdue", _("連絡が遅れている")


class Outreach(models.Model):
    """A visit to a visitor (訪問), from its request to its result; `version` counts its steps.

    `address` is where: shown to who goes and to supervisors, each time with a line in the audit, and emptied once the
    visit is over, refused or withdrawn. `consent` is what the visitor said when they wished for it, and when.
    """

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="outreach")
    visitor = models.ForeignKey(Visitor, on_delete=models.CASCADE, related_name="outreach")
    session = models.ForeignKey(Session, on_delete=models.SET_NULL, null=True, related_name="outreach")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    client_id = models.UUIDField()
    state = models.CharField(max_length=9, choices=VisitState, default=VisitState.REQUESTED)
    version = models.PositiveIntegerField(default=0)
    risk = models.PositiveSmallIntegerField(choices=[(r.value, r.name) for r in Risk], default=Risk.NONE)
    consented_at = models.DateTimeField()
    consent = models.BinaryField()
    address = models.BinaryField(default=b"", blank=True)
    # Who goes, and by when they tell that they have arrived and come away.
    goers = models.ManyToManyField(settings.AUTH_USER_MODEL, through="OutreachGoer", related_name="+")
    arrive_by = models.DateTimeField(null=True)
    leave_by = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    overdue_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=9, choices=VisitResult, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("by", "client_id"), name="outreach_once"),
            models.UniqueConstraint(fields=("visitor",), condition=Q(ended_at=None), name="outreach_one_open"),
        )
        indexes = (
            models.Index(
                fields=("arrive_by",), condition=Q(state__in=("planned", "there"), overdue_at=None),
                name="outreach_clock",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.visitor_id} {self.state}"

    def place(self, column: str) -> str:
        """Where a sealed column of this row stands, for its associated data."""
        return f"outreach.{column}:{self.visitor_id}/{self.client_id}"

    def put(self, column: str, key: bytes, words: str) -> None:
        """Seal words into a column."""
        setattr(self, column, crypto.seal(key, words, self.place(column)))

    def opened(self, column: str, key: bytes) -> str:
        """The words of a column; empty where they were forgotten. Raises crypto.CannotOpen."""
        sealed = getattr(self, column)
        return crypto.open_text(key, sealed, self.place(column)) if sealed else ""


class OutreachGoer(models.Model):
    """One of those who go."""

    outreach = models.ForeignKey(Outreach, on_delete=models.CASCADE, related_name="going")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("outreach", "user"), name="outreach_goer_once"),)

    def __str__(self) -> str:
        return f"{self.outreach_id} {self.user_id}"


class OutreachStep(models.Model):
    """One step of a visit, never changed: who, when, and words, which are sealed."""

    outreach = models.ForeignKey(Outreach, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=VisitStepKind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    words = models.BinaryField(default=b"", blank=True)
    # What stood after it: the times agreed on, or the result.
    told: Any = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("outreach", "number"), name="outreach_step_once"),)

    def __str__(self) -> str:
        return f"{self.outreach_id} {self.number} {self.kind}"

    @property
    def place(self) -> str:
        """Where the words stand, for their associated data."""
        return f"outreach_step.words:{self.outreach_id}/{self.number}"

    def said(self, key: bytes) -> str:
        """The words, opened with the visitor's key; empty where none were written. Raises crypto.CannotOpen."""
        return crypto.open_text(key, self.words, self.place) if self.words else ""


class OutreachMail(models.Model):
    """A person is owed a mail that who went has not told in time."""

    outreach = models.ForeignKey(Outreach, on_delete=models.CASCADE, related_name="mails")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("due_at",), condition=Q(sent_at=None), name="outreach_mail_owed"),)

    def __str__(self) -> str:
        return f"{self.outreach_id} {self.user_id}"
