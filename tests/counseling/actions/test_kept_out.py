"""Who is blocked, or came as often as agreed, is answered and counted; danger to life lets everybody in."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from counseling.actions import arrangements, entry, messages, records, sessions, visits
from counseling.lifecycle import Classification, EndReason, Refusal, State
from counseling.models import Block, Channel, Delivery, Limit, Message, OnCallMail, Program, Session, SessionEvent
from counseling.triage import Risk
from tests.conftest import NEVER, SORA, Say
from tests.counseling.actions.conftest import refreshed
from tests.counseling.arranged import agree, block, runs_out
from tests.counseling.asked import buttons

pytestmark = pytest.mark.django_db
DANGER, NEAR = "もう死にたい", "消えたい"


@pytest.fixture
def talked(waiting: Session, haru: User) -> Session:
    """Sora talked with Haru today, and the record is written."""
    sessions.claim(session_id=waiting.pk, by=haru)
    sessions.end(session_id=waiting.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    records.file(session_id=waiting.pk, by=haru, classification=Classification.VALID, thankful_end=True)
    return refreshed(waiting)


def told(session: Session) -> list[str]:
    keys = Message.objects.filter(session=session, author="auto").order_by("seq")
    return list(keys.values_list("auto_key", flat=True))


def said(session: Session) -> str:
    return Message.objects.filter(session=session, author="auto").latest("seq").own_words(session.visitor.key())


def much_later(session: Session, hours: float = 1) -> None:
    """The visitor is silent for so long: what they write next is a new contact."""
    Session.objects.filter(pk=session.pk).update(last_visitor_at=timezone.now() - timedelta(hours=hours))


def test_after_as_many_sittings_as_agreed_a_word_is_answered_and_counted(
    talked: Session, mio: User, sora_says: Say
) -> None:
    limit = agree(talked.visitor, mio)
    again = sora_says("もうすこし")
    assert (again.state, again.refusal, told(again)) == (State.OFF_HOURS, Refusal.AGREED, ["agreed_limit"])
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert f"{tomorrow.month}月{tomorrow.day}日" in said(again)
    assert "0120" in said(again)
    assert sora_says("だめですか").pk == again.pk
    limit.refresh_from_db()
    assert (told(again), limit.times) == (["agreed_limit"], 1)


def test_as_long_as_less_was_used_than_agreed_they_are_received(talked: Session, mio: User, sora_says: Say) -> None:
    agree(talked.visitor, mio, per_day=2, per_week=5)
    assert sora_says("もうすこし").state == State.WAITING


def test_a_week_counts_from_monday(talked: Session, mio: User, sora_says: Say) -> None:
    agree(talked.visitor, mio, per_week=1)
    Session.objects.update(queued_at=timezone.now() - timedelta(days=8))
    assert sora_says("また").state == State.WAITING


def test_minutes_alone_keep_nobody_out(talked: Session, mio: User, sora_says: Say) -> None:
    agree(talked.visitor, mio, minutes=30)
    assert sora_says("また").state == State.WAITING


def test_a_limit_ends_by_itself(talked: Session, mio: User, sora_says: Say) -> None:
    runs_out(agree(talked.visitor, mio, minutes=30, per_day=1))
    again = sora_says("また")
    assert (again.state, again.agreed_minutes) == (State.WAITING, None)


@pytest.mark.parametrize("arrange", [agree, block])
def test_who_writes_of_dying_is_let_in_and_supervisors_are_called(
    arrange: object, talked: Session, mio: User, sora_says: Say
) -> None:
    arrange(talked.visitor, mio)  # type: ignore[operator]
    session = sora_says(DANGER)
    assert (session.state, session.risk, session.refusal) == (State.WAITING, Risk.HIGH, "")
    assert session.in_spite_of == (Refusal.AGREED if arrange is agree else Refusal.BARRED)
    assert OnCallMail.objects.get().session == session
    let_in = SessionEvent.objects.get(session=session, kind="session.let_in")
    assert let_in.details == {"refusal": session.in_spite_of}


@pytest.mark.parametrize("arrange", [agree, block])
def test_so_is_who_was_turned_away_a_moment_ago(arrange: object, talked: Session, mio: User, sora_says: Say) -> None:
    arrange(talked.visitor, mio)  # type: ignore[operator]
    refused = sora_says("いますか")
    session = sora_says(DANGER)
    assert (refused.state, session.state) == (State.OFF_HOURS, State.WAITING)


def test_who_is_blocked_is_told_where_else_to_turn(talked: Session, mio: User, sora_says: Say) -> None:
    made = block(talked.visitor, mio)
    session = sora_says("いますか")
    assert (session.state, session.refusal, told(session)) == (State.OFF_HOURS, Refusal.BARRED, ["barred"])
    again = made.over_at.date()
    assert f"{again.month}月{again.day}日" in said(session)
    assert "0120" in said(session)


def test_it_is_not_said_at_every_contact_and_each_is_counted(talked: Session, mio: User, sora_says: Say) -> None:
    made = block(talked.visitor, mio)
    sessions_of = []
    for words in ("いますか", "まだですか", "ねえ"):
        sessions_of.append(sora_says(words))
        much_later(sessions_of[-1])
    assert [told(one) for one in sessions_of] == [["barred"], [], []]
    Block.objects.update(told_at=timezone.now() - timedelta(hours=13))
    assert told(sora_says("もしもし")) == ["barred"]
    made.refresh_from_db()
    assert made.times == 4


def test_words_near_danger_are_always_answered_with_the_contacts(talked: Session, mio: User, sora_says: Say) -> None:
    block(talked.visitor, mio)
    much_later(sora_says("いますか"))
    silent = sora_says(NEAR)
    assert (silent.state, told(silent)) == (State.OFF_HOURS, ["danger_before_consent"])
    assert "0120" in said(silent)


def test_words_near_danger_in_the_same_contact_are_answered_too(talked: Session, mio: User, sora_says: Say) -> None:
    for arrange in (block, agree):
        arrange(talked.visitor, mio)
    session = sora_says("いますか")
    sora_says(NEAR)
    assert told(session) == ["barred", "danger_before_consent"]


def test_outside_the_hours_who_is_blocked_reads_so_and_is_counted_as_such(
    talked: Session, mio: User, sora_says: Say
) -> None:
    block(talked.visitor, mio)
    Program.objects.update(hours=NEVER)
    session = sora_says("いますか")
    assert (session.refusal, told(session)) == (Refusal.OFF_HOURS, ["barred"])


def test_in_danger_outside_the_hours_they_are_as_anybody_else(talked: Session, mio: User, sora_says: Say) -> None:
    block(talked.visitor, mio)
    Program.objects.update(hours=NEVER)
    session = sora_says(DANGER)
    assert (session.state, session.refusal) == (State.OFF_HOURS, Refusal.OFF_HOURS)
    assert OnCallMail.objects.get().session == session


@pytest.mark.parametrize("over", ["lifted", "ran out"])
def test_after_it_they_are_received_and_told_nothing(over: str, talked: Session, mio: User, sora_says: Say) -> None:
    made = block(talked.visitor, mio)
    much_later(sora_says("いますか"))
    owed = Delivery.objects.count()
    if over == "lifted":
        arrangements.lift(visitor_id=talked.visitor_id, row_id=made.pk, by=mio)
    else:
        runs_out(made)
    assert Delivery.objects.count() == owed
    assert sora_says("いますか").state == State.WAITING


def test_a_talk_goes_on_and_who_waits_waits(active: Session, mio: User, sora_says: Say) -> None:
    block(active.visitor, mio)
    assert sora_says("続きです").pk == active.pk
    assert refreshed(active).state == State.ACTIVE


def test_a_tap_is_answered_each_time(talked: Session, mio: User, sora_says: Say, line_channel: Channel) -> None:
    block(talked.visitor, mio)
    sora_says("いますか")
    entry.enter(channel_id=line_channel.pk, identity=SORA)
    assert Delivery.objects.filter(message=None, auto_key="barred").count() == 1


def test_where_consent_is_asked_danger_is_let_in_before_it(
    asking: Program, line_channel: Channel, mio: User, sora_says: Say
) -> None:
    first = sora_says("だれにも言えなくて")
    block(first.visitor, mio)
    Session.objects.update(state="closed")
    session = sora_says(DANGER)
    assert (session.state, session.in_spite_of, session.withholds) == (State.INTAKE, Refusal.BARRED, True)
    assert "同意して相談する" in buttons()
    assert OnCallMail.objects.get().session == session


def test_where_consent_is_asked_who_is_blocked_is_asked_nothing(
    asking: Program, line_channel: Channel, mio: User, sora_says: Say
) -> None:
    first = sora_says("だれにも言えなくて")
    block(first.visitor, mio)
    Session.objects.update(state="closed")
    session = sora_says("いますか")
    assert (session.state, told(session)) == (State.OFF_HOURS, ["barred"])


def on_the_web(web: Channel, line: str) -> Session:
    return visits.start(channel_id=web.pk, identity="v" * 43, terms_version=1, attributes={}, line=line)


def test_on_the_web_a_block_holds_and_danger_passes(web_channel: Channel, mio: User) -> None:
    first = on_the_web(web_channel, "")
    visits.leave(channel_id=web_channel.pk, identity="v" * 43)
    block(first.visitor, mio)
    assert on_the_web(web_channel, "また").refusal == Refusal.BARRED
    let_in = on_the_web(web_channel, DANGER)
    assert (let_in.state, let_in.in_spite_of) == (State.WAITING, Refusal.BARRED)


def test_a_trial_knows_no_block(web_channel: Channel, mio: User) -> None:
    first = on_the_web(web_channel, "")
    visits.leave(channel_id=web_channel.pk, identity="v" * 43)
    block(first.visitor, mio)
    tried = visits.start(
        channel_id=web_channel.pk, identity="v" * 43, terms_version=1, attributes={}, line="", tried_by=mio
    )
    assert tried.state == State.WAITING


def test_words_of_somebody_turned_away_are_kept_sealed_like_any_others(
    talked: Session, mio: User, sora_says: Say
) -> None:
    block(talked.visitor, mio)
    session = sora_says("秘密のことば")
    message = Message.objects.get(session=session, author="visitor")
    assert "秘密のことば".encode() not in bytes(message.body)
    assert message.own_words(session.visitor.key()) == "秘密のことば"


def test_two_limits_are_counted_apart(talked: Session, mio: User, sora_says: Say) -> None:
    first = agree(talked.visitor, mio)
    much_later(sora_says("いますか"))
    second = agree(talked.visitor, mio, first.pk, per_day=1)
    sora_says("まだですか")
    assert list(Limit.objects.order_by("pk").values_list("times", flat=True)) == [1, 1]
    assert second.pk != first.pk


def test_a_word_sent_twice_is_one_contact(talked: Session, mio: User, line_channel: Channel) -> None:
    block(talked.visitor, mio)
    for _time in range(2):
        messages.receive(channel_id=line_channel.pk, identity=SORA, text="いますか", external_id="twice")
    assert Block.objects.get().times == 1
