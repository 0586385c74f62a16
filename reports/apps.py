"""The results' side of Django's app registry."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """What came of the programs: measures, figures, files."""

    name = "reports"
