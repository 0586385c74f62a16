"""What the roster's API takes in: the days one looks at, shifts, patterns, required lines."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from counseling.api.inputs import Input
from counseling.opening.hours import YEARS

LONGEST_RANGE_DAYS = 42


class DayField(serializers.Field[date, str, str, Any]):
    """A date in its one spelling, 2026-11-23, within the years the house knows."""

    default_error_messages = {"invalid": _("日付は 2026-11-23 の形で書いてください。")}

    def to_internal_value(self, data: Any) -> date:
        """The date."""
        try:
            day = date.fromisoformat(data) if isinstance(data, str) else None
        except ValueError:
            day = None
        if day is None or day.isoformat() != data or day.year not in YEARS:
            self.fail("invalid")
        return day

    def to_representation(self, value: date) -> str:
        """Its text."""
        return value.isoformat()


class RangeInput(Input):
    """The days one looks at, as they stand in the address: `from` (this week's Monday) and `days`."""

    days = serializers.IntegerField(min_value=1, max_value=LONGEST_RANGE_DAYS, default=7)

    def get_fields(self) -> dict[str, Any]:
        """With `from`, which is a word of Python."""
        return super().get_fields() | {"from": DayField(default=_monday)}


def _monday() -> date:
    today = timezone.localdate()
    return today - timedelta(days=today.weekday())
