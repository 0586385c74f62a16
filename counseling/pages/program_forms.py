"""The form that makes a new program: what a template, a copy or a file cannot know."""

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from counseling.bounds import LINES, LONGEST_SLUG, SLUG
from counseling.opening.hours import YEARS

BAD_SLUG = _("半角の英小文字と数字で、2文字から40文字までにしてください。間にハイフン(-)を使えます。")
BAD_YEAR = _("2000年から2100年までの日付にしてください。")
ENDS_TOO_EARLY = _("開始日と同じか、あとの日にしてください。")
DAY = {"type": "date"}


def line(name: str, label: Any, help_text: Any, *, required: bool = False, missing: Any = "") -> forms.CharField:
    """A line of text as long as the program keeps it."""
    long = format_lazy(_("{limit}文字までで書いてください。"), limit=LINES[name])
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LINES[name],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": missing, "max_length": long},
    )


def day(label: Any, help_text: Any = "", *, required: bool = True) -> forms.DateField:
    """A date."""
    told = dict.fromkeys(("required", "invalid"), _("日付を選んでください。"))
    return forms.DateField(
        label=label, help_text=help_text, required=required, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        error_messages=told,
    )  # fmt: skip


def check_period(form: forms.Form) -> None:
    """Days of years the house knows, the last not before the first."""
    first, last = (form.cleaned_data.get(name) for name in ("starts_on", "ends_on"))
    for name, value in (("starts_on", first), ("ends_on", last)):
        if value and value.year not in YEARS:
            form.add_error(name, BAD_YEAR)
    if first and last and last < first:
        form.add_error("ends_on", ENDS_TOO_EARLY)


NAME = _("事業の名前を書いてください。相談する人に見える名前です。")


class FoundingForm(forms.Form):
    """Name, address, commissioner, period, and whether all of it is for learning."""

    name = line("name", _("事業名"), _("相談する人に見える名前です。"), required=True, missing=NAME)
    slug = forms.CharField(
        label=_("アドレス"),
        max_length=LONGEST_SLUG,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages=dict.fromkeys(("required", "max_length"), BAD_SLUG),
    )
    commissioner = line(
        "commissioner", _("委託元"), _("たとえば「神奈川県」。ボランティアで運営するときは「ボランティア」と書きます。")
    )
    starts_on = day(_("開始日"))
    ends_on = day(_("終了日"), _("決まっていなければ空のままで。あとから変えられます。"), required=False)
    practice = forms.BooleanField(
        label=_("練習用にする"),
        required=False,
        help_text=_(
            "相談員が、登場人物を相手に練習する窓口です。公開されず、どの件数にも入りません。あとから変えられません。"
        ),
    )

    def __init__(self, *args: Any, pages: str, **kwargs: Any) -> None:
        """`pages`: where the visitors' pages are, up to the program's own part."""
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = timezone.localdate()
        self.fields["slug"].help_text = gettext(
            "相談ページは「%(pages)s」のあとに、これが付いたものになります。"
            "半角の英小文字・数字・ハイフンで書きます。あとから変えられません。"
        ) % {"pages": pages}

    def clean_slug(self) -> str:
        """An address as it can be kept: what was typed in capitals or wide letters is meant small and narrow."""
        slug = cast("str", self.cleaned_data["slug"]).lower()
        if not SLUG.fullmatch(slug):
            raise forms.ValidationError(BAD_SLUG)
        return slug

    def clean(self) -> dict[str, Any]:
        """The period in its order."""
        check_period(self)
        return self.cleaned_data
