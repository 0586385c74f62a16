"""The month's messages of LINE accounts: counted now and then, and told of before they are used up."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accounts.roles import Role
from counseling import events, lifecycle, quota
from counseling.connection import Followers, Usage
from counseling.models import Channel, LineAccount, Membership, Session

# While people talk the count grows; else only by greetings, and by what the account's own manager sends.
COUNTED_EVERY, COUNTED_AT_REST = timedelta(minutes=10), timedelta(hours=1)
TRIED_EVERY = timedelta(minutes=10)


def due_counts(*, now: datetime) -> list[int]:
    """LINE channels whose messages should be counted: every ten minutes while people talk, else every hour."""
    return list(_due(now).values_list("channel_id", flat=True))


def _due(now: datetime) -> QuerySet[LineAccount]:
    talks = Session.objects.filter(program=OuterRef("channel__program"), state__in=sorted(lifecycle.LIVE))
    ahead = Q(count_tried_at__gt=now + COUNTED_AT_REST)
    due = Q(count_tried_at=None) | Q(count_tried_at__lte=now - COUNTED_AT_REST) | ahead
    due |= Q(Exists(talks), count_tried_at__lte=now - COUNTED_EVERY)
    return LineAccount.objects.filter(due).exclude(channel__access_token=b"")


@dataclass(frozen=True)
class Count:
    """What is to be asked of the platform: `friends_on` the day up to which to count friends, None when it is known."""

    channel: Channel
    friends_on: date | None


def claim_count(*, channel_id: int, now: datetime) -> Count | None:
    """Take it upon oneself to count; None when another does it, or did it just now."""
    account = _due(now).select_related("channel").filter(channel=channel_id).first()
    if account is None:
        return None
    free = LineAccount.objects.filter(pk=account.pk, count_tried_at=account.count_tried_at)
    if not free.update(count_tried_at=now):
        return None
    yesterday = (now.astimezone(quota.JST) - timedelta(days=1)).date()
    return Count(account.channel, yesterday if account.friends_on != yesterday else None)


def record_usage(*, channel_id: int, usage: Usage, now: datetime) -> None:
    """Keep the count; consoles are told when it passed a threshold, or fell back below it."""
    account = LineAccount.objects.select_related("channel").get(channel=channel_id)
    before = quota.level_now(account.used, account.quota, account.counted_at, now)
    LineAccount.objects.filter(pk=account.pk).update(quota=usage.quota, used=usage.used, counted_at=now)
    if before != quota.level(usage.used, usage.quota):
        events.ring(events.board_group(account.channel.program_id))


def record_followers(*, channel_id: int, followers: Followers, day: date) -> None:
    """Keep what the platform counted of its friends up to the end of that day."""
    LineAccount.objects.filter(channel=channel_id).update(
        friends_added=followers.added, friends_blocking=followers.blocks, friends_on=day
    )


@dataclass(frozen=True)
class RunningOut:
    """Who is told by mail that the month's messages run out, and what."""

    slug: str
    program: str
    threshold: int
    used: int
    quota: int
    recipients: list[str]

    def numbers(self) -> dict[str, str | int]:
        """What the mail says; whom it goes to is not part of it."""
        return {name: value for name, value in asdict(self).items() if name != "recipients"}


def due_warnings(*, now: datetime) -> list[int]:
    """LINE channels that reached a threshold of this month of which no administrator was told yet."""
    untried = LineAccount.objects.filter(
        Q(warning_tried_at=None) | Q(warning_tried_at__lte=now - TRIED_EVERY) | Q(warning_tried_at__gt=now),
        counted_at__gte=quota.month_start(now),
        used__gte=F("quota") * quota.THRESHOLDS[0] / 100,
    )
    return [account.channel_id for account in untried if _untold(account, now)]


def _untold(account: LineAccount, now: datetime) -> int:
    """The threshold to tell of; 0 where there is none, or it was told."""
    reached = quota.level_now(account.used, account.quota, account.counted_at, now)
    told = account.warned_percent if account.warned_month == quota.month_start(now).date() else 0
    return reached if reached > told else 0


def claim_warning(*, channel_id: int, now: datetime) -> RunningOut | None:
    """Take it upon oneself to tell; None when there is nothing (more) to tell, or another does it."""
    if channel_id not in due_warnings(now=now):
        return None
    account = LineAccount.objects.select_related("channel__program").get(channel=channel_id)
    threshold, tried = _untold(account, now), account.warning_tried_at
    free = LineAccount.objects.filter(pk=account.pk, warning_tried_at=tried)
    if not threshold or not free.update(warning_tried_at=now):
        return None
    program = account.channel.program
    told = Membership.objects.filter(program=program, role=Role.ADMINISTRATOR, user__is_active=True)
    return RunningOut(
        slug=program.slug,
        program=program.name,
        threshold=threshold,
        used=account.used or 0,
        quota=account.quota or 0,
        recipients=list(told.order_by("user__email").values_list("user__email", flat=True).distinct()),
    )


def record_warned(*, channel_id: int, threshold: int, now: datetime) -> None:
    """At least one of them was told: not of this threshold again in this month, and of the next one at once."""
    LineAccount.objects.filter(channel=channel_id).update(
        warned_month=quota.month_start(now).date(), warned_percent=threshold, warning_tried_at=None
    )


def messages_run_out(channel: Channel, now: datetime) -> bool:
    """Whether what is left of the month's messages is for links and contacts."""
    account = LineAccount.objects.filter(channel=channel).first()
    if account is None:
        return False
    return quota.level_now(account.used, account.quota, account.counted_at, now) >= max(quota.THRESHOLDS)
