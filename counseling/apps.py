"""The counseling side of Django's app registry."""

from django.apps import AppConfig


class CounselingConfig(AppConfig):
    """Programs, visitors, sessions, and the channels that lead to them."""

    name = "counseling"

    def ready(self) -> None:
        """A process knows Celery's tasks only once they are imported; and it needs keys that open words."""
        from counseling import crypto, tasks  # noqa: F401

        crypto.check_keys()
