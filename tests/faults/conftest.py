"""A daphne whose PostgreSQL and Redis stand behind fault proxies; the tests themselves look past them."""

from collections.abc import Callable, Iterator
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from accounts.models import User
from config import embedded
from counseling.models import Channel, Program
from tests.faults.doors import Doors
from tests.faults.faultproxy import FaultProxy
from tests.servers import Daphne

COOKIE = "f" * 43


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of these really commit, and are counted as what they are."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.faults)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="module")
def postgres() -> Iterator[FaultProxy]:
    """In front of the database."""
    with FaultProxy(Path(connection.settings_dict["HOST"]) / embedded.SOCKET_NAME) as proxy:
        yield proxy


@pytest.fixture(scope="module")
def redis() -> Iterator[FaultProxy]:
    """In front of Redis."""
    with FaultProxy(Path(settings.REDIS_URL.removeprefix("unix://").partition("?")[0])) as proxy:
        yield proxy


@pytest.fixture(scope="module")
def web(django_db_setup: None, postgres: FaultProxy, redis: FaultProxy) -> Iterator[Daphne]:
    """The web process behind both."""
    place = connection.settings_dict
    behind = {
        "DATABASE_URL": f"postgresql://{quote(place['USER'])}@127.0.0.1:{postgres.port}/{place['NAME']}",
        "REDIS_URL": f"redis://127.0.0.1:{redis.port}/0",
    }
    with Daphne(env=behind) as daphne:
        yield daphne


@pytest.fixture
def doors(
    web: Daphne, line_channel: Channel, web_channel: Channel, haru: User, program: Program,
    signed_in: Callable[[User], Client],
) -> Doors:  # fmt: skip
    """The doors of that process, for Haru, a visitor and LINE's platform."""
    cookies: SimpleCookie = signed_in(haru).cookies
    return Doors(web.url, cookies[settings.SESSION_COOKIE_NAME].value, COOKIE)
