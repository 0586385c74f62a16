"""Pages on which people register, name and remove what proves them beside the password."""

from typing import Any, cast

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import AuthenticateView, ReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    EditWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.translation import ngettext

from accounts import actions, audit, factors, gate
from accounts.deeds import Deed
from accounts.models import User


def _note(request: HttpRequest, deed: Deed, **details: Any) -> None:
    person = cast("User", request.user)
    audit.note(deed, by=person, subject=f"user:{person.pk}", address=audit.address_of(request), **details)


class _TakesCodes:
    """Where a code is taken: a recovery code is struck out, the person is told how many are left, and it is noted."""

    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        used: Authenticator | None = getattr(form, "authenticator", None)  # a passkey's form has none
        if used and used.type == Authenticator.Type.RECOVERY_CODES:
            used.refresh_from_db()  # the code was struck out in another copy of the row
            left = len(used.wrap().get_unused_codes())
            told = ngettext(
                "予備のコードを使いました。残りは%(left)d個です。",
                "予備のコードを使いました。残りは%(left)d個です。",
                left,
            )
            messages.warning(self.request, told % {"left": left})
            _note(self.request, Deed.RECOVERY_CODE_USED)
        return response


class _Adds:
    """What adding a factor means: the first one ends the person's other logins and lets this one through."""

    request: HttpRequest
    kind: str
    did_generate_recovery_codes: bool

    def form_valid(self, form: Any) -> HttpResponse:
        person = cast("User", self.request.user)
        with factors.locked(person.pk) as held:
            if not held:
                actions.end_logins(user_id=person.pk)
                self.request.session.cycle_key()
            elif not gate.has_passed(self.request.session):
                # Somebody was quicker, perhaps somebody else: this login must sign in again, with that factor.
                get_account_adapter().logout(self.request)
                return redirect("account_login")
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
            gate.let_through(self.request)
            _note(self.request, Deed.SECOND_FACTOR_ADDED, kind=self.kind)
            if self.did_generate_recovery_codes:
                _note(self.request, Deed.RECOVERY_CODES_MADE)
        return response


class _Removes:
    """What removing one means: never the last."""

    request: HttpRequest
    kind: str

    def form_valid(self, form: Any) -> HttpResponse:
        with factors.locked(cast("User", self.request.user).pk) as held:
            if held < 2:
                messages.error(self.request, get_adapter().validation_error("cannot_delete_authenticator").message)
                return redirect("mfa_index")
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
            _note(self.request, Deed.SECOND_FACTOR_REMOVED, kind=self.kind)
        return response


class Authenticate(_TakesCodes, AuthenticateView):  # type: ignore[misc]
    """The second step of signing in."""


class Reauthenticate(_TakesCodes, ReauthenticateView):  # type: ignore[misc]
    """A code before something weighty."""


class ActivateApp(_Adds, ActivateTOTPView):  # type: ignore[misc]
    """Register an authenticator app."""

    kind = "totp"


class DeactivateApp(_Removes, DeactivateTOTPView):  # type: ignore[misc]
    """Stop using it."""

    kind = "totp"


class AddPasskey(_Adds, AddWebAuthnView):  # type: ignore[misc]
    """Register a passkey."""

    kind = "webauthn"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form, and what the browser is asked to make: always a passkey that can sign in alone."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"js_data": {"creation_options": auth.begin_registration(self.request.user, True)}}


class NamePasskey(EditWebAuthnView):  # type: ignore[misc]
    """Give it another name."""

    success_url = reverse_lazy("mfa_index")


class RemovePasskey(_Removes, RemoveWebAuthnView):  # type: ignore[misc]
    """Remove it."""

    kind = "webauthn"
    success_url = reverse_lazy("mfa_index")


class ConfirmWithPasskey(ReauthenticateWebAuthnView):  # type: ignore[misc]
    """A passkey before something weighty."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """The same page again, with what was wrong."""
        return cast("HttpResponse", self.render_to_response(self.get_context_data(form=form)))


class MakeRecoveryCodes(GenerateRecoveryCodesView):  # type: ignore[misc]
    """New recovery codes; the old ones stop working."""

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """Make them and note it."""
        response: HttpResponse = super().form_valid(form)
        _note(self.request, Deed.RECOVERY_CODES_MADE)
        return response
