"""What the roster's API takes in: the days one looks at, shifts, patterns, required lines."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from counseling.api.inputs import Input, StrictIntegerField, WordsField
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


class MomentField(serializers.Field[datetime, str, str, Any]):
    """A moment in ISO 8601 with its offset, to the minute."""

    default_error_messages = {"invalid": _("日時は 2026-11-23T19:00+09:00 の形で書いてください。")}

    def to_internal_value(self, data: Any) -> datetime:
        """The moment."""
        try:
            moment = datetime.fromisoformat(data) if isinstance(data, str) else None
        except ValueError:
            moment = None
        # At the ends of the calendar Japan's time would be in a year that does not exist.
        if moment is None or moment.tzinfo is None or moment.second or not 1900 < moment.year < 2200:
            self.fail("invalid")
        return moment.replace(microsecond=0)

    def to_representation(self, value: datetime) -> str:
        """Its text."""
        return value.isoformat()


class ShiftInput(Input):
    """A shift; without a person it is an open place. The action judges whether it can be planned."""

    user = StrictIntegerField(min_value=1, max_value=2**63 - 1, allow_null=True)
    role = serializers.CharField(max_length=16)
    starts_at = MomentField()
    ends_at = MomentField()
    lines = StrictIntegerField(min_value=0, max_value=2**15 - 1)


class PatternInput(Input):
    """A kind of shift, in minutes from midnight."""

    name = WordsField()
    role = serializers.CharField(max_length=16)
    starts = StrictIntegerField(min_value=0, max_value=2**15 - 1)
    ends = StrictIntegerField(min_value=0, max_value=2**15 - 1)
    lines = StrictIntegerField(min_value=0, max_value=2**15 - 1)


class DaysInput(Input):
    """From a day to a day."""

    to = DayField()

    def get_fields(self) -> dict[str, Any]:
        """With `from`, which is a word of Python."""
        return super().get_fields() | {"from": DayField()}


class RequiredInput(Input):
    """Lines required by day of the week (or "holiday") and hour: {"required": {"mon": {"19": 3}}}."""

    def get_fields(self) -> dict[str, Any]:
        """With `required`, which is a word of every field."""
        by_hour = serializers.DictField(child=StrictIntegerField())
        return super().get_fields() | {"required": serializers.DictField(child=by_hour)}
