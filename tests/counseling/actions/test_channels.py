"""Channels: secrets typed once, and sending that stopped and runs again, by hand or with the month."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEntry, User
from counseling import crypto
from counseling.actions import channels, deliveries
from counseling.models import Channel, LineAccount, Program, Session
from counseling.outcomes import Verdict
from counseling.permissions import NotVisible
from tests.counseling.actions.conftest import Reply, claim, record

SECRET, TOKEN = "s" * 32, "t" * 172


def connect(program: Program, by: User, secret: str = SECRET, token: str = TOKEN) -> Channel:
    return channels.connect(program_id=program.pk, by=by, secret=secret, access_token=token, now=timezone.now())


def test_a_program_gets_its_channel_with_the_first_secrets(program: Program, aoi: User) -> None:
    channel = connect(program, aoi)
    assert (channel.program, channel.kind, channel.key) == (program, "line", "women-line")
    assert channel.secrets_at(timezone.now()) == [SECRET]
    assert channel.token() == TOKEN
    assert channel.secret_at is not None
    assert LineAccount.objects.get().channel == channel
    noted = AuditEntry.objects.get(deed="channel.changed")
    assert (noted.subject, noted.program_id) == (f"channel:{channel.pk}", program.pk)
    assert noted.details == {"did": "secrets", "fields": ["secret", "access_token"]}


def test_nothing_typed_stands_anywhere_in_plain(program: Program, aoi: User) -> None:
    channel = connect(program, aoi)
    stored = f"{Channel.objects.filter(pk=channel.pk).values().get()} {AuditEntry.objects.values().latest('pk')}"
    assert SECRET not in stored
    assert TOKEN not in stored


def test_a_key_that_is_taken_becomes_another_one(program: Program, aoi: User) -> None:
    elsewhere = Program.objects.create(slug="elsewhere", name="e", kind="women", starts_on=program.starts_on)
    Channel.objects.create(program=elsewhere, kind="web", key="women-line")
    Program.objects.filter(pk=elsewhere.pk).update(slug="w" * 50)
    assert connect(program, aoi).key.startswith("women-")
    assert Channel.objects.count() == 2


def test_a_program_has_one_line_channel_however_often_it_is_connected(program: Program, aoi: User) -> None:
    assert connect(program, aoi).pk == connect(program, aoi, "n" * 32).pk


def test_the_old_secret_stays_valid_for_a_day_and_the_same_one_pushes_nothing_out(program: Program, aoi: User) -> None:
    connect(program, aoi)
    for _press in range(2):
        channel = connect(program, aoi, "n" * 32, "")
    now = timezone.now()
    assert channel.secrets_at(now) == ["n" * 32, SECRET]
    assert channel.secrets_at(now + timedelta(hours=24, seconds=1)) == ["n" * 32]
    assert channel.token() == TOKEN


def test_a_new_token_sets_sending_going_and_the_last_check_is_void(program: Program, aoi: User) -> None:
    channel = connect(program, aoi)
    Channel.objects.update(paused_because="token", paused_at=timezone.now())
    LineAccount.objects.update(findings=[["account", "token"]], checked_at=timezone.now())
    connect(program, aoi, "", "u" * 172)
    channel.refresh_from_db()
    assert (channel.paused_because, channel.token()) == ("", "u" * 172)
    account = LineAccount.objects.get()
    assert (account.findings, account.checked_at) == ([], None)


def test_a_secret_whose_key_is_gone_is_mended_by_a_new_one(program: Program, aoi: User) -> None:
    connect(program, aoi)
    Channel.objects.update(secret=b"\x07nobody opens this")
    channel = connect(program, aoi, "n" * 32, "")
    assert channel.secrets_at(timezone.now()) == ["n" * 32]


@pytest.mark.parametrize("name", ["haru", "mio", "kei", "nao"])
def test_only_who_configures_the_program_types_secrets(
    name: str, program: Program, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(NotVisible):
        connect(program, request.getfixturevalue(name))
    assert not Channel.objects.exists()


def test_a_resumed_channel_sends_what_waited(quiet: Session, reply: Reply, line_channel: Channel, mio: User) -> None:
    reply("待っていた言葉")
    record(claim(quiet), Verdict.QUOTA)
    channels.resume(channel_id=line_channel.pk, by=mio)
    assert deliveries.due_visitors(now=timezone.now()) == [quiet.visitor_id]
    assert claim(quiet).texts == ("待っていた言葉",)


def test_who_neither_steers_nor_configures_cannot_resume(line_channel: Channel, haru: User, kei: User) -> None:
    for person in (haru, kei):
        with pytest.raises(NotVisible):
            channels.resume(channel_id=line_channel.pk, by=person)


def test_a_new_month_resumes_a_quota_and_not_a_token(line_channel: Channel) -> None:
    last_month = datetime.fromisoformat("2026-01-31T23:59:00+09:00")
    for reason, left in (("quota", ""), ("token", "token")):
        Channel.objects.update(paused_because=reason, paused_at=last_month)
        channels.resume_in_new_month(now=last_month)
        assert Channel.objects.get(pk=line_channel.pk).paused_because == reason
        channels.resume_in_new_month(now=last_month + timedelta(minutes=2))
        assert Channel.objects.get(pk=line_channel.pk).paused_because == left


def test_the_administration_makes_a_channel_with_its_account(program: Program) -> None:
    channels.keep(channel=Channel(program=program, kind="line", key="by-hand"))
    channels.keep(channel=Channel(program=program, kind="web", key="a-page"))
    assert LineAccount.objects.get().channel.key == "by-hand"
    with pytest.raises(crypto.CannotOpen):
        LineAccount.objects.get().channel.token()
