"""Other houses' programs: the keys with which they read ours."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

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
