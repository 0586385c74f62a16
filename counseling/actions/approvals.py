"""A trainee's replies wait for a supervisor (返信の承認): approved, also mended, returned with a word, or taken back.

While one waits it calls for a supervisor as a counselor does, with the same clock on both sides: who does not come in
time is not waited for. Nothing of it reaches the visitor before it is approved.
"""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from counseling import permissions, timeline
from counseling.actions import calls, phoning, whispers
from counseling.actions.asides import sealed, taken_before
from counseling.actions.messages import REPLY_LIMIT, CannotReply
from counseling.actions.writing import answer
from counseling.events import EventKind
from counseling.lifecycle import CallKind, State
from counseling.models import Message, PhoneTransfer, Proposal, Session
from counseling.models.message import OPEN, Decision
from counseling.telephone import PhoneStage, Result
from counseling.text import clean


class NoApprovalNeeded(Exception):
    """The person's words need nobody's approval: they reply."""


class DecidedAlready(Exception):
    """Somebody has decided about the words, they were taken back, or the talk is in other hands."""


@transaction.atomic
def propose(*, session_id: int, by: User, client_id: UUID, words: str) -> tuple[Proposal, bool]:
    """A trainee's reply waits from now on; True when new.

    Raises permissions.NotVisible, text.UnacceptableText, messages.CannotReply, NoApprovalNeeded, ClientIdReused.
    """
    words = clean(words, limit=REPLY_LIMIT)
    session, trainee = permissions.lock_own_as(session_id, by)
    if same := taken_before(Proposal, session, by=by, client_id=client_id, words=words):
        return same, False
    if not (trainee and session.program.approves_trainees):
        raise NoApprovalNeeded
    if session.state != State.ACTIVE:
        raise CannotReply(session.state)
    proposal = sealed(Proposal, session, by=by, words=words, client_id=client_id)
    at, version = proposal.created_at, proposal.version
    timeline.record(session, "proposal.made", at=at, by=by, proposal=proposal, version=version)
    calls.call(session, kind=CallKind.APPROVAL, by=by, now=at)
    return proposal, True


@transaction.atomic
def approve(*, session_id: int, proposal_id: int, by: User, words: str | None = None) -> Message:
    """A supervisor lets the words go to the visitor, as they are or as `words`: they are the trainee's reply.

    Raises permissions.NotVisible (also for who has given no reason to read the talk), text.UnacceptableText,
    messages.CannotReply, DecidedAlready.
    """
    if words is not None:
        words = clean(words, limit=REPLY_LIMIT)
    session, proposal = _to_decide(session_id, proposal_id, by)
    if session.state != State.ACTIVE:
        raise CannotReply(session.state)
    said = proposal.words(session.visitor.key()) if words is None else words
    offered = PhoneTransfer.objects.filter(proposal=proposal).first()
    if offered:
        message = phoning.make_offer(session, offered, by=proposal.by, client_id=proposal.client_id, words=said)
    else:
        message = answer(session, by=proposal.by, client_id=proposal.client_id, words=said)
    proposal.message = message
    _decide(session, proposal, Decision.APPROVED, "proposal.approved", by)
    return message


@transaction.atomic
def give_back(*, session_id: int, proposal_id: int, by: User, client_id: UUID, word: str) -> None:
    """A supervisor returns the words with a word of her own, which is a whisper.

    Raises permissions.NotVisible, text.UnacceptableText, DecidedAlready, messages.ClientIdReused, CannotWhisper.
    """
    session, proposal = _to_decide(session_id, proposal_id, by)
    _decide(session, proposal, Decision.RETURNED, "proposal.returned", by)
    whispers.say(session_id=session_id, by=by, client_id=client_id, words=word)


@transaction.atomic
def withdraw(*, session_id: int, proposal_id: int, by: User) -> None:
    """The trainee takes the words back, to mend them; what was returned, too. Raises NotVisible, DecidedAlready."""
    session = permissions.lock_own(session_id, by)
    proposal = _proposal(session, proposal_id)
    if proposal.by_id != by.pk:
        raise permissions.NotVisible
    if proposal.decision not in OPEN:
        raise DecidedAlready
    _decide(session, proposal, Decision.WITHDRAWN, "proposal.withdrawn", by)


def drop(session: Session) -> None:
    """The talk is in other hands: what waited there waits no more."""
    for proposal in Proposal.objects.filter(session=session, decision__in=OPEN).order_by("pk"):
        _decide(session, proposal, Decision.WITHDRAWN, "proposal.withdrawn", None)


def _to_decide(session_id: int, proposal_id: int, by: User) -> tuple[Session, Proposal]:
    session = permissions.lock_steered(session_id, by)
    if not permissions.readable_sessions(by).filter(pk=session_id).exists():
        raise permissions.NotVisible
    proposal = _proposal(session, proposal_id)
    if proposal.decision != Decision.PENDING or proposal.by_id != session.counselor_id:
        raise DecidedAlready
    return session, proposal


def _proposal(session: Session, proposal_id: int) -> Proposal:
    proposal = Proposal.objects.select_related("by").filter(session=session, pk=proposal_id).first()
    if proposal is None:
        raise permissions.NotVisible
    return proposal


def _decide(session: Session, proposal: Proposal, decision: Decision, event: EventKind, by: User | None) -> None:
    now = timezone.now()
    proposal.decision, proposal.decided_at, proposal.decided_by = decision, now, by
    proposal.version = timeline.next_version(session)
    proposal.save(update_fields=["decision", "decided_at", "decided_by", "message", "version"])
    timeline.record(session, event, at=now, by=by, proposal=proposal, version=proposal.version)
    if decision != Decision.APPROVED:
        _drop_offer(proposal)
    waiting = Proposal.objects.filter(session=session, decision=Decision.PENDING).exists()
    if session.call_kind == CallKind.APPROVAL and not waiting:
        calls.settle(session, by=by, now=now)


def _drop_offer(proposal: Proposal) -> None:
    """An offer of the telephone that waited in these words is made anew, or not at all."""
    offered = PhoneTransfer.objects.filter(proposal=proposal, stage=PhoneStage.PROPOSED).first()
    if offered:
        phoning.finish(offered, Result.WITHDRAWN)
