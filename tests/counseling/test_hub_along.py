"""Reading along on sockets: refused without a reason, shown to the counselor while it lasts, never to the visitor."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest

from accounts.models import User
from counseling import events
from counseling.actions import reading, sessions
from counseling.hub import Hub
from counseling.hub.along import Along
from counseling.models import Program, Reading, Session
from counseling.models.supervision import READING_LIFE, Reason
from tests.counseling.conftest import Console, VisitorPage
from tests.counseling.lines import Line, do

pytestmark = pytest.mark.django_db(transaction=True)
StartTalk = Callable[..., Session]


@pytest.fixture
def talk(start_talk: StartTalk, haru: User) -> Session:
    """A talk on the web, with Haru."""
    return sessions.claim(session_id=start_talk().pk, by=haru)


@pytest.fixture
async def counselor(console: Console, talk: Session, haru: User) -> AsyncIterator[Line]:
    """Haru's console, with the talk on it."""
    line = console(haru)
    await line.watch("session", talk.pk)
    await line.told("session")
    yield line


async def read_along(line: Line, session: Session, by: User) -> None:
    """Give a reason, and watch."""
    await do(lambda: reading.begin(session_id=session.pk, by=by, reason=Reason.WATCH))
    await line.watch("session", session.pk)
    await line.told("session")


async def test_without_a_reason_there_is_nothing_to_watch(console: Console, talk: Session, mio: User) -> None:
    line = console(mio)
    await line.watch("session", talk.pk)
    assert (await line.told("denied"))["id"] == talk.pk
    await read_along(line, talk, mio)


async def test_the_counselor_sees_who_reads_along_and_when_it_ends(
    counselor: Line, console: Console, talk: Session, mio: User
) -> None:
    line = console(mio)
    await read_along(line, talk, mio)
    frame = {"type": "watching", "session": talk.pk, "who": [mio.pk]}
    assert await counselor.told("watching") == frame
    line.say({"type": "unwatch", "topic": "session", "id": talk.pk})
    assert await counselor.told("watching") == frame | {"who": []}
    assert await line.all_told("watching") == []


async def test_a_console_that_closes_watches_no_longer(
    counselor: Line, console: Console, talk: Session, mio: User
) -> None:
    line = console(mio)
    await read_along(line, talk, mio)
    await counselor.told("watching")
    await line.hang_up()
    assert (await counselor.told("watching"))["who"] == []


async def test_who_comes_later_is_told_who_reads_along(
    hub: Hub, console: Console, talk: Session, haru: User, mio: User
) -> None:
    await read_along(console(mio), talk, mio)
    late = console(haru)
    await late.watch("session", talk.pk)
    assert (await late.told("watching"))["who"] == [mio.pk]


async def test_it_is_not_shown_where_the_program_does_not_wish_it(
    counselor: Line, console: Console, talk: Session, mio: User, program: Program
) -> None:
    await do(lambda: Program.objects.filter(pk=program.pk).update(shows_reading=False))
    await read_along(console(mio), talk, mio)
    assert await counselor.all_told("watching") == []


async def test_when_the_reason_has_run_out_the_words_and_the_sign_go(
    hub: Hub, counselor: Line, console: Console, talk: Session, mio: User
) -> None:
    line = console(mio)
    await read_along(line, talk, mio)
    assert (await counselor.told("watching"))["who"] == [mio.pk]
    ago = READING_LIFE + timedelta(seconds=1)
    await do(lambda: Reading.objects.update(at=Reading.objects.get().at - ago))
    await hub.poll()
    assert (await line.told("denied"))["id"] == talk.pk
    assert (await counselor.told("watching"))["who"] == []


async def test_the_visitors_page_is_told_nothing(
    counselor: Line, console: Console, visitor_page: VisitorPage, talk: Session, mio: User
) -> None:
    page = visitor_page()
    page.say({"type": "watch", "after": 0})
    await page.told("talk")
    count, line = len(page.frames), console(mio)
    await read_along(line, talk, mio)
    await counselor.told("watching")
    await line.hang_up()
    await counselor.told("watching")
    await page.all_told("watching")
    assert {frame["type"] for frame in page.frames[count:]} == {"pong"}


async def test_what_another_process_tells_is_shown_until_it_is_told_no_more(
    hub: Hub, counselor: Line, talk: Session, haru: User, mio: User
) -> None:
    group = events.session_group(talk.pk)
    for users in ([mio.pk, haru.pk], [mio.pk], []):
        await hub.bell.pass_on(group, events.watching_message(talk.pk, "hub.other", users))
    assert (await counselor.told("watching"))["who"] == [mio.pk]
    assert (await counselor.told("watching"))["who"] == []


async def test_a_process_that_died_is_forgotten(
    hub: Hub, counselor: Line, talk: Session, mio: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = events.watching_message(talk.pk, "hub.dead", [mio.pk])
    await hub.bell.pass_on(events.session_group(talk.pk), message)
    assert (await counselor.told("watching"))["who"] == [mio.pk]
    now = asyncio.get_running_loop().time()
    monkeypatch.setattr("counseling.hub.along.time.monotonic", lambda: now + 3600)
    await hub.tell_along()
    assert (await counselor.told("watching"))["who"] == []


async def test_each_process_tells_the_others_again_and_again(
    hub: Hub, console: Console, talk: Session, mio: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    await read_along(console(mio), talk, mio)
    told: list[object] = []

    async def pass_on(_group: str, message: object) -> None:
        told.append(message)

    monkeypatch.setattr(hub.bell, "pass_on", pass_on)
    for _round in range(2):
        await hub.tell_along()
    await asyncio.sleep(0)
    assert told == [events.watching_message(talk.pk, hub.bell.own, [mio.pk])] * 2


def test_nobody_is_told_of_themselves_or_twice() -> None:
    class Heard:
        def __init__(self, user_id: int) -> None:
            self.user_id, self.frames = user_id, []  # type: ignore[var-annotated]

        def tell(self, text: str) -> None:
            self.frames.append(text)

    along, wires = Along(7, life=60), [Heard(1), Heard(2)]
    along.here = frozenset({2, 3})
    for _time in range(2):
        along.tell(wires)  # type: ignore[arg-type]
    assert [wire.frames for wire in wires] == [
        ['{"type":"watching","session":7,"who":[2,3]}'],
        ['{"type":"watching","session":7,"who":[3]}'],
    ]
