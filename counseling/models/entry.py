"""The way from LINE, where it is only the door, to our page: links that are good once and briefly."""

from django.db import models
from django.utils import timezone

from counseling.models.session import Visitor


class EntryLink(models.Model):
    """A link (入口のリンク) that was sent to a visitor on LINE; only a hash of what stands in its address is kept."""

    visitor = models.ForeignKey(Visitor, on_delete=models.CASCADE, related_name="entry_links")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.visitor_id} {self.made_at:%Y-%m-%d %H:%M}"
