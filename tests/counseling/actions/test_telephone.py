"""The telephone is offered, answered, entered and taken back; what an end of the talk means to it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import User
from counseling import feeds
from counseling.actions import approvals, messages, phone_answers, phoning, reading, sessions, taps, telephone, visits
from counseling.actions.phoning import BadAnswer
from counseling.actions.telephone import CannotOffer, OfferedAlready
from counseling.feeds import telephone as feed
from counseling.lifecycle import EndReason
from counseling.models import Channel, Membership, Message, PhoneTransfer, Program, Proposal, Session, Visitor
from counseling.models.supervision import Reason
from counseling.permissions import NotVisible
from counseling.telephone import Kind, slots, tap_of
from tests.conftest import NEVER, SORA
from tests.counseling.actions.calling import MASKED, NUMBER, agreed, next_slot, press, typed, with_telephone
from tests.counseling.actions.conftest import refreshed
from tests.counseling.asked import buttons

LABELS = ["電話で話したい", "ここで話したい"]


@pytest.fixture
def talk(active: Session, program: Program) -> Session:
    """Haru's session with Sora, in a program with a telephone."""
    with_telephone(program)
    return refreshed(active)


def offer(session: Session, by: User, kind: Kind = Kind.CALL_BACK) -> PhoneTransfer:
    return telephone.offer(session_id=session.pk, kind=kind, by=by, client_id=uuid4())


def texts(session: Session) -> list[str]:
    rows = Message.objects.filter(session=session).exclude(author="visitor").order_by("seq")
    return [row.words(session.visitor.key()) for row in rows]


def write(channel: Channel, words: str) -> None:
    messages.receive(channel_id=channel.pk, identity=SORA, text=words, external_id=str(uuid4()))


def log(session: Session) -> list[str]:
    return [event["kind"] for event in feeds.session_events(session.pk, 0) if event["kind"].startswith("phone.")]


def test_the_number_is_told_in_the_counselor_s_name(talk: Session, haru: User) -> None:
    offer(talk, haru, Kind.LINE)
    assert "045-000-1234" in texts(talk)[-1]
    assert Message.objects.filter(session=talk).latest("seq").by == haru
    assert refreshed(talk).phone == "line"


def test_a_call_back_is_offered_with_buttons(talk: Session, haru: User) -> None:
    offer(talk, haru)
    assert list(buttons()) == LABELS
    assert (refreshed(talk).phone, log(talk)) == ("offered", ["phone.offered"])


def test_it_is_offered_once(talk: Session, haru: User) -> None:
    offer(talk, haru)
    with pytest.raises(OfferedAlready):
        offer(talk, haru)
    assert len(texts(talk)) == 2


def test_only_its_counselor_and_supervisors_offer(talk: Session, ren: User, mio: User, aoi: User, kei: User) -> None:
    for other in (ren, aoi, kei):
        with pytest.raises(NotVisible):
            offer(talk, other)
    offer(talk, mio)
    assert "スーパーバイザー" in texts(talk)[-2]


@pytest.mark.parametrize(
    ("plan", "kind", "code"),
    [
        ({"line": ""}, Kind.LINE, "no_line"),
        ({"calls_back": False}, Kind.CALL_BACK, "no_call_back"),
        ({"hours": {"weekly": {}, "exceptions": {"2020-01-01": ["10:00-11:00"]}, "holiday": ["1:00-2:00"]}},
         Kind.CALL_BACK, "no_slot"),
    ],
)  # fmt: skip
def test_what_the_program_has_not_is_not_offered(
    active: Session, program: Program, haru: User, plan: dict[str, Any], kind: Kind, code: str
) -> None:
    with_telephone(program, **plan)
    with pytest.raises(CannotOffer) as refused:
        offer(active, haru, kind)
    assert refused.value.code == code


def test_who_blocked_us_and_who_is_gone_is_offered_nothing(talk: Session, haru: User) -> None:
    Visitor.objects.update(blocked_us_at=timezone.now())
    with pytest.raises(CannotOffer) as refused:
        offer(talk, haru)
    assert refused.value.code == "blocked"
    Visitor.objects.update(blocked_us_at=None)
    visits.leave(channel_id=talk.visitor.channel_id, identity=SORA)
    with pytest.raises(CannotOffer) as gone:
        offer(talk, haru)
    assert gone.value.code == "not_active"


def test_a_trainee_s_offer_waits_for_a_supervisor(talk: Session, haru: User, mio: User) -> None:
    Membership.objects.filter(user=haru).update(role="trainee")
    made = offer(talk, haru)
    before = texts(talk)
    assert (made.stage, refreshed(talk).phone) == ("proposed", "")
    with pytest.raises(phone_answers.NothingOffered):
        phone_answers.agree(channel_id=talk.visitor.channel_id, identity=SORA, typed=typed())
    reading.begin(session_id=talk.pk, by=mio, reason=Reason.TRAINING)
    proposal = Proposal.objects.get()
    approvals.approve(session_id=talk.pk, proposal_id=proposal.pk, by=mio)
    assert len(texts(talk)) == len(before) + 1
    assert (list(buttons()), refreshed(talk).phone) == (LABELS, "offered")


def test_an_offer_that_was_returned_can_be_made_anew(talk: Session, haru: User, mio: User) -> None:
    Membership.objects.filter(user=haru).update(role="trainee")
    offer(talk, haru)
    reading.begin(session_id=talk.pk, by=mio, reason=Reason.TRAINING)
    approvals.give_back(
        session_id=talk.pk, proposal_id=Proposal.objects.get().pk, by=mio, client_id=uuid4(), word="先に安全を"
    )
    assert PhoneTransfer.objects.get().stage == "over"
    offer(talk, haru)


def test_on_line_one_thing_is_asked_after_another(talk: Session, haru: User, line_channel: Channel) -> None:
    offer(talk, haru)
    press(line_channel, "電話で話したい")
    slot = next(label for label in buttons() if label != "いますぐ")
    press(line_channel, slot)
    write(line_channel, NUMBER)
    press(line_channel, "名字だけにしてほしい")
    made = PhoneTransfer.objects.get()
    assert (made.stage, made.voice, refreshed(talk).phone) == ("agreed", "surname", "agreed")
    assert made.opened("number", talk.visitor.key()) == "09053112478"
    assert slot in texts(talk)[-1]
    assert list(buttons()) == ["電話を取り消す"]
    assert log(talk) == ["phone.offered", "phone.agreed"]


def test_the_number_never_stands_in_the_talk(talk: Session, haru: User, line_channel: Channel) -> None:
    offer(talk, haru)
    press(line_channel, "電話で話したい")
    press(line_channel, "いますぐ")
    write(line_channel, f"{NUMBER} です。夜は家族がいます")
    said = Message.objects.filter(session=talk, author="visitor").latest("seq").words(talk.visitor.key())
    assert said == f"{MASKED} です。夜は家族がいます"
    assert "名乗って" in texts(talk)[-1]


def test_a_number_that_cannot_be_called_is_asked_for_again(talk: Session, haru: User, line_channel: Channel) -> None:
    offer(talk, haru)
    press(line_channel, "電話で話したい")
    press(line_channel, "いますぐ")
    write(line_channel, "0120-000-000")
    assert "おかけできない" in texts(talk)[-1]
    before = len(texts(talk))
    write(line_channel, "やっぱりこわい")
    assert len(texts(talk)) == before


@pytest.mark.parametrize("label", ["ここで話したい", "電話で話したい"])
def test_a_visitor_says_no_at_any_time(talk: Session, haru: User, line_channel: Channel, label: str) -> None:
    offer(talk, haru)
    press(line_channel, label)
    if label == "電話で話したい":
        press(line_channel, "ここで話したい")
    assert "お電話はしません" in texts(talk)[-1]
    assert PhoneTransfer.objects.get().result == "declined"
    offer(talk, haru)


def test_what_was_agreed_is_taken_back_with_its_number(talk: Session, haru: User, line_channel: Channel) -> None:
    agreed(talk, haru)
    press(line_channel, "電話を取り消す")
    made = PhoneTransfer.objects.get()
    assert (made.stage, made.result, bytes(made.number), made.forget_at) == ("over", "withdrawn", b"", None)
    assert log(talk) == ["phone.agreed", "phone.withdrawn"]


def test_an_old_button_says_nothing_any_more(talk: Session, haru: User, line_channel: Channel) -> None:
    first = offer(talk, haru)
    yes = buttons()["電話で話したい"]
    telephone.withdraw(transfer_id=first.pk, by=haru)
    before = len(texts(talk))
    tap = tap_of(yes.data)
    assert tap
    taps.choose(channel_id=line_channel.pk, identity=SORA, tap=tap)
    offer(talk, haru)
    taps.choose(channel_id=line_channel.pk, identity=SORA, tap=tap)
    taps.choose(channel_id=line_channel.pk, identity="U" + "ff" * 16, tap=tap)
    assert len(texts(talk)) == before + 1


@pytest.mark.parametrize(
    ("answer", "problems"),
    [
        ({"number": "110"}, {"number": "short"}),
        ({"number": ""}, {"number": "missing"}),
        ({"slot": ""}, {"slot": "missing"}),
        ({"slot": "202001010900"}, {"slot": "gone"}),
        ({"slot": "209901010900"}, {"slot": "gone"}),
        ({"voice": "loud"}, {"voice": "missing"}),
        ({"wishes": "あ" * 301}, {"wishes": "bad_words"}),
        ({"wishes": "a\0"}, {"wishes": "bad_words"}),
        ({"number": "x", "slot": "", "voice": ""}, {"number": "not_digits", "slot": "missing", "voice": "missing"}),
    ],
)
def test_all_that_is_wrong_is_told_at_once_and_nothing_kept(
    talk: Session, haru: User, answer: dict[str, str], problems: dict[str, str]
) -> None:
    with pytest.raises(BadAnswer) as refused:
        agreed(talk, haru, **answer)
    assert refused.value.problems == problems
    assert not PhoneTransfer.objects.exists()


def test_a_slot_outside_the_hours_is_refused(active: Session, program: Program, haru: User) -> None:
    slot = next_slot(with_session_of(active, program))
    with_telephone(program, hours=NEVER | {"holiday": ["01:00-01:30"]})
    with pytest.raises(BadAnswer) as refused:
        agreed(refreshed(active), haru, slot=slot)
    assert refused.value.problems == {"slot": "gone"}


def with_session_of(active: Session, program: Program) -> Session:
    with_telephone(program)
    return refreshed(active)


def test_entering_takes_the_place_of_an_offer(talk: Session, haru: User) -> None:
    first = offer(talk, haru)
    assert agreed(talk, haru).pk == first.pk
    with pytest.raises(OfferedAlready):
        agreed(talk, haru)


def test_the_end_of_the_talk_drops_an_offer_and_keeps_a_promise(talk: Session, haru: User) -> None:
    offer(talk, haru)
    sessions.end(session_id=talk.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    assert (PhoneTransfer.objects.get().stage, refreshed(talk).phone) == ("over", "over")
    sessions.reopen(session_id=talk.pk, by=haru)
    made = agreed(refreshed(talk), haru)
    sessions.end(session_id=talk.pk, by=haru, reason=EndReason.TELEPHONE, farewell=False)
    made.refresh_from_db()
    assert (made.stage, refreshed(talk).phone, refreshed(talk).phoned_at) == ("agreed", "agreed", None)


def test_ended_as_telephone_counts_as_moved_until_it_is_reopened(talk: Session, haru: User) -> None:
    offer(talk, haru, Kind.LINE)
    sessions.end(session_id=talk.pk, by=haru, reason=EndReason.TELEPHONE, farewell=True)
    assert refreshed(talk).phone == "moved"
    assert refreshed(talk).phoned_at
    sessions.reopen(session_id=talk.pk, by=haru)
    assert (refreshed(talk).phone, refreshed(talk).phoned_at) == ("", None)


def test_who_called_our_number_is_noted_once(talk: Session, haru: User, ren: User) -> None:
    made = offer(talk, haru, Kind.LINE)
    with pytest.raises(NotVisible):
        telephone.note_moved(transfer_id=made.pk, by=ren)
    telephone.note_moved(transfer_id=made.pk, by=haru)
    with pytest.raises(telephone.NotNow):
        telephone.note_moved(transfer_id=made.pk, by=haru)
    assert refreshed(talk).phone == "moved"


def test_an_erased_visitor_has_no_number(talk: Session, haru: User) -> None:
    made = agreed(talk, haru)
    Visitor.objects.update(wrapped_key=b"")
    made.refresh_from_db()
    assert feed.masked(PhoneTransfer.objects.select_related("session__visitor").get(pk=made.pk)) == ""


def test_hours_end_with_the_program(talk: Session, program: Program) -> None:
    program.ends_on = timezone.localdate() - timedelta(days=1)
    assert slots(phoning.plan_of(program).hours, timezone.now()) == []
