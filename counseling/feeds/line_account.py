"""A program's LINE channel as its administrators see it: the account behind it, its friends, the month's messages."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from counseling import quota
from counseling.models import Channel, LineAccount, Program, Visitor
from counseling.models.program import ChannelKind

LATELY = timedelta(days=30)


def line_channel(program: Program) -> Channel | None:
    """The program's LINE channel with its account, where there is one."""
    channels = Channel.objects.filter(program=program, kind=ChannelKind.LINE).select_related("line_account")
    return channels.order_by("pk").first()


def account_of(channel: Channel) -> LineAccount:
    """What LINE told of it; an empty one where nothing was ever asked."""
    found: LineAccount | None = getattr(channel, "line_account", None)
    return found or LineAccount(channel=channel)


@dataclass(frozen=True)
class Friends:
    """Who came to us by this channel: reachable, blocking us, and how many came within LATELY."""

    reachable: int
    blocking: int
    lately: int


def friends(channel: Channel, now: datetime) -> Friends:
    """From our own visitors: everybody who added the account or wrote since it is connected. One query."""
    blocks = Q(blocked_us_at__isnull=False)
    counts = Visitor.objects.filter(channel=channel).aggregate(
        reachable=Count("pk", filter=~blocks),
        blocking=Count("pk", filter=blocks),
        lately=Count("pk", filter=Q(created_at__gt=now - LATELY)),
    )
    return Friends(**counts)


@dataclass(frozen=True)
class Gauge:
    """The month's messages: `quota` and `percent` None without a limit; `reached` 80, 95 or 0."""

    used: int
    quota: int | None
    percent: int | None
    reached: int
    counted_at: datetime


def gauge(account: LineAccount, now: datetime) -> Gauge | None:
    """How many of this month's messages are used; None while they were not counted in this month."""
    used, limit, counted_at = account.used, account.quota, account.counted_at
    if used is None or counted_at is None or counted_at < quota.month_start(now):
        return None
    percent = None if limit is None else quota.percent(used, limit)
    return Gauge(used, limit, percent, quota.level(used, limit), counted_at)
