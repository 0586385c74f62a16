"""A counselor calls for a supervisor: answered by a name, taken back, or brought to the next who may come."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts import mail as mails
from accounts.models import AuditEntry, User
from counseling import feeds
from counseling.actions import call_mails, calls, sessions, staff, stepping_in
from counseling.lifecycle import CallKind, EndReason, TakeOver
from counseling.models import CallMail, Membership, Presence, Program, Session, SessionEvent
from counseling.permissions import NotVisible, readable_sessions
from tests.counseling.actions.conftest import refreshed

Call = Callable[..., Session]


@pytest.fixture
def there(mio: User) -> User:
    """Mio's console is open."""
    staff.keep_present(user_ids=[mio.pk])
    return mio


@pytest.fixture
def call(active: Session, haru: User) -> Call:
    """Haru calls for a supervisor."""

    def make(kind: CallKind = CallKind.CONSULT, by: User = haru) -> Session:
        calls.make(session_id=active.pk, by=by, kind=kind)
        return refreshed(active)

    return make


def kinds(session: Session) -> list[str]:
    """What the log says of calls, in order."""
    rows = SessionEvent.objects.filter(session=session, kind__startswith="call.").order_by("version")
    return list(rows.values_list("kind", flat=True))


def later(session: Session, seconds: int) -> int:
    """The call is so much older; how many calls go on to the next then."""
    for name in ("called_at", "call_due_at"):
        if value := getattr(refreshed(session), name):
            Session.objects.filter(pk=session.pk).update(**{name: value - timedelta(seconds=seconds)})
    mailed = CallMail.objects.filter(session=session)
    mailed.update(called_at=refreshed(session).called_at)
    return calls.escalate()


def mailed_to() -> list[str]:
    """To whom mails go now, in order."""
    while call_mails.send_next(now=timezone.now()):
        pass
    return [address for message in mail.outbox for address in message.to]


def test_a_call_stands_on_the_board_with_who_and_since_when(call: Call, haru: User, there: User) -> None:
    session = call(CallKind.URGENT)
    (view,) = feeds.board(session.program_id)["sessions"]
    made = view["call"]
    assert made
    assert (made["kind"], made["by"], made["step"], made["answered_by"]) == ("urgent", haru.pk, 0, None)
    assert session.called_at
    assert made["due_at"] == (session.called_at + timedelta(seconds=60)).isoformat()


def test_the_same_call_again_is_one_call(call: Call, there: User) -> None:
    first = call()
    assert call().version == first.version
    assert kinds(first) == ["call.made"]


def test_urgent_takes_the_place_of_a_consultation_and_not_the_other_way(call: Call, there: User) -> None:
    call()
    urgent = call(CallKind.URGENT)
    assert urgent.call_kind == "urgent"
    assert call(CallKind.CONSULT).version == urgent.version


def test_an_urgent_call_is_to_be_answered_anew(call: Call, there: User) -> None:
    session = call()
    calls.answer(session_id=session.pk, by=there)
    assert call(CallKind.URGENT).call_answered_by_id is None


def test_the_talk_goes_on_meanwhile(call: Call, active: Session, there: User) -> None:
    before = refreshed(active)
    after = call()
    clocks = ("state", "waiting_since", "silent_since", "idle_steps", "counselor_id", "risk", "message_count")
    assert [getattr(after, name) for name in clocks] == [getattr(before, name) for name in clocks]


@pytest.mark.parametrize("who", ["ren", "mio", "aoi", "kei", "nao"])
def test_only_its_counselor_calls_in_a_talk(call: Call, who: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(NotVisible):
        call(by=request.getfixturevalue(who))


def test_nobody_calls_when_the_talk_is_over(call: Call, active: Session, haru: User) -> None:
    sessions.end(session_id=active.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    with pytest.raises(calls.CannotCall):
        call()


def test_who_answers_is_seen_by_name_and_may_read_along(call: Call, there: User) -> None:
    session = call()
    assert not readable_sessions(there).filter(pk=session.pk).exists()
    calls.answer(session_id=session.pk, by=there)
    (view,) = feeds.board(session.program_id)["sessions"]
    assert view["call"]
    assert view["call"]["answered_by"] == there.pk
    assert view["call"]["due_at"] is None
    assert readable_sessions(there).filter(pk=session.pk).exists()
    assert AuditEntry.objects.filter(deed="session.read", actor_id=there.pk, details__reason="asked").count() == 1


def test_answered_twice_is_the_same(call: Call, there: User) -> None:
    session = call()
    for _time in range(2):
        calls.answer(session_id=session.pk, by=there)
    assert kinds(session) == ["call.made", "call.answered"]


def test_the_first_to_answer_comes(call: Call, there: User, ren: User, program: Program) -> None:
    Membership.objects.create(user=ren, program=program, role="supervisor")
    session = call()
    calls.answer(session_id=session.pk, by=there)
    with pytest.raises(calls.AnsweredAlready):
        calls.answer(session_id=session.pk, by=ren)


def test_what_nobody_called_for_cannot_be_answered(active: Session, mio: User) -> None:
    with pytest.raises(calls.NoCall):
        calls.answer(session_id=active.pk, by=mio)


@pytest.mark.parametrize("who", ["haru", "ren", "aoi", "kei", "nao"])
def test_only_supervisors_answer(call: Call, there: User, who: str, request: pytest.FixtureRequest) -> None:
    session = call()
    with pytest.raises(NotVisible):
        calls.answer(session_id=session.pk, by=request.getfixturevalue(who))


@pytest.mark.parametrize("who", ["haru", "mio"])
def test_it_is_ended_by_either_and_can_be_made_again(
    call: Call, there: User, who: str, request: pytest.FixtureRequest
) -> None:
    session = call()
    for _time in range(2):
        calls.end(session_id=session.pk, by=request.getfixturevalue(who))
    assert kinds(session) == ["call.made", "call.ended"]
    (view,) = feeds.board(session.program_id)["sessions"]
    assert view["call"] is None
    assert call().call_kind == "consult"


def test_somebody_else_does_not_end_it(call: Call, there: User, ren: User) -> None:
    session = call()
    with pytest.raises(NotVisible):
        calls.end(session_id=session.pk, by=ren)


def test_it_ends_with_the_talk(call: Call, there: User, haru: User) -> None:
    session = call()
    sessions.end(session_id=session.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    assert kinds(session) == ["call.made", "call.ended"]


def test_it_ends_when_a_supervisor_takes_the_talk_over(call: Call, there: User) -> None:
    session = call(CallKind.URGENT)
    stepping_in.take_over(session_id=session.pk, by=there, because=TakeOver.ASKED)
    assert refreshed(session).call_kind == ""


def test_it_stays_with_a_talk_that_goes_back_to_the_queue(call: Call, there: User, haru: User) -> None:
    session = call(CallKind.URGENT)
    sessions.requeue(session_id=session.pk, by=haru, summary="SVを待っています")
    assert refreshed(session).call_kind == "urgent"
    assert later(session, 60) == 1


# Nobody answers


def test_within_its_time_it_goes_to_nobody_else(call: Call, there: User) -> None:
    assert later(call(), 59) == 0
    assert mailed_to() == []


def test_then_absent_supervisors_are_mailed_and_then_administrators(
    call: Call, there: User, ren: User, program: Program, aoi: User
) -> None:
    Membership.objects.create(user=ren, program=program, role="supervisor")
    session = call(CallKind.URGENT)
    assert later(session, 60) == 1
    assert mailed_to() == [ren.email]
    assert later(session, 60) == 1
    assert mailed_to() == [ren.email, aoi.email]
    assert later(session, 600) == 0
    assert [row.details["step"] for row in SessionEvent.objects.filter(kind="call.escalated").order_by("version")] == [
        1,
        2,
    ]


def test_with_no_supervisor_absent_administrators_are_next(call: Call, there: User, aoi: User) -> None:
    assert later(call(), 60) == 1
    assert mailed_to() == [aoi.email]


def test_with_no_supervisor_there_the_absent_are_mailed_at_once(call: Call, mio: User) -> None:
    session = call()
    assert (session.call_step, mailed_to()) == (1, [mio.email])
    assert kinds(session) == ["call.made", "call.escalated"]


def test_what_is_answered_goes_to_nobody_else(call: Call, there: User) -> None:
    session = call()
    calls.answer(session_id=session.pk, by=there)
    assert later(session, 600) == 0


def test_a_mail_names_no_visitor_and_says_nothing_of_the_talk(call: Call, mio: User, active: Session) -> None:
    call(CallKind.URGENT)
    mailed_to()
    (told,) = mail.outbox
    assert "緊急" in told.subject
    assert "Haru" in told.body
    assert active.visitor.pseudonym not in told.body
    assert f"#session-{active.pk}" in told.body


def test_a_mail_that_is_owed_is_owed_no_more_when_somebody_came(call: Call, mio: User) -> None:
    session = call()
    calls.answer(session_id=session.pk, by=mio)
    assert mailed_to() == []


def test_a_mail_the_server_did_not_take_is_tried_again_for_an_hour(
    call: Call, mio: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mails, "send", lambda *_args, **_context: False)
    call()
    now = timezone.now()
    assert call_mails.send_next(now=now)
    assert not call_mails.is_due(now=now)
    assert call_mails.is_due(now=now + call_mails.TRY_AGAIN_AFTER)
    assert not call_mails.is_due(now=now + call_mails.GIVEN_UP_AFTER)


def test_who_left_meanwhile_gets_no_mail(call: Call, mio: User) -> None:
    call()
    User.objects.filter(pk=mio.pk).update(is_active=False)
    assert mailed_to() == []


def test_a_supervisor_without_open_console_is_not_there(call: Call, there: User) -> None:
    Presence.objects.update(seen_at=timezone.now() - timedelta(seconds=61))
    assert call().call_step == 1
