"""Whispers on sockets: both ends hear them at once; the visitor's page hears nothing, not even that something was."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from accounts.models import User
from counseling.actions import notes, sessions, whispers
from counseling.hub import Hub
from counseling.models import Session
from tests.canaries import canary, forms
from tests.conftest import reads_along
from tests.counseling.conftest import Console, VisitorPage
from tests.counseling.lines import do

pytestmark = pytest.mark.django_db(transaction=True)
StartTalk = Callable[..., Session]


@pytest.fixture
def talk(start_talk: StartTalk, haru: User) -> Session:
    """A talk on the web, with Haru."""
    return sessions.claim(session_id=start_talk().pk, by=haru)


async def whisper(session: Session, by: User, words: str) -> None:
    await do(lambda: whispers.say(session_id=session.pk, by=by, client_id=uuid4(), words=words))


async def test_both_ends_hear_each_other(console: Console, talk: Session, haru: User, mio: User) -> None:
    await do(lambda: reads_along(talk, mio))
    ends = {"haru": console(haru), "mio": console(mio)}
    for line in ends.values():
        await line.watch("session", talk.pk, talk.version - 1)
        await line.told("session")
    for by, words in ((mio, "待ってみて"), (haru, "はい")):
        await whisper(talk, by, words)
        for line in ends.values():
            (event,) = (await line.told("session"))["events"]
            assert (event["kind"], event["whisper"]["text"], event["whisper"]["by"]["name"]) == (
                "whisper.said", words, by.name,
            )  # fmt: skip
            assert (event["message"], event["note"]) == (None, None)


async def test_the_visitors_page_hears_nothing(
    hub: Hub, visitor_page: VisitorPage, talk: Session, haru: User, mio: User
) -> None:
    """Whispered before, whispered meanwhile, and what the poll brings: nothing of it comes this way."""
    said = [canary(f"whisper-{number}") for number in range(4)]
    await whisper(talk, mio, said[0])
    page = visitor_page()
    page.say({"type": "watch", "after": 0})
    await page.told("talk")
    count = len(page.frames)
    for by, words in ((mio, said[1]), (haru, said[2])):
        await whisper(talk, by, words)
    await do(lambda: notes.add(session_id=talk.pk, by=mio, client_id=uuid4(), words=said[3]))
    await hub.poll()
    await page.all_told("talk")
    assert {frame["type"] for frame in page.frames[count:]} == {"pong"}
    page.say({"type": "watch", "after": 0})
    await page.told("talk")
    told = str(page.frames).encode()
    assert [words for words in said for form in forms(words).values() if form in told] == []
