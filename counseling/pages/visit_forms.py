"""The forms of visits (訪問相談): asking for one, deciding, planning, and what came of it."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counseling.actions.outreach import ADDRESS_LIMIT, Ending, Plan, Request
from counseling.models.outreach import VisitResult
from counseling.opening import TOKYO
from counseling.outreach import VisitNext
from counseling.pages.follow_forms import PART, WORDS_WRONG, FollowPart, words_field
from counseling.pages.follow_forms import said as said_of_follow_up

TIME_WRONG = {
    "missing": _("日時を決めてください。"),
    "past": _("もう過ぎた日時です。これからの日時を選んでください。"),
    "too_far": _("90日より先です。近い日を選んでください。"),
    "order": _("到着より後で、12時間以内の日時にしてください。"),
    "future": _("まだ来ていない日時です。相談者が希望した日時を書いてください。"),
}
WRONG: dict[str, dict[str, Any]] = {
    "consented_at": TIME_WRONG | {"missing": _("相談者がいつ希望したかを書いてください。")},
    "arrive_by": TIME_WRONG,
    "leave_by": TIME_WRONG,
    "goers": {
        "missing": _("行く人を選んでください。"),
        "not_here": _("選べない人が含まれています。選びなおしてください。"),
        "too_few": _("この窓口で決めた人数より少なくなっています。少ないわけを、ひとことに書いてください。"),
    },
    "result": {"missing": _("結果を選んでください。")},
}
BAD_TIME = _("日時として読めませんでした。例: 2026/11/23 14:00")
TIMES = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M", "%Y年%m月%d日 %H:%M"]


def moment_field(label: Any, help_text: Any = "") -> forms.DateTimeField:
    """A moment in Japan, as the browser's own control sends it, or as people type it."""
    picker = forms.DateTimeInput({"type": "datetime-local", "class": "input"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(
        label=label, help_text=help_text, required=False, widget=picker, input_formats=TIMES,
        error_messages={"invalid": BAD_TIME},
    )  # fmt: skip


class VisitForm(forms.Form):
    """What all of them share: refused in place, with everything typed kept."""

    def moment(self, name: str) -> datetime | None:
        """A moment that was typed; None where it cannot be read."""
        found: datetime | None = self.cleaned_data.get(name)
        return found

    def typed(self, name: str) -> str:
        """Words as they were typed."""
        return str(self.data.get(name, "")).replace("\r\n", "\n")

    def refuse(self, problems: dict[str, str]) -> None:
        """What cannot be, each beside its field."""
        self.is_valid()
        for field, code in problems.items():
            if field not in self.fields or self.has_error(field):
                continue
            if field.startswith(PART):
                self.add_error(field, said_of_follow_up(field.removeprefix(PART), code))
            else:
                told = WRONG.get(field, {}).get(code) or WORDS_WRONG.get(code, WORDS_WRONG["bad_character"])
                self.add_error(field, str(told))


class RequestForm(VisitForm):
    """Asking that somebody goes."""

    why = words_field(_("なぜ訪問が必要か"))
    consent = words_field(_("相談者が希望したときのことば"), rows=2)
    consented_at = moment_field(_("希望した日時"))
    address = forms.CharField(
        label=_("訪問する場所"),
        required=False,
        help_text=_(
            "暗号にして保存します。行く人とSVだけが見られ、見るたびに監査ログに残ります。結果を記録すると消えます。"
        ),
        widget=forms.Textarea({"rows": 2, "class": "input", "autocomplete": "off", "maxlength": ADDRESS_LIMIT}),
    )
    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None) -> None:
        now = timezone.now().astimezone(TOKYO).replace(second=0, microsecond=0)
        super().__init__(data, initial={"client_id": uuid4(), "consented_at": now})

    def asked(self) -> Request:
        """What is asked for."""
        self.is_valid()
        return Request(self.typed("why"), self.typed("consent"), self.moment("consented_at"), self.typed("address"))


class DecideForm(VisitForm):
    """A supervisor's word: conditions, or the reason why not; a withdrawal's reason."""

    words = words_field(_("条件、またはわけ"), help_text=_("条件がなければ「なし」と書きます。"))


class PlanForm(VisitForm):
    """Who goes, and when they tell."""

    goers = forms.MultipleChoiceField(label=_("行く人"), required=False, widget=forms.CheckboxSelectMultiple)
    arrive_by = moment_field(_("到着を知らせる時刻"), _("この時刻までに「到着」がないと、SVにメールで知らせます。"))
    leave_by = moment_field(_("終了を知らせる時刻"), _("この時刻までに「終了」がないと、SVにメールで知らせます。"))
    words = words_field(_("ひとこと(少ない人数で行くときは、わけ)"), rows=2)

    def __init__(self, people: dict[int, str], data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["goers"] = forms.MultipleChoiceField(
            label=self.fields["goers"].label, required=False, widget=forms.CheckboxSelectMultiple,
            choices=[(str(pk), name) for pk, name in people.items()],
            error_messages={"invalid_choice": WRONG["goers"]["not_here"]},
        )  # fmt: skip

    def plan(self) -> Plan:
        """What is planned."""
        self.is_valid()
        goers = frozenset(int(one) for one in self.cleaned_data.get("goers", []))
        return Plan(goers, self.moment("arrive_by"), self.moment("leave_by"), self.typed("words"))


class ResultForm(FollowPart, VisitForm):
    """What came of it."""

    result = forms.CharField(label=_("結果"), required=False, widget=forms.RadioSelect(choices=VisitResult.choices))
    words = words_field(_("あったこと"), rows=4, help_text=_("暗号にして保存します。場所は書かないでください。"))
    next_step = forms.CharField(
        label=_("次にすること"),
        required=False,
        initial=VisitNext.END,
        widget=forms.RadioSelect(choices=[(VisitNext.END, _("これで終わり")), (VisitNext.FOLLOW_UP, _("要フォロー"))]),
    )

    def __init__(self, owners: dict[int, str], data: Any = None) -> None:
        super().__init__(data)
        self.offer(owners)

    def ending(self) -> Ending:
        """What was typed."""
        self.is_valid()
        next_step = self.typed("next_step") or VisitNext.END
        return Ending(self.typed("result"), self.typed("words"), next_step, self.wanted_follow_up())
