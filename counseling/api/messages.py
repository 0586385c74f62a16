"""Words of a session: replies, notes, drafts, what was read; attachments, and what did not get through."""

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from counseling import feeds
from counseling.actions import attachments, delivery_decisions, messages, notes
from counseling.api.base import StaffView
from counseling.api.inputs import DecisionInput, DraftInput, ReadInput, WordsInput


class MessagesView(StaffView):
    """Words to the visitor."""

    @extend_schema(request=WordsInput, responses={201: dict, 200: dict})
    def post(self, request: Request, session_id: int) -> Response:
        """Reply; the same client_id is taken once."""
        wish = self.checked(WordsInput)
        message, new = messages.reply(
            session_id=session_id, by=self.person, client_id=wish["client_id"], words=wish["text"]
        )
        view = feeds.message_view(message, message.session.visitor.key())
        return Response(view, status=201 if new else 200)


class NotesView(StaffView):
    """Words among staff."""

    @extend_schema(request=WordsInput, responses={201: dict, 200: dict})
    def post(self, request: Request, session_id: int) -> Response:
        """Leave a note; the same client_id is taken once."""
        wish = self.checked(WordsInput)
        note, new = notes.add(session_id=session_id, by=self.person, client_id=wish["client_id"], words=wish["text"])
        return Response(feeds.note_view(note, note.session.visitor.key()), status=201 if new else 200)


class DraftView(StaffView):
    """What I typed and have not sent."""

    @extend_schema(request=DraftInput, responses={204: None})
    def put(self, request: Request, session_id: int) -> Response:
        """Keep it."""
        notes.keep_draft(session_id=session_id, by=self.person, words=self.checked(DraftInput)["text"])
        return Response(status=204)


class ReadView(StaffView):
    """How far I have read."""

    @extend_schema(request=ReadInput, responses={204: None})
    def put(self, request: Request, session_id: int) -> Response:
        """Up to this message and this whisper."""
        notes.mark_read(session_id=session_id, by=self.person, **self.checked(ReadInput))
        return Response(status=204)


class DeliveryDecisionView(StaffView):
    """Words that did not get through."""

    @extend_schema(request=DecisionInput, responses={204: None})
    def put(self, request: Request, delivery_id: int) -> Response:
        """Send again, let it be, or: it arrived."""
        decision = self.checked(DecisionInput)["decision"]
        delivery_decisions.decide(delivery_id=delivery_id, by=self.person, decision=decision)
        return Response(status=204)


class AttachmentView(StaffView):
    """What came with a message."""

    @extend_schema(responses={200: bytes})
    def get(self, request: Request, attachment_id: int) -> HttpResponse:
        """Its content, for those who may read the talk; sandboxed, and a download unless it is a picture."""
        content, content_type, filename = attachments.read(
            attachment_id=attachment_id, by=self.person, address=self.address
        )
        place = "inline" if content_type.startswith("image/") else "attachment"
        return HttpResponse(
            content,
            content_type=content_type,
            headers={
                "Content-Disposition": f'{place}; filename="{filename}"',
                "Content-Security-Policy": "default-src 'none'; sandbox",
                "X-Content-Type-Options": "nosniff",
            },
        )
