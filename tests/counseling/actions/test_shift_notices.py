"""Mails about published shifts: one for all changes, sent once, tried again."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from accounts import mail as mails
from accounts.models import User
from counseling import tasks
from counseling.actions import shift_notices
from counseling.models import Program, ShiftNotice
from tests.counseling.actions.planned import MONDAY, evening, planned

LATER = timedelta(minutes=5)


@pytest.fixture
def owed(program: Program, haru: User, mio: User) -> ShiftNotice:
    """Haru is owed a mail about two days."""
    planned(program, mio, evening(haru), evening(haru, 1))
    return ShiftNotice.objects.get()


def test_it_waits_for_changes_made_together(owed: ShiftNotice) -> None:
    assert not shift_notices.is_due(now=timezone.now())
    assert not shift_notices.send_next(now=timezone.now())
    assert shift_notices.is_due(now=timezone.now() + LATER)


def test_one_mail_tells_of_all_days_and_goes_once(owed: ShiftNotice, haru: User, program: Program) -> None:
    assert [shift_notices.send_next(now=timezone.now() + LATER) for _time in range(2)] == [True, False]
    (sent,) = mail.outbox
    assert sent.to == [haru.email]
    assert program.name in sent.subject
    assert f"{MONDAY.year}年{MONDAY.month}月{MONDAY.day}日" in sent.body
    assert "/shifts/" in sent.body
    assert ShiftNotice.objects.get().sent_at


def test_a_mail_the_server_did_not_take_is_tried_again(owed: ShiftNotice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mails, "send", lambda *_args, **_context: False)
    now = timezone.now() + LATER
    assert shift_notices.send_next(now=now)
    assert not shift_notices.is_due(now=now)
    assert shift_notices.is_due(now=now + shift_notices.TRY_AGAIN_AFTER)


def test_what_changes_while_it_is_sent_is_still_owed(owed: ShiftNotice, monkeypatch: pytest.MonkeyPatch) -> None:
    def send(*_args: Any, **_context: Any) -> bool:
        ShiftNotice.objects.update(days=["2027-01-01"])
        return True

    monkeypatch.setattr(mails, "send", send)
    shift_notices.send_next(now=timezone.now() + LATER)
    assert (ShiftNotice.objects.get().days, ShiftNotice.objects.get().sent_at) == (["2027-01-01"], None)


def test_after_a_mail_the_next_change_is_owed_anew(owed: ShiftNotice, program: Program, haru: User, mio: User) -> None:
    shift_notices.send_next(now=timezone.now() + LATER)
    planned(program, mio, evening(haru, 2))
    shift_notices.send_next(now=timezone.now() + shift_notices.KEPT + LATER * 2)
    assert len(mail.outbox) == 2
    assert ShiftNotice.objects.count() == 1


def test_who_left_gets_no_mail(owed: ShiftNotice, haru: User) -> None:
    User.objects.filter(pk=haru.pk).update(is_active=False)
    shift_notices.send_next(now=timezone.now() + LATER)
    assert mail.outbox == []
    assert not shift_notices.is_due(now=timezone.now() + LATER)


def test_the_worker_sends_what_is_due(owed: ShiftNotice) -> None:
    ShiftNotice.objects.update(due_at=timezone.now())
    tasks.send_mails("shifts")
    assert len(mail.outbox) == 1
