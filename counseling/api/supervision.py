"""What a supervisor does in another's talk: come when called, read, whisper, write, take it over, give it back."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from accounts.roles import Right
from counseling import feeds, permissions
from counseling.actions import approvals, calls, protecting, reading, stepping_in, whispers
from counseling.api.base import StaffView
from counseling.api.inputs import (
    ApprovalInput,
    CallInput,
    ProtectionInput,
    ReadingInput,
    SummaryInput,
    TakeOverInput,
    WordsInput,
)
from counseling.lifecycle import LIVE, CallKind, TakeOver
from counseling.models import Visitor
from counseling.models.supervision import Reason


def _approached(session_id: int, user: User) -> Visitor:
    """The session's visitor, for who may read how to answer them: who has it in hand, who reads along."""
    session = permissions.readable_sessions(user).select_related("visitor").filter(pk=session_id).first()
    if session is None:
        raise permissions.NotVisible
    if session.counselor_id != user.pk or session.state not in LIVE:
        permissions.require(user, Right.READ_ALL, session.program_id)
    return session.visitor


class ApproachView(StaffView):
    """How to answer the session's visitor."""

    @extend_schema(responses={200: dict})
    def get(self, _request: Request, session_id: int) -> Response:
        """As it stands now, for whoever has the visitor in a talk, or reads along in it."""
        return Response(feeds.approach_view(_approached(session_id, self.person)))


class ReadingView(StaffView):
    """Reading along."""

    @extend_schema(request=ReadingInput, responses={200: dict})
    def put(self, request: Request, session_id: int) -> Response:
        """Give the reason: from now on one may read the talk, and until when."""
        reason = Reason(self.checked(ReadingInput)["reason"])
        until = reading.begin(session_id=session_id, by=self.person, reason=reason, address=self.address)
        return Response({"until": until.isoformat()})


class ProtectionView(StaffView):
    """Going on without consent, to protect a life."""

    @extend_schema(request=ProtectionInput, responses={200: dict})
    def put(self, request: Request, session_id: int) -> Response:
        """Read what was withheld, and take the sitting over where it is not over."""
        why = self.checked(ProtectionInput)["why"]
        protecting.protect(session_id=session_id, by=self.person, why=why, address=self.address)
        return Response(feeds.session_state(session_id, self.person))


class WhispersView(StaffView):
    """Words between a supervisor and the counselor beside the talk."""

    @extend_schema(request=WordsInput, responses={201: dict, 200: dict})
    def post(self, request: Request, session_id: int) -> Response:
        """Whisper; the same client_id is taken once."""
        wish = self.checked(WordsInput)
        whisper, new = whispers.say(
            session_id=session_id, by=self.person, client_id=wish["client_id"], words=wish["text"]
        )
        return Response(feeds.whisper_view(whisper, whisper.session.visitor.key()), status=201 if new else 200)


class InterventionsView(StaffView):
    """A supervisor's own words to the visitor, in a talk that stays with its counselor."""

    @extend_schema(request=WordsInput, responses={201: dict, 200: dict})
    def post(self, request: Request, session_id: int) -> Response:
        """Write as oneself; the same client_id is taken once."""
        wish = self.checked(WordsInput)
        message, new = stepping_in.write(
            session_id=session_id, by=self.person, client_id=wish["client_id"], words=wish["text"]
        )
        return Response(feeds.message_view(message, message.session.visitor.key()), status=201 if new else 200)


class CallView(StaffView):
    """A counselor calls for a supervisor."""

    @extend_schema(request=CallInput, responses={204: None})
    def put(self, request: Request, session_id: int) -> Response:
        """Call: a consultation, or urgently."""
        calls.make(session_id=session_id, by=self.person, kind=CallKind(self.checked(CallInput)["kind"]))
        return Response(status=204)

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, session_id: int) -> Response:
        """The call is over."""
        calls.end(session_id=session_id, by=self.person)
        return Response(status=204)


class CallAnswerView(StaffView):
    """A supervisor who comes."""

    @extend_schema(request=None, responses={200: dict})
    def put(self, request: Request, session_id: int) -> Response:
        """Answer the call by one's name: from now on one may read the talk, and until when."""
        until = calls.answer(session_id=session_id, by=self.person, address=self.address)
        return Response({"until": until.isoformat()})


class ProposalsView(StaffView):
    """A trainee's replies, which wait for a supervisor."""

    @extend_schema(request=WordsInput, responses={201: dict, 200: dict})
    def post(self, request: Request, session_id: int) -> Response:
        """Propose a reply; the same client_id is taken once."""
        wish = self.checked(WordsInput)
        proposal, new = approvals.propose(
            session_id=session_id, by=self.person, client_id=wish["client_id"], words=wish["text"]
        )
        view = feeds.proposal_view(proposal, proposal.session.visitor.key())
        return Response(view, status=201 if new else 200)


class ProposalView(StaffView):
    """One of them: approved, returned, or taken back."""

    @extend_schema(request=ApprovalInput, responses={200: dict})
    def put(self, request: Request, session_id: int, proposal_id: int) -> Response:
        """Approve: it goes to the visitor, as it is or as `text`."""
        words = self.checked(ApprovalInput).get("text")
        message = approvals.approve(session_id=session_id, proposal_id=proposal_id, by=self.person, words=words)
        return Response(feeds.message_view(message, message.session.visitor.key()))

    @extend_schema(request=WordsInput, responses={204: None})
    def post(self, request: Request, session_id: int, proposal_id: int) -> Response:
        """Return it with a word, which is a whisper."""
        wish = self.checked(WordsInput)
        approvals.give_back(
            session_id=session_id, proposal_id=proposal_id, by=self.person,
            client_id=wish["client_id"], word=wish["text"],
        )  # fmt: skip
        return Response(status=204)

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, session_id: int, proposal_id: int) -> Response:
        """Take it back, to mend it."""
        approvals.withdraw(session_id=session_id, proposal_id=proposal_id, by=self.person)
        return Response(status=204)


class TakeOverView(StaffView):
    """Stepping in with the whole talk."""

    @extend_schema(request=TakeOverInput, responses={200: dict})
    def put(self, request: Request, session_id: int) -> Response:
        """Take it over from its counselor."""
        because = TakeOver(self.checked(TakeOverInput)["because"])
        stepping_in.take_over(session_id=session_id, by=self.person, because=because)
        return Response(feeds.session_state(session_id, self.person))

    @extend_schema(request=SummaryInput, responses={204: None})
    def delete(self, request: Request, session_id: int) -> Response:
        """Give it back."""
        summary = self.checked(SummaryInput)["summary"]
        stepping_in.hand_back(session_id=session_id, by=self.person, summary=summary)
        return Response(status=204)
