"""Care after a heavy talk, from the console; and how heavy the shift is for whom, for the wall."""

from typing import cast

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import logins
from accounts.roles import Right
from counseling import permissions
from counseling.actions import care
from counseling.api.base import StaffView
from counseling.api.inputs import HardInput, Nothing
from counseling.events import AftercareView as AftercareShape
from counseling.feeds import heavy
from counseling.models import Program


class AftercareView(StaffView):
    """What a talk was like for its counselor: nobody else's to say, nor to read here."""

    @extend_schema(responses={200: dict})
    def get(self, request: Request, session_id: int) -> Response:
        """Whether it was heavy, and the pause that is offered."""
        return Response(self._view(session_id))

    @extend_schema(request=HardInput, responses={200: dict})
    def put(self, request: Request, session_id: int) -> Response:
        """It was hard, or it was not."""
        care.mark(session_id=session_id, hard=self.checked(HardInput)["hard"], by=self.person)
        return Response(self._view(session_id))

    def _view(self, session_id: int) -> AftercareShape:
        return heavy.aftercare(care.own_stint(session_id=session_id, by=self.person), timezone.now())


class PauseView(StaffView):
    """The pause after it."""

    @extend_schema(request=Nothing, responses={200: dict})
    def put(self, request: Request, session_id: int) -> Response:
        """Rest a while."""
        self.checked(Nothing)
        care.take_pause(session_id=session_id, by=self.person)
        return self.me()

    @extend_schema(responses={204: None})
    def delete(self, request: Request, session_id: int) -> Response:
        """Go on without."""
        care.decline_pause(session_id=session_id, by=self.person)
        return Response(status=204)


class CareView(StaffView):
    """A program's shift, for those who steer it."""

    @extend_schema(responses={200: dict})
    def get(self, request: Request, program_id: int) -> Response:
        """How many heavy talks this shift brought to whom, by the person's id."""
        permissions.require(self.person, Right.STEER, program_id)
        # The wall looks by itself.
        logins.was_not_asked(cast("logins.SessionStore", request.session))
        return Response(heavy.counts(Program.objects.get(pk=program_id), timezone.now()))
