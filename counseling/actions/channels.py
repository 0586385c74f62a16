"""Channels: their secrets, and sending that stopped (the month's messages used up, or the token refused)."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Right
from counseling import crypto, events, permissions
from counseling.models import Channel
from counseling.outcomes import Verdict

JST = ZoneInfo("Asia/Tokyo")
# After a new secret is typed, webhooks signed with the old one are taken for so long.
ROTATION = timedelta(hours=24)


def keep_secrets(*, channel: Channel, secret: str, access_token: str, now: datetime) -> None:
    """Seal what was typed; empty leaves what is there. The old secret stays valid for ROTATION."""
    if secret:
        if channel.secret:
            old = crypto.open_house(channel.secret, channel.place("secret"))
            channel.previous_secret = crypto.seal_house(old, channel.place("previous_secret"))
            channel.previous_secret_until = now + ROTATION
        channel.secret = crypto.seal_house(secret.encode(), channel.place("secret"))
    if access_token:
        channel.access_token = crypto.seal_house(access_token.encode(), channel.place("access_token"))
        channel.paused_because, channel.paused_at = "", None
    channel.save()


@transaction.atomic
def resume(*, channel_id: int, by: User) -> None:
    """Send again what waits on a paused channel. For those who steer or configure its program; raises NotVisible."""
    mine = permissions.programs(by, Right.STEER) | permissions.programs(by, Right.CONFIGURE)
    program = mine.filter(channels=channel_id).first()
    if program is None:
        raise permissions.NotVisible
    _run_again(Channel.objects.filter(pk=channel_id))
    audit.note(Deed.CHANNEL_CHANGED, by=by, subject=f"channel:{channel_id}", program_id=program.pk, did="resumed")


@transaction.atomic
def resume_in_new_month(*, now: datetime) -> None:
    """LINE counts messages by the month of Japan: what used up its quota last month runs again by itself."""
    month = now.astimezone(JST).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    _run_again(Channel.objects.filter(paused_because=Verdict.QUOTA.value, paused_at__lt=month))


def _run_again(channels: QuerySet[Channel]) -> None:
    programs = set(channels.values_list("program_id", flat=True))
    channels.update(paused_because="", paused_at=None)
    events.ring(*(events.board_group(program) for program in programs))
