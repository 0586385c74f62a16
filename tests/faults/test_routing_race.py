"""Everything that moves talks, at the same moment: nobody over their lines, nobody off duty with a talk, none lost."""

import os
import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Event

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from counseling import lifecycle
from counseling.actions import duty, lost, offers, sessions, staff
from counseling.actions.duty import HasOpenSessions, NotOnDuty
from counseling.actions.queue import NobodyWaits, NotForTrainees, OfferedToAnother
from counseling.actions.sessions import NoRoom
from counseling.lifecycle import CannotMove, EndReason
from counseling.models import Assignment, Duty, Presence, Program, Session, SessionEvent, Shift
from counseling.models.duty import BreakReason
from counseling.permissions import NotVisible
from tests.conftest import Say, person

REFUSALS = (
    CannotMove, HasOpenSessions, NobodyWaits, NoRoom, NotForTrainees, NotOnDuty, NotVisible, OfferedToAnother,
)  # fmt: skip
PEOPLE, TALKS = 12, 30
ACTS = 3 * int(os.environ.get("FAULT_ROUNDS", "10"))

# One statement sees one moment. Who has no duty has no talk; who has one, no more talks than lines.
WRONG = """
SELECT 'lines', held.counselor_id
  FROM (SELECT counselor_id, count(*) AS talks FROM counseling_session
         WHERE state IN ('active', 'held') GROUP BY 1) held
  LEFT JOIN counseling_duty duty ON duty.user_id = held.counselor_id AND duty.ended_at IS NULL
  LEFT JOIN counseling_shift shift ON shift.id = duty.shift_id
 WHERE shift.id IS NULL OR held.talks > shift.lines
UNION ALL
SELECT 'assignment', session.id
  FROM counseling_session session
  LEFT JOIN counseling_assignment mine ON mine.session_id = session.id AND mine.until IS NULL
 WHERE session.state IN ('active', 'held', 'waiting') AND mine.user_id IS DISTINCT FROM session.counselor_id
UNION ALL
SELECT 'trainee', session.id
  FROM counseling_session session
  JOIN counseling_membership member ON member.user_id = session.counselor_id AND member.role = 'trainee'
 WHERE session.state IN ('active', 'held') AND session.risk >= 3
"""


@pytest.fixture
def people(program: Program) -> list[User]:
    """Twelve on shifts of one to three lines, every fourth a trainee."""
    Program.objects.update(routing="both", offer_for=timedelta(milliseconds=50), rescue_after=timedelta(0))
    found = []
    for number in range(PEOPLE):
        user = person(f"C{number}", program, Role.TRAINEE if number % 4 == 0 else Role.COUNSELOR)
        hours = {"starts_at": timezone.now() - timedelta(hours=1), "ends_at": timezone.now() + timedelta(hours=8)}
        shift = Shift.objects.create(
            program=program, user=user, lines=1 + number % 3, published_at=timezone.now(), **hours
        )
        Duty.objects.filter(user=user).update(shift=shift)
        found.append(user)
    staff.keep_present(user_ids=[user.pk for user in found])
    return found


Act = Callable[[random.Random, User], object]


def acts_of(program: Program, people: list[User]) -> list[Act]:
    """What may happen, each as often as it stands here."""

    def any_talk(chance: random.Random, **of: object) -> int:
        return chance.choice([*Session.objects.filter(**of).values_list("pk", flat=True)] or [0])

    def hand_over(chance: random.Random, by: User) -> None:
        to = chance.choice(people)
        sessions.transfer(session_id=any_talk(chance, counselor=by), by=by, to=to, summary="お願いします")

    def next_one(_chance: random.Random, by: User) -> None:
        sessions.claim_next(program_id=program.pk, by=by)

    return [
        next_one, next_one, hand_over,
        lambda chance, by: sessions.claim(session_id=any_talk(chance, state="waiting"), by=by),
        lambda chance, by: sessions.claim(session_id=any_talk(chance, offered_to=by), by=by),
        lambda chance, by: sessions.requeue(session_id=any_talk(chance, counselor=by), by=by, summary="急用です"),
        lambda chance, by: offers.decline(session_id=any_talk(chance, offered_to=by), by=by),
        lambda _chance, _by: (offers.lapse(), offers.offer_everywhere()),
        lambda _chance, _by: lost.watch(),
        lambda _chance, by: duty.check_out(program_id=program.pk, by=by),
        lambda _chance, by: duty.check_in(program_id=program.pk, by=by),
        lambda _chance, by: duty.check_in(program_id=program.pk, by=by),
        lambda _chance, by: duty.take_break(program_id=program.pk, reason=BreakReason.REST, by=by),
        lambda _chance, by: duty.back(program_id=program.pk, by=by),
        lambda _chance, by: Presence.objects.filter(user=by).update(seen_at=timezone.now() - timedelta(minutes=2)),
        lambda _chance, by: staff.keep_present(user_ids=[by.pk]),
    ]  # fmt: skip


def play(by: User, acts: list[Act]) -> Counter[str]:
    """One person's evening; what became of it."""
    chance, became = random.Random(by.name), Counter[str]()
    try:
        for _ in range(ACTS):
            try:
                chance.choice(acts)(chance, by)
                became["done"] += 1
            except REFUSALS as refusal:
                became[type(refusal).__name__] += 1
    finally:
        connection.close()
    return became


def look(over: Event) -> tuple[int, list[tuple[str, int]]]:
    """Look at one moment after another until it is over: how many, and what was wrong."""
    moments, wrong = 0, []
    try:
        while not over.is_set():
            with connection.cursor() as cursor:
                cursor.execute(WRONG)
                wrong += cursor.fetchall()
            moments += 1
    finally:
        connection.close()
    return moments, wrong


def test_whatever_happens_at_once_nobody_has_too_many_and_no_talk_is_lost(
    program: Program, people: list[User], sora_says: Say
) -> None:
    for number in range(TALKS):
        sora_says("死にたい" if number % 5 == 0 else "はじめまして", identity=f"U{number:032x}")
    over, acts = Event(), acts_of(program, people)
    with ThreadPoolExecutor(PEOPLE + 1) as pool:
        watching = pool.submit(look, over)
        try:
            became = sum(pool.map(lambda by: play(by, acts), people), Counter[str]())
        finally:
            over.set()
        moments, wrong = watching.result()
    assert wrong == []
    assert moments > 10
    assert became["done"] > PEOPLE
    assert Session.objects.filter(state__in=lifecycle.OPEN).count() == TALKS


def at_once(jobs: list[Callable[[], object]]) -> list[object]:
    """Do them all at the same moment."""

    def do(job: Callable[[], object]) -> object:
        try:
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(do, jobs))


def kinds(session: Session) -> list[str]:
    """What was told of being lost, found and given back."""
    told = SessionEvent.objects.filter(session=session, kind__in=("session.found", "session.requeued"))
    return list(told.values_list("kind", flat=True))


@pytest.fixture
def broken(active: Session, haru: User, ren: User) -> Session:
    """Haru's console is long gone with Sora's session; Ren has been there all the time."""
    staff.keep_present(user_ids=[ren.pk])
    long_ago = timezone.now() - timedelta(minutes=5)
    Presence.objects.update(came_at=long_ago)
    Session.objects.filter(pk=active.pk).update(counselor_lost_at=long_ago)
    return active


def test_sweeps_at_once_give_a_lost_talk_back_once(broken: Session) -> None:
    assert sum(steps for steps in at_once([lost.watch] * 4) if isinstance(steps, int)) == 1
    assert kinds(broken) == ["session.requeued"]
    assert Assignment.objects.get(session=broken).ended_because == "lost"


def test_who_comes_back_at_that_moment_has_the_talk_or_has_it_not(broken: Session, haru: User) -> None:
    at_once([lost.watch, lambda: staff.keep_present(user_ids=[haru.pk]), lost.watch])
    broken.refresh_from_db()
    assert len(kinds(broken)) == 1
    assert (kinds(broken) == ["session.found"]) == (broken.counselor == haru)


def test_taking_a_talk_up_again_as_its_visitor_begins_anew_leaves_one(haru: User, sora_says: Say) -> None:
    Program.objects.update(capacity=ACTS)
    for number in range(ACTS // 3):
        talk = sessions.claim(session_id=sora_says(identity=f"U{number:032x}").pk, by=haru)
        sessions.end(session_id=talk.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
        Session.objects.filter(pk=talk.pk).update(ended_at=timezone.now() - timedelta(minutes=11))
        at_once([partial(reopened, talk, haru), partial(sora_says, "もうひとつ", f"U{number:032x}")])
        assert Session.objects.filter(visitor=talk.visitor_id, state__in=lifecycle.OPEN).count() == 1


def reopened(session: Session, by: User) -> bool:
    """Whether the talk could be taken up again."""
    try:
        sessions.reopen(session_id=session.pk, by=by)
    except CannotMove:
        return False
    return True
