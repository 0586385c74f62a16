"""Offers go to whoever has most room, lapse, and move on; never beyond capacity."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from counseling.actions import duty, offers, queue, sessions
from counseling.lifecycle import CannotMove
from counseling.models import Duty, Membership, Presence, Program, Session, Shift
from counseling.models.duty import BreakReason
from tests.conftest import Say, person
from tests.counseling.actions.conftest import come, refreshed, take


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
    with pytest.raises(queue.OfferedToAnother):
        sessions.claim(session_id=waiting.pk, by=ren)
    with pytest.raises(queue.OfferedToAnother):
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


@pytest.fixture
def offered(offering: Program, waiting: Session, haru: User) -> Session:
    """Sora's session, offered to Haru."""
    come(haru)
    offers.offer_waiting(program_id=offering.pk)
    return waiting


def fill_up(haru: User, sora_says: Say) -> None:
    take(haru, sora_says, 2)


def go_for_a_meal(haru: User, _say: Say) -> None:
    duty.take_break(program_id=Program.objects.get().pk, reason=BreakReason.MEAL, by=haru)


def check_out(haru: User, _say: Say) -> None:
    duty.check_out(program_id=Program.objects.get().pk, by=haru)


def lose_the_line(haru: User, _say: Say) -> None:
    Presence.objects.filter(user=haru).update(seen_at=timezone.now() - timedelta(minutes=2))


@pytest.mark.parametrize("leave", [fill_up, go_for_a_meal, check_out, lose_the_line])
def test_what_the_person_asked_cannot_take_any_more_goes_to_the_next(
    offered: Session, haru: User, ren: User, sora_says: Say, leave: Callable[[User, Say], None]
) -> None:
    leave(haru, sora_says)
    come(ren)
    offers.offer_everywhere()
    assert refreshed(offered).offered_to == ren


def test_an_offer_stands_while_its_place_is_free(offered: Session, haru: User, sora_says: Say) -> None:
    take(haru, sora_says, 1)
    offers.offer_everywhere()
    assert refreshed(offered).offered_to == haru


def test_programs_where_nobody_could_be_asked_cost_nothing(
    offering: Program, waiting: Session, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(3):  # type: ignore[operator]
        assert offers.offer_everywhere() == 0


def test_room_is_counted_by_each_persons_own_lines(offering: Program, haru: User, ren: User, sora_says: Say) -> None:
    """One of four is less than one of two; a third of three is less than a half of two."""
    give_lines(haru, 2)
    give_lines(ren, 4)
    come(haru, ren)
    take(haru, sora_says, 1)
    take(ren, sora_says, 1)
    waiting = sora_says()
    offers.offer_waiting(program_id=offering.pk)
    assert refreshed(waiting).offered_to == ren


def give_lines(user: User, lines: int) -> None:
    """Their duty stands for a shift of so many lines."""
    now = timezone.now()
    hours = {"starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(hours=8)}
    shift = Shift.objects.create(program=Program.objects.get(), user=user, lines=lines, published_at=now, **hours)
    Duty.objects.filter(user=user).update(shift=shift)


def test_a_trainee_is_not_asked_about_high_risk_but_about_the_next_one(offering: Program, sora_says: Say) -> None:
    trainee = person("Toru", offering, Role.TRAINEE)
    come(trainee)
    danger, calm = sora_says("死にたい"), sora_says("こんばんは", "U" + "9" * 32)
    assert offers.offer_waiting(program_id=offering.pk) == 1
    assert (refreshed(danger).offered_to, refreshed(calm).offered_to) == (None, trainee)


def test_an_offer_to_a_trainee_is_withdrawn_when_the_risk_rises(
    offering: Program, waiting: Session, haru: User, sora_says: Say
) -> None:
    come(person("Toru", offering, Role.TRAINEE))
    offers.offer_waiting(program_id=offering.pk)
    sora_says("もう死にたい")
    come(haru)
    offers.offer_everywhere()
    assert refreshed(waiting).offered_to == haru


def test_who_learns_and_counsels_in_one_program_counsels(offering: Program, haru: User, sora_says: Say) -> None:
    Membership.objects.create(user=haru, program=offering, role=Role.TRAINEE)
    come(haru)
    danger = sora_says("死にたい")
    offers.offer_waiting(program_id=offering.pk)
    assert refreshed(danger).offered_to == haru
