"""The inbox and the outbox: what the outside told us, and what we owe it."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counseling.models.message import Message
from counseling.models.program import Channel
from counseling.models.session import Visitor


class InboundState(models.TextChoices):
    """What became of an event."""

    NEW = "new", _("未処理")
    DONE = "done", _("処理済")
    IGNORED = "ignored", _("対象外")
    FAILED = "failed", _("失敗")


class InboundEvent(models.Model):
    """One event a platform sent, committed before it was answered. The id is kept for ever, the body until done."""

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+")
    event_id = models.CharField(max_length=80)  # webhookEventId; "raw:<sha256>" for what has none
    source = models.CharField(max_length=64, blank=True)  # keyed hash of who wrote, keeps a person's events in order
    kind = models.CharField(max_length=24)
    body = models.BinaryField(default=b"", blank=True)
    state = models.CharField(max_length=8, choices=InboundState, default=InboundState.NEW)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    received_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("channel", "event_id"), name="inbound_once"),)
        indexes = (
            models.Index(fields=("channel", "source", "id"), condition=Q(state="new"), name="inbound_new"),
            models.Index(fields=("next_try_at",), condition=Q(state="new"), name="inbound_due"),
        )

    def __str__(self) -> str:
        return self.event_id

    @property
    def place(self) -> str:
        """Where the body stands, for its associated data."""
        return f"inbound.body:{self.channel_id}/{self.event_id}"


class DeliveryState(models.TextChoices):
    """How far words to a visitor have come."""

    QUEUED = "queued", _("送信待ち")
    SENDING = "sending", _("送信中")
    SENT = "sent", _("送信済")
    REFUSED = "refused", _("送信できませんでした")
    UNKNOWN = "unknown", _("届いたか不明")
    DISMISSED = "dismissed", _("送信を取りやめ")


class Delivery(models.Model):
    """What is owed to one visitor: a message of a session, or a notice outside any session (`text`).

    The primary key rises within a visitor and is the order of sending. `push_key` is the platform's retry
    key: at the first try the neighbours that share a push take the first one's, and then it never changes.
    """

    visitor = models.ForeignKey(Visitor, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+")
    message = models.ForeignKey(Message, on_delete=models.CASCADE, null=True, related_name="deliveries")
    text = models.BinaryField(default=b"", blank=True)  # of a notice outside any session
    replies = models.BinaryField(default=b"", blank=True)  # the buttons under it (counseling.quick_replies)
    auto_key = models.CharField(max_length=32, blank=True)  # which of the program's texts such a notice is
    parts = models.PositiveSmallIntegerField(default=1)  # message objects it takes of a push's five
    state = models.CharField(max_length=9, choices=DeliveryState, default=DeliveryState.QUEUED)
    reason = models.CharField(max_length=40, blank=True)
    push_key = models.UUIDField(default=uuid.uuid4)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    first_try_at = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField(default=timezone.now)
    claimed_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("visitor", "id"), condition=Q(state__in=["queued", "sending"]), name="delivery_owed"),
            models.Index(fields=("next_try_at",), condition=Q(state__in=["queued", "sending"]), name="delivery_due"),
        )

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"

    @property
    def place(self) -> str:
        """Where a notice's words stand, for their associated data: the visitor, as the row has no other name yet."""
        return f"delivery.text:{self.visitor_id}"

    @property
    def place_of_replies(self) -> str:
        """Where the buttons stand, for their associated data."""
        return f"delivery.replies:{self.visitor_id}"
