"""So many sittings a visitor and service day; danger is never turned away by it."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from counseling.actions import admission, entry, records, sessions, visits
from counseling.lifecycle import Classification, EndReason, Refusal, State
from counseling.models import Channel, Delivery, Message, Program, Session
from counseling.opening import TOKYO
from tests.conftest import NEVER, SORA, Say

AT_NIGHT = {"weekly": {"sun": ["20:00-32:00"], "mon": ["20:00-32:00"]}}


@pytest.fixture
def once_a_day(program: Program) -> Program:
    """Each visitor may begin one sitting a day."""
    Program.objects.update(daily_limit=1)
    program.refresh_from_db()
    return program


@pytest.fixture
def talked(once_a_day: Program, waiting: Session, haru: User) -> Session:
    """Sora talked with Haru today, and the record is written."""
    sessions.claim(session_id=waiting.pk, by=haru)
    sessions.end(session_id=waiting.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    records.file(session_id=waiting.pk, by=haru, classification=Classification.VALID, thankful_end=True)
    return waiting


def told(session: Session) -> list[str]:
    keys = Message.objects.filter(session=session, author="auto").order_by("seq")
    return list(keys.values_list("auto_key", flat=True))


def test_the_day_s_last_sitting_is_followed_by_a_kind_refusal(talked: Session, sora_says: Say) -> None:
    again = sora_says("もうすこし")
    assert (again.state, again.refusal) == (State.OFF_HOURS, Refusal.LIMITED)
    assert told(again) == ["limited"]


def test_a_burst_after_the_limit_is_one_access_and_one_answer(talked: Session, sora_says: Say) -> None:
    again = sora_says("もうすこし")
    assert sora_says("だめですか").pk == again.pk
    assert told(again) == ["limited"]


def test_danger_is_let_in_past_the_limit(talked: Session, sora_says: Say) -> None:
    assert sora_says("もう死にたい").state == State.WAITING


def test_danger_is_let_in_even_after_somebody_was_refused(talked: Session, sora_says: Say) -> None:
    refused = sora_says("もうすこし")
    danger = sora_says("もう死にたい")
    assert danger.pk != refused.pk
    assert danger.state == State.WAITING
    assert danger.risk == 3


def test_others_have_their_own_day(talked: Session, sora_says: Say) -> None:
    assert sora_says("はじめまして", "U" + "7" * 32).state == State.WAITING


def test_who_was_not_let_in_has_used_up_nothing(once_a_day: Program, sora_says: Say, line_channel: Channel) -> None:
    Program.objects.update(hours=NEVER)
    sora_says("よる")
    Program.objects.update(hours=once_a_day.hours)
    assert sora_says("あさ").state == State.WAITING


def test_the_limit_is_told_by_the_menu_too(talked: Session, line_channel: Channel) -> None:
    for _tap in range(2):
        entry.enter(channel_id=line_channel.pk, identity=SORA)
    refused = Session.objects.get(refusal=Refusal.LIMITED)
    assert told(refused) == ["limited"]
    assert Delivery.objects.filter(message=None, auto_key="limited").count() == 1


def test_a_trial_knows_no_limit(once_a_day: Program, web_channel: Channel, mio: User) -> None:
    for token in ("a" * 43, "a" * 43):
        session = visits.start(
            channel_id=web_channel.pk, identity=token, terms_version=1, attributes={}, line="", tried_by=mio
        )
        visits.leave(channel_id=web_channel.pk, identity=token)
        assert session.queued_at


def test_on_the_web_the_limit_holds_and_danger_passes(once_a_day: Program, web_channel: Channel) -> None:
    def start(line: str) -> Session:
        return visits.start(channel_id=web_channel.pk, identity="v" * 43, terms_version=1, attributes={}, line=line)

    assert start("").state == State.WAITING
    visits.leave(channel_id=web_channel.pk, identity="v" * 43)
    assert start("また").refusal == Refusal.LIMITED
    assert start("やっぱり死にたい").state == State.WAITING


@pytest.mark.parametrize(
    ("first", "now", "limited"),
    [
        ("2026-11-22 21:00", "2026-11-23 02:00", True),  # a night is one day
        ("2026-11-23 02:00", "2026-11-23 21:00", False),  # the next night is another
        ("2026-11-23 20:30", "2026-11-23 21:00", True),
        ("2026-11-21 21:00", "2026-11-22 21:00", False),
    ],
)
def test_a_night_past_midnight_is_one_day(
    first: str, now: str, limited: bool, once_a_day: Program, waiting: Session
) -> None:
    Program.objects.update(hours=AT_NIGHT)
    once_a_day.refresh_from_db()
    at, then = (datetime.fromisoformat(moment).replace(tzinfo=TOKYO) for moment in (now, first))
    Session.objects.update(queued_at=then, state=State.CLOSED)
    waiting.visitor.program = once_a_day
    refusal = admission.refusal_for(waiting.visitor, at)
    assert refusal == (Refusal.LIMITED if limited else None)


def test_without_a_limit_nothing_is_counted(program: Program, waiting: Session) -> None:
    Session.objects.update(state=State.CLOSED, queued_at=timezone.now() - timedelta(hours=1))
    assert admission.refusal_for(waiting.visitor, timezone.now()) is None
