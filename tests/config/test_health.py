"""/health says 200 only when everything lives, and what does not."""

import time
from collections.abc import Iterator

import pytest
import redis
from django.conf import settings as django_settings
from django.test import Client
from pytest_django.fixtures import Settings

from config.celery import BEAT_SIGN, WORKER_SIGN, Clock, app, say_alive, worker_lives

NOWHERE = "unix:///nowhere/redis.sock"


@pytest.fixture(autouse=True)
def nobody_lives() -> Iterator[None]:
    """No sign of life left over from before."""
    line = redis.Redis.from_url(django_settings.REDIS_URL)
    line.delete(WORKER_SIGN, BEAT_SIGN)
    yield
    line.delete(WORKER_SIGN, BEAT_SIGN)
    line.close()


def asked() -> tuple[int, dict[str, str]]:
    answer = Client().get("/health")
    return answer.status_code, answer.json()


def test_all_fine_is_200() -> None:
    say_alive(WORKER_SIGN)
    say_alive(BEAT_SIGN)
    assert asked() == (200, {"database": "ok", "redis": "ok", "worker": "ok", "beat": "ok"})


def test_a_worker_that_gives_no_sign_is_named() -> None:
    say_alive(BEAT_SIGN)
    status, found = asked()
    assert (status, found["worker"], found["beat"]) == (503, "no sign of life", "ok")


def test_the_worker_s_heartbeat_is_its_sign() -> None:
    worker_lives()
    assert asked()[1]["worker"] == "ok"


def test_the_clock_says_that_it_lives_at_each_tick() -> None:
    clock = Clock(app, lazy=True)
    assert clock.tick() <= 5
    assert asked()[1]["beat"] == "ok"


def test_a_sign_of_life_fades() -> None:
    say_alive(WORKER_SIGN)
    with redis.Redis.from_url(django_settings.REDIS_URL) as line:
        assert 0 < int(line.ttl(WORKER_SIGN)) <= 15


def test_without_redis_it_says_so_and_does_not_hang(settings: Settings) -> None:
    settings.REDIS_URL = NOWHERE
    started = time.monotonic()
    status, found = asked()
    assert (status, found["database"], found["redis"]) == (503, "ok", "does not answer")
    assert time.monotonic() - started < 5


def test_without_the_database_it_says_so_and_does_not_hang(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(django_settings.DATABASES["default"], "HOST", "/nowhere")
    assert asked()[1]["database"] == "does not answer"


def test_a_stranger_may_ask_and_nothing_is_cached() -> None:
    assert "no-store" in Client().get("/health").headers["Cache-Control"]
