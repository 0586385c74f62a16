"""Checking in and out, breaks, and what the sweep does with duties."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from counseling.actions import duty, sessions, staff
from counseling.lifecycle import EndReason
from counseling.models import Break, Duty, Presence, Program, Session, Shift
from counseling.models.duty import BreakReason
from counseling.permissions import NotVisible
from tests.conftest import Say, person


@pytest.fixture
def off(haru: User, program: Program) -> User:
    """Haru has not come yet."""
    Duty.objects.all().delete()
    return haru


def planned(user: User, program: Program, starts: int, ends: int, **more: object) -> Shift:
    """A published shift, in minutes from now."""
    now = timezone.now()
    times = {"starts_at": now + timedelta(minutes=starts), "ends_at": now + timedelta(minutes=ends)}
    return Shift.objects.create(**{"user": user, "program": program, "published_at": now, **times, **more})


def aged(**ago: int) -> None:
    """The one open duty began, and its person was last seen, so many minutes ago."""
    now = timezone.now()
    if "began" in ago:
        Duty.objects.update(began_at=now - timedelta(minutes=ago["began"]))
    if "seen" in ago:
        seen_at = now - timedelta(minutes=ago["seen"])
        for user_id in Duty.objects.values_list("user_id", flat=True):
            Presence.objects.update_or_create(user_id=user_id, defaults={"seen_at": seen_at})


@pytest.mark.parametrize(("starts", "found"), [(59, True), (61, False), (-30, True), (-119, True)])
def test_checking_in_finds_the_shift_of_this_hour(off: User, program: Program, starts: int, found: bool) -> None:
    shift = planned(off, program, starts, starts + 120)
    begun = duty.check_in(program_id=program.pk, by=off)
    assert begun.shift == (shift if found else None)
    assert duty.is_on_duty(off.pk, program.pk)


def test_a_shift_nobody_published_is_not_found(off: User, program: Program) -> None:
    planned(off, program, 0, 60, published_at=None)
    assert duty.check_in(program_id=program.pk, by=off).shift is None


def test_checking_in_twice_is_the_same(off: User, program: Program) -> None:
    first = duty.check_in(program_id=program.pk, by=off)
    assert duty.check_in(program_id=program.pk, by=off) == first
    assert Duty.objects.count() == 1


def test_a_coordinator_has_duty_and_no_session(program: Program, waiting: Session) -> None:
    coordinator = person("Cor", program, Role.COORDINATOR)
    duty.check_in(program_id=program.pk, by=coordinator)
    assert duty.is_on_duty(coordinator.pk, program.pk)
    with pytest.raises(NotVisible):
        sessions.claim(session_id=waiting.pk, by=coordinator)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.OFFICER])
def test_who_works_no_shifts_cannot_check_in(program: Program, role: Role) -> None:
    with pytest.raises(NotVisible):
        duty.check_in(program_id=program.pk, by=person("Adm", program, role))


def test_a_stranger_to_the_program_finds_no_duty(program: Program) -> None:
    stranger = person("Far", None, None)
    for deed in (duty.check_in, duty.back, duty.check_out):
        with pytest.raises(NotVisible):
            deed(program_id=program.pk, by=stranger)
    with pytest.raises(NotVisible):
        duty.take_break(program_id=program.pk, reason=BreakReason.MEAL, by=stranger)


def test_on_a_break_one_is_not_on_duty_until_one_is_back(haru: User, program: Program) -> None:
    duty.take_break(program_id=program.pk, reason=BreakReason.MEAL, by=haru)
    assert not duty.is_on_duty(haru.pk, program.pk)
    duty.back(program_id=program.pk, by=haru)
    duty.back(program_id=program.pk, by=haru)
    assert duty.is_on_duty(haru.pk, program.pk)


def test_another_reason_is_another_break_and_the_same_goes_on(haru: User, program: Program) -> None:
    for reason in (BreakReason.REST, BreakReason.REST, BreakReason.MEAL):
        duty.take_break(program_id=program.pk, reason=reason, by=haru)
    assert list(Break.objects.order_by("pk").values_list("reason", flat=True)) == ["rest", "meal"]
    assert Break.objects.filter(ended_at=None).count() == 1


def test_without_duty_there_is_no_break(off: User, program: Program) -> None:
    with pytest.raises(duty.NotOnDuty):
        duty.take_break(program_id=program.pk, reason=BreakReason.REST, by=off)
    with pytest.raises(duty.NotOnDuty):
        duty.back(program_id=program.pk, by=off)


@pytest.mark.parametrize("held", [False, True])
def test_nobody_leaves_with_an_open_session(active: Session, haru: User, program: Program, held: bool) -> None:
    if held:
        sessions.hold(session_id=active.pk, by=haru)
    with pytest.raises(duty.HasOpenSessions):
        duty.check_out(program_id=program.pk, by=haru)
    assert duty.is_on_duty(haru.pk, program.pk)


def test_records_to_be_written_keep_nobody_and_are_told(active: Session, haru: User, program: Program) -> None:
    sessions.end(session_id=active.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    assert duty.check_out(program_id=program.pk, by=haru) == 1
    ended = Duty.objects.get(user=haru)
    assert (ended.ended_because, ended.ended_at is None) == ("checked_out", False)


def test_checking_out_ends_the_break_and_twice_is_the_same(haru: User, program: Program) -> None:
    duty.take_break(program_id=program.pk, reason=BreakReason.REST, by=haru)
    assert duty.check_out(program_id=program.pk, by=haru) == 0
    ended_at = Duty.objects.get(user=haru).ended_at
    assert duty.check_out(program_id=program.pk, by=haru) == 0
    assert Duty.objects.get(user=haru).ended_at == Break.objects.get().ended_at == ended_at


def test_the_capacity_is_the_shifts_else_the_programs_and_the_surge(off: User, program: Program) -> None:
    now = timezone.now()
    assert duty.capacity_of(off.pk, program, now) == program.capacity
    planned(off, program, 0, 60, lines=4)
    duty.check_in(program_id=program.pk, by=off)
    assert duty.capacity_of(off.pk, program, now) == 4
    program.surge_lines, program.surge_until = 2, now + timedelta(minutes=5)
    assert duty.capacity_of(off.pk, program, now) == 6


def test_nobody_claims_beyond_the_lines_of_their_shift(off: User, program: Program, sora_says: Say) -> None:
    planned(off, program, 0, 60, lines=1)
    duty.check_in(program_id=program.pk, by=off)
    for number in range(2):
        sora_says("はじめまして", "U" + f"{number:032x}")
    sessions.claim_next(program_id=program.pk, by=off)
    with pytest.raises(sessions.NoRoom):
        sessions.claim_next(program_id=program.pk, by=off)


def test_who_is_not_on_duty_claims_nothing_but_a_supervisor(waiting: Session, haru: User, mio: User) -> None:
    Duty.objects.all().delete()
    with pytest.raises(duty.NotOnDuty):
        sessions.claim(session_id=waiting.pk, by=haru)
    with pytest.raises(duty.NotOnDuty):
        sessions.claim_next(program_id=waiting.program_id, by=haru)
    assert sessions.claim(session_id=waiting.pk, by=mio).counselor == mio


def test_nobody_is_handed_a_session_while_off_duty(active: Session, haru: User, ren: User, mio: User) -> None:
    Duty.objects.exclude(user=haru).delete()
    for to in (ren, mio):
        with pytest.raises(duty.NotOnDuty):
            sessions.transfer(session_id=active.pk, by=haru, to=to, summary="要約")
    assert sessions.transfer(session_id=active.pk, by=mio, to=mio, summary="要約").counselor == mio


def test_nothing_is_offered_shortly_before_a_shifts_end(off: User, program: Program) -> None:
    shift = planned(off, program, -60, 10)
    duty.check_in(program_id=program.pk, by=off)
    staff.keep_present(user_ids=[off.pk])
    assert duty.may_be_offered(program, timezone.now()) == {}
    # Straight on into the next shift: one stretch of work.
    planned(off, program, 9, 120)
    assert duty.may_be_offered(program, timezone.now()) == {off.pk: shift.lines}


def forgotten() -> Duty | None:
    """The one duty, when the sweep closes it."""
    return Duty.objects.get() if duty.close_forgotten() else None


@pytest.mark.parametrize(("seen", "ended_since"), [(40, 40), (120, 50)])
def test_a_forgotten_duty_ends_when_its_person_left(off: User, program: Program, seen: int, ended_since: int) -> None:
    planned(off, program, -300, 1)
    duty.check_in(program_id=program.pk, by=off)
    Shift.objects.update(ends_at=timezone.now() - timedelta(minutes=50))
    aged(began=250, seen=seen)
    closed = forgotten()
    assert closed is not None
    assert closed.ended_at is not None
    assert closed.ended_because == "forgotten"
    assert minutes_ago(closed.ended_at) == ended_since


def minutes_ago(moment: datetime) -> int:
    return round((timezone.now() - moment) / timedelta(minutes=1))


@pytest.mark.parametrize(("seen", "ends"), [(20, -50), (240, -20), (240, 60)])
def test_who_is_there_or_whose_shift_just_ended_is_not_forgotten(
    off: User, program: Program, seen: int, ends: int
) -> None:
    planned(off, program, -300, 1)
    duty.check_in(program_id=program.pk, by=off)
    Shift.objects.update(ends_at=timezone.now() + timedelta(minutes=ends))
    aged(began=250, seen=seen)
    assert duty.close_forgotten() == 0


@pytest.mark.parametrize(("seen", "closes"), [(61, True), (59, False)])
def test_an_unplanned_duty_is_forgotten_after_an_hour(off: User, program: Program, seen: int, closes: bool) -> None:
    duty.check_in(program_id=program.pk, by=off)
    aged(began=250, seen=seen)
    assert (forgotten() is not None) == closes


def test_who_never_opened_a_console_was_last_seen_at_check_in(off: User, program: Program) -> None:
    duty.check_in(program_id=program.pk, by=off)
    aged(began=61)
    closed = forgotten()
    assert closed is not None
    assert closed.ended_at == closed.began_at


def test_a_duty_with_an_open_session_is_never_forgotten(active: Session, haru: User) -> None:
    aged(began=600, seen=500)
    assert duty.close_forgotten() == 0


def test_the_next_shift_begins_its_own_duty_at_the_seam(off: User, program: Program) -> None:
    planned(off, program, -120, 1)
    duty.check_in(program_id=program.pk, by=off)
    second = planned(off, program, 0, 120, lines=3)
    assert duty.follow_shifts() == 0
    Shift.objects.exclude(pk=second.pk).update(ends_at=second.starts_at)
    aged(began=100, seen=90)
    assert duty.follow_shifts() == 0, "they went home"
    staff.keep_present(user_ids=[off.pk])
    assert duty.follow_shifts() == 1
    ended, running = Duty.objects.order_by("pk")
    assert (ended.ended_at, running.began_at, running.shift) == (second.starts_at, second.starts_at, second)
    assert duty.follow_shifts() == 0
