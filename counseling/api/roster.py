"""A program's roster: read it, plan shifts, copy weeks, publish."""

from datetime import date

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.roles import Right
from counseling import permissions
from counseling.api.base import StaffView
from counseling.api.roster_inputs import RangeInput
from counseling.feeds import roster


class RosterView(StaffView):
    """What is planned."""

    @extend_schema(parameters=[RangeInput], responses={200: dict})
    def get(self, request: Request, program_id: int) -> Response:
        """The plan of some service days, for those who plan."""
        permissions.require(self.person, Right.PLAN_SHIFTS, program_id)
        return Response(roster.roster(program_id, *days_asked(request)))


def days_asked(request: Request) -> tuple[date, int]:
    """The first day and how many, from the address. Raises ValidationError."""
    form = RangeInput(data=request.query_params.dict())
    form.is_valid(raise_exception=True)
    return form.validated_data["from"], form.validated_data["days"]
