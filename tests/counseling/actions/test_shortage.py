"""Too few people in the hours: newcomers are told, waiting people stay, and who could come gets one mail."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from accounts.models import User
from counseling import tasks
from counseling.actions import admission, duty, sessions, shortage, visits
from counseling.lifecycle import Refusal, State
from counseling.models import Channel, Duty, Message, Program, Session
from counseling.models.duty import BreakReason
from tests.conftest import NEVER, Say

LATER = timedelta(minutes=3)


@pytest.fixture
def ruled(program: Program, haru: User, mio: User) -> Program:
    """Reception needs two, one of them a supervisor: Haru and Mio are there."""
    Program.objects.update(least_on_duty=2, least_supervisors=1)
    program.refresh_from_db()
    return program


@pytest.fixture
def lacking(ruled: Program, mio: User) -> Program:
    """Mio went five minutes ago."""
    now = timezone.now()
    Duty.objects.update(began_at=now - timedelta(hours=1))
    Duty.objects.filter(user=mio).update(ended_at=now - timedelta(minutes=5))
    return ruled


def test_with_enough_people_one_is_received(ruled: Program, sora_says: Say) -> None:
    assert sora_says().state == State.WAITING


def test_with_too_few_people_a_newcomer_is_told_so(lacking: Program, sora_says: Say) -> None:
    session = sora_says()
    assert (session.state, session.refusal) == (State.OFF_HOURS, Refusal.UNSTAFFED)
    told = Message.objects.get(session=session, author="auto").words(session.visitor.key())
    assert "相談員の準備をしています" in told
    assert "110" in told


def test_a_break_counts_as_not_being_there(ruled: Program, mio: User) -> None:
    assert admission.refusal_at(ruled, timezone.now()) is None
    duty.take_break(program_id=ruled.pk, reason=BreakReason.MEAL, by=mio)
    assert admission.refusal_at(ruled, timezone.now()) == Refusal.UNSTAFFED


def test_outside_the_hours_the_hours_are_the_reason(lacking: Program) -> None:
    lacking.hours = NEVER
    assert admission.refusal_at(lacking, timezone.now()) == Refusal.OFF_HOURS


def test_who_waits_and_who_talks_goes_on(ruled: Program, sora_says: Say, haru: User, mio: User) -> None:
    waits, talks = sora_says(), sora_says("はじめまして", "U" + "1" * 32)
    sessions.claim(session_id=talks.pk, by=haru)
    duty.check_out(program_id=ruled.pk, by=mio)
    assert sora_says("まだ待っています").pk == waits.pk
    assert set(Session.objects.values_list("state", flat=True)) == {State.WAITING, State.ACTIVE}
    assert sessions.claim(session_id=waits.pk, by=haru).state == State.ACTIVE


def test_a_burst_of_words_is_one_access_and_after_enough_came_another(
    lacking: Program, mio: User, sora_says: Say
) -> None:
    first = sora_says()
    assert sora_says("もしもし").pk == first.pk
    duty.check_in(program_id=lacking.pk, by=mio)
    again = sora_says("だれかいますか")
    assert again.pk != first.pk
    assert again.state == State.WAITING


def test_who_tries_again_on_the_web_is_let_in_when_enough_came(
    lacking: Program, mio: User, web_channel: Channel
) -> None:
    def start() -> Session:
        return visits.start(channel_id=web_channel.pk, identity="v" * 43, terms_version=1, attributes={}, line="")

    first = start()
    assert start() == first
    duty.check_in(program_id=lacking.pk, by=mio)
    assert start().state == State.WAITING


def test_supervisors_and_administrators_who_are_away_get_one_mail(
    lacking: Program, mio: User, aoi: User, kei: User, mailoutbox: list[mail.EmailMessage]
) -> None:
    for _sweep in range(2):
        for program_id in shortage.due_programs(now=timezone.now()):
            tasks.tell_shortage(program_id)
    assert sorted(address for one in mailoutbox for address in one.to) == [aoi.email, mio.email]
    assert lacking.name in mailoutbox[0].subject
    assert "1" in mailoutbox[0].body


def test_the_next_opening_is_told_of_again_and_this_one_not(lacking: Program, aoi: User) -> None:
    now = timezone.now()
    Program.objects.update(shortage_told_at=now - timedelta(hours=23), shortage_tried_at=now - timedelta(hours=23))
    assert shortage.due_programs(now=now) == []
    assert shortage.due_programs(now=now + timedelta(hours=2)) == [lacking.pk]


def test_a_mail_server_that_is_away_is_tried_again_after_ten_minutes(
    lacking: Program, aoi: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[int] = []

    def fail(_backend: EmailBackend, messages: list[mail.EmailMessage]) -> int:
        tried.append(len(messages))
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "send_messages", fail)
    now = timezone.now()
    tasks.tell_shortage(lacking.pk)
    failed = len(tried)
    tasks.tell_shortage(lacking.pk)
    assert failed == len(tried) > 0
    assert shortage.due_programs(now=now + timedelta(minutes=9)) == []
    assert shortage.due_programs(now=now + timedelta(minutes=11)) == [lacking.pk]


def test_a_short_gap_is_no_shortage(ruled: Program, mio: User) -> None:
    duty.check_out(program_id=ruled.pk, by=mio)
    assert shortage.due_programs(now=timezone.now()) == []
    assert shortage.due_programs(now=timezone.now() + LATER) == [ruled.pk]
    duty.check_in(program_id=ruled.pk, by=mio)
    assert shortage.due_programs(now=timezone.now() + LATER) == []


@pytest.mark.parametrize("change", [{"hours": NEVER}, {"starts_on": date(2100, 1, 1)}])
def test_outside_its_hours_a_program_lacks_nobody(lacking: Program, change: dict[str, object]) -> None:
    Program.objects.update(**change)
    assert shortage.due_programs(now=timezone.now()) == []


def test_a_program_without_a_rule_costs_no_query(program: Program, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert admission.refusal_at(program, timezone.now()) is None


def test_who_came_back_before_the_mail_is_not_written_to(lacking: Program, mio: User, mailoutbox: list[object]) -> None:
    duty.check_in(program_id=lacking.pk, by=mio)
    tasks.tell_shortage(lacking.pk)
    assert mailoutbox == []
