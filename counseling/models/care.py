"""Care for counselors: what follows a heavy talk, and the sheet on which two look back on one (振り返りシート)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counseling import crypto
from counseling.care import Debrief, PauseAnswer
from counseling.models.session import Assignment, Session, choices


class Aftercare(models.Model):
    """What followed somebody's part in a session, for their sake: whether they say it was hard, the pause, the talk.

    Codes and times only, and not in the session's log: it speaks of the counselor, and of the visitor not a word.
    """

    assignment = models.OneToOneField(Assignment, on_delete=models.CASCADE, related_name="aftercare")
    hard = models.BooleanField(default=False)  # しんどい相談だった
    pause = models.CharField(max_length=8, choices=choices(PauseAnswer), blank=True)
    debrief = models.CharField(max_length=10, choices=choices(Debrief), blank=True)
    debriefed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    debriefed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.pause} {self.debrief}"


class Side(models.TextChoices):
    """Who of the two writes."""

    COUNSELOR = "counselor", _("相談員")
    SUPERVISOR = "supervisor", _("SV")


class ReviewSheet(models.Model):
    """Two people look back on one finished session (振り返りシート), for support and never for appraisal.

    Its words are sealed with the visitor's key and erased with it. It is finished when both confirm what both wrote.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="reviews")
    counselor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reviews")
    supervisor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now)
    counselor_confirmed_at = models.DateTimeField(null=True)
    supervisor_confirmed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("session", "counselor"), name="review_once"),
            models.CheckConstraint(condition=~Q(counselor=F("supervisor")), name="review_of_two"),
        )

    def __str__(self) -> str:
        return f"{self.session_id} {self.counselor_id}"

    def place(self, kind: str, side: str, number: int) -> str:
        """Where words of it stand, for their associated data."""
        return f"review_{kind}.body:{self.session_id}/{self.counselor_id}/{side}/{number}"


class ReviewVersion(models.Model):
    """What one of the two showed the other; never changed: who mends it shows the next one."""

    sheet = models.ForeignKey(ReviewSheet, on_delete=models.CASCADE, related_name="versions")
    side = models.CharField(max_length=10, choices=Side)
    number = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    body = models.BinaryField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("sheet", "side", "number"), name="review_version"),)

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.side} {self.number}"

    @property
    def place(self) -> str:
        """Where the words stand, for their associated data."""
        return self.sheet.place("version", self.side, self.number)

    def words(self, key: bytes) -> str:
        """The words (JSON), opened with the visitor's key."""
        return crypto.open_text(key, self.body, self.place)


class ReviewDraft(models.Model):
    """What one of the two has written and not shown: nobody else reads it."""

    sheet = models.ForeignKey(ReviewSheet, on_delete=models.CASCADE, related_name="drafts")
    side = models.CharField(max_length=10, choices=Side)
    body = models.BinaryField()
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("sheet", "side"), name="review_draft_once"),)

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.side}"

    @property
    def place(self) -> str:
        """Where the words stand, for their associated data."""
        return self.sheet.place("draft", self.side, 0)

    def words(self, key: bytes) -> str:
        """The words (JSON), opened with the visitor's key."""
        return crypto.open_text(key, self.body, self.place)
