"""Planners and colleagues at the same moment."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from accounts.models import User
from accounts.roles import Role
from config import embedded
from counseling.actions import shift_requests, shifts
from counseling.actions.planning import CannotPlan
from counseling.models import Program, Shift, ShiftNotice
from tests.conftest import person
from tests.counseling.actions.planned import evening, planned

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds: Callable[[], object]) -> list[str]:
    """What came of each: "done", or why not."""
    outcomes: list[str] = []
    start = threading.Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> None:
        start.wait()
        try:
            deed()
            outcomes.append("done")
        except CannotPlan as refused:
            outcomes.append(refused.problems[0][1].value)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_of_two_planners_who_book_one_person_one_wins(program: Program, haru: User, mio: User, aoi: User) -> None:
    plans = [evening(haru), evening(haru, begins=20, ends=24)]
    deeds = [
        lambda plan=plan, by=by: shifts.add(program_id=program.pk, plans=[plan], by=by)
        for plan, by in zip(plans, (mio, aoi), strict=True)
    ]
    assert at_once(*deeds) == ["done", "double_booked"]
    assert Shift.objects.count() == 1


def test_of_two_who_accept_one_wins(program: Program, haru: User, ren: User, mio: User) -> None:
    (shift,) = planned(program, mio, evening(haru))
    asked = shift_requests.ask(shift_id=shift.pk, by=haru)
    people = (ren, person("Yui", program, Role.COUNSELOR))
    deeds = [lambda by=by: shift_requests.accept(request_id=asked.pk, by=by) for by in people]
    assert at_once(*deeds) == ["done", "settled"]
    asked.refresh_from_db()
    assert asked.to in people


def test_approving_twice_at_once_moves_once(program: Program, haru: User, ren: User, mio: User, aoi: User) -> None:
    (shift,) = planned(program, mio, evening(haru))
    asked = shift_requests.ask(shift_id=shift.pk, by=haru)
    shift_requests.accept(request_id=asked.pk, by=ren)
    deeds = [lambda by=by: shift_requests.approve(request_id=asked.pk, by=by) for by in (mio, aoi)]
    assert at_once(*deeds) == ["done", "settled"]
    shift.refresh_from_db()
    assert (shift.user, shift.version) == (ren, 1)


def test_changes_at_once_owe_one_mail(program: Program, haru: User, mio: User, aoi: User) -> None:
    made = planned(program, mio, evening(haru), evening(haru, 1))
    ShiftNotice.objects.all().delete()
    deeds = [
        lambda pk=shift.pk, by=by: shifts.remove(shift_id=pk, by=by) for shift, by in zip(made, (mio, aoi), strict=True)
    ]
    assert at_once(*deeds) == ["done", "done"]
    assert len(ShiftNotice.objects.get().days) == 2


def test_what_is_asked_while_the_shift_is_moved_is_settled(program: Program, haru: User, mio: User) -> None:
    (shift,) = planned(program, mio, evening(haru))

    def move() -> None:
        shifts.change(shift_id=shift.pk, plan=evening(haru, 1), by=mio)
        connection.close()

    planner = threading.Thread(target=move)
    with transaction.atomic():
        asked = shift_requests.ask(shift_id=shift.pk, by=haru)
        planner.start()
        assert embedded.wait_until(somebody_waits_for_a_lock, 10)
    planner.join()
    asked.refresh_from_db()
    assert asked.state == "declined"


def somebody_waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        return bool(cursor.fetchone()[0])
