"""The surge by hand: at most twelve hours, by planners, and nobody loses a session when it ends."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from counseling.actions import sessions, surge
from counseling.models import Program
from counseling.opening import TOKYO
from counseling.permissions import NotVisible
from tests.conftest import ALWAYS, Say


@pytest.fixture
def surging(program: Program) -> Program:
    """One line more a person, when it surges."""
    Program.objects.update(surge_lines=1)
    return program


@pytest.mark.parametrize("who", ["mio", "aoi"])
def test_planners_open_more_lines_and_end_them(surging: Program, who: str, request: pytest.FixtureRequest) -> None:
    by = request.getfixturevalue(who)
    surge.open_until(program_id=surging.pk, by=by, until=timezone.now() + timedelta(hours=12) - timedelta(seconds=1))
    assert Program.objects.get().surge_at(timezone.now()) == 1
    surge.end(program_id=surging.pk, by=by)
    assert Program.objects.get().surge_at(timezone.now()) == 0


@pytest.mark.parametrize("hours", [-0.1, 12.1])
def test_a_surge_ends_within_twelve_hours(surging: Program, mio: User, hours: float) -> None:
    with pytest.raises(surge.SurgeTooLong):
        surge.open_until(program_id=surging.pk, by=mio, until=timezone.now() + timedelta(hours=hours))


def test_a_program_without_surge_lines_has_no_surge(program: Program, mio: User) -> None:
    with pytest.raises(surge.NoSurgeLines):
        surge.open_until(program_id=program.pk, by=mio, until=timezone.now() + timedelta(hours=1))


def test_a_counselor_opens_no_surge(surging: Program, haru: User) -> None:
    with pytest.raises(NotVisible):
        surge.open_until(program_id=surging.pk, by=haru, until=timezone.now() + timedelta(hours=1))
    with pytest.raises(NotVisible):
        surge.end(program_id=surging.pk, by=haru)


def test_after_the_surge_sessions_stay_and_no_more_come(
    surging: Program, haru: User, mio: User, sora_says: Say
) -> None:
    for number in range(4):
        sora_says("はじめまして", "U" + f"{number:032x}")
    surge.open_until(program_id=surging.pk, by=mio, until=timezone.now() + timedelta(hours=1))
    for _time in range(3):
        sessions.claim_next(program_id=surging.pk, by=haru)
    surge.end(program_id=surging.pk, by=mio)
    assert sessions.load_of(haru.pk) == 3
    with pytest.raises(sessions.NoRoom):
        sessions.claim_next(program_id=surging.pk, by=haru)


@pytest.mark.parametrize(("clock", "more"), [("11:59", 0), ("12:00", 2), ("12:59", 2), ("13:00", 0)])
def test_the_first_hour_of_an_opening_surges(program: Program, clock: str, more: int) -> None:
    program.surge_lines, program.surge_first_hour = 2, True
    program.hours = {"weekly": dict.fromkeys(ALWAYS["weekly"], ["12:00-22:00"])}
    assert program.surge_at(datetime.fromisoformat(f"2026-11-23T{clock}").replace(tzinfo=TOKYO)) == more


def test_where_it_never_closes_there_is_no_first_hour(program: Program) -> None:
    program.surge_lines, program.surge_first_hour = 2, True
    assert program.surge_at(timezone.now()) == 0
