"""How the house uses allauth: nobody signs up, people are invited; every sign-in is told in the audit log."""

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import salted_hmac

from accounts import actions, audit, logins
from accounts.deeds import Deed
from accounts.models import User


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

    def login(self, request: HttpRequest, user: User) -> None:
        """Everything was proved, the second factor included: the login begins."""
        super().login(request, user)
        address = audit.address_of(request)
        logins.begin(request, address=address)
        audit.note(Deed.LOGIN_SUCCEEDED, by=user, subject=f"user:{user.pk}", address=address)

    def logout(self, request: HttpRequest) -> None:
        """The person signs out of this login."""
        by = request.user
        super().logout(request)
        if isinstance(by, User):
            audit.note(Deed.LOGIN_ENDED, by=by, subject=f"user:{by.pk}", address=audit.address_of(request))

    def authentication_failed(self, request: HttpRequest, **credentials: str) -> None:
        """Told with the person whose address was typed; an address nobody has is told as a keyed hash."""
        mail = credentials.get("email", "").lower()
        whose = User.objects.filter(email=mail[: User._meta.get_field("email").max_length]).first()
        by = request.user if isinstance(request.user, User) else None
        details = {} if whose else {"mail": salted_hmac(Deed.LOGIN_FAILED, mail).hexdigest()[:16]}
        subject = f"user:{whose.pk}" if whose else ""
        audit.note(Deed.LOGIN_FAILED, by=by, subject=subject, address=audit.address_of(request), **details)

    @transaction.atomic
    def set_password(self, user: User, password: str) -> None:
        """A new password ends every login of the person."""
        super().set_password(user, password)
        actions.end_logins(user_id=user.pk)
        address = audit.address_of(self.request) if self.request else None
        audit.note(Deed.PASSWORD_CHANGED, by=user, subject=f"user:{user.pk}", address=address)
