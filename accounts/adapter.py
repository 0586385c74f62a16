"""How the house uses allauth: nobody signs up, people are invited; every sign-in is told in the audit log."""

import time
from urllib.parse import urlsplit

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context, ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts import actions, audit, gate, logins, tries
from accounts.deeds import Deed
from accounts.models import User

WAYS = {
    "reauthenticate": _("パスワードで確かめる"),
    "mfa_reauthenticate": _("認証アプリか予備のコードで確かめる"),
    "mfa_reauthenticate:webauthn": _("パスキーで確かめる"),
}


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in for staff only."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": _("失敗が続きました。5分ほど待って、もう一度お試しください。"),
        "rate_limited": _("短いあいだに何度も送られました。5分ほど待って、もう一度お試しください。"),
        "email_password_mismatch": _("メールアドレスかパスワードが違います。"),
        "enter_current_password": _("いまのパスワードを入れてください。"),
        "incorrect_password": _("パスワードが違います。"),
    }

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

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The mail's link leads to our own address, whatever host the request named."""
        asked: str = super().get_reset_password_from_key_url(key)
        return settings.SITE_URL + urlsplit(asked).path

    def login(self, request: HttpRequest, user: User) -> None:
        """Everything was proved, the second factor included: the login begins."""
        super().login(request, user)
        if any(proof["method"] == "mfa" for proof in get_authentication_records(request, user)):
            gate.let_through(request)
        address = audit.address_of(request)
        logins.begin(request, address=address)
        audit.note(Deed.LOGIN_SUCCEEDED, by=user, subject=f"user:{user.pk}", address=address)

    def logout(self, request: HttpRequest) -> None:
        """The person signs out of this login."""
        by = request.user
        super().logout(request)
        if isinstance(by, User):
            audit.note(Deed.LOGIN_ENDED, by=by, subject=f"user:{by.pk}", address=audit.address_of(request))

    def pre_authenticate(self, request: HttpRequest, **credentials: str) -> None:
        """Not too often from one address, nor for one account."""
        if tries.too_many(request):
            raise ImmediateHttpResponse(ratelimit.respond_429(request))
        super().pre_authenticate(request, **credentials)

    def authentication_failed(self, request: HttpRequest, **credentials: str) -> None:
        """Told with the person whose address was typed; an address nobody has is told as a keyed hash."""
        mail = credentials.get("email", "").lower()
        whose = User.objects.filter(email=mail[: User._meta.get_field("email").max_length]).first()
        by = request.user if isinstance(request.user, User) else None
        subject = f"user:{whose.pk}" if whose else f"mail:{salted_hmac(Deed.LOGIN_FAILED, mail).hexdigest()[:16]}"
        audit.note(Deed.LOGIN_FAILED, by=by, subject=subject, address=audit.address_of(request))

    @transaction.atomic
    def set_password(self, user: User, password: str) -> None:
        """A new password ends every login of the person."""
        super().set_password(user, password)
        actions.end_logins(user_id=user.pk)
        address = audit.address_of(self.request) if self.request else None
        audit.note(Deed.PASSWORD_CHANGED, by=user, subject=f"user:{user.pk}", address=address)

    def is_reauthentication_required(self, *, app: str = "", **_more: str) -> bool:
        """Not of someone who proved who they are within five minutes, by signing in or since."""
        del app
        proofs = get_authentication_records(context.request, context.request.user)
        return not proofs or time.time() - proofs[-1]["at"] >= app_settings.REAUTHENTICATION_TIMEOUT

    def get_reauthentication_methods(self, user: User) -> list[dict[str, str]]:
        """The ways to confirm who one is, in our words."""
        return [way | {"description": str(WAYS[way["id"]])} for way in super().get_reauthentication_methods(user)]

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: str) -> str:
        # allauth's own has the request's host in it: each spelling of that would give fresh tries.
        return credentials.get("email", "").lower()
