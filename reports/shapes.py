"""What machines are given of the figures, field by field."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from reports import measures
from reports.days import DayKind

Shape = serializers.Serializer[Any]
KEYS = [measure.key for measure in measures.MEASURES]


def decimal(help_text: Any, **options: Any) -> Any:
    """A decimal as a string: a binary float would round once more."""
    return serializers.CharField(help_text=help_text, **options)


class Figure(Shape):
    """One measure over the period."""

    key = serializers.ChoiceField(choices=KEYS, help_text=_("指標の符号。"))
    name = serializers.CharField(help_text=_("指標の名前。"))
    definition = serializers.CharField(help_text=_("指標の定義。"))
    count = serializers.IntegerField(help_text=_("期間の件数。"))
    per_day = decimal(_("1日平均。期間の暦日数で割り、小数第1位まで四捨五入した文字列。"))


class Rate(Shape):
    """One measure in per cent of another."""

    key = serializers.ChoiceField(choices=[ratio.key for ratio in measures.RATIOS], help_text=_("割合の符号。"))
    name = serializers.CharField(help_text=_("割合の名前。"))
    definition = serializers.CharField(help_text=_("割合の定義。"))
    percent = decimal(_("%。小数第1位まで四捨五入した文字列。分母が0ならnull。"), allow_null=True)


class Check(Shape):
    """The check every report prints: whether the parts of the accesses sum to them."""

    parts = serializers.ListField(
        child=serializers.ChoiceField(choices=KEYS), help_text=_("アクセスを残さず分ける指標の符号。")
    )
    total = serializers.IntegerField(help_text=_("その合計。"))
    holds = serializers.BooleanField(help_text=_("合計がアクセス数と同じか。"))


class FiguresDay(Shape):
    """One day of the period."""

    date = serializers.DateField(help_text=_("日付。"))
    counts = serializers.DictField(child=serializers.IntegerField(), help_text=_("指標の符号ごとの件数。"))


class Figures(Shape):
    """A program's figures for a period."""

    definitions = serializers.IntegerField(help_text=_("定義の版。定義が変わると増えます。"))
    first = serializers.DateField(help_text=_("期間の最初の日。"))
    last = serializers.DateField(help_text=_("期間の最後の日。"))
    day = serializers.ChoiceField(
        choices=[kind.value for kind in DayKind], help_text=_("日の分け方。calendarは暦日、serviceは受付日。")
    )
    figures = Figure(many=True, help_text=_("指標ごとの件数。"))
    rates = Rate(many=True, help_text=_("割合。"))
    check = Check(help_text=_("検算。"))
    days = FiguresDay(many=True, help_text=_("日ごとの件数。"))
