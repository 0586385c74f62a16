"""Forms around second factors: Japanese labels, and no secret in the clear."""

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_NAME = 40


class CodeInput(forms.TextInput):
    """A field for digits that telephones fill in by themselves."""

    def __init__(self) -> None:
        super().__init__({"autocomplete": "one-time-code", "inputmode": "numeric"})


def code_field(label: Any) -> forms.CharField:
    """A field for a code; whoever comes to it has nothing else to do there."""
    return forms.CharField(label=label, max_length=20, widget=CodeInput())


def name_field(*, required: bool) -> forms.CharField:
    """What a passkey is called."""
    said = _("「仕事用のスマートフォン」のように、あとで見分けられる名前にしてください。")
    return forms.CharField(label=_("名前"), max_length=LONGEST_NAME, required=required, help_text=said)


class ActivateApp(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an authenticator app. Until it is right the secret waits sealed in the login."""

    code = code_field(_("アプリに出ている6桁の番号"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        waiting = context.request.session.get(SECRET_SESSION_KEY)
        super().__init__(*args, **kwargs)
        if self.is_bound and waiting:
            self.secret = get_adapter().decrypt(waiting)
        else:
            context.request.session[SECRET_SESSION_KEY] = get_adapter().encrypt(self.secret)


class AddPasskey(AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey; always one that asks for a finger, a face or a PIN, so that it can also sign in alone."""

    name = name_field(required=False)
    passwordless = None


class NamePasskey(EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    name = name_field(required=True)


class Authenticate(AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""

    code = code_field(_("6桁の番号、または予備のコード"))


class Reauthenticate(ReauthenticateForm):  # type: ignore[misc]
    """A code before something weighty."""

    code = code_field(_("6桁の番号、または予備のコード"))
