"""The month's messages: counted at a sensible pace, told on the board, and mailed once a threshold and month."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from accounts.models import User
from counseling import feeds, quota, tasks
from counseling.actions import quotas
from counseling.connection import Followers, Usage
from counseling.models import Channel, LineAccount, Program, Session

NOW = datetime.fromisoformat("2026-11-23T12:00:00+09:00")


@pytest.fixture
def account(line_channel: Channel) -> LineAccount:
    return LineAccount.objects.create(channel=line_channel)


def counted(used: int, limit: int | None = 1000, now: datetime | None = None) -> None:
    """LINE counted so many messages."""
    usage = Usage(limit, used)
    quotas.record_usage(channel_id=Channel.objects.get().pk, usage=usage, now=now or timezone.now())


def due(now: datetime) -> bool:
    return bool(quotas.due_counts(now=now))


def claimed(now: datetime) -> quotas.Count | None:
    return quotas.claim_count(channel_id=Channel.objects.get().pk, now=now)


def test_it_is_counted_at_once_and_then_every_hour(account: LineAccount) -> None:
    assert due(NOW)
    assert claimed(NOW)
    assert not due(NOW + timedelta(minutes=59))
    assert due(NOW + timedelta(minutes=60))


def test_while_people_talk_it_is_counted_every_ten_minutes(account: LineAccount, waiting: Session) -> None:
    claimed(NOW)
    assert not due(NOW + timedelta(minutes=9))
    assert due(NOW + timedelta(minutes=10))
    Session.objects.update(state="closed")
    assert not due(NOW + timedelta(minutes=10))


def test_talks_of_another_program_make_nobody_count(account: LineAccount, waiting: Session) -> None:
    elsewhere = Program.objects.create(slug="other", name="o", kind="women", starts_on=NOW.date())
    Session.objects.update(program=elsewhere)
    claimed(NOW)
    assert not due(NOW + timedelta(minutes=10))


def test_two_workers_count_once(account: LineAccount) -> None:
    assert claimed(NOW)
    assert claimed(NOW) is None


def test_a_clock_that_was_put_back_stops_no_count(account: LineAccount) -> None:
    claimed(NOW + timedelta(days=1))
    assert due(NOW)


def test_without_a_token_nothing_is_counted(account: LineAccount) -> None:
    Channel.objects.update(access_token=b"")
    assert not due(NOW)


def test_friends_are_asked_for_once_a_day(account: LineAccount) -> None:
    first = claimed(NOW)
    assert first
    assert str(first.friends_on) == "2026-11-22"
    quotas.record_followers(channel_id=account.channel_id, followers=Followers(7, 2), day=first.friends_on)  # type: ignore[arg-type]
    again = claimed(NOW + timedelta(hours=1))
    assert again
    assert again.friends_on is None
    account.refresh_from_db()
    assert account.reachable_friends == 5
    tomorrow = claimed(NOW + timedelta(days=1))
    assert tomorrow
    assert str(tomorrow.friends_on) == "2026-11-23"


@pytest.mark.parametrize(
    ("used", "limit", "trouble"),
    [(799, 1000, []), (800, 1000, ["quota_80"]), (950, 1000, ["quota_95"]), (9999, None, [])],
)
def test_the_board_tells_of_a_threshold(
    used: int, limit: int | None, trouble: list[str], account: LineAccount, program: Program
) -> None:
    counted(used, limit)
    assert feeds.board(program.pk)["trouble"] == [f"line:{code}:{account.channel_id}" for code in trouble]


def test_where_sending_stands_still_that_is_what_is_told(account: LineAccount, program: Program) -> None:
    counted(1000)
    Channel.objects.update(paused_because="quota", paused_at=timezone.now())
    assert feeds.board(program.pk)["trouble"] == [f"line:quota:{account.channel_id}"]


def test_with_the_month_the_trouble_is_over(account: LineAccount, program: Program) -> None:
    counted(990, now=quota.month_start(timezone.now()) - timedelta(minutes=1))
    assert feeds.board(program.pk)["trouble"] == []


def test_consoles_are_told_when_a_threshold_is_passed_and_not_at_every_count(
    account: LineAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[str] = []
    monkeypatch.setattr("counseling.events.ring", lambda *groups: rung.extend(groups))
    for used in (10, 500, 801, 850, 960, 970):
        counted(used)
    assert len(rung) == 2
    counted(970, 2000)
    assert len(rung) == 3


def warn(now: datetime | None = None) -> None:
    """What the sweep does about it."""
    for channel_id in quotas.due_warnings(now=now or timezone.now()):
        tasks.tell_quota(channel_id)


def test_administrators_get_one_mail_for_each_threshold(account: LineAccount, aoi: User, mio: User) -> None:
    for used in (700, 810, 890, 951, 990, 1000):
        counted(used)
        warn()
        warn()
    assert [mail_.to for mail_ in mail.outbox] == [[aoi.email]] * 2
    first, second = (str(mail_.subject) for mail_ in mail.outbox)
    assert "80%に達しました" in first
    assert "95%に達しました" in second
    assert "810通(上限 1000通)" in mail.outbox[0].body
    assert "/programs/women/line/" in mail.outbox[0].body


def test_who_passes_both_at_once_gets_the_graver_one_only(account: LineAccount, aoi: User) -> None:
    counted(999)
    warn()
    counted(999)
    warn()
    assert ["95%" in str(mail_.subject) for mail_ in mail.outbox] == [True]


def test_the_next_month_begins_anew(account: LineAccount, aoi: User) -> None:
    counted(960)
    warn()
    last_month = (quota.month_start(timezone.now()) - timedelta(days=1)).date().replace(day=1)
    LineAccount.objects.update(warned_month=last_month)
    counted(850)
    warn()
    assert "80%" in str(mail.outbox[-1].subject)


def test_a_mail_that_was_not_taken_is_tried_again_later(
    account: LineAccount, aoi: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted(960)
    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", lambda *_args: (_ for _ in ()).throw(OSError))
        warn()
    warn()
    assert mail.outbox == []
    LineAccount.objects.update(warning_tried_at=timezone.now() - quotas.TRIED_EVERY)
    warn()
    assert len(mail.outbox) == 1


def test_two_workers_tell_once(account: LineAccount, aoi: User) -> None:
    counted(960)
    now = timezone.now()
    assert quotas.claim_warning(channel_id=account.channel_id, now=now)
    assert quotas.claim_warning(channel_id=account.channel_id, now=now) is None


def test_the_sweep_finds_what_to_count_and_whom_to_tell(account: LineAccount, monkeypatch: pytest.MonkeyPatch) -> None:
    woken: list[tuple[object, ...]] = []
    monkeypatch.setattr("counseling.later.wake", lambda *args, **_options: woken.append(args))
    counted(960)
    tasks.wake_quotas()
    assert woken == [("count_messages", account.channel_id), ("tell_quota", account.channel_id)]
