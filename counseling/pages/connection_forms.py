"""The forms of 外部連携: a key for another house's program."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from counseling.actions.tokens import NAME_LIMIT, CannotMakeToken, Code
from counseling.machines import Scope

_later = lazy(format_html, SafeString)

# What each scope opens, in a word and a sentence.
SCOPES: dict[Scope, tuple[Any, Any]] = {
    Scope.PROGRAMS: (_("事業と受付"), _("事業の名前、いま受け付けているか、次に開く時刻。")),
    Scope.HOURS: (_("受付時間"), _("受付時間の決まりと、日ごとの時刻。")),
    Scope.SESSIONS: (
        _("相談の状態"),
        _("相談ごとの状態、時刻、緊急度、メッセージの数。言葉と、人がわかるものは含みません。"),
    ),
    Scope.FIGURES: (_("集計"), _("アクセス、対応、有効相談などの件数を、日ごとに。")),
}
LIVES = {30: _("30日"), 90: _("90日"), 365: _("1年")}
TOLD: dict[Code, tuple[str, Any]] = {
    "name_taken": ("name", _("同じ名前のキーがあります。別の名前にするか、前のキーを使えなくしてください。")),
    "no_scope": ("scopes", _("読めるものを1つ以上選んでください。")),
    "too_long_a_life": ("life", _("使える期間を選んでください。")),
    "too_many": ("name", _("キーが多すぎます。使っていないキーを使えなくしてから、作ってください。")),
}


class TokenForm(forms.Form):
    """What a new key is for, what it may read, and for how long."""

    name = forms.CharField(
        label=_("使いみち"),
        max_length=NAME_LIMIT,
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
        error_messages=dict.fromkeys(("required", "invalid_choice", "invalid_list"), TOLD["no_scope"][1]),
    )
    life = forms.TypedChoiceField(
        label=_("使える期間"),
        widget=forms.RadioSelect,
        coerce=int,
        choices=list(LIVES.items()),
        initial=365,
        error_messages=dict.fromkeys(("required", "invalid_choice"), TOLD["too_long_a_life"][1]),
    )

    def wish(self) -> dict[str, Any]:
        """What was written, as the action takes it."""
        given = self.cleaned_data
        scopes = [Scope(scope) for scope in given["scopes"]]
        return {"name": given["name"], "scopes": scopes, "life": timedelta(days=given["life"])}

    def refuse(self, refused: CannotMakeToken) -> None:
        """The reason, beside the field it is about."""
        self.add_error(*TOLD[refused.code])
