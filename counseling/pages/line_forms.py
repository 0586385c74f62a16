"""The form for a LINE channel's secrets: typed once, sealed, and never shown again."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from counseling.models import Channel

# LINE's are 32 hexadecimal digits and some 170 letters long; it promises neither.
SECRET = re.compile(r"[!-~]{16,64}\Z")
TOKEN = re.compile(r"[!-~]{65,2000}\Z")
AGAIN = _("安全のため、入力したものは残していません。両方とも、もう一度貼り付けてください。")


def _field(label: Any, help_text: Any) -> forms.CharField:
    # No password manager is to keep it, and a browser that knows a password is not to offer it.
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password", "spellcheck": "false"})
    return forms.CharField(label=label, help_text=help_text, required=False, strip=True, widget=widget)


class SecretsForm(forms.Form):
    """Channel secret and access token; where one is there already, an empty field leaves it."""

    secret = _field(
        _("チャネルシークレット"),
        _("LINE Developersの「チャネル基本設定」にあります。英数字32文字です。"),
    )
    access_token = _field(
        _("チャネルアクセストークン(長期)"),
        _("LINE Developersの「Messaging API設定」のいちばん下で「発行」を押すと出ます。170文字ほどあります。"),
    )

    def __init__(self, channel: Channel | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_secret, self.has_token = bool(channel and channel.secret), bool(channel and channel.access_token)

    def refuse(self) -> None:
        """Not for practice: nobody real is to write there."""
        self.add_error(None, gettext("練習用の窓口には、本物のLINE公式アカウントをつなげません。"))

    def clean_secret(self) -> str:
        """A secret that could be one."""
        secret: str = self.cleaned_data["secret"]
        if not secret and not self.has_secret:
            raise forms.ValidationError(gettext("チャネルシークレットを貼り付けてください。"))
        if TOKEN.match(secret):
            raise forms.ValidationError(gettext("アクセストークンのようです。下の欄に貼り付けてください。"))
        if secret and not SECRET.match(secret):
            raise forms.ValidationError(
                gettext("チャネルシークレットではないようです。英数字32文字のものを、そのまま貼り付けてください。")
            )
        return secret

    def clean_access_token(self) -> str:
        """A token that could be one."""
        token: str = self.cleaned_data["access_token"]
        if not token and not self.has_token:
            raise forms.ValidationError(gettext("チャネルアクセストークンを貼り付けてください。"))
        if SECRET.match(token):
            raise forms.ValidationError(gettext("チャネルシークレットのようです。上の欄に貼り付けてください。"))
        if token and not TOKEN.match(token):
            raise forms.ValidationError(
                gettext(
                    "アクセストークンではないようです。途中で切れていないか、空白が入っていないかを確かめてください。"
                )
            )
        return token

    def clean(self) -> dict[str, Any]:
        """Something must be typed; and what was typed is gone when anything of it is refused."""
        if self.errors:
            self.add_error(None, AGAIN)
        elif not any(self.cleaned_data.values()):
            self.add_error(None, gettext("替えるほうを貼り付けてください。"))
        return self.cleaned_data
