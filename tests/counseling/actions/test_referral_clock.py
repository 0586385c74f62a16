"""What nobody asked after in time is told to supervisors, once for each day set, and names nobody."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import User
from counseling import tasks
from counseling.actions import referral_clock
from counseling.models import Membership, Program, Referral, ReferralMail, Session, Visitor
from tests.counseling.actions.referred import day, note, refer

pytestmark = pytest.mark.django_db


@pytest.fixture
def late(active: Session, haru: User, mio: User) -> Referral:
    """A referral that somebody should have asked after four days ago."""
    made = refer(active, haru)
    Referral.objects.update(due_on=day(-4))
    made.refresh_from_db()
    return made


def sent() -> list[str]:
    referral_clock.watch()
    tasks.send_mails("referrals")
    return [to for one in mail.outbox for to in one.to]


def test_supervisors_are_told_once_without_a_name(late: Referral, mio: User) -> None:
    assert sent() == [mio.email]
    assert sent() == [mio.email]
    told = mail.outbox[0].body
    assert "1件" in told
    assert late.session.visitor.pseudonym not in told
    assert "女性相談センター" not in told


def test_not_before_the_program_s_days_are_over(late: Referral) -> None:
    Referral.objects.update(due_on=day(-3))
    assert sent() == []
    Program.objects.update(referral_overdue_after=timedelta(days=2))
    assert len(sent()) == 1


def test_another_day_starts_the_clock_anew(late: Referral, haru: User) -> None:
    sent()
    note(late, haru, "", due_on=day())
    assert len(sent()) == 1
    Referral.objects.update(due_on=day(-4))
    assert len(sent()) == 2


def test_whoever_is_owed_a_mail_is_not_owed_a_second(late: Referral, active: Session, haru: User) -> None:
    referral_clock.watch()
    refer(active, haru)
    Referral.objects.filter(told_overdue_at=None).update(due_on=day(-9))
    referral_clock.watch()
    assert ReferralMail.objects.count() == 1


def test_what_was_asked_meanwhile_needs_no_mail(late: Referral, haru: User) -> None:
    referral_clock.watch()
    note(late, haru, "connected")
    tasks.send_mails("referrals")
    assert mail.outbox == []
    assert not referral_clock.is_due(now=timezone.now())


def test_without_supervisors_administrators_are_told(late: Referral, mio: User, aoi: User) -> None:
    Membership.objects.filter(user=mio).delete()
    assert sent() == [aoi.email]


def test_trials_and_who_was_erased_are_in_no_mail(late: Referral) -> None:
    Session.objects.update(trial=True)
    assert sent() == []
    Session.objects.update(trial=False)
    Visitor.objects.update(wrapped_key=b"")
    assert sent() == []
