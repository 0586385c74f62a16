"""The staff's side of Django's app registry."""

from django.apps import AppConfig
from django.core import checks


class AccountsConfig(AppConfig):
    """Who works here."""

    name = "accounts"

    def ready(self) -> None:
        """Let `manage.py check --deploy --database default` ask about the audit log."""
        from accounts.checks import audit_is_append_only

        checks.register(audit_is_append_only, checks.Tags.database, deploy=True)
