"""What stands on the stage besides people and talks."""

from datetime import timedelta

from django.utils import timezone

from counseling import crypto
from counseling.models import Channel, Program


def a_line_channel(program: Program) -> Channel:
    """A LINE channel with secrets, whose sending is paused."""
    channel = Channel(program=program, kind="line", key="women-line", bot_user_id="U" + "b" * 32)
    channel.secret = crypto.seal_house(b"channel-secret", channel.place("secret"))
    channel.access_token = crypto.seal_house(b"channel-token", channel.place("access_token"))
    channel.paused_because, channel.paused_at = "quota", timezone.now() - timedelta(hours=1)
    channel.save()
    return channel
