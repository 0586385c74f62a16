"""The form for how a program is staffed and how sessions reach its people."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Self, cast

from django import forms
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from counseling.actions.programs import StaffingRules, fingerprint
from counseling.assignment import Routing
from counseling.bounds import COUNTS, TIMES
from counseling.models import Program

# The lengths of time of the form, in the unit in which they are written.
UNITS = {
    "offer_for": timedelta(seconds=1),
    "rest_after_heavy": timedelta(minutes=1),
    "rescue_after": timedelta(minutes=1),
}
ROUTING = {
    Routing.PULL: (_("自分で選ぶ"), _("相談員が待機列から自分で受けます。")),
    Routing.OFFER: (_("順に割り当てる"), _("手の空いた相談員に順にお願いし、本人が「受ける」を押します。")),
    Routing.BOTH: (_("両方"), _("順に割り当て、待機列から自分で受けることもできます。")),
}
TOO_MANY_SUPERVISORS = _("勤務人数より多くはできません。SVも勤務人数に数えます。")

_later = lazy(format_html, SafeString)


def _number(name: str, label: Any, help_text: Any, *, required: bool = True) -> forms.IntegerField:
    """A whole number between the action's bounds; what cannot be read stays as it was typed."""
    least, most = (bound // UNITS[name] for bound in TIMES[name]) if name in UNITS else COUNTS[name]
    told = format_lazy(_("{least}から{most}までの数字で書いてください。"), least=least, most=most)
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        required=required,
        min_value=least,
        max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), told),
    )


class StaffingForm(forms.Form):
    """Staffing and routing as people write them: seconds and minutes, routing in words."""

    least_on_duty = _number(
        "least_on_duty",
        _("受付に必要な勤務人数"),
        _("相談を受けられる人がこの人数そろうまで、新しい相談を受け付けません。0なら受付時間だけで開きます。"),
    )
    least_supervisors = _number(
        "least_supervisors", _("うちSVの人数"), _("上の人数のうち、スーパーバイザーが何人必要かです。")
    )
    capacity = _number(
        "capacity", _("1人の同時対応数"), _("シフトに回線数が決められていないとき、1人が同時に受ける相談の数です。")
    )
    surge_lines = _number(
        "surge_lines", _("増強する回線数"), _("増強のあいだ、1人あたりこの数だけ回線をふやします。0なら増強しません。")
    )
    surge_first_hour = forms.BooleanField(
        label=_("受付開始から1時間は増強する"),
        required=False,
        help_text=_("開いた直後に相談が重なる窓口で使います。"),
    )
    routing = forms.ChoiceField(
        label=_("相談の割り当て方"),
        widget=forms.RadioSelect,
        choices=[(mode.value, _later("{} <span>{}</span>", *words)) for mode, words in ROUTING.items()],
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("割り当て方を選んでください。")),
    )
    offer_for = _number(
        "offer_for", _("返事を待つ時間"), _("この秒数のあいだ返事がなければ、次の人にお願いします(10〜300秒)。")
    )
    same_counselor = forms.BooleanField(
        label=_("前回の相談員を優先する"),
        required=False,
        help_text=_("前に話した相談員が勤務中で手が空いていれば、先にお願いします。"),
    )
    rest_after_heavy = _number(
        "rest_after_heavy",
        _("重い相談のあとの休み"),
        _("緊急度が高い相談や90分を超えた相談のあと、この分数は次を割り当てません。自分で受けることはできます。"),
    )
    rescue_after = _number(
        "rescue_after",
        _("接続が切れた相談を戻すまで"),
        _("相談員の接続が切れてこの分数がたつと、相談は待機列に戻ります。空にすると、SVが自分で戻します。"),
        required=False,
    )
    shows_reading = forms.BooleanField(
        label=_("見守りを相談員に示す"),
        required=False,
        help_text=_(
            "SVが相談を見守っているあいだ、相談員の画面に「SVが見ています」と名前が出ます。相談者には見えません。"
        ),
    )
    tells_stepping_in = forms.BooleanField(
        label=_("SVが加わることを相談者に伝える"),
        required=False,
        help_text=_("SVが自分のことばで相談者に書くとき、はじめの1回だけ、そのことを自動メッセージで伝えます。"),
    )
    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    @classmethod
    def of(cls, program: Program) -> Self:
        """The form with what the program has now."""
        return cls(initial=_written(program) | {"shown": fingerprint(program)})

    def clean(self) -> dict[str, Any]:
        """More supervisors than people can never be on duty."""
        people, supervisors = (self.cleaned_data.get(name) for name in ("least_on_duty", "least_supervisors"))
        if people is not None and supervisors is not None and supervisors > people:
            self.add_error("least_supervisors", TOO_MANY_SUPERVISORS)
        return self.cleaned_data

    def values(self) -> StaffingRules:
        """What was written, as the action takes it."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "shown"}
        lengths = {name: None if given[name] is None else given[name] * unit for name, unit in UNITS.items()}
        return cast("StaffingRules", given | lengths)

    def beside(self, program: Program) -> Self:
        """What was typed, and beside it what somebody else made of the program meanwhile; saved at the next press."""
        again = type(self)({**self.data, "shown": fingerprint(program)})
        typed = dict(again.cleaned_data) if again.is_valid() else {}
        again.add_error(
            None,
            _("開いているあいだに、ほかの人が設定を変えました。違うところに、いまの値を添えました。これでよければ、もう一度保存してください。"),
        )  # fmt: skip
        for name, value in _written(program).items():
            if typed.get(name) != value:
                now = gettext("いまは「%(value)s」になっています。") % {"value": _said(name, value)}
                again.add_error(name, now)
        return again

    def told(self) -> Iterator[tuple[Any, str]]:
        """Each label with its value in words, for those who may only look."""
        for name, field in self.fields.items():
            if name != "shown":
                yield field.label, _said(name, self.initial[name])


def _written(program: Program) -> dict[str, Any]:
    """What the program has now, as it is written in the form."""
    values = {name: getattr(program, name) for name in StaffingRules.__annotations__}
    lengths = {name: None if values[name] is None else values[name] // unit for name, unit in UNITS.items()}
    return values | lengths


def _said(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return gettext("する") if value else gettext("しない")
    if name == "routing":
        return str(ROUTING[Routing(value)][0])
    if value is None:
        return gettext("SVが自分で戻す")
    if name in UNITS:
        unit = gettext("%(count)d秒") if name == "offer_for" else gettext("%(count)d分")
        return unit % {"count": value}
    return str(value)
