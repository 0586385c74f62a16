"""Checking out and taking a session at the same moment: whoever comes second is refused."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from counseling.actions import duty, sessions
from counseling.models import Duty, Program, Session, Shift
from counseling.models.duty import BreakReason
from tests.conftest import Say
from tests.counseling.actions.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5
REFUSALS = (duty.NotOnDuty, duty.HasOpenSessions, sessions.NoRoom)


def test_nobody_leaves_and_takes_a_session_at_once(program: Program, haru: User, sora_says: Say) -> None:
    for number in range(ROUNDS):
        Session.objects.update(state="closed")
        duty.check_in(program_id=program.pk, by=haru)
        waiting = sora_says(identity=f"U{number:032x}")
        results = at_once(
            lambda pk=waiting.pk: sessions.claim(session_id=pk, by=haru),  # type: ignore[misc]
            lambda: duty.check_out(program_id=program.pk, by=haru),
            refusals=REFUSALS,
        )
        assert results in (["done", "HasOpenSessions"], ["NotOnDuty", "done"])


def test_nobody_is_given_more_than_their_shift_has_lines(program: Program, haru: User, sora_says: Say) -> None:
    now = timezone.now()
    times = {"starts_at": now, "ends_at": now + timedelta(hours=1)}
    Duty.objects.update(shift=Shift.objects.create(program=program, user=haru, lines=3, **times))
    for number in range(8):
        sora_says(identity=f"U{number:032x}")
    results = at_once(*[lambda: sessions.claim_next(program_id=program.pk, by=haru)] * 8, refusals=REFUSALS)
    assert sorted(results) == ["NoRoom"] * 5 + ["done"] * 3


def test_checking_in_at_once_on_two_screens_is_one_duty(program: Program, haru: User) -> None:
    Duty.objects.all().delete()
    assert at_once(*[lambda: duty.check_in(program_id=program.pk, by=haru)] * 4) == ["done"] * 4
    assert Duty.objects.count() == 1
    rest = [lambda: duty.take_break(program_id=program.pk, reason=BreakReason.REST, by=haru)] * 4
    assert at_once(*rest) == ["done"] * 4
    assert Duty.objects.get().breaks.count() == 1
