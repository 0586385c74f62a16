"""Other houses' programs: the keys with which they read ours, and what they are told when it happens."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counseling import crypto
from counseling.models.program import Program


class ApiToken(models.Model):
    """A key (APIキー) with which a machine reads one program: its scopes, until `expires_at` or until it is revoked.

    Only the key's hash is kept. It opens no more than whoever made it may see, and only while they may.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("名前"), max_length=60)
    scopes = models.JSONField(default=list)
    prefix = models.CharField(max_length=8, unique=True)
    key_hash = models.CharField(max_length=64)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    # Written at most once a minute.
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("program", "name"), condition=models.Q(revoked_at=None), name="api_token_name"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Subscription(models.Model):
    """A place (通知先) that is told of some events of a program: an address, and the secret that signs what it gets.

    `paused_at` is a person's wish. `stopped_at` is the house's own: nothing was taken there for a day.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="subscriptions")
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    url = models.CharField(_("アドレス"), max_length=500)
    events = models.JSONField(default=list)
    secret = models.BinaryField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    paused_at = models.DateTimeField(null=True)
    # Failures in a row and the first of them; until `rest_until` nothing is tried there.
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    rest_until = models.DateTimeField(default=timezone.now)
    stopped_at = models.DateTimeField(null=True)
    # When administrators were told by mail that it stopped, and when that was last tried.
    stop_told_at = models.DateTimeField(null=True)
    stop_tried_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("program", "url"), name="subscription_url"),)

    def __str__(self) -> str:
        return self.url

    @property
    def place(self) -> str:
        """Where the secret stands, for its associated data."""
        return f"subscription.secret:{self.key}"

    def signing_key(self) -> bytes:
        """The secret. Raises crypto.CannotOpen."""
        return crypto.open_house(self.secret, self.place)


class NotificationState(models.TextChoices):
    """What became of a notification."""

    OWED = "owed", _("送信待ち")
    TAKEN = "taken", _("届きました")
    GIVEN_UP = "given_up", _("届きませんでした")
    DROPPED = "dropped", _("送るのをやめました")


class Notification(models.Model):
    """One message owed to a subscription: exactly the bytes that are sent, and signed, at every try."""

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="notifications")
    key = models.UUIDField(default=uuid.uuid4, unique=True)  # the other side knows it by this: the same at every try
    event = models.CharField(max_length=24)
    body = models.TextField()
    state = models.CharField(max_length=8, choices=NotificationState, default=NotificationState.OWED)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    next_try_at = models.DateTimeField(default=timezone.now)
    claimed_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    # What the last try heard: an HTTP status, or why there was none.
    status = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=16, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("subscription", "next_try_at"), condition=models.Q(state="owed"), name="notification_owed"
            ),
            models.Index(fields=("subscription", "-id"), name="notification_latest"),
            models.Index(fields=("done_at",), name="notification_done"),
        )

    def __str__(self) -> str:
        return f"{self.event} {self.state}"
