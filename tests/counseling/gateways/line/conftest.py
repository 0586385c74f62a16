"""The program's channel as LINE's platform knows it; the platform itself is played in tests/counseling/conftest.py."""

import pytest

from counseling.models import Channel
from simulator.running import Simulator
from tests.counseling.gateways.line.posting import BOT, SECRET

TOKEN = "channel-token"


@pytest.fixture
def connected(line: Simulator, line_channel: Channel) -> Channel:
    """The program's LINE channel, known to the platform under its key."""
    line.channel(
        channel_id=line_channel.key,
        secret=SECRET,
        access_token=TOKEN,
        bot_user_id=BOT,
        webhook_url="http://127.0.0.1:9/nobody-listens",
    )
    return line_channel
