"""The form of one agency; what is typed is judged where rows of files are judged, too (counseling/agencies)."""

from collections.abc import Iterator
from typing import Any, Self

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from counseling.actions.agencies import fingerprint
from counseling.agencies import CODES, NATIONWIDE, PREFECTURES, Entry, Reason, Unwritable, entry_of
from counseling.feeds.agencies import area_words
from counseling.models import Agency, AgencyKind
from counseling.pages.agency_words import FIELDS, TOLD, why

CHOOSE = ("", _("選んでください"))
PREFECTURE_CHOICES = [CHOOSE, (NATIONWIDE, _("全国")), *((name, name) for name in PREFECTURES)]
KIND_CHOICES = [CHOOSE, *AgencyKind.choices]


def _words(field: str, help_text: Any = "", *, widget: Any = None, required: bool = False) -> forms.CharField:
    told = {"required": TOLD[Reason.MISSING]}
    return forms.CharField(
        label=FIELDS[field], help_text=help_text, widget=widget, required=required, error_messages=told
    )


class AgencyForm(forms.Form):
    """An agency as people write it; valid, it has its `entry`."""

    kind = _words("kind", widget=forms.Select(choices=KIND_CHOICES), required=True)
    name = _words("name", required=True)
    prefecture = _words("prefecture", widget=forms.Select(choices=PREFECTURE_CHOICES), required=True)
    municipalities = _words("municipalities", _("「、」で区切ります。都道府県の全域なら、空のままにします。"))
    telephones = _words("telephones", _("いくつかあれば「、」で区切ります。相談者に伝える順に書いてください。"))
    web = _words("web", widget=forms.TextInput(attrs={"inputmode": "url"}))
    hours = _words(
        "hours", _("相談者に伝えることばで書きます。例: 平日 8:30～17:15(祝日を除く)"), widget=forms.Textarea
    )
    audience = _words("audience", _("例: 県内にお住まいの女性"))
    address = _words("address")
    note = _words(
        "note",
        _("相談員だけが読みます。紹介のしかた、先に電話を入れるか、断られやすい場合など。"),
        widget=forms.Textarea,
    )
    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    entry: Entry

    @classmethod
    def of(cls, agency: Agency) -> Self:
        """The form with what is known."""
        return cls(initial=agency.entry.cells() | {"shown": fingerprint(agency.entry)})

    def clean(self) -> dict[str, Any]:
        """All of it as an entry, or each error beside its field."""
        try:
            self.entry = entry_of(self.cleaned_data, CODES, timezone.localdate())
        except Unwritable as wrong:
            for field, reason in wrong.problems:
                if field not in self.errors:
                    self.add_error(field, why(field, reason))
        return self.cleaned_data

    def beside(self, agency: Agency) -> Self:
        """What was typed, and beside it what somebody else made of the agency meanwhile; saved at the next press."""
        again = type(self)({**self.data, "shown": fingerprint(agency.entry)})
        typed = again.entry.cells() if again.is_valid() else {}
        again.add_error(
            None,
            _("開いているあいだに、ほかの人がこの機関を変えました。違うところに、いまの内容を添えました。これでよければ、もう一度保存してください。"),
        )  # fmt: skip
        for name, value in agency.entry.cells().items():
            if name in self.fields and typed.get(name) != value:
                now = gettext("いまは「%(value)s」になっています。") % {"value": value or gettext("空")}
                again.add_error(name, now)
        return again


def facts(agency: Agency) -> Iterator[tuple[str, str]]:
    """What is known of it in words, without what stands in a place of its own; empty ones left away."""
    told = {
        "kind": str(AgencyKind(agency.kind).label),
        "area": area_words(agency.area),
        "hours": agency.hours,
        "audience": agency.audience,
        "address": agency.address,
    }
    return ((str(FIELDS[name]), words) for name, words in told.items() if words)
