"""Who is on call: one mail, at night, without a word of what was said."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import User
from counseling.actions import on_call, staff
from counseling.lifecycle import State
from counseling.models import OnCallMail, Program
from tests.conftest import NEVER, Say

pytestmark = pytest.mark.django_db
DANGER = "もう死にたい"


@pytest.fixture
def night(asking: Program) -> Program:
    """Nobody is there; who is on call has an address."""
    Program.objects.update(hours=NEVER, on_call_email="yakan@example.jp")
    return Program.objects.get()


def mails() -> list[tuple[str, str]]:
    while on_call.send_next(now=timezone.now()):
        pass
    return [(one.to[0], f"{one.subject}\n{one.body}") for one in mail.outbox]


def test_at_night_who_is_on_call_gets_one_mail_without_a_word(night: Program, mio: User, sora_says: Say) -> None:
    staff.keep_present(user_ids=[mio.pk])
    session = sora_says(DANGER)
    sora_says("もう死ぬしかない")
    sent = mails()
    assert {to for to, _words in sent} == {"yakan@example.jp", mio.email}
    assert len(sent) == 2
    for _to, words in sent:
        assert "死" not in words
        assert f"受付番号 {session.number}" in words


def test_by_day_nobody_is_mailed(asking: Program, sora_says: Say) -> None:
    Program.objects.update(on_call_email="yakan@example.jp")
    sora_says(DANGER)
    assert mails() == []


def test_a_program_for_practice_calls_nobody(night: Program, sora_says: Say) -> None:
    Program.objects.update(practice=True)
    sora_says(DANGER)
    assert mails() == []


def test_a_mail_the_server_did_not_take_is_tried_again(
    night: Program, sora_says: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    sora_says(DANGER)
    with monkeypatch.context() as patch:
        patch.setattr("accounts.mail.send", lambda *_given, **_values: False)
        assert on_call.send_next(now=timezone.now())
    assert not on_call.is_due(now=timezone.now())
    assert on_call.is_due(now=timezone.now() + timedelta(minutes=2))
    OnCallMail.objects.update(due_at=timezone.now())
    assert len(mails()) == 1


def test_without_consent_at_all_danger_at_night_calls_as_well(program: Program, sora_says: Say) -> None:
    Program.objects.update(hours=NEVER, on_call_email="yakan@example.jp")
    session = sora_says(DANGER)
    assert session.state == State.OFF_HOURS
    assert len(mails()) == 1
