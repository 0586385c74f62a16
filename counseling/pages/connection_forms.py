"""The forms of 外部連携: a key for another house's program, and a place that is told of events."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from counseling.actions import subscriptions, tokens
from counseling.destinations import LONGEST
from counseling.machines import Event, Scope
from counseling.pages.connection_words import EVENTS, SCOPES

_later = lazy(format_html, SafeString)

LIVES = {30: _("30日"), 90: _("90日"), 365: _("1年")}
CANNOT_MAKE: dict[tokens.Code, tuple[str, Any]] = {
    "name_taken": ("name", _("同じ名前のキーがあります。別の名前にするか、前のキーを使えなくしてください。")),
    "practice": ("name", _("練習用の窓口のものは、どこにも渡しません。キーは作れません。")),
    "no_scope": ("scopes", _("読めるものを1つ以上選んでください。")),
    "too_long_a_life": ("life", _("使える期間を選んでください。")),
    "too_many": ("name", _("キーが多すぎます。使っていないキーを使えなくしてから、作ってください。")),
}
CANNOT_SUBSCRIBE: dict[subscriptions.Code, tuple[str, Any]] = {
    "practice": ("url", _("練習用の窓口のことは、どこにも知らせません。通知先は加えられません。")),
    "no_event": ("events", _("知らせることを1つ以上選んでください。")),
    "too_many": ("url", _("通知先が多すぎます。使っていない通知先を消してから、加えてください。")),
    "url_taken": ("url", _("このアドレスは、もう通知先にあります。")),
    "not_an_address": ("url", _("「https://」で始まるアドレスを書いてください。日本語や空白は使えません。")),
    "not_https": ("url", _("「https://」で始まるアドレスにしてください。暗号化されない「http://」へは送りません。")),
    "has_account": ("url", _("アドレスに、ユーザー名やパスワードを書かないでください。")),
    "not_open": ("url", _("インターネットから見えるアドレスにしてください。内部のアドレスへは送りません。")),
}


class TokenForm(forms.Form):
    """What a new key is for, what it may read, and for how long."""

    name = forms.CharField(
        label=_("使いみち"),
        max_length=tokens.NAME_LIMIT,
        help_text=_("だれが何に使うキーかを書きます。例: 県の集計システム"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("使いみちを書いてください。"),
            "max_length": _("60字までで書いてください。"),
            "null_characters_not_allowed": _("使えない文字が含まれています。"),
        },
    )
    scopes = forms.MultipleChoiceField(
        label=_("読めるもの"),
        widget=forms.CheckboxSelectMultiple,
        choices=[(scope.value, _later("{} <span>{}</span>", *words)) for scope, words in SCOPES.items()],
        error_messages=dict.fromkeys(("required", "invalid_choice", "invalid_list"), CANNOT_MAKE["no_scope"][1]),
    )
    life = forms.TypedChoiceField(
        label=_("使える期間"),
        widget=forms.RadioSelect,
        coerce=int,
        choices=list(LIVES.items()),
        initial=365,
        error_messages=dict.fromkeys(("required", "invalid_choice"), CANNOT_MAKE["too_long_a_life"][1]),
    )

    def wish(self) -> dict[str, Any]:
        """What was written, as the action takes it."""
        given = self.cleaned_data
        scopes = [Scope(scope) for scope in given["scopes"]]
        return {"name": given["name"], "scopes": scopes, "life": timedelta(days=given["life"])}

    def refuse(self, refused: tokens.CannotMakeToken) -> None:
        """The reason, beside the field it is about."""
        self.add_error(*CANNOT_MAKE[refused.code])


class SubscriptionForm(forms.Form):
    """Where to tell, and what."""

    url = forms.CharField(
        label=_("通知先のアドレス"),
        max_length=LONGEST,
        help_text=_("相手のシステムが用意した、通知を受け取るアドレスです。"),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": CANNOT_SUBSCRIBE["not_an_address"][1],
            "max_length": _("500字までで書いてください。"),
            "null_characters_not_allowed": CANNOT_SUBSCRIBE["not_an_address"][1],
        },
    )
    events = forms.MultipleChoiceField(
        label=_("知らせること"),
        widget=forms.CheckboxSelectMultiple,
        choices=[(event.value, _later("{} <span>{}</span>", *words)) for event, words in EVENTS.items()],
        error_messages=dict.fromkeys(("required", "invalid_choice", "invalid_list"), CANNOT_SUBSCRIBE["no_event"][1]),
    )

    def wish(self) -> dict[str, Any]:
        """What was written, as the action takes it."""
        return {"url": self.cleaned_data["url"], "events": [Event(event) for event in self.cleaned_data["events"]]}

    def refuse(self, refused: subscriptions.CannotSubscribe) -> None:
        """The reason, beside the field it is about."""
        self.add_error(*CANNOT_SUBSCRIBE[refused.code])
