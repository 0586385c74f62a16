"""The forms of connecting (つなぎ): the referral, what came of it, and consent taken back."""

import uuid
from datetime import timedelta
from typing import Any, Self, cast

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Right, holders
from counseling import permissions
from counseling.actions.referring import WORDS_LIMIT, Heard, Referring, today
from counseling.feeds import agency_load
from counseling.feeds.agencies import Search, found
from counseling.models import Agency, AgencyContact, AgencyKind, Assignment, Membership, Referral, Session
from counseling.models.emergency import Ground
from counseling.models.referral import GivenUp, Item, Level, Outcome, ReferralWords
from counseling.pages.referral_words import ANYBODY, problem
from counseling.pages.sheet_forms import Minute
from counseling.text import in_one_way

# A longer list is searched on the page before the form.
MOST_AGENCIES = 300
AGAIN = "again"
MEANWHILE = _(
    "ほかの人か別の画面が、先に書きかえました。違うところに、いまの内容を添えました。これでよければ、もう一度保存してください。"
)
Choices = list[tuple[Any, Any]]


def area(label: Any, help_text: Any = "", rows: int = 3) -> forms.CharField:
    """A few lines."""
    widget = forms.Textarea(attrs={"rows": rows, "maxlength": WORDS_LIMIT})
    return forms.CharField(label=label, help_text=help_text, required=False, widget=widget)


def line(label: Any, help_text: Any = "") -> forms.CharField:
    """One line."""
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, help_text=help_text, required=False, widget=widget)


def day(label: Any, help_text: Any = "") -> forms.DateField:
    """A day by Japan's calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    told = {"invalid": _("日付を選んでください。例: 2026-12-01")}
    return forms.DateField(label=label, help_text=help_text, required=False, widget=widget, error_messages=told)


def one_of(label: Any, help_text: Any = "", *, number: bool = False) -> forms.TypedChoiceField:
    """One of a list; its choices come with the form."""
    told = {"invalid_choice": problem("", "unknown")}
    given: dict[str, Any] = {"coerce": int, "empty_value": None} if number else {}
    return forms.TypedChoiceField(label=label, help_text=help_text, required=False, error_messages=told, **given)


def radios(label: Any, choices: Any) -> forms.ChoiceField:
    """One of a few."""
    told = {"invalid_choice": problem("", "missing")}
    return forms.ChoiceField(
        label=label, choices=choices, required=False, widget=forms.RadioSelect, error_messages=told
    )


class Versioned(forms.Form):
    """A form that knows which version its writer looked at."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        """Lines that end in one way."""
        typed = self.cleaned_data
        return typed | {name: in_one_way(words) for name, words in typed.items() if isinstance(words, str)}

    def refuse(self, problems: dict[str, str]) -> None:
        """Each problem beside its field."""
        for name, code in problems.items():
            if not self.has_error(name):
                self.add_error(name, str(problem(name, code)))

    def beside(self, again: Self, now: Self) -> Self:
        """`again`, with what was typed, and what stands there by `now` beside it; taken at the next press."""
        again.is_valid()
        again.errors.clear()
        again.add_error(None, str(MEANWHILE))
        for bound in now:
            theirs, typed = _said(bound), _said(again[bound.name])
            if not bound.is_hidden and theirs != typed and theirs:
                again.add_error(bound.name, gettext("いまは「%(value)s」と書かれています。") % {"value": theirs})
        return again


def _said(bound: forms.BoundField) -> str:
    """What a field holds, in words."""
    value = bound.value()
    words = {str(code): str(label) for code, label in _flat(getattr(bound.field, "choices", ()))}
    if isinstance(value, list | tuple):
        return gettext("、").join(words.get(str(one), str(one)) for one in value)
    if hasattr(value, "isoformat"):
        return str(bound.field.widget.format_value(value))
    return words.get(str(value), str(value)) if value not in {None, ""} else ""


def _flat(choices: Any) -> Choices:
    """Choices without their groups."""
    return [one for code, label in choices for one in (label if isinstance(label, list | tuple) else [(code, label)])]


class ReferralForm(Versioned):
    """One referral, as it is written; `agency_id` empty: not in the directory."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    agency_id = one_of(_("機関(名簿から)"), number=True)
    kind = one_of(_("名簿にないときの種別"))
    agency = line(_("名簿にないときの名前"))
    level = radios(_("どこまでつないだか"), Level.choices)
    consent = area(_("同意のことば"), _("ご本人が書いたことば・話したことばを、そのまま書きます。"))
    consented_at = Minute(label=_("同意した時刻"))
    asked_by = one_of(_("うかがった人"), number=True)
    items = forms.MultipleChoiceField(
        label=_("伝えてよいこと"), choices=Item.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    limits = area(_("伝え方の約束"), _("たとえば「夫には連絡しない」「電話は平日の昼だけ」。"), 2)
    contacted_at = Minute(label=_("機関に連絡した時刻"))
    contacted_by = one_of(_("連絡した人"), number=True)
    person = line(_("相手の方"), _("部署・お名前・折り返しの番号"))
    told = area(_("伝えたこと"))
    contact_id = one_of(
        _("緊急対応シートの連絡記録"), _("根拠・伝えたこと・時刻は、連絡記録のとおりになります。"), number=True
    )
    due_on = day(_("結果を聞く日"))
    owner_id = one_of(_("聞く人"), number=True)

    def __init__(
        self, session: Session, by: User, data: QueryDict | None = None, initial: dict[str, Any] | None = None,
        chosen: Agency | None = None,
    ) -> None:  # fmt: skip
        super().__init__(data, initial=initial)
        self.session, self.by = session, by
        held = initial or {}
        posted = data.get("agency_id") if data else held.get("agency_id")
        people = _people(session)
        choices: dict[str, Choices] = {
            "agency_id": _agencies(session, str(posted or ""), chosen),
            "kind": [("", gettext("選んでください")), *AgencyKind.choices],
            "asked_by": [("", gettext("選んでください")), *people],
            "contacted_by": [("", gettext("選んでください")), *people],
            "owner_id": [("", ANYBODY), *_askers(session)],
            "contact_id": [("", gettext("選んでください")), *_contacts(session)],
        }
        for name, offered in choices.items():
            cast("forms.ChoiceField", self.fields[name]).choices = offered
        if not permissions.steers(by, session.program_id) and held.get("level") != Level.EMERGENCY:
            level = cast("forms.ChoiceField", self.fields["level"])
            level.choices = [one for one in Level.choices if one[0] != Level.EMERGENCY]
            level.error_messages["invalid_choice"] = problem("level", "supervisors")

    @property
    def reports(self) -> bool:
        """Whether an emergency report can be chosen."""
        offered: Any = cast("forms.ChoiceField", self.fields["level"]).choices
        return any(code == Level.EMERGENCY for code, _label in offered)

    def referring(self) -> Referring:
        """What was typed, of a form that is valid."""
        typed = self.cleaned_data
        names = [name for name in Referring.__dataclass_fields__ if name != "items"]
        return Referring(**{name: typed[name] for name in names}, items=tuple(typed["items"]))


def new_referral(session: Session, by: User, agency_id: int | None) -> dict[str, Any]:
    """What a new form holds already."""
    ahead = session.program.referral_ask_after
    mine = session.counselor_id == by.pk
    return {
        "client_id": uuid.uuid4(), "seen": 0, "agency_id": agency_id, "asked_by": by.pk if mine else None,
        "contacted_by": by.pk, "due_on": today(timezone.now()) + ahead, "owner_id": by.pk if mine else None,
    }  # fmt: skip


def as_written(referral: Referral, words: ReferralWords) -> dict[str, Any]:
    """A referral as somebody would type it."""
    own = {"agency": words["agency"], "consent": words["consent"], "limits": words["limits"]}
    own |= {"person": words["person"], "told": words["told"]}
    names = ("agency_id", "kind", "level", "items", "due_on", "owner_id", "contact_id")
    return {
        **own,
        **{name: getattr(referral, name) for name in names},
        "client_id": referral.client_id,
        "seen": referral.revision,
        "consented_at": referral.consented_at if words["consent"] else None,
        "asked_by": referral.consent_asked_by_id,
        "contacted_at": None if referral.contact_id else referral.contacted_at,
        "contacted_by": None if referral.contact_id else referral.contacted_by_id,
    }


def _people(session: Session) -> Choices:
    """Who had the talk, and who works with referrals here."""
    had = set(Assignment.objects.filter(session=session).values_list("user_id", "user__name"))
    return sorted(had | {*_askers(session)}, key=lambda one: (one not in had, one[1]))


def _askers(session: Session) -> Choices:
    held = Membership.objects.filter(program=session.program_id, user__is_active=True, role__in=holders(Right.REFER))
    return list(held.order_by("user__name").distinct().values_list("user_id", "user__name"))


def _contacts(session: Session) -> Choices:
    """The contact log without its words, which are read on the emergency sheet for a reason."""
    rows = AgencyContact.objects.filter(session=session, corrected_by=None).order_by("-contacted_at")
    at = [(one, date_format(timezone.localtime(one.contacted_at), "n/j H:i")) for one in rows]
    return [(one.pk, f"{when} {Ground(one.ground).label}") for one, when in at]


def _agencies(session: Session, posted: str, chosen: Agency | None) -> Choices:
    """The directory by kind, with how much each was asked for; the one that was chosen is among them in any case."""
    rows = list(found(session.program_id, Search())[:MOST_AGENCIES])
    if posted.isdecimal() and len(posted) < 10 and int(posted) not in {one.pk for one in rows}:
        here = Agency.objects.filter(program=session.program_id, pk=int(posted))
        rows += here if chosen and chosen.pk == int(posted) else here.filter(retired_at=None)
    loads = agency_load.loads([one.pk for one in rows], timezone.now())
    groups: dict[str, Choices] = {}
    for one in rows:
        load = loads.get(one.pk, agency_load.NONE)
        asked = gettext("%(name)s(28日で%(count)d件)") % {"name": one.name, "count": load.month}
        groups.setdefault(str(AgencyKind(one.kind).label), []).append((one.pk, asked if load.month else one.name))
    return [("", gettext("名簿にない(下に書く)")), *groups.items()]


class HeardForm(Versioned):
    """What somebody heard when they asked what came of it."""

    result = radios(
        _("どうなりましたか"),
        [
            (Outcome.CONNECTED.value, Outcome.CONNECTED.label),
            (Outcome.DECLINED.value, Outcome.DECLINED.label),
            (AGAIN, _("まだ分からない。また聞く")),
            (Outcome.UNKNOWN.value, Outcome.UNKNOWN.label),
        ],
    )
    on = day(_("結果が分かった日"), _("「つながった」「つながらなかった」とき"))
    words = area(_("聞いたこと"))
    due_on = day(_("次に聞く日"), _("「まだ分からない」とき"))
    owner_id = one_of(_("次に聞く人"), number=True)
    given_up = radios(_("確かめられない理由"), GivenUp.choices)
    why = area(_("くわしい理由"), _("理由が「そのほか」のとき"), 2)

    def __init__(self, referral: Referral, data: QueryDict | None = None, words: ReferralWords | None = None) -> None:
        now = today(timezone.now())
        initial: dict[str, Any] = {
            "seen": referral.revision, "owner_id": referral.owner_id, "given_up": referral.given_up,
            "result": referral.result, "on": referral.result_on or now,
            "due_on": max(now + timedelta(days=7), referral.due_on or now),
        }  # fmt: skip
        super().__init__(data, initial=initial | ({"words": words["heard"], "why": words["why"]} if words else {}))
        owner = cast("forms.ChoiceField", self.fields["owner_id"])
        owner.choices = [("", ANYBODY), *_askers(referral.session)]

    def heard(self) -> Heard:
        """What was typed, of a form that is valid."""
        typed = self.cleaned_data
        result = {AGAIN: "", "": "missing"}.get(typed["result"], typed["result"])
        names = ("on", "words", "due_on", "owner_id", "given_up", "why")
        return Heard(result, **{name: typed[name] for name in names})


class WithdrawalForm(Versioned):
    """The visitor takes their consent back."""

    words = area(_("撤回のことば"), _("ご本人が書いたことば・話したことばを、そのまま書きます。"))
