"""One session: read it, take it, pass it on, hold it, end it, close it."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.deeds import Deed
from accounts.models import User
from counseling import feeds, permissions
from counseling.actions import offers, reading, records, risk, sessions
from counseling.api.base import StaffView
from counseling.api.inputs import AssignmentInput, ClosureInput, EndingInput, Nothing, RiskInput, SummaryInput
from counseling.follow_ups import Wanted
from counseling.lifecycle import Classification, EndReason
from counseling.models import Session
from counseling.triage import Risk


class SessionView(StaffView):
    """A session with its words."""

    @extend_schema(responses={200: dict})
    def get(self, request: Request, session_id: int) -> Response:
        """All of it, for those who may read it."""
        session = permissions.readable(session_id, self.person)
        reading.tell_session(session=session, by=self.person, address=self.address)
        return Response(feeds.session_state(session_id, self.person))


class AssignmentView(StaffView):
    """Who has the session."""

    @extend_schema(request=AssignmentInput, responses={200: dict, 204: None})
    def put(self, request: Request, session_id: int) -> Response:
        """Take it, or hand it over to a person with room."""
        wish = self.checked(AssignmentInput)
        if "to" not in wish:
            sessions.claim(session_id=session_id, by=self.person)
            return Response(feeds.session_state(session_id, self.person))
        to = get_object_or_404(User, pk=wish["to"], is_active=True)
        sessions.transfer(session_id=session_id, by=self.person, to=to, summary=wish["summary"])
        return Response(status=204)

    @extend_schema(request=SummaryInput, responses={204: None})
    def delete(self, request: Request, session_id: int) -> Response:
        """Back to the queue."""
        sessions.requeue(session_id=session_id, by=self.person, summary=self.checked(SummaryInput)["summary"])
        return Response(status=204)


class OfferView(StaffView):
    """A session offered to me."""

    @extend_schema(responses={204: None})
    def delete(self, request: Request, session_id: int) -> Response:
        """Not now: it goes to the next."""
        offers.decline(session_id=session_id, by=self.person)
        return Response(status=204)


class HoldView(StaffView):
    """Setting a talk aside."""

    @extend_schema(request=Nothing, responses={204: None})
    def put(self, request: Request, session_id: int) -> Response:
        """Hold it."""
        self.checked(Nothing)
        sessions.hold(session_id=session_id, by=self.person)
        return Response(status=204)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, session_id: int) -> Response:
        """Take it up again."""
        sessions.resume(session_id=session_id, by=self.person)
        return Response(status=204)


class RiskView(StaffView):
    """How urgent it is."""

    @extend_schema(responses={200: dict})
    def get(self, request: Request, session_id: int) -> Response:
        """The form that is asked, and every change so far, for those who may read the talk."""
        reading.tell_session(
            session=permissions.readable(session_id, self.person), by=self.person, address=self.address
        )
        return Response(feeds.risk_state(session_id))

    @extend_schema(request=RiskInput, responses={204: None})
    def put(self, request: Request, session_id: int) -> Response:
        """Assess it by the answers; the same client_id is taken once."""
        wish = self.checked(RiskInput)
        risk.assess(session_id=session_id, by=self.person, **wish | {"level": Risk(wish["level"])})
        return Response(status=204)


class EndingView(StaffView):
    """The end of the talk."""

    @extend_schema(request=EndingInput, responses={204: None})
    def put(self, request: Request, session_id: int) -> Response:
        """End it: the record is written next."""
        wish = self.checked(EndingInput)
        sessions.end(session_id=session_id, by=self.person, reason=EndReason(wish["reason"]), farewell=wish["farewell"])
        return Response(status=204)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, session_id: int) -> Response:
        """Back to the talk."""
        sessions.reopen(session_id=session_id, by=self.person)
        return Response(status=204)


class ClosureView(StaffView):
    """Filing the sitting."""

    @extend_schema(request=ClosureInput, responses={204: None})
    def put(self, request: Request, session_id: int) -> Response:
        """File its record, which closes it; once closed, correct it."""
        wish = self.checked(ClosureInput)
        wish["classification"] = Classification(wish["classification"])
        if "follow_up" in wish:
            wish["follow_up"] = Wanted(**wish["follow_up"])
        records.file(session_id=session_id, by=self.person, **wish)
        return Response(status=204)


class VisitorSessionsView(StaffView):
    """A visitor's sittings."""

    @extend_schema(responses={200: list})
    def get(self, request: Request, visitor_id: int) -> Response:
        """Those I may know of, newest first."""
        rows = permissions.known_sessions(self.person).filter(visitor=visitor_id).select_related("counselor")
        latest = rows.order_by("-received_at")[:50]
        about = [(f"visitor:{visitor_id}", session.program_id) for session in latest]
        reading.tell(Deed.VISITOR_READ, by=self.person, about=about, address=self.address)
        return Response([_line(session) for session in latest])


def _line(session: Session) -> dict[str, object]:
    return {
        "id": session.pk,
        "number": session.number,
        "medium": session.medium,
        "received_at": session.received_at.isoformat(),
        "ended_at": session.ended_at.isoformat() if session.ended_at else None,
        "state": session.state,
        "classification": session.classification,
        "counselor": session.counselor.name if session.counselor else None,
        "message_count": session.message_count,
    }
