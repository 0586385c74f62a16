"""C5 on a real daphne: whatever a client writes, the line ends in order, and the log stays short."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from accounts.models import Login, User
from tests.corpus import Case, load, wire
from tests.counseling.raw_line import OPEN, RawLine, headers_of
from tests.servers import Daphne

# Marked so that there is a test database; what the house needs is committed outside of any test.
pytestmark = pytest.mark.django_db


@dataclass
class House:
    """A daphne, and the cookie of somebody signed in."""

    web: Daphne
    cookie: str


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[House]:
    """Everything is committed, so that daphne sees it; one daphne for all cases."""
    with django_db_blocker.unblock():
        user = User.objects.create_user("c5@example.jp", name="C5")
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        with Daphne() as web:
            yield House(web, f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}")
        Login.objects.all().delete()
        User.objects.filter(email="c5@example.jp").delete()


@pytest.mark.parametrize("case", load("c5"), ids=lambda case: case.name)
def test_c5(case: Case, house: House) -> None:
    before = house.web.output()
    handshake = case.handshake
    pipelined = handshake.get("pipelined", False)
    expected = case.outcome["handshake"]
    headers = headers_of(case, house.web.port, house.cookie)
    line = RawLine(house.web.port, headers, _all(case) if pipelined else b"")
    try:
        accepted = line.status == 101
        assert accepted or 400 <= line.status < 500
        assert ("accepted" if accepted else "refused") in expected
        if accepted and case.outcome.get("close"):
            for frame in () if pipelined else case.frames:
                line.say(frame, handshake.get("per_second"))
            assert line.outcome(may_stay_open=OPEN in case.outcome["close"]) in case.outcome["close"]
    finally:
        line.close()
    logged = house.web.output()[len(before) :]
    assert "Traceback" not in logged
    assert len(logged.splitlines()) <= 1


def _all(case: Case) -> bytes:
    return b"".join(wire(frame) for frame in case.frames)


def test_the_house_still_stands(house: House) -> None:
    line = RawLine(house.web.port, headers_of(Case("ours", {}), house.web.port, house.cookie))
    assert line.ping_json()["type"] == "pong"
    line.close()
