"""A form for settings of a program that several people may change at once: what all of them share."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, ClassVar, Self

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from counseling.actions.programs import fingerprint
from counseling.bounds import COUNTS, TIMES
from counseling.models import Program

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MEANWHILE = _(
    "開いているあいだに、ほかの人が設定を変えました。違うところに、いまの値を添えました。これでよければ、もう一度保存してください。"
)


def number(
    name: str, label: Any, help_text: Any, *, unit: timedelta | None = None, required: bool = True
) -> forms.IntegerField:
    """A whole number within its bounds; what cannot be read stays as it was typed."""
    least, most = COUNTS[name] if unit is None else (bound // unit for bound in TIMES[name])
    return between(least, most, label, help_text, required=required)


def between(least: int, most: int, label: Any, help_text: Any = "", *, required: bool = True) -> forms.IntegerField:
    """A whole number from `least` to `most`."""
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


class RulesForm(forms.Form):
    """Settings as people write them; lengths of time in the unit of `UNITS`."""

    RULES: ClassVar[type]  # the TypedDict that the action takes
    UNITS: ClassVar[dict[str, timedelta]] = {}

    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    @classmethod
    def of(cls, program: Program) -> Self:
        """The form with what the program has now."""
        return cls(initial=cls.written(program) | {"shown": fingerprint(program, cls.RULES)})

    @classmethod
    def written(cls, program: Program) -> dict[str, Any]:
        """What the program has now, as it is written in the form."""
        values = {name: getattr(program, name) for name in cls.RULES.__annotations__}
        return values | {
            name: None if values[name] is None else values[name] // unit for name, unit in cls.UNITS.items()
        }

    def values(self) -> dict[str, Any]:
        """What was written, as the action takes it."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "shown"}
        return given | {name: None if given[name] is None else given[name] * unit for name, unit in self.UNITS.items()}

    def beside(self, program: Program) -> Self:
        """What was typed, and beside it what somebody else made of the program meanwhile; saved at the next press."""
        again = type(self)({**self.data, "shown": fingerprint(program, self.RULES)})
        typed = dict(again.cleaned_data) if again.is_valid() else {}
        again.add_error(None, MEANWHILE)
        for name, value in self.written(program).items():
            if typed.get(name) != value:
                again.add_error(
                    name, gettext("いまは「%(value)s」になっています。") % {"value": self.said(name, value)}
                )
        return again

    def told(self) -> Iterator[tuple[Any, str]]:
        """Each label with its value in words, for those who may only look."""
        for name, field in self.fields.items():
            if name != "shown":
                yield field.label, self.said(name, self.initial[name])

    @classmethod
    def said(cls, name: str, value: Any) -> str:
        """A value in words."""
        if isinstance(value, bool):
            return gettext("する") if value else gettext("しない")
        if name in cls.UNITS:
            units = {
                SECOND: gettext("%(count)d秒"),
                MINUTE: gettext("%(count)d分"),
                HOUR: gettext("%(count)d時間"),
                DAY: gettext("%(count)d日"),
            }
            return units[cls.UNITS[name]] % {"count": value}
        return str(value)
