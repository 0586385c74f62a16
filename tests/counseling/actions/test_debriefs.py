"""Talking a heavy talk over (振り返り): who ticks it off, until when, and who may not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEntry, User
from counseling.actions import care, duty, sessions
from counseling.care import Debrief
from counseling.feeds import heavy
from counseling.lifecycle import EndReason
from counseling.models import Aftercare, Assignment, Program, Session
from counseling.permissions import NotVisible

pytestmark = pytest.mark.django_db


def end(session: Session, by: User) -> None:
    sessions.end(session_id=session.pk, by=by, reason=EndReason.CONCLUDED, farewell=False)


@pytest.fixture
def over(active: Session, haru: User) -> Session:
    """Haru's talk with Sora, over, and not heavy by itself."""
    end(active, haru)
    return active


@pytest.fixture
def hard(over: Session, haru: User) -> Session:
    """The same, which Haru calls hard."""
    care.mark(session_id=over.pk, hard=True, by=haru)
    return over


def part(session: Session, user: User) -> Assignment:
    return Assignment.objects.get(session=session, user=user)


def test_a_supervisor_ticks_it_off_with_who_and_when(hard: Session, haru: User, mio: User, program: Program) -> None:
    care.debrief(assignment_id=part(hard, haru).pk, program_id=program.pk, outcome=Debrief.TALKED, by=mio)
    row = Aftercare.objects.get()
    assert (row.debrief, row.debriefed_by) == (Debrief.TALKED, mio)
    assert row.debriefed_at
    entry = AuditEntry.objects.get()
    assert (entry.deed, entry.subject) == ("debrief.ticked", f"session:{hard.pk}")
    assert "talked" not in str(entry.details)


def test_the_first_tick_stands_and_can_be_taken_back(hard: Session, haru: User, mio: User, program: Program) -> None:
    pk = part(hard, haru).pk
    for outcome in (Debrief.NOT_NEEDED, Debrief.TALKED):
        care.debrief(assignment_id=pk, program_id=program.pk, outcome=outcome, by=mio)
    assert Aftercare.objects.get().debrief == Debrief.NOT_NEEDED
    for _again in range(2):
        care.undo_debrief(assignment_id=pk, program_id=program.pk, by=mio)
    assert Aftercare.objects.get().debriefed_by is None
    assert list(AuditEntry.objects.values_list("deed", flat=True)) == ["debrief.ticked", "debrief.unticked"]


def test_only_supervisors_of_the_program_tick(
    hard: Session, haru: User, ren: User, aoi: User, kei: User, program: Program
) -> None:
    for other in (haru, ren, aoi, kei):
        with pytest.raises(NotVisible):
            care.debrief(assignment_id=part(hard, haru).pk, program_id=program.pk, outcome=Debrief.TALKED, by=other)


def test_a_supervisor_of_another_program_finds_nothing(hard: Session, haru: User, mio: User) -> None:
    elsewhere = Program.objects.create(slug="night", name="夜", kind="general", starts_on="2019-02-01")
    mio.memberships.create(program=elsewhere, role="supervisor")
    with pytest.raises(NotVisible):
        care.debrief(assignment_id=part(hard, haru).pk, program_id=elsewhere.pk, outcome=Debrief.TALKED, by=mio)


def test_nobody_ticks_their_own_talk(waiting: Session, mio: User, program: Program) -> None:
    sessions.claim(session_id=waiting.pk, by=mio)
    end(waiting, mio)
    care.mark(session_id=waiting.pk, hard=True, by=mio)
    with pytest.raises(care.OnesOwn):
        care.debrief(assignment_id=part(waiting, mio).pk, program_id=program.pk, outcome=Debrief.TALKED, by=mio)


def test_what_was_not_heavy_is_not_talked_over(over: Session, haru: User, mio: User, program: Program) -> None:
    with pytest.raises(care.NotHeavy):
        care.debrief(assignment_id=part(over, haru).pk, program_id=program.pk, outcome=Debrief.TALKED, by=mio)


def test_it_is_overdue_for_the_next_supervisor_when_the_shift_is_over(
    hard: Session, haru: User, program: Program
) -> None:
    now = timezone.now()
    assert not heavy.heavy_of(program, now)[0].is_overdue(now)
    duty.check_out(program_id=program.pk, by=haru)
    later = now + timedelta(minutes=31)
    [left] = heavy.heavy_of(program, later)
    assert left.is_overdue(later)
    week = now + timedelta(days=8)
    assert heavy.heavy_of(program, week) == []


def test_an_open_duty_nobody_planned_makes_nothing_overdue(hard: Session, haru: User, program: Program) -> None:
    later = timezone.now() + timedelta(hours=20)
    assert not heavy.heavy_of(program, later)[0].is_overdue(later)
