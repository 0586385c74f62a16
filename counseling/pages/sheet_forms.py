"""The forms of the emergency sheet: why it is opened, what is known, who was told, and for whom it is filed."""

import uuid
from datetime import datetime
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from counseling.actions.contacting import Contacting
from counseling.actions.sheets import CLUE_LIMIT
from counseling.emergency import Contacted
from counseling.feeds.agencies import Search, found
from counseling.models import AgencyKind, Session
from counseling.models.emergency import ClueKind, Ground, SheetReason
from counseling.text import in_one_way

# A longer list would be searched by typing anyway.
MOST_AGENCIES = 300
MINUTES = "%Y-%m-%dT%H:%M"
TOLD = {
    "missing": _("ここを書いてください。"),
    "future": _("これからの時刻になっています。日本時間で、起きた時刻を入れてください。"),
    "before": _("連絡した時刻より前になっています。"),
    "unknown": _("この機関は一覧にありません。選びなおすか、名前を書いてください。"),
    "too_long": _("長すぎます。短くしてください。"),
    "empty": _("ここを書いてください。"),
    "nul": _("保存できない文字が入っています。書きなおしてください。"),
    "lone_surrogate": _("保存できない文字が入っています。書きなおしてください。"),
}
# Where a sentence of its own says more.
MISSING = {
    "ground": _("根拠を選んでください。根拠のない連絡は記録できません。"),
    "agency": _("一覧から選ぶか、機関の名前を書いてください。"),
    "consent": _("本人が同意したことばを、そのまま書いてください。"),
    "consented_at": _("本人が同意した時刻を入れてください。"),
    "told": _("伝えたことを書いてください。"),
    "contacted_at": _("連絡した時刻を入れてください。"),
}


class Minute(forms.DateTimeField):
    """A time to the minute, by Japan's clock."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTES)

    def __init__(self, **given: Any) -> None:
        super().__init__(required=False, input_formats=[MINUTES], **given)
        self.error_messages["invalid"] = _("日付と時刻を、日本時間で入れてください。")


def _area(label: Any, rows: int = 2, **given: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": rows}), **given)


def _line(label: Any, **given: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}), **given)


class ReasonForm(forms.Form):
    """Why the sheet is opened."""

    reason = forms.ChoiceField(
        label=_("開く理由"),
        choices=SheetReason.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("理由を選んでください。理由は監査ログに残ります。"),
            "invalid_choice": _("理由を選んでください。理由は監査ログに残ります。"),
        },
    )


class ClueForm(forms.Form):
    """What is known of who and where the visitor is; `seq` is the message it was said in, empty where in none."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("何について"), choices=ClueKind.choices)
    words = _area(_("わかったこと"), help_text=_("聞いたとおりに書きます。推測は「たぶん」と書きます。"))
    seq = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: dict[str, Any] | None = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, auto_id="clue_%s", initial={"client_id": uuid.uuid4(), **(initial or {})})
        self.fields["words"].widget.attrs["maxlength"] = CLUE_LIMIT

    def clean_words(self) -> str:
        """With lines that end in one way."""
        return in_one_way(self.cleaned_data["words"])

    def refuse(self, code: str) -> None:
        """Tell what of the words cannot be kept."""
        self.add_error("words", TOLD[code])


class ContactForm(forms.Form):
    """One contact with an agency. `seen` is the session's version when the page was made."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    agency_id = forms.TypedChoiceField(
        label=_("機関(一覧から)"),
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": TOLD["unknown"]},
    )
    agency = _line(_("機関(名前で)"), help_text=_("一覧にないとき。例:神奈川県警察 加賀町警察署"))
    person = _line(_("相手の方"), help_text=_("部署・お名前・折り返しの番号"))
    contacted_at = Minute(label=_("連絡した時刻"))
    ground = forms.ChoiceField(
        label=_("伝える根拠"),
        choices=Ground.choices,
        widget=forms.RadioSelect,
        error_messages={"required": MISSING["ground"], "invalid_choice": MISSING["ground"]},
    )
    consent = _area(_("同意のことば"), help_text=_("根拠が「本人の同意」のとき、本人のことばをそのまま書きます。"))
    consented_at = Minute(label=_("同意した時刻"))
    told = _area(_("伝えたこと"), 3)
    answer = _area(_("返事"))
    next_step = _line(_("次にすること"))
    next_due_at = Minute(label=_("いつまでに"))

    def __init__(self, session: Session, data: dict[str, Any] | None = None, corrects: Contacted | None = None) -> None:
        initial: dict[str, Any] = {"client_id": uuid.uuid4(), "seen": session.version, "contacted_at": timezone.now()}
        super().__init__(data, auto_id="contact_%s", initial=initial | (_typed(corrects) if corrects else {}))
        cast("forms.TypedChoiceField", self.fields["agency_id"]).choices = _agencies(session)

    def clean(self) -> dict[str, Any]:
        """With lines that end in one way; a time is needed."""
        typed = self.cleaned_data
        for name in ("consent", "told", "answer"):
            typed[name] = in_one_way(typed.get(name) or "")
        if not typed.get("contacted_at") and not self.has_error("contacted_at"):
            self.add_error("contacted_at", MISSING["contacted_at"])
        return typed

    def contacting(self) -> Contacting:
        """What was typed, of a form that is valid."""
        names = Contacting.__dataclass_fields__
        return Contacting(**{name: self.cleaned_data[name] for name in names})

    def refuse(self, problems: dict[str, str]) -> None:
        """Tell beside each field what is wrong with it."""
        for name, code in problems.items():
            self.add_error(name, MISSING[name] if code == "missing" and name in MISSING else TOLD[code])


def _typed(contact: Contacted) -> dict[str, Any]:
    """An entry as somebody would type it again; the agency by its name, as it was called then."""
    times = {name: contact[name] for name in ("consented_at", "next_due_at")}
    words = {name: contact[name] for name in ("agency", "person", "ground", "consent", "told", "answer", "next_step")}
    at = {name: datetime.fromisoformat(value) if value else None for name, value in times.items()}
    return {**words, **at, "contacted_at": datetime.fromisoformat(contact["at"])}


def _agencies(session: Session) -> list[Any]:
    """The program's directory, by kind, those for an emergency first."""
    rows = found(session.program_id, Search()).values_list("pk", "name", "kind")[:MOST_AGENCIES]
    groups: dict[str, list[tuple[int, str]]] = {}
    for pk, name, kind in rows:
        groups.setdefault(str(AgencyKind(kind).label), []).append((pk, name))
    return [("", gettext("選ばない")), *groups.items()]


class FilingForm(forms.Form):
    """For which contact of the log the sheet is given out."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    contact_id = forms.TypedChoiceField(
        label=_("どの連絡のために渡すか"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("どの連絡のために渡すかを選んでください。根拠のない提出はできません。"),
            "invalid_choice": _("この連絡は、開いているあいだに訂正されました。いまのものを選んでください。"),
        },
    )

    def __init__(self, contacts: list[tuple[int, str]], data: dict[str, Any] | None = None) -> None:
        super().__init__(data, auto_id="filing_%s", initial={"client_id": uuid.uuid4()})
        cast("forms.TypedChoiceField", self.fields["contact_id"]).choices = contacts
        if len(contacts) == 1:
            self.initial["contact_id"] = contacts[0][0]
