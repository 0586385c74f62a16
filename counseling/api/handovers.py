"""Hand-over notes from shift to shift: read, leave, tick."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.roles import Right
from counseling import feeds, permissions
from counseling.actions import handovers
from counseling.api.base import StaffView
from counseling.api.inputs import Nothing, WordsInput
from counseling.events import Handover
from counseling.feeds import follow_ups


class HandoverNotesView(StaffView):
    """What the shifts of a program tell each other, and what is due."""

    @extend_schema(responses={200: dict})
    def get(self, request: Request, program_id: int) -> Response:
        """The notes of the last days, newest first, and how many follow-ups are due."""
        permissions.require(self.person, Right.WORK_SHIFTS, program_id)
        takes = permissions.programs(self.person, Right.TAKE_SESSIONS).filter(pk=program_id).exists()
        due = follow_ups.due_in(program_id, timezone.now()) if takes else None
        return Response(Handover(notes=feeds.handover_notes(program_id), follow_ups=due))

    @extend_schema(request=WordsInput, responses={201: dict, 200: dict})
    def post(self, request: Request, program_id: int) -> Response:
        """Leave one; the same client_id is taken once."""
        note, new = handovers.leave(program_id=program_id, by=self.person, **self.checked(WordsInput))
        return Response(feeds.handover_note_view(note), status=201 if new else 200)


class TickView(StaffView):
    """Whether I have read a hand-over note."""

    @extend_schema(request=Nothing, responses={204: None})
    def put(self, request: Request, note_id: int) -> Response:
        """I have."""
        self.checked(Nothing)
        handovers.tick(note_id=note_id, by=self.person)
        return Response(status=204)
