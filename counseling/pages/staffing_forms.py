"""The form for how a program is staffed and how sessions reach its people."""

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from counseling.actions.programs import StaffingRules
from counseling.assignment import Routing
from counseling.pages.rules_form import MINUTE, SECOND, RulesForm, number

ROUTING = {
    Routing.PULL: (_("自分で選ぶ"), _("相談員が待機列から自分で受けます。")),
    Routing.OFFER: (_("順に割り当てる"), _("手の空いた相談員に順にお願いし、本人が「受ける」を押します。")),
    Routing.BOTH: (_("両方"), _("順に割り当て、待機列から自分で受けることもできます。")),
}
TOO_MANY_SUPERVISORS = _("勤務人数より多くはできません。SVも勤務人数に数えます。")

_later = lazy(format_html, SafeString)


class StaffingForm(RulesForm):
    """Staffing and routing as people write them: seconds and minutes, routing in words."""

    RULES = StaffingRules
    UNITS = {
        "offer_for": SECOND,
        "rest_after_heavy": MINUTE,
        "heavy_after": MINUTE,
        "care_pause": MINUTE,
        "rescue_after": MINUTE,
        "call_after": SECOND,
    }

    least_on_duty = number(
        "least_on_duty",
        _("受付に必要な勤務人数"),
        _("相談を受けられる人がこの人数そろうまで、新しい相談を受け付けません。0なら受付時間だけで開きます。"),
    )
    least_supervisors = number(
        "least_supervisors", _("うちSVの人数"), _("上の人数のうち、スーパーバイザーが何人必要かです。")
    )
    capacity = number(
        "capacity", _("1人の同時対応数"), _("シフトに回線数が決められていないとき、1人が同時に受ける相談の数です。")
    )
    surge_lines = number(
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
    offer_for = number(
        "offer_for",
        _("返事を待つ時間"),
        _("この秒数のあいだ返事がなければ、次の人にお願いします(10〜300秒)。"),
        unit=SECOND,
    )
    same_counselor = forms.BooleanField(
        label=_("前回の相談員を優先する"),
        required=False,
        help_text=_("前に話した相談員が勤務中で手が空いていれば、先にお願いします。"),
    )
    rest_after_heavy = number(
        "rest_after_heavy",
        _("重い相談のあとの休み"),
        _("重い相談のあと、この分数は次を割り当てません。自分で受けることはできます。"),
        unit=MINUTE,
    )
    heavy_after = number(
        "heavy_after",
        _("重い相談とみなす長さ"),
        _(
            "この分数を超えた相談を重い相談とみなします。緊急度が高くなった相談と、本人が「しんどかった」とした相談もです。"
        ),
        unit=MINUTE,
    )
    care_pause = number(
        "care_pause",
        _("重い相談のあとにすすめる休憩"),
        _("重い相談を終えた相談員に、この分数の休憩をすすめます。休むかどうかは本人が決めます。0ならすすめません。"),
        unit=MINUTE,
    )
    rescue_after = number(
        "rescue_after",
        _("接続が切れた相談を戻すまで"),
        _("相談員の接続が切れてこの分数がたつと、相談は待機列に戻ります。空にすると、SVが自分で戻します。"),
        unit=MINUTE,
        required=False,
    )
    call_after = number(
        "call_after",
        _("呼び出しを次の人に知らせるまで"),
        _(
            "相談員がSVを呼んでこの秒数のあいだ応答がなければ、画面を開いていないSVへ、さらに同じだけたつとシステム管理者へ、"
            "メールで知らせます(20〜600秒)。"
        ),
        unit=SECOND,
    )
    approves_trainees = forms.BooleanField(
        label=_("研修中の相談員の返信をSVが確認する"),
        required=False,
        help_text=_("研修中の相談員の返信は、SVが承認してから相談者に届きます。"),
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

    def clean(self) -> dict[str, Any]:
        """More supervisors than people can never be on duty."""
        people, supervisors = (self.cleaned_data.get(name) for name in ("least_on_duty", "least_supervisors"))
        if people is not None and supervisors is not None and supervisors > people:
            self.add_error("least_supervisors", TOO_MANY_SUPERVISORS)
        return self.cleaned_data

    @classmethod
    def said(cls, name: str, value: Any) -> str:
        """A value in words."""
        if name == "routing":
            return str(ROUTING[Routing(value)][0])
        return gettext("SVが自分で戻す") if value is None else super().said(name, value)
