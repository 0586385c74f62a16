"""Follow-up (要フォロー): what is owed to a visitor after a talk, every step of it, and what was written to them.

No code that serves a visitor reaches any of it but a FollowUpMessage, by the visitor's own code or link.
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counseling import crypto, follow_ups
from counseling.models.delivery import Delivery
from counseling.models.program import Program
from counseling.models.session import Session, Visitor, choices
from counseling.opening import TOKYO
from counseling.triage import Risk


class FollowState(models.TextChoices):
    """Where a follow-up stands."""

    OPEN = follow_ups.FollowState.OPEN.value, _("続いている")
    GIVING_UP = follow_ups.FollowState.GIVING_UP.value, _("打ち切りの確認待ち")
    DONE = follow_ups.FollowState.DONE.value, _("済み")
    GIVEN_UP = follow_ups.FollowState.GIVEN_UP.value, _("打ち切り")


class StepKind(models.TextChoices):
    """What was done about one."""

    MADE = "made", _("立てた")
    WAIVED = "waived", _("立てなかった")
    GO_ON = follow_ups.FollowMove.GO_ON.value, _("続ける")
    HAND_ON = follow_ups.FollowMove.HAND_ON.value, _("担当を変えた")
    RAISE = follow_ups.FollowMove.RAISE.value, _("緊急度を上げた")
    FINISH = follow_ups.FollowMove.FINISH.value, _("済んだ")
    GIVE_UP = follow_ups.FollowMove.GIVE_UP.value, _("打ち切った")
    ASK_TO_GIVE_UP = follow_ups.FollowMove.ASK_TO_GIVE_UP.value, _("打ち切りの確認を求めた")
    CONFIRM = follow_ups.FollowMove.CONFIRM.value, _("打ち切りを認めた")
    REFUSE = follow_ups.FollowMove.REFUSE.value, _("続けるように返した")
    OVERDUE = "overdue", _("期限を過ぎた")


def person(**more: Any) -> models.ForeignKey[Any, Any]:
    """A person of ours in a column."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **more)


class FollowUp(models.Model):
    """A visitor is to be asked after (要フォロー): what for, by when, whose. Without an owner it is the shift's.

    `version` counts its steps. One that was waived is over from its beginning, with the reason in its first step.
    """

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="follow_ups")
    visitor = models.ForeignKey(Visitor, on_delete=models.CASCADE, related_name="follow_ups")
    session = models.ForeignKey(Session, on_delete=models.SET_NULL, null=True, related_name="follow_ups")
    origin = models.CharField(max_length=10, choices=choices(follow_ups.Origin))
    waived = models.BooleanField(default=False)
    by = person()
    at = models.DateTimeField(default=timezone.now)
    client_id = models.UUIDField()
    state = models.CharField(max_length=9, choices=FollowState, default=FollowState.OPEN)
    version = models.PositiveIntegerField(default=0)
    risk = models.PositiveSmallIntegerField(choices=[(r.value, r.name) for r in Risk], default=Risk.NONE)
    owner = person(null=True)
    # Overdue after it; `by_time`: at a time somebody named, else at the end of the day.
    due_at = models.DateTimeField()
    by_time = models.BooleanField(default=False)
    # Since it is overdue: when supervisors, and after them administrators, were told.
    overdue_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("by", "client_id"), name="follow_up_once"),
            models.UniqueConstraint(fields=("session",), condition=Q(origin="record"), name="follow_up_of_record_once"),
        )
        indexes = (
            models.Index(fields=("program", "due_at"), condition=Q(ended_at=None), name="follow_up_open"),
            models.Index(fields=("due_at",), condition=Q(ended_at=None, escalated_at=None), name="follow_up_clock"),
        )

    def __str__(self) -> str:
        return f"{self.visitor_id} {self.state} {self.due_at:%Y-%m-%d %H:%M}"

    @property
    def due(self) -> follow_ups.Due:
        """By when, as somebody said it."""
        at = self.due_at.astimezone(TOKYO)
        if self.by_time:
            return follow_ups.Due(at.date(), at.time())
        return follow_ups.Due((at - timedelta(days=1)).date())

    @due.setter
    def due(self, due: follow_ups.Due) -> None:
        self.due_at, self.by_time = due.at, due.clock is not None
        self.overdue_at = self.escalated_at = None


class FollowUpStep(models.Model):
    """One step of a follow-up, never changed: what was done, in words that are sealed, and what it changed."""

    follow_up = models.ForeignKey(FollowUp, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=14, choices=StepKind)
    by = person(null=True)  # nobody: the clock
    at = models.DateTimeField(default=timezone.now)
    words = models.BinaryField(default=b"", blank=True)
    due_at = models.DateTimeField(null=True)
    owner = person(null=True)
    risk = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("follow_up", "number"), name="follow_up_step_once"),)

    def __str__(self) -> str:
        return f"{self.follow_up_id} {self.number} {self.kind}"

    @property
    def place(self) -> str:
        """Where the words stand, for their associated data."""
        return f"follow_up_step.words:{self.follow_up_id}/{self.number}"

    def said(self, key: bytes) -> str:
        """The words, opened with the visitor's key; empty where none were written. Raises crypto.CannotOpen."""
        return crypto.open_text(key, self.words, self.place) if self.words else ""


class FollowUpMessage(models.Model):
    """Words to a visitor outside any sitting (相談の外のメッセージ), once for each `client_id`.

    On LINE they are owed as `delivery`; where LINE is only the door, that is told there, with a
    link; on the web nobody is told, and the visitor finds them by their return code.
    """

    follow_up = models.ForeignKey(FollowUp, on_delete=models.CASCADE, related_name="messages")
    by = person()
    client_id = models.UUIDField()
    at = models.DateTimeField(default=timezone.now)
    words = models.BinaryField()
    delivery = models.OneToOneField(Delivery, on_delete=models.SET_NULL, null=True, related_name="follow_up_message")
    read_at = models.DateTimeField(null=True)
    answered_in = models.ForeignKey(Session, on_delete=models.SET_NULL, null=True, related_name="answers_to")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("follow_up", "by", "client_id"), name="follow_up_message_once"),)
        indexes = (models.Index(fields=("at",), condition=Q(answered_in=None), name="follow_up_unanswered"),)

    def __str__(self) -> str:
        return f"{self.follow_up_id} {self.at:%Y-%m-%d %H:%M}"

    @property
    def place(self) -> str:
        """Where the words stand, for their associated data."""
        return f"follow_up_message.words:{self.follow_up_id}/{self.client_id}"

    def said(self, key: bytes) -> str:
        """The words, opened with the visitor's key. Raises crypto.CannotOpen."""
        return crypto.open_text(key, self.words, self.place)


class ReturnCode(models.Model):
    """A code (再訪コード) by which a visitor of the web finds their messages from any device; its hash is kept.

    A new one ends the one before.
    """

    visitor = models.ForeignKey(Visitor, on_delete=models.CASCADE, related_name="return_codes")
    code_hash = models.CharField(max_length=64, unique=True)
    made_by = person()
    made_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.visitor_id} {self.made_at:%Y-%m-%d %H:%M}"


class FollowMail(models.Model):
    """A person is owed a mail that a follow-up is overdue."""

    follow_up = models.ForeignKey(FollowUp, on_delete=models.CASCADE, related_name="mails")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("due_at",), condition=Q(sent_at=None), name="follow_mail_owed"),)

    def __str__(self) -> str:
        return f"{self.follow_up_id} {self.user_id}"
