"""A program at work: its board, its ready-made words, and taking the next session."""

from django.db.models import Q
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.roles import Right
from counseling import feeds, permissions
from counseling.actions import sessions
from counseling.api.base import StaffView
from counseling.api.inputs import Nothing
from counseling.models import CannedReply


class BoardView(StaffView):
    """The board of a program."""

    @extend_schema(responses={200: dict})
    def get(self, request: Request, program_id: int) -> Response:
        """The board now."""
        permissions.require(self.person, Right.WATCH_BOARD, program_id)
        return Response(feeds.board(program_id))


class CannedRepliesView(StaffView):
    """Ready-made words (定型文)."""

    @extend_schema(responses={200: list})
    def get(self, request: Request, program_id: int) -> Response:
        """Those of the program, and my own."""
        permissions.require(self.person, Right.TAKE_SESSIONS, program_id)
        rows = CannedReply.objects.filter(Q(owner=None) | Q(owner=self.person), program=program_id)
        return Response(
            [
                {"id": r.pk, "shortcut": r.shortcut, "title": r.title, "body": r.body, "mine": r.owner_id is not None}
                for r in rows
            ]
        )


class ClaimsView(StaffView):
    """Taking the next session."""

    @extend_schema(request=Nothing, responses={201: dict})
    def post(self, request: Request, program_id: int) -> Response:
        """Take the next one."""
        self.checked(Nothing)
        session = sessions.claim_next(program_id=program_id, by=self.person)
        return Response(feeds.session_state(session.pk, self.person), status=201)
