"""How the house uses allauth: nobody signs up, people are invited; and everyone starts at the front door."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in for staff only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: accounts are made by invitation."""
        del request
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The front door, which knows each person's place of work (config.views.home)."""
        del request
        return reverse("home")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """The sign-in page: on a shared machine the next colleague is waiting."""
        del request
        return reverse("account_login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """The sign-in page: a new password ends every login, this one included."""
        del request
        return reverse("account_login")
