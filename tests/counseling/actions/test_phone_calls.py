"""Calls are taken by one person, made, ended with a result; late ones alarm; numbers are forgotten by rule."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import AuditEntry, User
from accounts.roles import Role
from counseling.actions import phone_calls, phone_clock, queue, records, sessions, telephone
from counseling.actions.phone_calls import Ending, NotCalling, NotTaken, NumberGone, TakenAlready
from counseling.actions.phoning import BadAnswer
from counseling.feeds import telephone as feed
from counseling.follow_ups import Wanted
from counseling.lifecycle import Classification, EndReason
from counseling.models import Membership, PhoneCall, PhoneMail, PhoneTransfer, Program, Session, SessionEvent, Visitor
from counseling.permissions import NotVisible
from reports.measures import PHONED
from tests.conftest import Say, person
from tests.counseling.actions.calling import NUMBER, aged, agreed, next_slot, with_telephone
from tests.counseling.actions.conftest import refreshed

LATE = timedelta(minutes=40)


@pytest.fixture
def call(active: Session, program: Program, haru: User) -> PhoneTransfer:
    """A call that Sora was promised."""
    with_telephone(program)
    return agreed(refreshed(active), haru, wishes="夫が出たら切ってください")


@pytest.fixture
def on_the_line(call: PhoneTransfer, ren: User) -> PhoneTransfer:
    """Ren is calling."""
    phone_calls.take(transfer_id=call.pk, by=ren)
    phone_calls.start(transfer_id=call.pk, by=ren)
    return call


def end(call: PhoneTransfer, by: User, result: str, next_step: str = "none", **other: Any) -> None:
    phone_calls.end(transfer_id=call.pk, by=by, ending=Ending(result, next_step, **other))


def test_two_cannot_take_the_same_call(call: PhoneTransfer, ren: User, haru: User) -> None:
    phone_calls.take(transfer_id=call.pk, by=ren)
    phone_calls.take(transfer_id=call.pk, by=ren)
    with pytest.raises(TakenAlready):
        phone_calls.take(transfer_id=call.pk, by=haru)
    assert refreshed(call.session).phone == "taken"


def test_who_takes_no_talks_and_who_is_elsewhere_sees_no_call(call: PhoneTransfer, aoi: User, nao: User) -> None:
    other = Program.objects.create(slug="other", name="other", kind="women", starts_on="2026-01-01")
    for who in (aoi, nao, person("Far", other, Role.COUNSELOR)):
        for deed in (phone_calls.take, phone_calls.release, phone_calls.start, phone_calls.show):
            with pytest.raises(NotVisible):
                deed(transfer_id=call.pk, by=who)
    assert feed.one(other, call.pk) is None


def test_the_number_is_shown_to_who_took_it_and_each_time_is_audited(call: PhoneTransfer, ren: User, mio: User) -> None:
    with pytest.raises(NotTaken):
        phone_calls.show(transfer_id=call.pk, by=ren)
    phone_calls.take(transfer_id=call.pk, by=ren)
    for _time in range(2):
        shown = phone_calls.show(transfer_id=call.pk, by=ren, address="192.0.2.1")
    assert (shown.number, shown.wishes) == (NUMBER, "夫が出たら切ってください")
    with pytest.raises(NotTaken):
        phone_calls.show(transfer_id=call.pk, by=mio)
    rows = AuditEntry.objects.filter(deed="phone_number.read")
    assert [row.subject for row in rows] == [f"session:{call.session_id}"] * 2


def test_a_trainee_takes_no_call_at_high_risk(call: PhoneTransfer, ren: User) -> None:
    Membership.objects.filter(user=ren).update(role="trainee")
    Session.objects.update(risk=3)
    with pytest.raises(queue.NotForTrainees):
        phone_calls.take(transfer_id=call.pk, by=ren)


def test_a_supervisor_puts_a_call_back_on_the_list(call: PhoneTransfer, ren: User, haru: User, mio: User) -> None:
    phone_calls.take(transfer_id=call.pk, by=ren)
    with pytest.raises(NotVisible):
        phone_calls.release(transfer_id=call.pk, by=haru)
    phone_calls.release(transfer_id=call.pk, by=mio)
    phone_calls.take(transfer_id=call.pk, by=haru)


@pytest.mark.parametrize(
    ("result", "phone"),
    [("talked", "moved"), ("referred", "moved"), ("refused", "over"), ("wrong_number", "over"), ("unreached", "over")],
)
def test_with_the_result_the_number_is_forgotten(
    on_the_line: PhoneTransfer, ren: User, result: str, phone: str
) -> None:
    end(on_the_line, ren, result, words="眠れているとのこと")
    on_the_line.refresh_from_db()
    assert (on_the_line.stage, on_the_line.result) == ("over", result)
    assert (bytes(on_the_line.number), bytes(on_the_line.wishes)) == (b"", b"")
    assert refreshed(on_the_line.session).phone == phone
    made = PhoneCall.objects.get()
    assert made.said(on_the_line.session.visitor.key()) == "眠れているとのこと"
    with pytest.raises(NotTaken):
        phone_calls.show(transfer_id=on_the_line.pk, by=ren)


def test_a_result_is_noted_once(on_the_line: PhoneTransfer, ren: User, haru: User) -> None:
    with pytest.raises(NotCalling):
        end(on_the_line, haru, "talked")
    end(on_the_line, ren, "talked")
    with pytest.raises(NotCalling):
        end(on_the_line, ren, "unreached")
    assert PhoneCall.objects.get().result == "talked"


def test_another_call_keeps_the_number_and_is_anybody_s(on_the_line: PhoneTransfer, ren: User, haru: User) -> None:
    slot = next_slot(on_the_line.session)
    end(on_the_line, ren, "unreached", "again", slot=slot)
    phone_calls.take(transfer_id=on_the_line.pk, by=haru)
    assert phone_calls.show(transfer_id=on_the_line.pk, by=haru).number == NUMBER
    told = SessionEvent.objects.filter(session=on_the_line.session_id, kind="phone.ended").get().details
    assert (told["result"], told["next_step"], told["move"]) == ("unreached", "again", "call_back")


@pytest.mark.parametrize(
    ("ending", "problems"),
    [
        (Ending("", ""), {"result": "missing", "next_step": "missing"}),
        (Ending("lapsed", "none"), {"result": "missing"}),
        (Ending("talked", "again"), {"next_step": "not_again"}),
        (Ending("unreached", "again"), {"slot": "missing"}),
        (Ending("unreached", "again", "202001010900"), {"slot": "gone"}),
        (Ending("talked", "none", words="a\0"), {"words": "bad_words"}),
    ],
)
def test_an_ending_that_cannot_be_is_refused_and_the_call_goes_on(
    on_the_line: PhoneTransfer, ren: User, ending: Ending, problems: dict[str, str]
) -> None:
    with pytest.raises(BadAnswer) as refused:
        phone_calls.end(transfer_id=on_the_line.pk, by=ren, ending=ending)
    assert refused.value.problems == problems
    assert PhoneCall.objects.filter(ended_at=None).exists()


def test_nobody_takes_it_back_while_it_rings(on_the_line: PhoneTransfer, haru: User, ren: User) -> None:
    with pytest.raises(telephone.OnThePhone):
        telephone.withdraw(transfer_id=on_the_line.pk, by=haru)
    with pytest.raises(phone_calls.OnThePhone):
        phone_calls.release(transfer_id=on_the_line.pk, by=ren)


def test_a_late_call_is_told_to_supervisors_then_to_administrators(
    call: PhoneTransfer, mio: User, aoi: User, ren: User
) -> None:
    assert phone_clock.watch() == 0
    aged(call, LATE)
    assert phone_clock.watch() == 1
    assert phone_clock.watch() == 0
    assert refreshed(call.session).phone == "overdue"
    while phone_clock.send_next(now=timezone.now()):
        pass
    assert [one.to for one in mail.outbox] == [[mio.email]]
    assert NUMBER not in mail.outbox[0].body
    aged(call, timedelta(minutes=11))
    assert phone_clock.watch() == 1
    while phone_clock.send_next(now=timezone.now()):
        pass
    assert mail.outbox[-1].to == [aoi.email]


def test_who_is_owed_a_mail_is_spared_once_somebody_has_called(call: PhoneTransfer, mio: User, ren: User) -> None:
    aged(call, LATE)
    phone_clock.watch()
    phone_calls.take(transfer_id=call.pk, by=ren)
    phone_calls.start(transfer_id=call.pk, by=ren)
    end(call, ren, "talked")
    assert not phone_clock.is_due(now=timezone.now())


def test_after_the_hours_the_number_is_gone_and_supervisors_know(
    call: PhoneTransfer, mio: User, program: Program
) -> None:
    PhoneTransfer.objects.update(forget_at=timezone.now() - timedelta(seconds=1))
    assert phone_clock.watch() == 1
    call.refresh_from_db()
    assert (call.stage, call.result, bytes(call.number)) == ("over", "lapsed", b"")
    assert [one.pk for one in feed.lately(program, timezone.now())] == [call.pk]
    assert PhoneMail.objects.get().user == mio
    assert phone_clock.is_due(now=timezone.now())


def test_who_is_on_the_line_as_the_hours_end_still_notes_the_result(on_the_line: PhoneTransfer, ren: User) -> None:
    PhoneTransfer.objects.update(forget_at=timezone.now() - timedelta(seconds=1))
    assert phone_clock.watch() == 1
    with pytest.raises(NumberGone):
        phone_calls.show(transfer_id=on_the_line.pk, by=ren)
    with pytest.raises(BadAnswer) as refused:
        end(on_the_line, ren, "unreached", "again", slot=next_slot(on_the_line.session))
    assert refused.value.problems == {"next_step": "number_gone"}
    end(on_the_line, ren, "talked")


def test_with_the_visitor_s_key_the_number_is_gone(call: PhoneTransfer, ren: User) -> None:
    phone_calls.take(transfer_id=call.pk, by=ren)
    Visitor.objects.update(wrapped_key=b"")
    for deed in (phone_calls.show, phone_calls.start):
        with pytest.raises(NumberGone):
            deed(transfer_id=call.pk, by=ren)


def test_the_list_goes_by_risk_and_then_by_time(
    call: PhoneTransfer, program: Program, haru: User, sora_says: Say
) -> None:
    later = sessions.claim(session_id=sora_says("もう死にたい", identity="U" + "0b" * 16).pk, by=haru)
    second = agreed(later, haru, slot=next_slot(later))
    assert [one.pk for one in feed.expected(program)] == [second.pk, call.pk]


def test_moved_is_counted_once_however_often_one_calls(on_the_line: PhoneTransfer, ren: User, haru: User) -> None:
    end(on_the_line, ren, "talked")
    again = agreed(refreshed(on_the_line.session), haru)
    phone_calls.take(transfer_id=again.pk, by=haru)
    phone_calls.start(transfer_id=again.pk, by=haru)
    end(again, haru, "talked", "follow_up", follow_up=Wanted("眠れているか", timezone.localdate()))
    sessions.end(session_id=again.session_id, by=haru, reason=EndReason.TELEPHONE, farewell=False)
    records.file(
        session_id=again.session_id, by=haru, classification=Classification.VALID, thankful_end=None
    )  # fmt: skip
    assert Session.objects.filter(PHONED.condition).count() == 1


def test_a_call_is_made_after_the_talk_was_closed(call: PhoneTransfer, haru: User, ren: User) -> None:
    sessions.end(session_id=call.session_id, by=haru, reason=EndReason.TELEPHONE, farewell=False)
    records.file(
        session_id=call.session_id, by=haru, classification=Classification.VALID, thankful_end=True
    )  # fmt: skip
    phone_calls.take(transfer_id=call.pk, by=ren)
    phone_calls.start(transfer_id=call.pk, by=ren)
    end(call, ren, "talked")
    assert refreshed(call.session).state == "closed"
    assert refreshed(call.session).phoned_at
