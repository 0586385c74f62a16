"""Duty in a program: checking in and out, breaks, and the surge. Every change answers with the whole Me."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from counseling.actions import duty, surge
from counseling.api.base import StaffView
from counseling.api.inputs import BreakInput, Nothing, SurgeInput


class DutyView(StaffView):
    """My duty here."""

    @extend_schema(request=Nothing, responses={200: dict})
    def put(self, request: Request, program_id: int) -> Response:
        """Check in."""
        self.checked(Nothing)
        duty.check_in(program_id=program_id, by=self.person)
        return self.me()

    @extend_schema(responses={200: dict})
    def delete(self, request: Request, program_id: int) -> Response:
        """Check out; not with an open session."""
        duty.check_out(program_id=program_id, by=self.person)
        return self.me()


class BreakView(StaffView):
    """My break."""

    @extend_schema(request=BreakInput, responses={200: dict})
    def put(self, request: Request, program_id: int) -> Response:
        """Take a break, for a reason."""
        duty.take_break(program_id=program_id, reason=self.checked(BreakInput)["reason"], by=self.person)
        return self.me()

    @extend_schema(responses={200: dict})
    def delete(self, request: Request, program_id: int) -> Response:
        """Be back."""
        duty.back(program_id=program_id, by=self.person)
        return self.me()


class SurgeView(StaffView):
    """More lines a person for a while."""

    @extend_schema(request=SurgeInput, responses={200: dict})
    def put(self, request: Request, program_id: int) -> Response:
        """Open the surge until a moment."""
        surge.open_until(program_id=program_id, until=self.checked(SurgeInput)["until"], by=self.person)
        return self.me()

    @extend_schema(responses={200: dict})
    def delete(self, request: Request, program_id: int) -> Response:
        """End the surge that was set by hand."""
        surge.end(program_id=program_id, by=self.person)
        return self.me()
