"""A program's roster: read it, plan shifts, copy weeks, publish. Every change answers with what follows from it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, cast

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.roles import Right
from counseling import permissions
from counseling.actions import shift_patterns, shifts
from counseling.actions.planning import Plan
from counseling.api.base import StaffView
from counseling.api.roster_inputs import DaysInput, PatternInput, RangeInput, RequiredInput, ShiftInput
from counseling.events import RosterChange
from counseling.feeds import roster
from counseling.models import Shift
from counseling.roster.patterns import Pattern

MOST_AT_ONCE = 500


class PlanningView(StaffView):
    """A view that changes a roster, asked with the days one looks at (`?from=2026-11-23&days=7`)."""

    def days(self) -> tuple[date, int]:
        """The first day and how many, from the address. Raises ValidationError."""
        form = RangeInput(data=self.request.query_params.dict())
        form.is_valid(raise_exception=True)
        return form.validated_data["from"], form.validated_data["days"]

    def follows(
        self, program_id: int, made: Iterable[Shift] = (), gone: Sequence[int] = (), status: int = 200
    ) -> Response:
        """The answer to a change."""
        change: RosterChange = {
            "shifts": [roster.shift_view(shift) for shift in made],
            "gone": list(gone),
            **roster.parts(program_id, *self.days()),
        }
        return Response(change, status=status)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Before anything is changed, the days must be right: a refusal would come too late."""
        super().initial(request, *args, **kwargs)
        self.days()


class RosterView(PlanningView):
    """What is planned."""

    @extend_schema(parameters=[RangeInput], responses={200: dict})
    def get(self, request: Request, program_id: int) -> Response:
        """The plan of some service days, for those who plan."""
        permissions.require(self.person, Right.PLAN_SHIFTS, program_id)
        return Response(roster.roster(program_id, *self.days()))


class ShiftsView(PlanningView):
    """Shifts of a program."""

    @extend_schema(request=ShiftInput, responses={201: dict})
    def post(self, request: Request, program_id: int) -> Response:
        """Plan one, or many in `shifts`: all of them or none."""
        made = shifts.add(program_id=program_id, plans=self._plans(), by=self.person)
        return self.follows(program_id, made, status=201)

    def _plans(self) -> list[Plan]:
        given = cast("dict[str, Any]", self.request.data)  # StrictJSONParser knows only objects
        if set(given) != {"shifts"}:
            return [plan_of(self.checked(ShiftInput))]
        rows = given["shifts"]
        if not isinstance(rows, list) or not 1 <= len(rows) <= MOST_AT_ONCE:
            raise ValidationError({"shifts": [_("一度に500件までのシフトを送ってください。")]})
        forms = [ShiftInput(data=row) for row in rows]
        wrong = {f"{place}.{name}": told for place, form in enumerate(forms) for name, told in _errors(form).items()}
        if wrong:
            raise ValidationError(wrong)
        return [plan_of(form.validated_data) for form in forms]


class ShiftView(PlanningView):
    """One shift."""

    @extend_schema(request=ShiftInput, responses={200: dict})
    def put(self, request: Request, shift_id: int) -> Response:
        """Plan it so."""
        shift = shifts.change(shift_id=shift_id, plan=plan_of(self.checked(ShiftInput)), by=self.person)
        return self.follows(shift.program_id, [shift])

    @extend_schema(responses={200: dict})
    def delete(self, request: Request, shift_id: int) -> Response:
        """Take it out of the plan."""
        program_id = shifts.remove(shift_id=shift_id, by=self.person)
        return self.follows(program_id, gone=[shift_id])


class CopiesView(PlanningView):
    """Weeks copied to other weeks."""

    @extend_schema(request=DaysInput, responses={201: dict})
    def post(self, request: Request, program_id: int) -> Response:
        """Plan the week from `to` as the week from `from`."""
        days = self.checked(DaysInput)
        made = shifts.copy_week(program_id=program_id, source=days["from"], target=days["to"], by=self.person)
        return self.follows(program_id, made, status=201)


class PublicationView(PlanningView):
    """What people see."""

    @extend_schema(request=DaysInput, responses={200: dict})
    def put(self, request: Request, program_id: int) -> Response:
        """Show the shifts of the days `from` to `to`, both included."""
        days = self.checked(DaysInput)
        made = shifts.publish(program_id=program_id, first=days["from"], last=days["to"], by=self.person)
        return self.follows(program_id, made)


class PatternsView(PlanningView):
    """Kinds of shift to plan with."""

    @extend_schema(request=PatternInput, responses={201: dict})
    def post(self, request: Request, program_id: int) -> Response:
        """A new one."""
        pattern = Pattern(**self.checked(PatternInput))
        shift_patterns.add(program_id=program_id, pattern=pattern, by=self.person)
        return self.follows(program_id, status=201)


class PatternView(PlanningView):
    """One kind of shift."""

    @extend_schema(request=PatternInput, responses={200: dict})
    def put(self, request: Request, pattern_id: int) -> Response:
        """Change it."""
        pattern = Pattern(**self.checked(PatternInput))
        row = shift_patterns.change(pattern_id=pattern_id, pattern=pattern, by=self.person)
        return self.follows(row.program_id)

    @extend_schema(responses={200: dict})
    def delete(self, request: Request, pattern_id: int) -> Response:
        """Plan with it no more."""
        return self.follows(shift_patterns.remove(pattern_id=pattern_id, by=self.person))


class RequiredView(PlanningView):
    """Lines required by hour."""

    @extend_schema(request=RequiredInput, responses={200: dict})
    def put(self, request: Request, program_id: int) -> Response:
        """Require these, and nothing else."""
        required = self.checked(RequiredInput)["required"]
        shift_patterns.set_required_lines(program_id=program_id, required=required, by=self.person)
        return self.follows(program_id)


def plan_of(given: dict[str, Any]) -> Plan:
    """A checked shift as the actions take it."""
    rest = {name: given[name] for name in ("role", "starts_at", "ends_at", "lines")}
    return Plan(user_id=given["user"], **rest)


def _errors(form: ShiftInput) -> dict[str, Any]:
    return {} if form.is_valid() else dict(form.errors)
