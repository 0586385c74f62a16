"""Volunteers (ボランティア): the one link of a program by which they apply, and who did."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counseling.models.program import Program


class JoinLink(models.Model):
    """The link (応募リンク) anybody who holds it applies by: until `expires_at`, or until it is revoked.

    Only the key's hash is kept. A program has one at a time: a new one revokes the one before.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="join_links")
    key_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    # How many people applied by it.
    uses = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("program",), condition=models.Q(revoked_at=None), name="join_link_of_program"
            ),
        )

    def __str__(self) -> str:
        return f"{self.program_id} {self.made_at:%Y-%m-%d}"


class ApplicationState(models.TextChoices):
    """What became of it."""

    PENDING = "pending", _("申請中")
    APPROVED = "approved", _("承認")
    DECLINED = "declined", _("お断り")


class Application(models.Model):
    """Somebody offers to help in a program (応募): what they wrote of themselves, and who decided.

    Once for each address: what is sent again changes nothing.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="applications")
    name = models.CharField(max_length=60)
    email = models.EmailField()
    qualifications = models.JSONField(default=list)  # codes of accounts.profile, as `languages`
    languages = models.JSONField(default=list)
    hours = models.CharField(max_length=200, blank=True)
    applied_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=8, choices=ApplicationState, default=ApplicationState.PENDING)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("program", "email"), name="application_once"),)
        indexes = (models.Index(fields=("program", "state", "applied_at"), name="application_state"),)

    def __str__(self) -> str:
        return f"{self.program_id} {self.state}"
