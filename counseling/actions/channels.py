"""Channels whose sending stopped: the month's messages used up, or the token refused."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from accounts.roles import Right
from counseling import events, permissions
from counseling.models import Channel
from counseling.outcomes import Verdict

JST = ZoneInfo("Asia/Tokyo")


@transaction.atomic
def resume(*, channel_id: int, by: User) -> None:
    """Send again what waits on a paused channel. For those who steer or configure its program; raises NotVisible."""
    mine = permissions.programs(by, Right.STEER) | permissions.programs(by, Right.CONFIGURE)
    if not mine.filter(channels=channel_id).exists():
        raise permissions.NotVisible
    _run_again(Channel.objects.filter(pk=channel_id))


@transaction.atomic
def resume_in_new_month(*, now: datetime) -> None:
    """LINE counts messages by the month of Japan: what used up its quota last month runs again by itself."""
    month = now.astimezone(JST).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    _run_again(Channel.objects.filter(paused_because=Verdict.QUOTA.value, paused_at__lt=month))


def _run_again(channels: QuerySet[Channel]) -> None:
    programs = set(channels.values_list("program_id", flat=True))
    channels.update(paused_because="", paused_at=None)
    events.ring(*(events.board_group(program) for program in programs))
