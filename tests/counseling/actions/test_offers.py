"""Offers go to whoever has most room, lapse, and move on; never beyond capacity."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from counseling.actions import duty, offers, sessions, staff
from counseling.lifecycle import CannotMove
from counseling.models import Presence, Program, Session
from counseling.models.duty import BreakReason
from tests.conftest import Say


@pytest.fixture
def offering(program: Program) -> Program:
    """The program offers what waits."""
    Program.objects.filter(pk=program.pk).update(routing="both")
    program.refresh_from_db()
    return program


def refreshed(session: Session) -> Session:
    return Session.objects.get(pk=session.pk)


def come(*people: User) -> None:
    """Their consoles are open from now on."""
    staff.keep_present(user_ids=[person.pk for person in people])


def test_a_waiting_session_is_offered_to_who_takes_sessions(offering: Program, waiting: Session, haru: User) -> None:
    come(haru)
    assert offers.offer_waiting(program_id=offering.pk) == 1
    assert refreshed(waiting).offered_to == haru


def test_nobody_is_offered_anything_in_a_program_of_pulling(program: Program, waiting: Session, haru: User) -> None:
    come(haru)
    assert offers.offer_waiting(program_id=program.pk) == 0


def test_who_is_away_is_not_asked(offering: Program, waiting: Session, haru: User) -> None:
    come(haru)
    Presence.objects.update(seen_at=timezone.now() - timedelta(minutes=2))
    assert offers.offer_waiting(program_id=offering.pk) == 0


def test_who_is_on_a_break_is_not_asked(offering: Program, waiting: Session, haru: User) -> None:
    come(haru)
    duty.take_break(program_id=offering.pk, reason=BreakReason.MEAL, by=haru)
    assert offers.offer_waiting(program_id=offering.pk) == 0


def test_the_least_loaded_is_asked_first(
    offering: Program, active: Session, haru: User, ren: User, sora_says: Say
) -> None:
    come(haru)
    come(ren)
    second = sora_says("はじめまして", "U" + "9" * 32)
    offers.offer_waiting(program_id=offering.pk)
    assert refreshed(second).offered_to == ren


def test_nobody_is_offered_more_than_fits(offering: Program, haru: User, sora_says: Say) -> None:
    come(haru)
    for number in range(4):
        sora_says("はじめまして", "U" + f"{number:032x}")
    assert offers.offer_waiting(program_id=offering.pk) == offering.capacity


def test_declined_it_goes_to_the_next(offering: Program, waiting: Session, haru: User, ren: User) -> None:
    come(haru)
    offers.offer_waiting(program_id=offering.pk)
    come(ren)
    offers.decline(session_id=waiting.pk, by=haru)
    offers.offer_waiting(program_id=offering.pk)
    assert refreshed(waiting).offered_to == ren


def test_only_the_one_asked_may_decline(offering: Program, waiting: Session, haru: User, ren: User) -> None:
    come(haru)
    offers.offer_waiting(program_id=offering.pk)
    with pytest.raises(CannotMove):
        offers.decline(session_id=waiting.pk, by=ren)


def test_unanswered_it_lapses_and_goes_on(offering: Program, waiting: Session, haru: User, ren: User) -> None:
    come(haru)
    offers.offer_waiting(program_id=offering.pk)
    come(ren)
    Session.objects.update(offered_until=timezone.now() - timedelta(seconds=1))
    assert offers.lapse() == 1
    offers.offer_waiting(program_id=offering.pk)
    assert refreshed(waiting).offered_to == ren


def test_what_is_offered_to_another_cannot_be_taken(offering: Program, waiting: Session, haru: User, ren: User) -> None:
    come(haru)
    offers.offer_waiting(program_id=offering.pk)
    with pytest.raises(sessions.OfferedToAnother):
        sessions.claim(session_id=waiting.pk, by=ren)
    with pytest.raises(sessions.NobodyWaits):
        sessions.claim_next(program_id=offering.pk, by=ren)
    assert sessions.claim(session_id=waiting.pk, by=haru).counselor == haru


def test_an_offer_to_someone_deleted_lapses_like_any_other(offering: Program, waiting: Session, haru: User) -> None:
    gone = timezone.now() - timedelta(seconds=1)
    Session.objects.update(offered_to=None, offered_until=gone, offer_declined=[haru.pk])
    assert offers.lapse() == 1
    assert refreshed(waiting).offer_declined == [haru.pk]


def test_an_offer_of_a_clock_that_was_put_back_lapses(offering: Program, waiting: Session, haru: User) -> None:
    Session.objects.update(offered_to=haru, offered_until=timezone.now() + timedelta(days=1))
    assert offers.lapse() == 1
