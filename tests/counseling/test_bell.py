"""Ringing: a Redis that swallows everything costs one request its patience, not every one."""

import socket
import time
from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from counseling.events import bell


@pytest.fixture(autouse=True)
def rested() -> Iterator[None]:
    """No silence left over from before, nor for those after."""
    yield
    bell._silent_until = 0.0
    bell._bell.cache_clear()


def test_a_redis_that_hangs_is_waited_for_once(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        settings.REDIS_URL = f"redis://127.0.0.1:{deaf.getsockname()[1]}/0"
        bell._bell.cache_clear()
        bell.ring_now(("session.1",))
        started = time.monotonic()
        for _ in range(1000):
            bell.ring_now(("session.1",))
        assert time.monotonic() - started < bell.SILENCE_SECONDS / 2


def test_a_redis_that_is_away_is_asked_again_at_once(settings: Settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:9/0"
    bell._bell.cache_clear()
    bell.ring_now(("session.1",))
    assert bell._silent_until == 0.0
