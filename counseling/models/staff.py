"""Who works in which program, and who is at their console now."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.roles import Role
from counseling.models.program import Program

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
