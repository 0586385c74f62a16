"""Shifts as they are planned, and what people ask to change in them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from counseling.models.program import Program

DEFAULT_LINES = 2


class ShiftPattern(models.Model):
    """A kind of shift a program plans with («夜勤 19:00–23:00»). Minutes from midnight; `ends` may pass 24:00."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="shift_patterns")
    name = models.CharField(max_length=20)
    role = models.CharField(max_length=16, choices=[(role, role) for role in Role], default=Role.COUNSELOR)
    starts = models.PositiveSmallIntegerField()
    ends = models.PositiveSmallIntegerField()
    lines = models.PositiveSmallIntegerField(default=DEFAULT_LINES)

    class Meta:
        ordering = ("starts", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="pattern_runs_forward"),
            models.UniqueConstraint(fields=("program", "name"), name="pattern_name"),
        )

    def __str__(self) -> str:
        return self.name


class Shift(models.Model):
    """One person's planned time in a program (シフト); without a person it is an open place.

    People see it once it is published. `lines` is their capacity (同時対応数) in that time.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="shifts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="shifts")
    role = models.CharField(max_length=16, choices=[(role, role) for role in Role], default=Role.COUNSELOR)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    lines = models.PositiveSmallIntegerField(default=DEFAULT_LINES)
    published_at = models.DateTimeField(null=True)
    # Calendars ask which of two states is the later one: how often it changed, and when it last did.
    version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="shift_runs_forward"),)
        indexes = (
            models.Index(fields=("program", "starts_at"), name="shift_of_program"),
            models.Index(fields=("user", "starts_at"), name="shift_of_user"),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.starts_at:%Y-%m-%d %H:%M}"


class RequestKind(models.TextChoices):
    """What somebody asks for."""

    SUBSTITUTE = "substitute", _("代わりを頼む")
    SWAP = "swap", _("交換する")


class RequestState(models.TextChoices):
    """Where a request stands: a colleague accepts, then a planner approves."""

    OPEN = "open", _("相手を待っています")
    ACCEPTED = "accepted", _("承認を待っています")
    APPROVED = "approved", _("承認されました")
    DECLINED = "declined", _("見送られました")
    WITHDRAWN = "withdrawn", _("取り下げました")


class ShiftRequest(models.Model):
    """Somebody asks a colleague (`to`; nobody: anyone) to take a shift, or to swap it for `in_return`."""

    shift = models.ForeignKey(Shift, on_delete=models.CASCADE, related_name="requests")
    kind = models.CharField(max_length=10, choices=RequestKind)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    in_return = models.ForeignKey(Shift, on_delete=models.CASCADE, null=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.OPEN)
    created_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("shift",), condition=Q(state__in=["accepted", "open"]), name="request_one_open"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.shift_id}"


class ShiftNotice(models.Model):
    """A person is owed a mail: published shifts of theirs on these days changed. One for all until `due_at`.

    Sent, it stays for a while, so that their page can say which shifts are gone.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    days = models.JSONField(default=list)  # ["2026-11-23", …]
    due_at = models.DateTimeField(db_index=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("user", "program"), condition=Q(sent_at=None), name="shift_notice_one_owed"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.program_id}"


class CalendarFeed(models.Model):
    """A person's address from which a calendar reads their shifts; only the key's hash is stored."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed")
    key_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.user_id)
