"""Waking the worker: after the commit, never raising, never waiting long."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.fixtures import Settings

from counseling import later


@pytest.fixture(autouse=True)
def rested() -> Iterator[None]:
    """No silence left over from before, nor for those after."""
    later._silent_until = 0.0
    later._broker.cache_clear()
    yield
    later._silent_until = 0.0
    later._broker.cache_clear()


@pytest.fixture
def woken(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    calls: list[tuple[object, ...]] = []
    monkeypatch.setattr(later, "wake", lambda *args: calls.append(args))
    return calls


@pytest.mark.django_db(transaction=True)
def test_the_worker_is_woken_after_the_commit(woken: list[tuple[object, ...]]) -> None:
    with transaction.atomic():
        later.deliver(1)
        later.offer(2)
        later.take_in(3, "hash")
        later.fetch(4)
        assert woken == []
    assert woken == [("deliver", 1), ("offer", 2), ("take_in", 3, "hash"), ("fetch", 4)]


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_wakes_nobody(woken: list[tuple[object, ...]]) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        later.deliver(1)
        raise ZeroDivisionError
    assert woken == []


def test_redis_takes_a_call() -> None:
    assert later.wake("deliver", 0, expires=1)


def test_without_redis_nothing_is_raised_and_the_next_do_not_wait(settings: Settings) -> None:
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:9/0"
    assert not later.wake("deliver", 0)
    started = time.monotonic()
    assert not any(later.wake("deliver", 0) for _ in range(1000))
    assert time.monotonic() - started < 0.5


def test_a_redis_that_hangs_is_not_waited_for(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{deaf.getsockname()[1]}/0"
        found: list[bool] = []
        caller = threading.Thread(target=lambda: found.append(later.wake("deliver", 0)))
        caller.start()
        caller.join(timeout=5)
    assert found == [False]
