"""The five questions that open a disaster's program."""

from collections.abc import Collection
from datetime import time, timedelta
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counseling.agencies.areas import PREFECTURES
from counseling.bounds import LONGEST_SLUG
from counseling.feeds.borrowable import Borrowable
from counseling.opening import daily
from counseling.pages.program_forms import NAME, check_period, day, line

LASTS = timedelta(days=28)
OPENS, CLOSES = time(10), time(22)
NO_CLOCK = _("時刻を選んでください。")
NO_WINDOW = _("受付の終わりは、はじまりと別の時刻に、遅くても翌朝8時までにしてください。")
NOT_PAST = _("今日か、あとの日にしてください。")


def _clock(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": NO_CLOCK, "invalid": NO_CLOCK},
    )


class HelpersField(forms.MultipleChoiceField):
    """People who can be borrowed, by their ids; each may be ticked."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, widget=forms.CheckboxSelectMultiple, **options)
        self.error_messages["invalid_choice"] = _(
            "選んだ人のなかに、いまは頼めない人がいます。もう一度選んでください。"
        )

    def offer(self, people: Collection[Borrowable]) -> None:
        """Who may be ticked."""
        self.choices = [(str(one.user.pk), one.user.name) for one in people]


class DisasterForm(forms.Form):
    """Name, area, hours, until when, who helps; `slug` is the address that was proposed."""

    name = line("name", _("窓口の名前"), _("相談する人に見える名前です。"), required=True, missing=NAME)
    area = line(
        "area",
        _("地域"),
        _("都道府県や市町村。たとえば「石川県」「石川県輪島市」。どこからでも受けるときは空のままで。"),
    )
    opens, closes = _clock(_("はじまり")), _clock(_("終わり"))
    ends_on = day(_("いつまで"), _("この日まで受け付けます。あとから延ばせます。"))
    helpers = HelpersField(label=_("だれが応対するか"))
    invites = forms.BooleanField(label=_("ボランティアを招く応募リンクも作る"), required=False, initial=True)
    slug = forms.CharField(max_length=LONGEST_SLUG, widget=forms.HiddenInput)
    areas = PREFECTURES

    def __init__(self, *args: Any, people: Collection[Borrowable], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = people
        self.today = timezone.localdate()
        cast("HelpersField", self.fields["helpers"]).offer(people)
        self.fields["area"].widget.attrs["list"] = "areas"
        begun = {"opens": OPENS, "closes": CLOSES, "ends_on": self.today + LASTS}
        for name, value in begun.items():
            self.fields[name].initial = value

    def people_to_tick(self) -> list[tuple[Borrowable, bool]]:
        """Each with whether they are ticked."""
        ticked = set(self["helpers"].value() or ())
        return [(one, str(one.user.pk) in ticked) for one in self.people]

    def clean(self) -> dict[str, Any]:
        """A window there is, and days that are still to come."""
        cleaned = self.cleaned_data
        check_period(self)
        if (last := cleaned.get("ends_on")) and last < self.today:
            self.add_error("ends_on", NOT_PAST)
        if "opens" in cleaned and "closes" in cleaned:
            try:
                cleaned["hours"] = daily.every_day(cleaned["opens"], cleaned["closes"])
            except daily.NoSuchWindow:
                self.add_error("closes", NO_WINDOW)
        return cleaned

    def answers(self) -> dict[str, Any]:
        """What actions.disasters.found takes."""
        told = {name: self.cleaned_data[name] for name in ("name", "area", "hours", "ends_on", "invites", "slug")}
        return told | {"starts_on": self.today, "user_ids": [int(pk) for pk in self.cleaned_data["helpers"]]}
