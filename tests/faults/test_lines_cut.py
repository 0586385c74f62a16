"""R16, S5: the doorbell is away, lines are cut, logins end: what open sockets hear and when they are closed."""

import asyncio
import json
import os
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import Any
from uuid import uuid4

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from accounts import actions as accounts
from accounts.models import User
from counseling.actions import messages, sessions, visits
from counseling.models import Channel, Session
from tests.counseling.lines import do
from tests.faults.doors import Doors
from tests.faults.faultproxy import FaultProxy
from tests.servers import Daphne

# Nothing here waits for so long; a line that never tells is told from a slow machine by it.
PATIENCE = 45.0


@pytest.fixture
def talk(web_channel: Channel, haru: User, doors: Doors) -> Session:
    """Haru's session with the visitor of `doors`."""
    started = visits.start(channel_id=web_channel.pk, identity=doors.visit, terms_version=1, attributes={}, line="")
    return sessions.claim(session_id=started.pk, by=haru)


@pytest.fixture
async def console(web: Daphne, doors: Doors, talk: Session) -> AsyncIterator[ClientConnection]:
    """Haru's console, which watches the talk and has been told all of it."""
    headers = {"Cookie": f"login={doors.login}"}
    async with connect(f"{web.socket_url}/ws/staff", origin=web.url, additional_headers=headers) as line:  # type: ignore[arg-type]
        await watch(line, talk.pk, 0)
        await told(line, "session")
        yield line


async def watch(line: ClientConnection, session_id: int, after: int) -> None:
    await line.send(json.dumps({"type": "watch", "topic": "session", "id": session_id, "after": after}))


async def told(line: ClientConnection, kind: str) -> dict[str, Any]:
    """The next frame of this type."""
    async with asyncio.timeout(PATIENCE):
        async for text in line:
            frame: dict[str, Any] = json.loads(text)
            if frame["type"] == kind:
                return frame
    raise AssertionError(f"closed before a {kind} came")


async def everything_left(line: ClientConnection) -> list[str]:
    """What is told until the line is closed."""
    left: list[str] = []
    async with asyncio.timeout(PATIENCE):
        with suppress(ConnectionClosed):
            while True:
                left.append(str(await line.recv()))
    return left


async def told_words(line: ClientConnection, words: str) -> None:
    """Wait until these words are told."""
    while words not in str(await told(line, "session")):
        pass


async def test_without_redis_words_are_taken_and_told(
    console: ClientConnection, talk: Session, doors: Doors, redis: FaultProxy
) -> None:
    redis.down()
    try:
        taken = [await do(lambda n=n: doors.visitor_says(uuid4(), f"鐘なし{n}")) for n in range(3)]  # type: ignore[misc]
        answered = await do(lambda: doors.reply(talk.pk, uuid4(), "聞こえています"))
        assert {answer.status for answer in [*taken, answered]} == {201}
        await told_words(console, "聞こえています")
    finally:
        redis.up()


async def test_when_redis_is_back_rings_are_heard_again(
    console: ClientConnection, talk: Session, doors: Doors, redis: FaultProxy
) -> None:
    redis.reset()
    for words in ("切れたあと", "そのつぎ", "そのまたつぎ"):
        assert (await do(lambda words=words: doors.visitor_says(uuid4(), words))).status == 201  # type: ignore[misc]
        await told_words(console, words)


async def test_a_database_that_was_away_leaves_the_line_open(
    console: ClientConnection, talk: Session, doors: Doors, postgres: FaultProxy
) -> None:
    postgres.down()
    client_id = uuid4()
    refused = await do(lambda: doors.visitor_says(client_id, "つながらない間"))
    postgres.up()
    assert refused.status in {0, 500, 503}
    again = await do(lambda: doors.visitor_says(client_id, "つながらない間"))
    while again.status not in {200, 201}:
        again = await do(lambda: doors.visitor_says(client_id, "つながらない間"))
    await told_words(console, "つながらない間")


ENDS: dict[str, Callable[[User], object]] = {
    "logged out": lambda haru: accounts.end_logins(user_id=haru.pk),
    "deactivated": lambda haru: User.objects.filter(pk=haru.pk).update(is_active=False),
    "a new password": lambda haru: User.objects.filter(pk=haru.pk).update(password="!"),
}


@pytest.mark.parametrize("end", ENDS)
async def test_a_login_that_ended_hears_nothing_more(
    end: str, console: ClientConnection, talk: Session, haru: User, web_channel: Channel, doors: Doors
) -> None:
    await do(lambda: ENDS[end](haru))
    assert (await told(console, "bye"))["why"] == "signed_out"
    await do(lambda: visitor_says(web_channel, doors, "あとからの言葉"))
    assert await everything_left(console) == []
    assert console.close_code == 4401


def visitor_says(channel: Channel, doors: Doors, words: str) -> None:
    messages.receive(channel_id=channel.pk, identity=doors.visit, text=words, client_id=uuid4())


async def test_every_round_of_revocation_ends_before_the_next_word(
    web: Daphne, doors: Doors, talk: Session, haru: User, ren: User
) -> None:
    headers = {"Cookie": f"login={doors.login}"}
    people = [haru, ren]
    for number in range(int(os.environ.get("FAULT_ROUNDS", "10"))):
        giver, taker = people[number % 2], people[1 - number % 2]
        async with connect(f"{web.socket_url}/ws/staff", origin=web.url, additional_headers=headers) as line:  # type: ignore[arg-type]
            await watch(line, talk.pk, 0)
            await told(line, "session" if giver is haru else "denied")
            await do(lambda g=giver, t=taker: sessions.transfer(session_id=talk.pk, by=g, to=t, summary="要約"))  # type: ignore[misc]
            after = f"渡したあと{number}"
            assert (await do(lambda after=after: doors.visitor_says(uuid4(), after))).status == 201  # type: ignore[misc]
            await watch(line, talk.pk, 0)
            frame = await told(line, "denied" if giver is haru else "session")
            assert (after in str(frame)) == (giver is not haru)
