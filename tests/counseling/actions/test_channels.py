"""Channels whose sending stopped run again: by hand, or with the month."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from counseling.actions import channels, deliveries
from counseling.models import Channel, Session
from counseling.outcomes import Verdict
from counseling.permissions import NotVisible
from tests.counseling.actions.conftest import Reply, claim, record


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
