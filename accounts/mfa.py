"""How the house uses allauth's MFA: secrets sealed, names of its own, and never a person without a second factor."""

import base64
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import factors, sealing
from accounts.models import User

# Bound to its purpose alone: allauth does not say whose secret it is.
PLACE = "mfa_authenticator.data"
SITE = "Madoguchi"


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """allauth's adapter."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("確かめられませんでした。もう一度お試しください。アプリの番号は30秒ごとに変わります。"),
        "cannot_delete_authenticator": _("最後のひとつは外せません。先にほかの方法を登録してください。"),
        "cannot_generate_recovery_codes": _("先に、認証アプリかパスキーを登録してください。"),
    }

    def encrypt(self, text: str) -> str:
        """The secret sealed under the house's key, as ASCII."""
        return base64.b64encode(sealing.seal_house(text.encode(), PLACE)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What `encrypt` sealed. Raises CannotOpen."""
        return sealing.open_house(base64.b64decode(encrypted_text), PLACE).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one: nobody stays at work with a password alone."""
        return factors.count(authenticator.user_id) > 1

    def get_totp_issuer(self) -> str:
        """How authenticator apps name us."""
        return SITE

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 - allauth's
        """What a passkey is called until its owner names it."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("パスキー") if number == 1 else gettext("パスキー %(number)d") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        """Passkeys belong to SITE_URL's host, whatever a request claims to be for."""
        return {"id": urlsplit(settings.SITE_URL).hostname, "name": SITE}
