"""The staff's side of Django's app registry."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who works here."""

    name = "accounts"
