"""Two visitors who are one person (まとめ): said by a supervisor, and taken back at any time. Nothing else is moved."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counseling.models.session import Visitor


class MergeReason(models.TextChoices):
    """How one knows that the two are one person."""

    SAID = "said", _("本人がそう話した")
    DETAILS = "details", _("名前や連絡先が同じ")
    STORY = "story", _("話の内容が同じ")
    OTHER = "other", _("そのほか")


class Merge(models.Model):
    """Two visitors of a program are seen as one person (同じ人としてまとめる), until it is undone (`undone_at`).

    Their rows stay as they are: channel, key, pseudonym, sessions, limits, and where a reply goes. Only the history and
    the timeline read over both.
    """

    one = models.ForeignKey(Visitor, on_delete=models.CASCADE, related_name="+")  # the one with the smaller id
    other = models.ForeignKey(Visitor, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=8, choices=MergeReason)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("one", "other"), condition=Q(undone_at=None), name="merge_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="merge_of_two"),
        )

    def __str__(self) -> str:
        return f"{self.one_id} {self.other_id}"
