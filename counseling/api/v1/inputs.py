"""What machines may ask for: every parameter once, in its one spelling; what is not known is refused."""

import re
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from counseling.api.inputs import Input
from counseling.opening import TOKYO
from counseling.opening.hours import YEARS

DAY_TEXT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
NUMBER_TEXT = re.compile(r"0|[1-9][0-9]{0,9}")
MOST_DAYS = 31
PAGE, LARGEST_PAGE = 100, 500
LARGEST_NUMBER = 2**31 - 1
FIRST, LAST = _("最初の日(first)"), _("最後の日(last)")


@extend_schema_field(OpenApiTypes.DATE)
class DayField(serializers.Field[date, str, str, Any]):
    """A date as 2026-04-01, and in no other spelling."""

    default_error_messages = {
        "invalid": _("{label}は「2026-04-01」のように書いてください。"),
        "far": _("{label}は2000年から2100年までにしてください。"),
    }

    def to_internal_value(self, data: Any) -> date:
        """The date."""
        try:
            day = date.fromisoformat(data) if DAY_TEXT.fullmatch(data) else None
        except ValueError:
            day = None
        if day is None:
            self.fail("invalid", label=self.label)
        if day.year not in YEARS:
            self.fail("far", label=self.label)
        return day

    def to_representation(self, value: date) -> str:
        """As it was written."""
        return value.isoformat()


class NumberField(serializers.IntegerField):
    """A whole number in plain digits, from `least` to `most`."""

    default_error_messages = {"invalid": _("{label}は{least}から{most}までの数字にしてください。")}

    def __init__(self, *, least: int, most: int, **kwargs: Any) -> None:
        super().__init__(min_value=least, max_value=most, **kwargs)
        self.least, self.most = least, most

    def to_internal_value(self, data: Any) -> int:
        """The number."""
        number = int(data) if NUMBER_TEXT.fullmatch(data) else -1
        if not self.least <= number <= self.most:
            self.fail("invalid", label=self.label, least=self.least, most=self.most)
        return number


class Query(Input):
    """The parameters of an address."""

    @classmethod
    def read(cls, query: QueryDict) -> dict[str, Any]:
        """Their values. Raises ValidationError with a sentence for each parameter that cannot be."""
        twice = {name: [_("この項目は1度だけ書いてください。")] for name, values in query.lists() if len(values) > 1}
        form = cls(data=query.dict())
        if twice or not form.is_valid():
            raise serializers.ValidationError(twice or form.errors)
        return dict(form.validated_data)

    def to_internal_value(self, data: Any) -> Any:
        """Unknown names are told together with values that cannot be."""
        try:
            values = super().to_internal_value(data)
        except serializers.ValidationError as error:
            raise serializers.ValidationError({**self.unknown(data), **error.detail}) from error  # type: ignore[dict-item]
        return values

    def unknown(self, data: Any) -> dict[str, Any]:
        """A sentence for each name that is not known."""
        return {name: [_("この項目はありません。")] for name in set(data) - set(self.fields)}


class Nothing(Query):
    """No parameters at all."""


class HoursQuery(Query):
    """Which days are shown."""

    first = DayField(label=FIRST, required=False, help_text=_("最初の日。なければ今日。"))
    days = NumberField(label=_("日数(days)"), least=1, most=MOST_DAYS, default=7, help_text=_("何日分か。"))

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """From today on where nothing is said."""
        attrs = super().validate(attrs)
        return {"first": timezone.now().astimezone(TOKYO).date()} | attrs


class PeriodQuery(Query):
    """A period, by the days it begins and ends with."""

    first = DayField(label=FIRST, required=False, help_text=_("この日から。"))
    last = DayField(label=LAST, required=False, help_text=_("この日まで。"))

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Its end is not before its beginning."""
        attrs = super().validate(attrs)
        if "first" in attrs and "last" in attrs and attrs["last"] < attrs["first"]:
            told = _("最後の日(last)は、最初の日(first)か、そのあとの日にしてください。")
            raise serializers.ValidationError({"last": [told]})
        return attrs


class SessionsQuery(PeriodQuery):
    """Which page of the sessions, and those received on which days."""

    after = NumberField(
        label=_("番号(after)"), least=0, most=LARGEST_NUMBER, default=0, help_text=_("この番号の次から読みます。")
    )
    limit = NumberField(label=_("件数(limit)"), least=1, most=LARGEST_PAGE, default=PAGE, help_text=_("何件までか。"))
