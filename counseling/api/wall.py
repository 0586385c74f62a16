"""What a supervisor does from the wall: with many sessions at once, with the queue, with people who are not here."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from accounts.roles import Right
from counseling import feeds, permissions
from counseling.actions import callins, diversion, reassigning, stages
from counseling.api.base import StaffView
from counseling.api.errors import each_outcome
from counseling.api.inputs import CallInsInput, Nothing, ReassignmentsInput
from counseling.stages import Step


class ReassignmentsView(StaffView):
    """Many sessions given on in one go."""

    @extend_schema(request=ReassignmentsInput, responses={200: list})
    def post(self, request: Request, program_id: int) -> Response:
        """To a person, or back to the queue; what became of each."""
        wish = self.checked(ReassignmentsInput)
        to = get_object_or_404(User, pk=wish["to"], is_active=True) if wish["to"] is not None else None
        done = reassigning.reassign(
            program_id=program_id, session_ids=wish["sessions"], by=self.person, to=to, summary=wish["summary"]
        )
        return Response([each_outcome(one.session_id, one.refusal) for one in done])


class DiversionView(StaffView):
    """The queue for supervisors alone (SV対応)."""

    @extend_schema(request=Nothing, responses={204: None})
    def put(self, request: Request, program_id: int) -> Response:
        """Divert it."""
        self.checked(Nothing)
        diversion.divert(program_id=program_id, by=self.person)
        return Response(status=204)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, program_id: int) -> Response:
        """It is everybody's again."""
        diversion.end(program_id=program_id, by=self.person)
        return Response(status=204)


class ReceptionPauseView(StaffView):
    """The pause of reception (受付停止)."""

    @extend_schema(request=Nothing, responses={204: None})
    def put(self, request: Request, program_id: int) -> Response:
        """Take nobody new from now on."""
        self.checked(Nothing)
        stages.step(program_id=program_id, step=Step.PAUSE, by=self.person)
        return Response(status=204)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, program_id: int) -> Response:
        """Receive again."""
        stages.step(program_id=program_id, step=Step.RESUME, by=self.person)
        return Response(status=204)


class CallInsView(StaffView):
    """People who are not on duty, asked by mail to come."""

    @extend_schema(responses={200: list})
    def get(self, request: Request, program_id: int) -> Response:
        """Who could be asked, and when they were last."""
        permissions.require(self.person, Right.STEER, program_id)
        return Response(feeds.off_duty(program_id))

    @extend_schema(request=CallInsInput, responses={200: list})
    def post(self, request: Request, program_id: int) -> Response:
        """Ask these; what became of each."""
        people = self.checked(CallInsInput)["people"]
        called = callins.call_in(program_id=program_id, user_ids=people, by=self.person)
        return Response([each_outcome(pk, refusal) for pk, refusal in called.items()])
