"""The counseling side of Django's app registry."""

from django.apps import AppConfig


class CounselingConfig(AppConfig):
    """Programs, visitors, sessions, and the channels that lead to them."""

    name = "counseling"

    def ready(self) -> None:
        """A process knows Celery's tasks only once they are imported."""
        from counseling import tasks  # noqa: F401
