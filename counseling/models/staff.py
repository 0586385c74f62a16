"""Who works in which program, and who is at their console now."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.roles import Role
from counseling.models.program import Program
from counseling.models.session import Session

PRESENCE_LIFE = timedelta(seconds=60)


class Membership(models.Model):
    """A person's role in a program."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=16, choices=[(role, role) for role in Role])

    class Meta:
        constraints = (models.UniqueConstraint(fields=("user", "program", "role"), name="membership_once"),)

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.program_id}"


class Presence(models.Model):
    """A console that is open, without a gap since `came_at`: a row with 60 s of life, kept by its socket."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="presence")
    came_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.user_id} {self.seen_at:%H:%M:%S}"


class OnCallMail(models.Model):
    """Who is on call is owed a mail: outside the hours somebody may be in danger. Once for a sitting."""

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="on_call_mail")
    due_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("due_at",), condition=models.Q(sent_at=None), name="on_call_mail_owed"),)

    def __str__(self) -> str:
        return f"{self.session_id} {self.due_at:%Y-%m-%d %H:%M}"


class CallIn(models.Model):
    """Somebody who was not on duty was asked by mail to come (応援の呼び出し): owed at once, sent once."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="call_ins")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="call_ins")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    called_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("user", "called_at"), name="call_in_of_user"),
            models.Index(fields=("due_at",), condition=models.Q(sent_at=None), name="call_in_owed"),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.called_at:%Y-%m-%d %H:%M}"
