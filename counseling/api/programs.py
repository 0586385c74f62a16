"""A program at work: its board, its ready-made words, and taking the next session."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.roles import Right
from counseling import feeds, permissions
from counseling.actions import replies, sessions
from counseling.api.base import StaffView
from counseling.api.inputs import Nothing
from counseling.feeds import replies as feed
from counseling.models import Program


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
        """Those of the program, and my own, with their variables filled; what is used often first."""
        permissions.require(self.person, Right.TAKE_SESSIONS, program_id)
        return Response(feed.offered(self.person, Program.objects.get(pk=program_id)))


class CannedReplyUsesView(StaffView):
    """How often ready-made words are used."""

    @extend_schema(request=Nothing, responses={204: None})
    def post(self, request: Request, program_id: int, reply_id: int) -> Response:
        """I put them into my words."""
        self.checked(Nothing)
        replies.note_use(program_id=program_id, reply_id=reply_id, by=self.person)
        return Response(status=204)


class ClaimsView(StaffView):
    """Taking the next session."""

    @extend_schema(request=Nothing, responses={201: dict})
    def post(self, request: Request, program_id: int) -> Response:
        """Take the next one."""
        self.checked(Nothing)
        session = sessions.claim_next(program_id=program_id, by=self.person)
        return Response(feeds.session_state(session.pk, self.person), status=201)
