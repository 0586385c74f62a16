"""LINE's platform as the simulator plays it, and the house pointed at it."""

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from counseling.models import Channel
from simulator.running import Simulator
from tests.counseling.gateways.line.posting import BOT, SECRET

TOKEN = "channel-token"


@pytest.fixture(scope="session")
def platform() -> Iterator[Simulator]:
    """One simulator for all tests."""
    with Simulator(seed=1) as simulator:
        yield simulator


@pytest.fixture
def line(platform: Simulator, settings: Settings) -> Simulator:
    """The simulator as after a start; the house calls it instead of LINE."""
    platform.reset()
    settings.LINE_HOST = settings.LINE_DATA_HOST = platform.url
    return platform


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
