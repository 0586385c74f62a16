"""Consoles and visitors' pages on sockets of this process, with a hub in a hurry; LINE as the simulator plays it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from accounts.models import User
from counseling.actions import visits
from counseling.hub import Hub, Pace, hub_here
from counseling.models import Channel, Part, Program, Session
from counseling.models.edition import number
from simulator.running import Simulator
from tests.counseling.lines import Line, login_cookie

IDENTITY = "v" * 43
QUICK = Pace(
    poll=60,
    sweep=0.05,
    presence=60,
    board_pause=0.02,
    board_rest=60,
    lobby_pause=0.02,
    heartbeat=0.2,
    patience=2,
    retry=0.1,
    along=60,
)

Console = Callable[[User], Line]
VisitorPage = Callable[..., Line]


@pytest.fixture
async def hub(transactional_db: None) -> AsyncIterator[Hub]:
    """This loop's hub: it sweeps and mends quickly and never polls, so that rings are what brings news."""
    hub = hub_here(QUICK)
    async with asyncio.timeout(10):
        await hub.bell.hears.wait()
    yield hub
    await hub.close()


@pytest.fixture
async def console(hub: Hub, logins: Callable[[User], str]) -> AsyncIterator[Console]:
    """Opens a person's console."""
    lines: list[Line] = []

    def open_one(user: User) -> Line:
        lines.append(Line(cookie=logins(user)))
        return lines[-1]

    yield open_one
    for line in lines:
        await line.hang_up()


@pytest.fixture
def logins(signed_in: Callable[[User], Client], request: pytest.FixtureRequest) -> Callable[[User], str]:
    """Each person's login cookie; everybody whom the test names is signed in beforehand."""
    people = [request.getfixturevalue(name) for name in ("haru", "ren", "mio", "kei") if name in request.fixturenames]
    cookies = {person.pk: login_cookie(signed_in(person)) for person in people}
    return lambda user: cookies[user.pk]


@pytest.fixture
async def visitor_page(hub: Hub) -> AsyncIterator[VisitorPage]:
    """Opens a visitor's page of the program "women"."""
    lines: list[Line] = []

    def open_one(identity: str = IDENTITY) -> Line:
        lines.append(Line(path="/ws/talk/women", cookie=f"visit={identity}"))
        return lines[-1]

    yield open_one
    for line in lines:
        await line.hang_up()


@pytest.fixture
def start_talk(program: Program, web_channel: Channel) -> Callable[..., Session]:
    """A visitor starts a sitting on the web."""

    def start_one(identity: str = IDENTITY, line: str = "はじめまして") -> Session:
        return visits.start(
            channel_id=web_channel.pk,
            identity=identity,
            terms_version=number(program.editions, Part.TERMS),
            attributes={},
            line=line,
        )

    return start_one


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
