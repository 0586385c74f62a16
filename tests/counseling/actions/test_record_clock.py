"""A record that waits longer than the program allows is told to its counselor and the supervisors, and names nobody."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import User
from counseling import tasks
from counseling.actions import record_clock
from counseling.lifecycle import State
from counseling.models import Membership, Program, RecordMail, Session, Visitor

pytestmark = pytest.mark.django_db


def over_for(session: Session, hours: float) -> Session:
    """Its talk ended so many hours ago, and nobody filed its record."""
    Session.objects.filter(pk=session.pk).update(state=State.WRAP_UP, ended_at=timezone.now() - timedelta(hours=hours))
    session.refresh_from_db()
    return session


@pytest.fixture
def other(start_talk: Callable[..., Session]) -> Session:
    """Somebody else's sitting."""
    return start_talk()


def sent() -> list[str]:
    record_clock.watch()
    tasks.send_mails("records")
    return sorted(to for one in mail.outbox for to in one.to)


def an_hour_passes() -> None:
    RecordMail.objects.update(owed_at=timezone.now() - timedelta(hours=1, seconds=1))


def test_its_counselor_and_supervisors_are_told_once_without_a_name(
    active: Session, haru: User, ren: User, mio: User
) -> None:
    over_for(active, 12)
    assert sent() == sorted([haru.email, mio.email])
    an_hour_passes()
    assert len(sent()) == 2
    told = mail.outbox[0].body
    assert "1件" in told
    assert active.visitor.pseudonym not in told


def test_not_before_the_program_s_hours_are_over(active: Session, haru: User, mio: User) -> None:
    over_for(active, 7)
    assert sent() == []
    Program.objects.update(record_due_after=timedelta(hours=6))
    assert len(sent()) == 2


def test_another_that_becomes_overdue_is_told_after_an_hour_at_the_earliest(
    active: Session, other: Session, haru: User, mio: User
) -> None:
    over_for(active, 12)
    assert len(sent()) == 2
    over_for(other, 8.01)
    Session.objects.filter(pk=other.pk).update(counselor=haru)
    assert len(sent()) == 2
    an_hour_passes()
    assert len(sent()) == 4
    assert "2件" in mail.outbox[-1].body


def test_what_still_waits_is_told_again_every_day(active: Session, haru: User, mio: User) -> None:
    over_for(active, 40)
    sent()
    RecordMail.objects.update(owed_at=timezone.now() - timedelta(hours=23))
    assert len(sent()) == 2
    RecordMail.objects.update(owed_at=timezone.now() - timedelta(hours=25))
    assert len(sent()) == 4


def test_what_was_filed_meanwhile_needs_no_mail(active: Session, haru: User, mio: User) -> None:
    over_for(active, 9)
    record_clock.watch()
    Session.objects.update(state=State.CLOSED)
    tasks.send_mails("records")
    assert mail.outbox == []
    assert not record_clock.is_due(now=timezone.now())


def test_a_counselor_is_told_of_their_own_alone(active: Session, other: Session, haru: User, mio: User) -> None:
    over_for(active, 9)
    over_for(other, 9)
    sent()
    words = {one.to[0]: one.body for one in mail.outbox}
    assert "1件" in words[haru.email]
    assert "2件" in words[mio.email]


def test_who_left_is_not_written_to_and_without_supervisors_administrators_are(
    active: Session, haru: User, mio: User, aoi: User
) -> None:
    over_for(active, 9)
    User.objects.filter(pk=haru.pk).update(is_active=False)
    Membership.objects.filter(user=mio).delete()
    assert sent() == [aoi.email]


def test_trials_practice_and_who_was_erased_are_in_no_mail(active: Session, haru: User, mio: User) -> None:
    over_for(active, 9)
    Session.objects.update(trial=True)
    assert sent() == []
    Session.objects.update(trial=False)
    Program.objects.update(practice=True)
    assert sent() == []
    Program.objects.update(practice=False)
    Visitor.objects.update(wrapped_key=b"")
    assert sent() == []
