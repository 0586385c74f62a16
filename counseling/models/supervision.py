"""What supervision leaves behind: why somebody reads a talk that is not theirs, and mails about calls."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counseling.models.session import Session

READING_LIFE = timedelta(hours=1)


class Reason(models.TextChoices):
    """Why one reads along."""

    WATCH = "watch", _("見守り")
    ASKED = "asked", _("相談員からの依頼")
    URGENCY = "urgency", _("緊急度が気になる")
    TRAINING = "training", _("研修")
    OTHER = "other", _("その他")


class Reading(models.Model):
    """Somebody reads along (見守り) in a talk of somebody else's, for a reason that holds for READING_LIFE since `at`.

    Codes only, as in the audit log: who has more to say about it leaves a note in the talk.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="readings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=8, choices=Reason)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("session", "user"), name="reading_once"),)

    def __str__(self) -> str:
        return f"{self.user_id} reads {self.session_id}: {self.reason}"


class CallMail(models.Model):
    """A person is owed a mail about a call in a session that nobody answered in time: once for each call."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="call_mails")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8)
    called_at = models.DateTimeField()
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("due_at",), condition=models.Q(sent_at=None), name="call_mail_owed"),)

    def __str__(self) -> str:
        return f"{self.session_id} {self.user_id} {self.called_at:%Y-%m-%d %H:%M}"
