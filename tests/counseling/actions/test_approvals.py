"""A trainee's replies wait for a supervisor: approved, mended, returned, taken back; and what happens meanwhile."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import User
from counseling import feeds
from counseling.actions import approvals, call_mails, calls, messages, reading, sessions, staff, stepping_in
from counseling.lifecycle import CallKind, TakeOver
from counseling.models import Delivery, Membership, Message, Program, Proposal, Session, SessionEvent, Whisper
from counseling.models.supervision import Reason
from counseling.permissions import NotVisible
from counseling.text import UnacceptableText
from tests.counseling.actions.conftest import refreshed

NewId = Callable[[], UUID]
Propose = Callable[..., Proposal]
TYPED = "それはつらかったですね"


@pytest.fixture
def trainee(active: Session, haru: User, mio: User) -> User:
    """Haru, who has the session, is in training; Mio's console is open."""
    Membership.objects.filter(user=haru).update(role="trainee")
    staff.keep_present(user_ids=[mio.pk])
    return haru


@pytest.fixture
def propose(active: Session, trainee: User, new_id: NewId) -> Propose:
    """Haru would say something."""

    def say(words: str = TYPED) -> Proposal:
        proposal, _new = approvals.propose(session_id=active.pk, by=trainee, client_id=new_id(), words=words)
        return proposal

    return say


@pytest.fixture
def reads(active: Session, mio: User) -> User:
    """Mio reads along."""
    reading.begin(session_id=active.pk, by=mio, reason=Reason.TRAINING)
    return mio


def said(session: Session) -> list[str]:
    """What was said to the visitor by people."""
    rows = Message.objects.filter(session=session, author="counselor").order_by("seq")
    return [row.words(session.visitor.key()) for row in rows]


def decision(proposal: Proposal) -> str:
    """What became of it."""
    proposal.refresh_from_db()
    return proposal.decision


def test_what_waits_reaches_nobody_outside_and_moves_no_clock(propose: Propose, active: Session) -> None:
    before = refreshed(active)
    owed = Delivery.objects.count()
    propose()
    after = refreshed(active)
    assert said(active) == []
    assert Delivery.objects.count() == owed
    clocks = ("waiting_since", "silent_since", "first_response_at", "message_count", "idle_steps")
    assert [getattr(after, name) for name in clocks] == [getattr(before, name) for name in clocks]


def test_it_calls_for_a_supervisor_with_the_programs_clock(propose: Propose, trainee: User) -> None:
    session = propose().session
    (view,) = feeds.board(session.program_id)["sessions"]
    assert view["call"]
    assert (view["call"]["kind"], view["call"]["by"]) == ("approval", trainee.pk)


def test_a_heavier_call_is_not_taken_down_by_it(propose: Propose, active: Session, trainee: User) -> None:
    calls.make(session_id=active.pk, by=trainee, kind=CallKind.URGENT)
    propose()
    assert refreshed(active).call_kind == "urgent"


def test_a_supervisor_away_falls_to_the_next(propose: Propose, active: Session, ren: User, program: Program) -> None:
    Membership.objects.create(user=ren, program=program, role="supervisor")
    propose()
    Session.objects.filter(pk=active.pk).update(call_due_at=timezone.now() - timedelta(seconds=1))
    assert calls.escalate() == 1
    assert call_mails.send_next(now=timezone.now())
    assert mail.outbox[0].to == [ren.email]
    assert TYPED not in mail.outbox[0].body


def test_a_trainee_cannot_reply_without(trainee: User, active: Session) -> None:
    with pytest.raises(messages.NeedsApproval):
        messages.reply(session_id=active.pk, by=trainee, client_id=uuid4(), words=TYPED)
    assert said(active) == []


def test_where_the_program_does_not_ask_for_it_a_trainee_replies(
    trainee: User, active: Session, program: Program
) -> None:
    Program.objects.filter(pk=program.pk).update(approves_trainees=False)
    messages.reply(session_id=active.pk, by=trainee, client_id=uuid4(), words=TYPED)
    assert said(active) == [TYPED]
    with pytest.raises(approvals.NoApprovalNeeded):
        approvals.propose(session_id=active.pk, by=trainee, client_id=uuid4(), words=TYPED)


def test_who_is_no_trainee_replies(active: Session, haru: User) -> None:
    with pytest.raises(approvals.NoApprovalNeeded):
        approvals.propose(session_id=active.pk, by=haru, client_id=uuid4(), words=TYPED)


def test_the_state_says_who_needs_it_and_what_waits(propose: Propose, active: Session, trainee: User) -> None:
    propose()
    state = feeds.session_state(active.pk, trainee)
    assert state["needs_approval"]
    assert [(one["text"], one["decision"]) for one in state["proposals"]] == [(TYPED, "pending")]
    Membership.objects.create(user=trainee, program=active.program, role="counselor")
    assert not feeds.session_state(active.pk, trainee)["needs_approval"]


def test_the_same_id_is_taken_once(active: Session, trainee: User) -> None:
    wish: dict[str, Any] = {"session_id": active.pk, "by": trainee, "client_id": UUID(int=5)}
    first, new = approvals.propose(**wish, words=TYPED)
    again, newer = approvals.propose(**wish, words=TYPED)
    assert (first.pk, new, newer) == (again.pk, True, False)
    with pytest.raises(messages.ClientIdReused):
        approvals.propose(**wish, words="べつのことば")


@pytest.mark.parametrize("words", ["", "  ", "あ" * 20_001, "a\0b"])
def test_unacceptable_words_do_not_wait(propose: Propose, words: str) -> None:
    with pytest.raises(UnacceptableText):
        propose(words)


def test_nobody_proposes_in_a_talk_on_hold(propose: Propose, active: Session, trainee: User) -> None:
    sessions.hold(session_id=active.pk, by=trainee)
    with pytest.raises(messages.CannotReply):
        propose()


def test_approved_it_is_the_trainees_reply(propose: Propose, active: Session, reads: User, trainee: User) -> None:
    proposal = propose()
    message = approvals.approve(session_id=active.pk, proposal_id=proposal.pk, by=reads)
    assert (message.by_id, message.author, said(active)) == (trainee.pk, "counselor", [TYPED])
    assert Delivery.objects.filter(message=message).count() == 1
    assert decision(proposal) == "approved"
    assert refreshed(active).first_response_at is not None
    assert refreshed(active).call_kind == ""


def test_a_supervisor_mends_it_before(propose: Propose, active: Session, reads: User) -> None:
    proposal = propose()
    approvals.approve(session_id=active.pk, proposal_id=proposal.pk, by=reads, words="それは、つらかったでしょうね。")
    assert said(active) == ["それは、つらかったでしょうね。"]


def test_approved_twice_it_is_said_once(propose: Propose, active: Session, reads: User) -> None:
    proposal = propose()
    approvals.approve(session_id=active.pk, proposal_id=proposal.pk, by=reads)
    with pytest.raises(approvals.DecidedAlready):
        approvals.approve(session_id=active.pk, proposal_id=proposal.pk, by=reads)
    assert said(active) == [TYPED]


def test_the_call_stays_while_another_waits(propose: Propose, active: Session, reads: User) -> None:
    first, second = propose("はい"), propose("聞いています")
    approvals.approve(session_id=active.pk, proposal_id=first.pk, by=reads)
    assert refreshed(active).call_kind == "approval"
    approvals.approve(session_id=active.pk, proposal_id=second.pk, by=reads)
    assert refreshed(active).call_kind == ""


def test_returned_it_comes_with_a_whisper_and_is_said_to_nobody(
    propose: Propose, active: Session, reads: User, new_id: NewId
) -> None:
    proposal = propose()
    wish: dict[str, Any] = {"session_id": active.pk, "proposal_id": proposal.pk, "by": reads}
    approvals.give_back(**wish, client_id=new_id(), word="もう少し待ってみましょう")
    assert (decision(proposal), said(active)) == ("returned", [])
    (whisper,) = Whisper.objects.filter(session=active)
    assert whisper.words(active.visitor.key()) == "もう少し待ってみましょう"
    with pytest.raises(approvals.DecidedAlready):
        approvals.approve(**wish)


def test_returned_without_a_word_it_still_waits(propose: Propose, active: Session, reads: User, new_id: NewId) -> None:
    proposal = propose()
    with pytest.raises(UnacceptableText):
        approvals.give_back(session_id=active.pk, proposal_id=proposal.pk, by=reads, client_id=new_id(), word=" ")
    assert decision(proposal) == "pending"


def test_taken_back_it_waits_no_more(propose: Propose, active: Session, trainee: User, reads: User) -> None:
    proposal = propose()
    approvals.withdraw(session_id=active.pk, proposal_id=proposal.pk, by=trainee)
    assert (decision(proposal), refreshed(active).call_kind) == ("withdrawn", "")
    for act in (approvals.withdraw, approvals.approve):
        with pytest.raises(approvals.DecidedAlready):
            act(session_id=active.pk, proposal_id=proposal.pk, by=trainee if act == approvals.withdraw else reads)


def test_what_was_returned_can_be_taken_back_to_mend_it(
    propose: Propose, active: Session, trainee: User, reads: User, new_id: NewId
) -> None:
    proposal = propose()
    approvals.give_back(session_id=active.pk, proposal_id=proposal.pk, by=reads, client_id=new_id(), word="短く")
    approvals.withdraw(session_id=active.pk, proposal_id=proposal.pk, by=trainee)
    assert feeds.session_state(active.pk, trainee)["proposals"] == []


def test_in_other_hands_nothing_waits(propose: Propose, active: Session, reads: User) -> None:
    proposal = propose()
    stepping_in.take_over(session_id=active.pk, by=reads, because=TakeOver.RISK)
    assert (decision(proposal), refreshed(active).call_kind) == ("withdrawn", "")
    with pytest.raises(approvals.DecidedAlready):
        approvals.approve(session_id=active.pk, proposal_id=proposal.pk, by=reads)


def test_on_hold_it_cannot_be_approved_and_still_waits(
    propose: Propose, active: Session, trainee: User, reads: User
) -> None:
    proposal = propose()
    sessions.hold(session_id=active.pk, by=trainee)
    with pytest.raises(messages.CannotReply):
        approvals.approve(session_id=active.pk, proposal_id=proposal.pk, by=reads)
    assert decision(proposal) == "pending"


def test_who_has_given_no_reason_to_read_decides_nothing(propose: Propose, active: Session, mio: User) -> None:
    proposal = propose()
    with pytest.raises(NotVisible):
        approvals.approve(session_id=active.pk, proposal_id=proposal.pk, by=mio)


@pytest.mark.parametrize("who", ["haru", "ren", "aoi", "kei", "nao"])
def test_only_supervisors_decide(
    propose: Propose, active: Session, who: str, request: pytest.FixtureRequest, new_id: NewId
) -> None:
    wish: dict[str, Any] = {"session_id": active.pk, "proposal_id": propose().pk, "by": request.getfixturevalue(who)}
    with pytest.raises(NotVisible):
        approvals.approve(**wish)
    with pytest.raises(NotVisible):
        approvals.give_back(**wish, client_id=new_id(), word="短く")


@pytest.mark.parametrize("who", ["ren", "mio", "nao"])
def test_only_who_wrote_it_takes_it_back(
    propose: Propose, active: Session, who: str, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(NotVisible):
        approvals.withdraw(session_id=active.pk, proposal_id=propose().pk, by=request.getfixturevalue(who))


def test_what_waits_in_another_talk_is_none_here(propose: Propose, active: Session, reads: User) -> None:
    propose()
    with pytest.raises(NotVisible):
        approvals.approve(session_id=active.pk, proposal_id=0, by=reads)


def test_the_log_tells_each_step(propose: Propose, active: Session, reads: User) -> None:
    approvals.approve(session_id=active.pk, proposal_id=propose().pk, by=reads)
    kinds = SessionEvent.objects.filter(session=active).order_by("version").values_list("kind", flat=True)
    assert list(kinds)[-5:] == ["proposal.made", "call.made", "message.replied", "proposal.approved", "call.ended"]
