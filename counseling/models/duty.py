"""Duty as it is done: checked in, on a break, checked out; and what one shift tells the next."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counseling import crypto
from counseling.models.program import Program
from counseling.models.shift import Shift


class DutyEnd(models.TextChoices):
    """Why a duty ended."""

    CHECKED_OUT = "checked_out", _("退勤")
    FORGOTTEN = "forgotten", _("退勤の押し忘れ")
    LEFT_TEAM = "left_team", _("担当から外れた")


class Duty(models.Model):
    """A person's actual time in a program (勤務), from check-in to check-out; `shift` is what was planned."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="duties")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="duties")
    shift = models.ForeignKey(Shift, on_delete=models.SET_NULL, null=True, related_name="duties")
    began_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=12, choices=DutyEnd, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("user", "program"), condition=Q(ended_at=None), name="duty_one_open"),
        )
        indexes = (models.Index(fields=("program", "began_at"), name="duty_of_program"),)

    def __str__(self) -> str:
        return f"{self.user_id} {self.began_at:%Y-%m-%d %H:%M}"


class BreakReason(models.TextChoices):
    """Why somebody on duty takes no sessions for a while."""

    REST = "rest", _("休憩")
    MEAL = "meal", _("食事")
    MEETING = "meeting", _("打ち合わせ")
    RECORDS = "records", _("記録の作成")
    # After a heavy talk: it comes with its end (actions.care).
    CARE = "care", _("ケアの休憩")
    OTHER = "other", _("その他")


class Break(models.Model):
    """A pause within a duty."""

    duty = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="breaks")
    reason = models.CharField(max_length=10, choices=BreakReason)
    began_at = models.DateTimeField(default=timezone.now)
    # When it ends by itself; without it, when the person comes back.
    back_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("duty",), condition=Q(ended_at=None), name="break_one_open"),)

    def __str__(self) -> str:
        return f"{self.duty_id} {self.reason}"


class HandoverNote(models.Model):
    """What one shift tells the next (引継ぎ), among staff only; sealed, as visitors may be spoken of."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="handover_notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    client_id = models.UUIDField()
    body = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("program", "by", "client_id"), name="handover_note_once"),)
        indexes = (models.Index(fields=("program", "-created_at"), name="handover_note_of_program"),)

    def __str__(self) -> str:
        return f"{self.program_id} {self.created_at:%Y-%m-%d %H:%M}"

    @property
    def place(self) -> str:
        """Where the words stand, for their associated data."""
        return f"handover_note.body:{self.program_id}/{self.by_id}/{self.client_id}"

    def words(self) -> str:
        """The words, opened."""
        return crypto.open_house(self.body, self.place).decode()


class HandoverTick(models.Model):
    """Somebody of the next shift has read the note."""

    note = models.ForeignKey(HandoverNote, on_delete=models.CASCADE, related_name="ticks")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("note", "user"), name="handover_tick_once"),)

    def __str__(self) -> str:
        return f"{self.note_id} {self.user_id}"
