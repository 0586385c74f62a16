"""The forms of a visitor's history: a talk entered afterwards, and two visitors merged as one person."""

import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Right, holders
from counseling import permissions
from counseling.actions.afterwards import Told
from counseling.actions.risk import WORD_LIMIT
from counseling.lifecycle import Medium
from counseling.models import Outreach, PhoneCall, Program
from counseling.models.merge import MergeReason
from counseling.models.risk import RISKS
from counseling.opening import TOKYO
from counseling.pages.record_words import MEDIUMS
from counseling.triage import Risk

DAY = timedelta(days=1)
WRONG = {
    ("medium", "unknown"): _("電話か訪問かを選んでください。"),
    ("began", "future"): _("これからの時刻です。終わった相談だけを記録できます。"),
    ("began", "too_old"): _("90日より前の相談は記録できません。"),
    ("ended", "future"): _("これからの時刻です。終わってから記録してください。"),
    ("ended", "before"): _("始まりより後の時刻にしてください。"),
    ("ended", "too_long"): _("12時間をこえています。始まりと終わりを確かめてください。"),
    ("counselor", "not_there"): _("この窓口で相談を受ける人を選んでください。"),
    ("word", "missing"): _("緊急度をそう見たわけを、ひとこと書いてください。"),
}
FIELDS = {"began": "begins", "ended": "ends"}


def _choose(words: Any) -> dict[str, Any]:
    return dict.fromkeys(("required", "invalid_choice", "invalid"), words)


class EnterForm(forms.Form):
    """A talk on the telephone or at a visit, as somebody tells of it afterwards; times are Tokyo's."""

    medium = forms.ChoiceField(
        label=_("どのように話しましたか"),
        widget=forms.RadioSelect,
        choices=[(key, MEDIUMS[key]) for key in (Medium.TELEPHONE, Medium.VISIT)],
        error_messages=_choose(WRONG["medium", "unknown"]),
    )
    day = forms.DateField(
        label=_("日にち"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages=_choose(_("日付を選んでください。")),
    )
    begins = forms.TimeField(
        label=_("始まり"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages=_choose(_("時刻を選んでください。")),
    )
    ends = forms.TimeField(
        label=_("終わり"),
        help_text=_("始まりより早い時刻は、次の日の時刻とみなします。"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages=_choose(_("時刻を選んでください。")),
    )
    counselor = forms.TypedChoiceField(
        label=_("話した人"),
        coerce=int,
        error_messages=_choose(WRONG["counselor", "not_there"]),
    )
    level = forms.TypedChoiceField(
        label=_("緊急度"),
        coerce=lambda typed: Risk(int(typed)),
        choices=[(int(risk), words) for risk, words in RISKS.items()],
        initial=int(Risk.NONE),
        error_messages=_choose(_("緊急度を選んでください。")),
    )
    word = forms.CharField(
        label=_("緊急度をそう見たわけ"),
        required=False,
        help_text=_("緊急度を選んだときに書きます。話した内容は、次の画面の相談記録に書きます。"),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": WORD_LIMIT, "autocomplete": "off"}),
    )
    client_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, program: Program, by: User, data: Any = None, of: PhoneCall | Outreach | None = None) -> None:
        # Without a choice it is who tells of it.
        typed = data and {"counselor": by.pk, **data.dict()}
        super().__init__(typed, initial={"client_id": uuid4(), "counselor": by.pk, **_known(of, by)})
        choice = cast("forms.TypedChoiceField", self.fields["counselor"])
        choice.choices = _counselors(program) if permissions.steers(by, program.pk) else [(by.pk, by.name)]

    @property
    def told(self) -> Told:
        """What was typed, as it is told to the action."""
        typed = self.cleaned_data
        began = datetime.combine(typed["day"], typed["begins"], TOKYO)
        ended = datetime.combine(typed["day"], typed["ends"], TOKYO)
        ended += DAY if ended < began else timedelta(0)
        return Told(typed["medium"], began, ended, typed["counselor"], typed["level"], typed["word"])

    def refuse(self, problems: Iterable[tuple[str, str]]) -> None:
        """Each problem beside its field, in words."""
        for field, code in problems:
            self.add_error(FIELDS.get(field, field), str(WRONG[field, code]))


def _known(of: PhoneCall | Outreach | None, by: User) -> dict[str, Any]:
    """What is known of a call that was made from the list, or of a visit that is over."""
    if isinstance(of, Outreach) and of.arrived_at and of.left_at:
        goers = [one.pk for one in of.goers.all()]
        who = by.pk if by.pk in goers else next(iter(goers), by.pk)
        return _told(Medium.VISIT, of.arrived_at, of.left_at, who, of.risk)
    if isinstance(of, PhoneCall) and of.ended_at:
        return _told(Medium.TELEPHONE, of.started_at, of.ended_at, of.by_id, of.transfer.session.risk)
    return {"day": timezone.localdate()}


def _told(medium: Medium, begin: datetime, end: datetime, who: int, risk: int) -> dict[str, Any]:
    began, ended = timezone.localtime(begin), timezone.localtime(end)
    # What was over within one minute lasted one.
    ends = max(ended, began.replace(second=0, microsecond=0) + timedelta(minutes=1))
    return {
        "medium": medium,
        "day": began.date(),
        "begins": began.time(),
        "ends": ends.time(),
        "counselor": who,
        "level": int(risk),
    }


def _counselors(program: Program) -> list[tuple[int, str]]:
    held = User.objects.filter(
        memberships__program=program, memberships__role__in=holders(Right.TAKE_SESSIONS), is_active=True
    )
    return list(held.distinct().order_by("name", "pk").values_list("pk", "name"))


class MergeForm(forms.Form):
    """Who is the same person, and how one knows; asked once more when the other one was found (`sure`)."""

    pseudonym = forms.CharField(
        label=_("もうひとりの相談者の仮の名前"),
        max_length=20,
        help_text=_("相談の画面や記録に出ている、英字と数字の4文字です(例: A7K2)。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("仮の名前を書いてください。"), "max_length": _("仮の名前は4文字です。")},
    )
    reason = forms.ChoiceField(
        label=_("同じ人と分かったわけ"),
        widget=forms.RadioSelect,
        choices=MergeReason.choices,
        error_messages=_choose(_("わけを選んでください。")),
    )

    def clean_pseudonym(self) -> str:
        """As it is kept, whatever the keyboard made of it."""
        return unicodedata.normalize("NFKC", self.cleaned_data["pseudonym"]).strip().upper()
