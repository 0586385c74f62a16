"""R22: many counselors reach for the same talk at the same moment; one gets it, and nobody is given too many."""

import os
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, BoundedSemaphore

import pytest
from django.conf import settings
from django.db import connection

from accounts.models import User
from accounts.roles import Role
from counseling.actions import sessions
from counseling.actions.queue import NobodyWaits
from counseling.actions.sessions import NoRoom
from counseling.lifecycle import CannotMove
from counseling.models import Assignment, Program, Session
from tests.conftest import Say, person

CLAIMANTS = 50
# As many at once as there are connections: how long others wait at the pool's door is the machine's speed, not a race.
DOOR = BoundedSemaphore(int(settings.DATABASE_POOL["max_size"]))
ROUNDS = 2 * int(os.environ.get("FAULT_ROUNDS", "10"))
# Fewer than come for them: some must go away with nothing, however long the run.
TALKS = 20


@pytest.fixture
def counselors(program: Program) -> list[User]:
    """Fifty who all have room."""
    Program.objects.filter(pk=program.pk).update(capacity=ROUNDS)
    return [person(f"C{number}", program, Role.COUNSELOR) for number in range(CLAIMANTS)]


def at_once(counselors: list[User], claim: Callable[[User], Session]) -> list[str]:
    """What became of everybody's claim, all made at the same moment."""
    barrier = Barrier(len(counselors))

    def reach(counselor: User) -> str:
        barrier.wait(60)
        with DOOR:
            try:
                claim(counselor)
            except (CannotMove, NobodyWaits, NoRoom) as error:
                return type(error).__name__
            finally:
                connection.close()
            return "won"

    with ThreadPoolExecutor(len(counselors)) as pool:
        return list(pool.map(reach, counselors))


def test_one_talk_has_one_winner(counselors: list[User], sora_says: Say) -> None:
    for number in range(ROUNDS):
        waiting = sora_says(identity=f"U{number:032x}")
        results = at_once(counselors, lambda by, pk=waiting.pk: sessions.claim(session_id=pk, by=by))  # type: ignore[misc]
        assert Counter(results) == {"won": 1, "CannotMove": CLAIMANTS - 1}
        assert Assignment.objects.filter(session=waiting).count() == 1


def test_the_next_one_goes_to_nobody_twice(counselors: list[User], sora_says: Say, program: Program) -> None:
    for number in range(TALKS):
        sora_says(identity=f"U{number:032x}")
    results = at_once(counselors, lambda by: sessions.claim_next(program_id=program.pk, by=by))
    assert Counter(results) == {"won": TALKS, "NobodyWaits": CLAIMANTS - TALKS}
    assert Session.objects.filter(state="active").count() == Assignment.objects.count() == TALKS


def test_one_person_is_never_given_more_than_the_program_allows(program: Program, haru: User, sora_says: Say) -> None:
    for number in range(8):
        sora_says(identity=f"U{number:032x}")
    results = at_once([haru] * 8, lambda by: sessions.claim_next(program_id=program.pk, by=by))
    assert Counter(results) == {"won": program.capacity, "NoRoom": 8 - program.capacity}
