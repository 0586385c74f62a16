"""Who may take which talk: duty, lines, offers, and what trainees are spared. Each refusal in its own words."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from counseling.actions import duty, offers, sessions
from counseling.actions.duty import NotOnDuty
from counseling.actions.queue import NobodyWaits, NotForTrainees, OfferedToAnother, OnlyByOffer
from counseling.actions.sessions import NoRoom
from counseling.lifecycle import CannotMove, EndReason, State
from counseling.models import Duty, Membership, Program, Session
from counseling.models.duty import BreakReason
from tests.conftest import Say, person
from tests.counseling.actions.conftest import come, refreshed
from tests.counseling.actions.test_offers import give_lines

Leave = Callable[[User, Program], object]
OTHER = "U" + "9" * 32


def not_come_yet(user: User, _program: Program) -> None:
    Duty.objects.filter(user=user).delete()


def check_out(user: User, program: Program) -> None:
    duty.check_out(program_id=program.pk, by=user)


def take_a_break(user: User, program: Program) -> None:
    duty.take_break(program_id=program.pk, reason=BreakReason.REST, by=user)


def be_on_duty_elsewhere(user: User, _program: Program) -> None:
    other = Program.objects.create(slug="other", name="other", kind="general", starts_on="2019-02-01")
    Duty.objects.filter(user=user).update(program=other)


off_duty = pytest.mark.parametrize("leave", [not_come_yet, check_out, take_a_break, be_on_duty_elsewhere])


@off_duty
def test_who_is_not_on_duty_takes_nothing(waiting: Session, haru: User, program: Program, leave: Leave) -> None:
    leave(haru, program)
    with pytest.raises(NotOnDuty):
        sessions.claim(session_id=waiting.pk, by=haru)
    with pytest.raises(NotOnDuty):
        sessions.claim_next(program_id=program.pk, by=haru)


@off_duty
def test_who_is_not_on_duty_is_handed_nothing(
    active: Session, haru: User, ren: User, program: Program, leave: Leave
) -> None:
    leave(ren, program)
    with pytest.raises(NotOnDuty):
        sessions.transfer(session_id=active.pk, by=haru, to=ren, summary="お願いします")
    assert refreshed(active).counselor == haru


def test_who_checked_out_takes_nothing_up_again(active: Session, haru: User, program: Program) -> None:
    sessions.end(session_id=active.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    check_out(haru, program)
    with pytest.raises(NotOnDuty):
        sessions.reopen(session_id=active.pk, by=haru)


def test_a_supervisor_takes_over_without_duty(active: Session, mio: User, program: Program) -> None:
    check_out(mio, program)
    sessions.transfer(session_id=active.pk, by=mio, to=mio, summary="引き取ります")
    assert refreshed(active).counselor == mio


def test_a_supervisor_without_duty_is_handed_nothing_by_others(
    active: Session, haru: User, mio: User, program: Program
) -> None:
    check_out(mio, program)
    with pytest.raises(NotOnDuty):
        sessions.transfer(session_id=active.pk, by=haru, to=mio, summary="お願いします")


@pytest.mark.parametrize("lines", [0, 1, 3])
def test_everybody_takes_as_many_as_their_own_shift_says(
    program: Program, haru: User, sora_says: Say, lines: int
) -> None:
    give_lines(haru, lines)
    for number in range(4):
        sora_says("はじめまして", f"U{number:032x}")
    for _ in range(lines):
        sessions.claim_next(program_id=program.pk, by=haru)
    with pytest.raises(NoRoom):
        sessions.claim_next(program_id=program.pk, by=haru)


def test_a_surge_gives_room_for_more(program: Program, haru: User, sora_says: Say) -> None:
    give_lines(haru, 1)
    surge = timezone.now() + timedelta(hours=1)
    Program.objects.update(surge_lines=1, surge_until=surge)
    for number in range(3):
        sora_says("はじめまして", f"U{number:032x}")
    for _ in range(2):
        sessions.claim_next(program_id=program.pk, by=haru)
    with pytest.raises(NoRoom):
        sessions.claim_next(program_id=program.pk, by=haru)


def test_a_talk_is_taken_up_again_only_with_room(active: Session, haru: User, sora_says: Say) -> None:
    sessions.end(session_id=active.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    give_lines(haru, 1)
    sessions.claim(session_id=sora_says("はじめまして", OTHER).pk, by=haru)
    with pytest.raises(NoRoom):
        sessions.reopen(session_id=active.pk, by=haru)


@pytest.mark.parametrize("state", [State.WAITING, State.CLOSED])
def test_a_talk_is_not_taken_up_again_after_a_newer_one(
    active: Session, haru: User, sora_says: Say, state: State
) -> None:
    """The visitor's next words would not go there."""
    sessions.end(session_id=active.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    Session.objects.filter(pk=active.pk).update(ended_at=timezone.now() - timedelta(minutes=11))
    newer = sora_says("もうひとつ")
    Session.objects.filter(pk=newer.pk).update(state=state)
    with pytest.raises(CannotMove):
        sessions.reopen(session_id=active.pk, by=haru)


@pytest.fixture
def by_offer(program: Program) -> Program:
    """In this program everything is offered."""
    Program.objects.update(routing="offer")
    program.refresh_from_db()
    return program


def test_by_offer_nobody_takes_what_was_not_offered(by_offer: Program, waiting: Session, haru: User) -> None:
    with pytest.raises(OnlyByOffer):
        sessions.claim(session_id=waiting.pk, by=haru)
    with pytest.raises(OnlyByOffer):
        sessions.claim_next(program_id=by_offer.pk, by=haru)


def test_by_offer_one_takes_what_is_offered_to_oneself(
    by_offer: Program, haru: User, ren: User, sora_says: Say
) -> None:
    come(haru)
    sora_says("先に来ました")
    offers.offer_waiting(program_id=by_offer.pk)
    sora_says("死にたい", OTHER)
    with pytest.raises(OnlyByOffer):
        sessions.claim_next(program_id=by_offer.pk, by=ren)
    assert sessions.claim_next(program_id=by_offer.pk, by=haru).risk == 0


def test_by_offer_an_empty_queue_is_empty(by_offer: Program, haru: User) -> None:
    with pytest.raises(NobodyWaits):
        sessions.claim_next(program_id=by_offer.pk, by=haru)


def test_by_offer_a_supervisor_takes_what_they_see_fit(
    by_offer: Program, waiting: Session, haru: User, mio: User, sora_says: Say
) -> None:
    come(haru)
    offers.offer_waiting(program_id=by_offer.pk)
    assert refreshed(waiting).offered_to == haru
    assert sessions.claim(session_id=waiting.pk, by=mio).counselor == mio
    other = sora_says("はじめまして", OTHER)
    assert sessions.claim_next(program_id=by_offer.pk, by=mio).pk == other.pk


def test_where_both_are_done_what_is_offered_to_another_waits_for_them(
    waiting: Session, haru: User, ren: User, program: Program
) -> None:
    Program.objects.update(routing="both")
    come(haru)
    offers.offer_waiting(program_id=program.pk)
    with pytest.raises(OfferedToAnother):
        sessions.claim(session_id=waiting.pk, by=ren)


@pytest.fixture
def toru(program: Program) -> User:
    """A trainee."""
    return person("Toru", program, Role.TRAINEE)


def test_a_trainee_takes_no_talk_at_high_risk(toru: User, sora_says: Say, program: Program) -> None:
    danger = sora_says("死にたい")
    with pytest.raises(NotForTrainees):
        sessions.claim(session_id=danger.pk, by=toru)
    with pytest.raises(NotForTrainees):
        sessions.claim_next(program_id=program.pk, by=toru)


def test_a_trainee_passes_by_high_risk_to_the_next_one(toru: User, sora_says: Say, program: Program) -> None:
    sora_says("死にたい")
    calm = sora_says("こんばんは", OTHER)
    assert sessions.claim_next(program_id=program.pk, by=toru).pk == calm.pk


def test_a_trainee_is_handed_no_talk_at_high_risk(toru: User, haru: User, sora_says: Say) -> None:
    danger = sora_says("死にたい")
    sessions.claim(session_id=danger.pk, by=haru)
    with pytest.raises(NotForTrainees):
        sessions.transfer(session_id=danger.pk, by=haru, to=toru, summary="お願いします")
    assert refreshed(danger).counselor == haru


@pytest.mark.parametrize("role", [Role.COUNSELOR, Role.SUPERVISOR])
def test_who_is_more_than_a_trainee_takes_everything(toru: User, sora_says: Say, program: Program, role: Role) -> None:
    Membership.objects.create(user=toru, program=program, role=role)
    danger = sora_says("死にたい")
    assert sessions.claim_next(program_id=program.pk, by=toru).pk == danger.pk


def test_a_counselor_elsewhere_is_a_trainee_here(toru: User, sora_says: Say) -> None:
    other = Program.objects.create(slug="other", name="other", kind="general", starts_on="2019-02-01")
    Membership.objects.create(user=toru, program=other, role=Role.COUNSELOR)
    with pytest.raises(NotForTrainees):
        sessions.claim(session_id=sora_says("死にたい").pk, by=toru)
