"""What machines read of a program's figures."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from counseling.api.v1.base import MachineView
from counseling.api.v1.described import reads
from counseling.api.v1.inputs import FIRST, LAST, DayField, PeriodQuery
from counseling.keeping import counted_by
from counseling.machines import Scope
from counseling.opening import TOKYO
from reports import examples, measures, shapes
from reports.days import DayKind
from reports.figures import Figures, figures

LONGEST = timedelta(days=366)


class FiguresQuery(PeriodQuery):
    """Which period, a year at most, and by which day."""

    first = DayField(label=FIRST, help_text=_("この日から。"))
    last = DayField(label=LAST, help_text=_("この日まで。今日を含められます。"))
    day = serializers.ChoiceField(
        label=_("日の分け方(day)"),
        choices=[kind.value for kind in DayKind],
        required=False,
        help_text=_(
            "日の分け方。calendarは暦日。serviceは受付日で、0時を過ぎた受付を前の日に数えます。なければ、窓口の基本情報で決めた分け方です。"
        ),
        error_messages={"invalid_choice": _("日の分け方(day)は、calendarかserviceにしてください。")},
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Nothing that is still to come."""
        attrs = super().validate(attrs)
        problems = {
            _("最後の日(last)は、今日か、その前の日にしてください。"): attrs["last"]
            > timezone.now().astimezone(TOKYO).date(),
            _("期間は366日までにしてください。分けて読めます。"): attrs["last"] - attrs["first"] >= LONGEST,
        }
        told = [sentence for sentence, is_so in problems.items() if is_so]
        if told:
            raise serializers.ValidationError({"last": told})
        return attrs


def told(found: Figures) -> dict[str, Any]:
    """The figures, for shapes.Figures."""
    totals = found.totals
    return {
        "definitions": measures.VERSION,
        "first": found.days.dates[0],
        "last": found.days.dates[-1],
        "day": found.kind,
        "figures": [
            _named(one) | {"count": totals[one.key], "per_day": found.per_day(one)} for one in measures.MEASURES
        ],
        "rates": [_named(one) | {"percent": found.ratio(one)} for one in measures.RATIOS],
        "check": {
            "parts": [part.key for part in measures.OUTCOMES.parts],
            "total": measures.OUTCOMES.total(totals),
            "holds": measures.OUTCOMES.holds(totals),
        },
        "days": [{"date": day, "counts": counts} for day, counts in zip(found.days.dates, found.by_day, strict=True)],
    }


def _named(one: measures.Measure | measures.Ratio) -> dict[str, Any]:
    return {"key": one.key, "name": one.name, "definition": one.definition}


class FiguresView(MachineView):
    """A program's figures."""

    scope = Scope.FIGURES

    @reads(
        Scope.FIGURES,
        shapes.Figures,
        summary=_("集計"),
        description=_(
            "期間の件数を、合計と日ごとに。指標ごとに定義と丸め方が付き、アクセスを分ける指標の合計を検算します。"
        ),
        example=told(examples.figures()),
        query=FiguresQuery,
    )
    def get(self, request: Request, slug: str) -> Response:
        """Each measure of a period, in sum and by day, with its definition and the check."""
        program, wish = self.program(slug), self.queried(FiguresQuery)
        by = DayKind(wish.get("day") or counted_by(program.report))
        found = figures(program, wish["first"], wish["last"], by)
        return Response(shapes.Figures(told(found)).data)
