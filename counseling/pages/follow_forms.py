"""The forms of follow-ups (要フォロー): to begin one, also inside a record and a call; and what is done about it."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from counseling.follow_ups import WORDS_LIMIT, Wanted
from counseling.gateways.web.questions import DAYS, DayField
from counseling.models.risk import RISKS
from counseling.triage import Risk

SHIFT, PART = "shift", "follow_"
NOWHERE_ELSE: Mapping[str, str] = {}
WORDS_WRONG = {
    "empty": _("ひとこと書いてください。"),
    "too_long": _("長すぎます。2,000文字までで、まとめてください。"),
    "bad_character": _("使えない文字が含まれています。書きなおしてください。"),
}
DAY_WRONG = {
    "missing": _("いつまでに連絡や確認をするか、日を決めてください。"),
    "past": _("もう過ぎた日時です。今日か、これからの日を選んでください。"),
    "too_far": _("1年より先の日です。近い日を選んでください。"),
}
WRONG: dict[str, dict[str, Any]] = {
    "day": DAY_WRONG,
    "what": WORDS_WRONG,
    "why_not": WORDS_WRONG | {"not_here": _("ここでは使えません。")},
    "owner": {"not_here": _("この人には頼めません。ほかの人か、シフトを選んでください。")},
    "risk": {"not_higher": _("いまより高い緊急度を選んでください。下げることはできません。")},
}
NO_DAY = _("日付として読めませんでした。例: 2026/11/23")
BAD_CLOCK = _("時刻として読めませんでした。例: 19:30")


def said(field: str, code: str) -> str:
    """What is wrong with a field, and what to do."""
    return str(WRONG[field].get(code, WORDS_WRONG["bad_character"]))


class ClockField(forms.TimeField):
    """A time of the day, to the minute; may stay empty."""

    def __init__(self, *, label: Any, help_text: Any) -> None:
        super().__init__(
            label=label, help_text=help_text, required=False, error_messages={"invalid": BAD_CLOCK},
            widget=forms.TimeInput({"type": "time", "class": "input", "autocomplete": "off"}, format="%H:%M"),
            input_formats=["%H:%M", "%H:%M:%S", "%H時%M分"],
        )  # fmt: skip


def day_field(label: Any) -> DayField:
    """A day, as the browser sends it or people type it."""
    day = forms.DateInput({"type": "date", "class": "input", "autocomplete": "off"}, format="%Y-%m-%d")
    return DayField(label=label, required=False, widget=day, input_formats=DAYS, error_messages={"invalid": NO_DAY})


def words_field(label: Any, rows: int = 3, help_text: Any = "") -> forms.CharField:
    """Words among staff about a visitor."""
    area = forms.Textarea({"rows": rows, "class": "input", "autocomplete": "off", "maxlength": WORDS_LIMIT})
    return forms.CharField(label=label, required=False, widget=area, help_text=help_text)


def owner_choices(owners: dict[int, str]) -> forms.Select:
    """The shift, and the people who can have it."""
    names = [(SHIFT, gettext("その日のシフト")), *((str(pk), name) for pk, name in owners.items())]
    return forms.Select({"class": "input"}, choices=names)


class FollowForm(forms.Form):
    """What is wanted of a follow-up. Every field says what is wrong with it; nothing typed is lost."""

    day = day_field(_("いつまでに"))
    clock = ClockField(label=_("時刻"), help_text=_("空のままなら、その日のうちです。"))
    owner = forms.CharField(label=_("担当"), required=False, widget=forms.Select({"class": "input"}))
    what = words_field(
        _("何を確かめるか、何をするか"),
        help_text=_("暗号にして保存します。担当の人とSV、その日のシフトの人が読みます。"),
    )
    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, owners: dict[int, str], data: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"owner": SHIFT, "client_id": uuid4()})
        super().__init__(data, **kwargs)
        self.fields["owner"].widget = owner_choices(owners)

    def wanted(self) -> Wanted:
        """As it was typed, whatever can be taken of it; what cannot be read is missing and told beside its field."""
        self.is_valid()
        return wanted(self.cleaned_data)

    def refuse(self, problems: dict[str, str]) -> None:
        """What the action could not take, each beside its field."""
        self.is_valid()
        for field, code in problems.items():
            if not self.has_error(field):
                self.add_error(field, said(field, code))


class FollowPart(forms.Form):
    """What is wanted of a follow-up as a part of another form: each field's name begins with `follow_`."""

    follow_what = words_field(
        _("何を確かめるか、何をするか"), help_text=_("担当の人とSV、その日のシフトの人が読みます。")
    )
    follow_day = day_field(_("いつまでに"))
    follow_clock = ClockField(label=_("時刻"), help_text=_("空のままなら、その日のうちです。"))
    follow_owner = forms.CharField(label=_("担当"), required=False, initial=SHIFT)

    def offer(self, owners: dict[int, str]) -> None:
        """Whom one can choose."""
        self.fields["follow_owner"].widget = owner_choices(owners)

    def wanted_follow_up(self) -> Wanted:
        """What is wanted, as far as it can be read."""
        return wanted(self.cleaned_data, PART)

    def refuse_follow_up(self, problems: dict[str, str], places: Mapping[str, str] = NOWHERE_ELSE) -> None:
        """What cannot be, each beside its field; `places`: fields of the other form that ask for it instead."""
        for field, code in problems.items():
            name = places.get(field, PART + field)
            if name in self.fields and not self.has_error(name):
                self.add_error(name, said(field, code))


def wanted(typed: dict[str, Any], before: str = "") -> Wanted:
    """What fields with this beginning of their names want."""
    day, clock = typed.get(f"{before}day"), typed.get(f"{before}clock")
    owner = str(typed.get(f"{before}owner") or SHIFT)
    return Wanted(
        what=str(typed.get(f"{before}what") or "").replace("\r\n", "\n"),
        day=date.fromisoformat(day) if day else None,
        clock=clock if isinstance(clock, time) else None,
        owner_id=None if owner == SHIFT else int(owner) if owner.isdecimal() and len(owner) < 10 else 0,
        why_not=str(typed.get(f"{before}why_not") or "").replace("\r\n", "\n"),
    )


class StepForm(forms.Form):
    """What was done about a follow-up, and what follows."""

    words = words_field(_("したこと、わかったこと"), rows=4, help_text=_("暗号にして保存します。"))
    day = day_field(_("次の日"))
    clock = ClockField(label=_("時刻"), help_text=_("空のままなら、その日のうちです。"))
    owner = forms.CharField(label=_("担当"), required=False)
    risk = forms.CharField(label=_("緊急度"), required=False)

    def __init__(self, owners: dict[int, str], risk: int, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["owner"].widget = owner_choices(owners)
        higher = [(str(one.value), str(RISKS[one])) for one in Risk if one > risk]
        self.fields["risk"].widget = forms.Select({"class": "input"}, choices=higher)
        self.can_rise = bool(higher)

    def words_typed(self) -> str:
        """The words as they were typed."""
        return str(self.data.get("words", "")).replace("\r\n", "\n")

    def due_typed(self) -> tuple[date | None, time | None]:
        """The next day and time."""
        self.is_valid()
        found = wanted(self.cleaned_data)
        return found.day, found.clock

    def owner_typed(self) -> int | None:
        """Who is to have it; None: the shift."""
        self.is_valid()
        return wanted(self.cleaned_data).owner_id

    def risk_typed(self) -> Risk:
        """The level that was chosen."""
        told = str(self.data.get("risk", ""))
        return Risk(int(told)) if told in {str(one.value) for one in Risk} else Risk.NONE

    def refuse(self, problems: dict[str, str]) -> None:
        """What the action could not take, each beside its field."""
        self.is_valid()
        for field, code in problems.items():
            name = "words" if field == "what" else field
            if not self.has_error(name):
                self.add_error(name, said(field, code))
