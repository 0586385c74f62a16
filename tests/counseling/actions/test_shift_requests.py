"""Asking for substitutes and swaps: a colleague accepts, a planner approves."""

import pytest

from accounts.models import User
from accounts.roles import Role
from counseling import permissions
from counseling.actions import shift_requests, shifts
from counseling.actions.planning import CannotPlan
from counseling.models import Membership, Program, Shift, ShiftNotice
from tests.conftest import person
from tests.counseling.actions.planned import at, evening, planned


@pytest.fixture
def evenings(program: Program, haru: User, ren: User, mio: User) -> list[Shift]:
    """Haru's Monday and Ren's Tuesday, both published."""
    return planned(program, mio, evening(haru), evening(ren, 1))


def owners(*shifts: Shift) -> list[int | None]:
    return [Shift.objects.get(pk=shift.pk).user_id for shift in shifts]


def test_a_substitute_is_asked_accepted_and_approved(evenings: list[Shift], haru: User, ren: User, mio: User) -> None:
    asked = shift_requests.ask(shift_id=evenings[0].pk, by=haru, to_id=ren.pk, reason=" 家の用事です ")
    assert (asked.kind, asked.reason) == ("substitute", "家の用事です")
    shift_requests.accept(request_id=asked.pk, by=ren)
    assert owners(evenings[0]) == [haru.pk]
    ShiftNotice.objects.all().delete()
    shift_requests.approve(request_id=asked.pk, by=mio)
    assert owners(evenings[0]) == [ren.pk]
    assert Shift.objects.get(pk=evenings[0].pk).version == 1
    assert set(ShiftNotice.objects.values_list("user_id", flat=True)) == {haru.pk, ren.pk}


def test_a_swap_moves_both(evenings: list[Shift], haru: User, ren: User, mio: User) -> None:
    asked = shift_requests.ask(shift_id=evenings[0].pk, by=haru, in_return_id=evenings[1].pk)
    assert (asked.kind, asked.to_id) == ("swap", ren.pk)
    shift_requests.accept(request_id=asked.pk, by=ren)
    shift_requests.approve(request_id=asked.pk, by=mio)
    assert owners(*evenings) == [ren.pk, haru.pk]


def test_a_swap_on_the_same_evening_books_nobody_twice(program: Program, haru: User, ren: User, mio: User) -> None:
    early, late = planned(program, mio, evening(haru, begins=15, ends=20), evening(ren))
    asked = shift_requests.ask(shift_id=early.pk, by=haru, in_return_id=late.pk)
    shift_requests.accept(request_id=asked.pk, by=ren)
    shift_requests.approve(request_id=asked.pk, by=mio)
    assert owners(early, late) == [ren.pk, haru.pk]


def test_only_ones_own_shift_can_be_asked_about(evenings: list[Shift], ren: User, kei: User) -> None:
    for by in (ren, kei):
        with pytest.raises(permissions.NotVisible):
            shift_requests.ask(shift_id=evenings[0].pk, by=by)
    with pytest.raises(permissions.NotVisible):
        shift_requests.ask(shift_id=0, by=ren)


def test_what_cannot_be_asked(evenings: list[Shift], haru: User, mio: User) -> None:
    with pytest.raises(CannotPlan, match="oneself"):
        shift_requests.ask(shift_id=evenings[0].pk, by=haru, to_id=haru.pk)
    with pytest.raises(CannotPlan, match="not_in_role"):
        shift_requests.ask(shift_id=evenings[0].pk, by=haru, to_id=mio.pk)
    shift_requests.ask(shift_id=evenings[0].pk, by=haru)
    with pytest.raises(CannotPlan, match="asked_already"):
        shift_requests.ask(shift_id=evenings[0].pk, by=haru)


def test_a_swap_needs_both_roles(program: Program, evenings: list[Shift], haru: User, ren: User, mio: User) -> None:
    Membership.objects.create(user=ren, program=program, role=Role.COORDINATOR)
    (other,) = planned(program, mio, evening(ren, 3, role="coordinator"))
    with pytest.raises(CannotPlan, match="not_in_role"):
        shift_requests.ask(shift_id=evenings[0].pk, by=haru, in_return_id=other.pk)


def test_past_and_unpublished_shifts_are_refused(
    program: Program, evenings: list[Shift], haru: User, mio: User
) -> None:
    (draft,) = planned(program, mio, evening(haru, 4), published=False)
    with pytest.raises(CannotPlan, match="unpublished"):
        shift_requests.ask(shift_id=draft.pk, by=haru)
    asked = shift_requests.ask(shift_id=evenings[0].pk, by=haru)
    Shift.objects.filter(pk=evenings[0].pk).update(starts_at=at(19, -21), ends_at=at(23, -21))
    with pytest.raises(CannotPlan, match="begun"):
        shift_requests.ask(shift_id=evenings[0].pk, by=haru)
    with pytest.raises(CannotPlan, match="begun"):
        shift_requests.accept(request_id=asked.pk, by=person("Yui", program, Role.COUNSELOR))


def test_who_was_not_asked_cannot_answer(
    program: Program, evenings: list[Shift], haru: User, ren: User, mio: User
) -> None:
    asked = shift_requests.ask(shift_id=evenings[0].pk, by=haru, to_id=ren.pk)
    for by in (haru, mio, person("Yui", program, Role.COUNSELOR)):
        with pytest.raises(permissions.NotVisible):
            shift_requests.accept(request_id=asked.pk, by=by)
        with pytest.raises(permissions.NotVisible):
            shift_requests.refuse(request_id=asked.pk, by=by)
    for by in (ren, mio):
        with pytest.raises(permissions.NotVisible):
            shift_requests.withdraw(request_id=asked.pk, by=by)


def test_nobody_accepts_what_would_book_them_twice(program: Program, haru: User, ren: User, mio: User) -> None:
    shift, _other = planned(program, mio, evening(haru), evening(ren, begins=22, ends=26))
    asked = shift_requests.ask(shift_id=shift.pk, by=haru)
    with pytest.raises(CannotPlan, match="double_booked"):
        shift_requests.accept(request_id=asked.pk, by=ren)


def test_a_double_booking_since_then_stops_the_approval(
    program: Program, evenings: list[Shift], haru: User, ren: User, mio: User
) -> None:
    asked = shift_requests.ask(shift_id=evenings[0].pk, by=haru)
    shift_requests.accept(request_id=asked.pk, by=ren)
    planned(program, mio, evening(ren, begins=18, ends=20))
    with pytest.raises(CannotPlan, match="double_booked"):
        shift_requests.approve(request_id=asked.pk, by=mio)
    assert owners(evenings[0]) == [haru.pk]


def test_only_an_accepted_request_is_approved_and_by_a_planner(
    evenings: list[Shift], haru: User, ren: User, mio: User
) -> None:
    asked = shift_requests.ask(shift_id=evenings[0].pk, by=haru)
    with pytest.raises(CannotPlan, match="settled"):
        shift_requests.approve(request_id=asked.pk, by=mio)
    shift_requests.accept(request_id=asked.pk, by=ren)
    for by in (haru, ren):
        with pytest.raises(permissions.NotVisible):
            shift_requests.approve(request_id=asked.pk, by=by)
        with pytest.raises(permissions.NotVisible):
            shift_requests.decline(request_id=asked.pk, by=by)


@pytest.mark.parametrize("settle", ["withdraw", "refuse", "decline"])
def test_what_is_settled_stays(settle: str, evenings: list[Shift], haru: User, ren: User, mio: User) -> None:
    asked = shift_requests.ask(shift_id=evenings[0].pk, by=haru, to_id=ren.pk)
    by = {"withdraw": haru, "refuse": ren, "decline": mio}[settle]
    getattr(shift_requests, settle)(request_id=asked.pk, by=by)
    for act, who in ((shift_requests.accept, ren), (shift_requests.approve, mio), (shift_requests.withdraw, haru)):
        with pytest.raises(CannotPlan, match="settled"):
            act(request_id=asked.pk, by=who)
    assert shift_requests.ask(shift_id=evenings[0].pk, by=haru)


def test_a_shift_planned_otherwise_ends_what_was_asked(evenings: list[Shift], haru: User, ren: User, mio: User) -> None:
    about = shift_requests.ask(shift_id=evenings[0].pk, by=haru, in_return_id=evenings[1].pk)
    shifts.change(shift_id=evenings[1].pk, plan=evening(ren, 2), by=mio)
    about.refresh_from_db()
    assert (about.state, about.decided_by) == ("declined", mio)
