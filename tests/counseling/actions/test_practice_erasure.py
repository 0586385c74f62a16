"""Practices are erased by a press or by their days; nothing that is not practice ever is."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEntry, User
from counseling import permissions
from counseling.actions import practice, practice_erasure, records, sessions
from counseling.actions.practice import NotForPractice
from counseling.lifecycle import Classification, EndReason
from counseling.models import Message, Practice, Program, Reaction, Session, SessionEvent, Visitor
from tests.conftest import Say
from tests.counseling.actions.practising import Pass, learning, reply, seconds_pass, taken

__all__ = ["learning", "seconds_pass"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def over(learning: Program, haru: User, seconds_pass: Pass) -> Practice:
    """A practice with words, reactions and its closing."""
    begun = taken(learning.pk, haru)
    seconds_pass(60)
    reply(begun, haru, "おつらかったですね。")
    seconds_pass(60)
    sessions.end(session_id=begun.session_id, by=haru, reason=EndReason.CONCLUDED, farewell=True)
    seconds_pass(60)
    records.file(session_id=begun.session_id, by=haru, classification=Classification.TEST, thankful_end=None)
    return begun


ROWS = (Practice, Reaction, Session, SessionEvent, Message, Visitor)


def test_one_press_erases_what_is_over_with_all_that_hung_on_it(over: Practice, learning: Program, mio: User) -> None:
    assert practice_erasure.erase(program_id=learning.pk, by=mio) == (1, 0)
    assert [rows.__name__ for rows in ROWS if rows.objects.exists()] == []
    told = AuditEntry.objects.get(deed="practice.erased")
    assert (told.actor_id, told.details) == (mio.pk, {"sessions": 1})
    assert practice_erasure.erase(program_id=learning.pk, by=mio) == (0, 0)


def test_what_goes_on_stays(over: Practice, learning: Program, haru: User, aoi: User) -> None:
    going = practice.begin(program_id=learning.pk, by=haru)
    assert practice_erasure.erase(program_id=learning.pk, by=aoi) == (1, 1)
    assert Practice.objects.get() == going
    assert Visitor.objects.get().key()


def test_nothing_of_real_visitors_is_ever_erased(program: Program, sora_says: Say, haru: User, aoi: User) -> None:
    session = sora_says()
    Session.objects.update(state="closed", closed_at=timezone.now() - timedelta(days=4000), trial=True)
    with pytest.raises(NotForPractice):
        practice_erasure.erase(program_id=program.pk, by=aoi)
    assert practice_erasure.forget() == 0
    # Even where a row says that a program with visitors is for practice, what was no trial stays.
    Session.objects.update(trial=False)
    Program.objects.update(practice=True)
    assert practice_erasure.erase(program_id=program.pk, by=aoi) == (0, 0)
    assert practice_erasure.forget() == 0
    assert Session.objects.get() == session


def test_only_who_leads_the_program_erases(over: Practice, learning: Program, haru: User, kei: User) -> None:
    for other in (haru, kei):
        with pytest.raises(permissions.NotVisible):
            practice_erasure.erase(program_id=learning.pk, by=other)
    assert Practice.objects.exists()


@pytest.mark.parametrize(("agreed", "days"), [({}, 30), ({"words": 90}, 90)])
def test_after_the_programs_days_they_go_by_themselves(
    over: Practice, learning: Program, agreed: dict[str, int], days: int
) -> None:
    Program.objects.update(retention=agreed)
    Session.objects.update(closed_at=timezone.now() - timedelta(days=days, minutes=-1))
    assert practice_erasure.forget() == 0
    assert Session.objects.exists()
    Session.objects.update(closed_at=timezone.now() - timedelta(days=days, minutes=1))
    assert practice_erasure.forget() == 1
    assert [rows.__name__ for rows in ROWS if rows.objects.exists()] == []
