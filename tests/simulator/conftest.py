"""A running simulator, a portal that records the webhooks it gets, and LINE's own client pointed at the simulator."""

from collections.abc import Iterator

import pytest
from linebot.v3.messaging import ApiClient, Configuration, MessagingApi, MessagingApiBlob

from simulator.running import Simulator
from tests.simulator.portal import CHANNEL, SECRET, TOKEN, Account, Portal


@pytest.fixture
def portal() -> Iterator[Portal]:
    server = Portal()
    with server.running():
        yield server


@pytest.fixture
def line(portal: Portal) -> Iterator[Simulator]:
    with Simulator(seed=1) as simulator:
        simulator.channel(
            channel_id=CHANNEL, secret=SECRET, access_token=TOKEN, webhook_url=portal.url, name="練習窓口"
        )
        yield simulator


@pytest.fixture
def sora(line: Simulator) -> str:
    return line.person("空", friend_of=CHANNEL)


@pytest.fixture
def account(line: Simulator) -> Iterator[Account]:
    found = Account(line.url)
    yield found
    found.http.close()


@pytest.fixture
def sdk(line: Simulator) -> Iterator[ApiClient]:
    with ApiClient(Configuration(host=line.url, access_token=TOKEN)) as client:
        yield client
        client.rest_client.pool_manager.clear()


@pytest.fixture
def messaging(sdk: ApiClient) -> MessagingApi:
    return MessagingApi(sdk)


@pytest.fixture
def blob(sdk: ApiClient) -> MessagingApiBlob:
    return MessagingApiBlob(sdk)
