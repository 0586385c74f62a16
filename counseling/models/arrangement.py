"""What supervisors arranged for one visitor (取り決め): how to answer them, what was agreed with them, and a block.

A decision is never changed: the next one takes its place. Words are sealed under the visitor's key.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from counseling import crypto
from counseling.arrangements import Agreed, BlockReason
from counseling.models.session import Visitor, choices
from counseling.opening import TOKYO


class Decision(models.Model):
    """What a supervisor decided about a visitor, once for each `client_id`."""

    visitor = models.ForeignKey(Visitor, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    client_id = models.UUIDField()

    class Meta:
        abstract = True

    def place(self, column: str) -> str:
        """Where a sealed column of this row stands, for its associated data."""
        return f"{self._meta.model_name}.{column}:{self.visitor_id}/{self.client_id}"

    def seal(self, key: bytes, column: str, words: str) -> None:
        """Put words into a sealed column."""
        setattr(self, column, crypto.seal(key, words, self.place(column)) if words else b"")

    def words(self, key: bytes, column: str) -> str:
        """The words of a sealed column; empty where none were written. Raises crypto.CannotOpen."""
        sealed = getattr(self, column)
        return crypto.open_text(key, sealed, self.place(column)) if sealed else ""


class Approach(Decision):
    """How to answer a visitor (対応方針), one version of it; an empty one takes it back."""

    number = models.PositiveIntegerField()
    body = models.BinaryField(default=b"", blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("visitor", "by", "client_id"), name="approach_once"),
            models.UniqueConstraint(fields=("visitor", "number"), name="approach_number"),
        )

    def __str__(self) -> str:
        return f"{self.visitor_id} {self.number}"


class Lasting(Decision):
    """A decision that holds until it is over by itself or by a person (`ended_by`); `times` it turned them away."""

    ends_on = models.DateField()  # the last day on which it holds, in Japan
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    times = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True

    def holds_on(self, day: date) -> bool:
        """Whether it holds on this day."""
        return self.ended_at is None and day <= self.ends_on

    @property
    def over_at(self) -> datetime:
        """When it is over by itself: the midnight after its last day."""
        return datetime.combine(self.ends_on + timedelta(days=1), datetime.min.time(), TOKYO)


class Limit(Lasting):
    """What was agreed with a visitor about their use (約束した利用の目安), why, and what they were told."""

    per_day = models.PositiveSmallIntegerField(null=True)
    per_week = models.PositiveSmallIntegerField(null=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    reason = models.BinaryField()
    told = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("visitor", "by", "client_id"), name="limit_once"),
            models.UniqueConstraint(fields=("visitor",), condition=Q(ended_at=None), name="limit_one"),
        )

    def __str__(self) -> str:
        return f"{self.visitor_id} {self.ends_on}"

    @property
    def numbers(self) -> dict[str, Any]:
        """The numbers agreed on, by name."""
        return {"per_day": self.per_day, "per_week": self.per_week, "minutes": self.minutes}

    @property
    def agreed(self) -> Agreed:
        """What was agreed, as rules."""
        return Agreed(self.ends_on, **self.numbers)


class Block(Lasting):
    """Nobody of the program talks with a visitor until then (受付停止); danger to life lets them in all the same."""

    code = models.CharField(max_length=8, choices=choices(BlockReason))
    reason = models.BinaryField()
    told_at = models.DateTimeField(null=True)  # when the visitor was last told

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("visitor", "by", "client_id"), name="block_once"),
            models.UniqueConstraint(fields=("visitor",), condition=Q(ended_at=None), name="block_one"),
        )

    def __str__(self) -> str:
        return f"{self.visitor_id} {self.code} {self.ends_on}"
