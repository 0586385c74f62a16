"""The sockets under a real daphne: what only shows on a real line."""

import asyncio
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin

from accounts.models import User
from counseling.models import Membership, Presence, Session, SessionEvent
from tests.conftest import Say
from tests.corpus import Case
from tests.counseling.lines import do, login_cookie
from tests.counseling.raw_line import CUT, RawLine, headers_of
from tests.servers import Daphne

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cookie(signed_in: Callable[[User], Client], haru: User) -> str:
    """Haru is signed in."""
    return login_cookie(signed_in(haru))


@pytest.fixture
def web(active: Session) -> Iterator[Daphne]:
    """A daphne, ended before the database is cleared."""
    with Daphne() as daphne:
        yield daphne
        daphne.stop()


def opened(web: Daphne, cookie: str) -> connect:
    """A console's socket."""
    return connect(
        web.socket_url + "/ws/staff", origin=Origin(web.url), additional_headers={"Cookie": cookie}, max_size=None
    )


async def told(line: ClientConnection, kind: str) -> dict[str, Any]:
    """The next frame of this type."""
    async with asyncio.timeout(20):
        while True:
            frame: dict[str, Any] = json.loads(await line.recv())
            if frame["type"] == kind:
                return frame


async def test_words_come_over_a_real_line(
    web: Daphne, cookie: str, active: Session, haru: User, sora_says: Say
) -> None:
    async with opened(web, cookie) as line:
        await line.send(json.dumps({"type": "watch", "topic": "session", "id": active.pk, "after": active.version - 1}))
        await told(line, "session")
        await do(lambda: sora_says("聞こえますか"))
        assert (await told(line, "session"))["events"][0]["message"]["text"] == "聞こえますか"
        assert await do(lambda: Presence.objects.filter(user=haru).exists())


async def test_other_roles_close_a_real_line_once_it_was_told(
    web: Daphne, cookie: str, active: Session, haru: User
) -> None:
    async with opened(web, cookie) as line:
        await line.send(json.dumps({"type": "watch", "topic": "session", "id": active.pk, "after": active.version - 1}))
        await told(line, "session")
        # No ring: the server looks by itself, and the promise is two seconds.
        await do(lambda: Membership.objects.filter(user=haru).delete())
        async with asyncio.timeout(2):
            rest = [json.loads(frame) async for frame in line]
        assert [frame["type"] for frame in rest] == ["denied", "bye"]
        assert (rest[-1]["why"], line.close_code) == ("roles_changed", 1001)


async def test_a_server_that_stops_says_so_and_every_code_arrives(web: Daphne, cookie: str) -> None:
    async with opened(web, cookie) as line, opened(web, cookie) as other:
        for one in (line, other):
            await one.send('{"type":"ping"}')
            await told(one, "pong")
        await other.send("hello")
        with pytest.raises(ConnectionClosed):
            await told(other, "pong")
        assert other.close_code == 1003
        await asyncio.to_thread(web.stop)
        assert await told(line, "bye") == {"type": "bye", "why": "restarting"}
        await line.wait_closed()
        assert line.close_code == 1001
    assert "Traceback" not in web.output()


def test_who_never_reads_is_dropped(web: Daphne, cookie: str, active: Session, sora_says: Say) -> None:
    # More than the kernel's buffers and ours hold together.
    SessionEvent.objects.filter(session=active, version=1).update(details={"filler": "a" * 12_000_000})
    line = RawLine(web.port, headers_of(Case("ours", {}), web.port, cookie), receive_buffer=4096)
    line.first_word()
    line.say_json({"type": "watch", "topic": "session", "id": active.pk, "after": 0})
    line.wait_for_bytes()
    before = web.memory()
    for _number in range(3):
        sora_says("まだいますか")
    assert line.outcome(may_stay_open=False) in {4408, CUT}
    line.close()
    assert web.memory() - before < 20 * 1_048_576
    assert "Traceback" not in web.output()
