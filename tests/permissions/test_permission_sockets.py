"""Every word a socket may say × the whole cast, and what becomes of an open socket when rights change."""

from collections.abc import AsyncIterator, Callable
from uuid import uuid4

import pytest
from django.test.utils import override_settings

from accounts import actions as accounts
from accounts.models import Login
from counseling.actions import messages, sessions, team
from counseling.hub import Hub
from counseling.models import Membership, Session
from tests.conftest import reads_along
from tests.counseling.conftest import hub
from tests.counseling.lines import Line, do
from tests.permissions.afterwards import READERS
from tests.permissions.conftest import QUICK
from tests.permissions.recorded import begin_records
from tests.permissions.referred import referred
from tests.permissions.stage import (
    ACTORS,
    NOT_AN_ID,
    NOTED,
    SORA_ANSWERED,
    SORA_COOKIE,
    SORA_SAID,
    STRANGER_SAID,
    WHISPERED,
    Stage,
    set_up,
)  # fmt: skip
from tests.permissions.surveyed import surveyed

__all__ = ["hub"]
pytestmark = pytest.mark.django_db(transaction=True)
Open = Callable[..., Line]

# What each one gets for it. A number: the socket is closed with this code before anything is heard.
TABLE = """
# staff socket    | anon sora strn | haru  ren    far    mio   farmio aoi    kei    nao  root
ping              | 4401 4401 4401 | pong  pong   pong   pong  pong   pong   pong   4401 pong
watch-session     | 4401 4401 4401 | words denied denied words denied denied denied 4401 denied
watch-no-session  | 4401 4401 4401 | denied denied denied denied denied denied denied 4401 denied
watch-board       | 4401 4401 4401 | board board  denied board denied board  denied 4401 denied
watch-no-board    | 4401 4401 4401 | denied denied denied denied denied denied denied 4401 denied
unwatch           | 4401 4401 4401 | pong  pong   pong   pong  pong   pong   pong   4401 pong
typing            | 4401 4401 4401 | typing pong  pong   pong  pong   pong   pong   4401 pong
visitors-watch    | 4401 4401 4401 | 1003  1003   1003   1003  1003   1003   1003   4401 1003
# visitor's socket
talk-ping         | 4401 pong pong | 4401  4401   4401   4401  4401   4401   4401   4401 4401
talk-watch        | 4401 own  own  | 4401  4401   4401   4401  4401   4401   4401   4401 4401
staffs-watch      | 4401 1003 1003 | 4401  4401   4401   4401  4401   4401   4401   4401 4401
"""
# What a staff socket says first: its person's own roles.
ROLES = {
    **dict.fromkeys(("haru", "ren", "far"), ["counselor"]),
    **dict.fromkeys(("mio", "farmio"), ["supervisor"]),
    "aoi": ["administrator"],
    "kei": ["officer"],
}
LINES = [line.replace("|", " ").split() for line in TABLE.splitlines() if line and line[0] != "#"]


@pytest.fixture
def stage(transactional_db: None) -> Stage:
    """The stage for sockets: really committed."""
    with override_settings(**QUICK):
        stage = set_up()
        begin_records(stage.program, stage.people["haru"])
        referred(stage.session, stage.people["haru"])
        surveyed(stage.program, stage.line_session)
        return stage


@pytest.fixture
def cookies(stage: Stage) -> dict[str, str]:
    """Each one's cookie header."""
    browsers = stage.browsers()
    return {name: "; ".join(f"{one.key}={one.value}" for one in browsers[name].cookies.values()) for name in ACTORS}


@pytest.fixture
async def opened(hub: Hub, cookies: dict[str, str]) -> AsyncIterator[Open]:
    """Opens somebody's socket."""
    lines: list[Line] = []

    def open_one(name: str, path: str = "/ws/staff") -> Line:
        lines.append(Line(path=path, cookie=cookies[name]))
        return lines[-1]

    yield open_one
    for line in lines:
        await line.hang_up()


def said(what: str, stage: Stage) -> dict[str, object]:
    """The frame behind a row's name."""
    session, program = stage.session.pk, stage.program.pk
    frames: dict[str, dict[str, object]] = {
        "watch-session": {"type": "watch", "topic": "session", "id": session, "after": 0},
        "watch-no-session": {"type": "watch", "topic": "session", "id": NOT_AN_ID, "after": 0},
        "watch-board": {"type": "watch", "topic": "board", "id": program, "serial": None},
        "watch-no-board": {"type": "watch", "topic": "board", "id": NOT_AN_ID, "serial": None},
        "unwatch": {"type": "unwatch", "topic": "session", "id": session},
        "typing": {"type": "typing", "session": session},
        "visitors-watch": {"type": "watch", "after": 0},
        "talk-watch": {"type": "watch", "after": 0},
    }
    return frames.get(what, frames["watch-session"] if what == "staffs-watch" else {"type": "ping"})


def test_every_word_a_socket_may_say_is_in_the_table() -> None:
    assert {line[0] for line in LINES} >= {"ping", "watch-session", "watch-board", "unwatch", "typing", "talk-watch"}
    assert all(len(line) == len(ACTORS) + 1 for line in LINES)


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[0])
async def test_everyone_hears_what_the_table_says(line: list[str], stage: Stage, opened: Open) -> None:
    what, *expected = line
    visitors_door = what in {"talk-ping", "talk-watch", "staffs-watch"}
    found = {}
    for name, outcome in zip(ACTORS, expected, strict=True):
        socket = opened(name, "/ws/talk/women" if visitors_door else "/ws/staff")
        found[name] = await heard(what, outcome, socket, stage, opened)
        check_words(name, socket)
    assert found == dict(zip(ACTORS, expected, strict=True))


async def heard(what: str, outcome: str, socket: Line, stage: Stage, opened: Open) -> str:
    """What came of it, in the table's words."""
    if outcome == "4401":
        return str(await socket.closed())
    if what == "typing":
        return await types(socket, stage, opened)
    socket.say(said(what, stage))
    if outcome.isdecimal():
        return str(await socket.closed())
    if what == "unwatch":
        socket.say({"type": "ping"})
    if outcome in {"denied", "pong", "board"}:
        frame = await socket.told(outcome)
        others = [one["type"] for one in socket.frames if one["type"] not in {outcome, "pong", "roles"}]
        return str(frame["type"]) if not others else f"also {others}"
    frame = await socket.told("talk" if outcome == "own" else "session")
    mine = {"own": (SORA_SAID, STRANGER_SAID), "words": (SORA_SAID,)}[outcome]
    return outcome if any(words in str(frame) for words in mine) else "nothing"


async def types(socket: Line, stage: Stage, opened: Open) -> str:
    """Whether Sora sees this person write: only whoever has her sitting."""
    page = opened("sora", "/ws/talk/women")
    page.say({"type": "watch", "after": 0})
    await page.told("talk")
    socket.say(said("watch-session", stage))
    await socket.all_told("pong")
    socket.say(said("typing", stage))
    await socket.all_told("pong")
    # Two frames to and fro on the page: what was rung before is heard by then.
    seen = await page.all_told("typing") or await page.all_told("typing")
    return "typing" if seen else "pong"


def check_words(name: str, socket: Line) -> None:
    """Nobody was told what is not theirs."""
    told = str(socket.frames)
    roles = [frame["held"] for frame in socket.frames if frame["type"] == "roles"]
    assert all([held["role"] for held in one] == ROLES.get(name, []) for one in roles), name
    staff_alone = (NOTED, WHISPERED, SORA_ANSWERED)
    assert not any(words in told for words in staff_alone) or name in {"haru", "mio"}, name
    assert SORA_SAID not in told or name in {"haru", "mio", "sora"}, name
    assert not any(words in told for words in READERS), name
    assert STRANGER_SAID not in told or name == "strn", name


def _hand_over(stage: Stage) -> None:
    people = stage.people
    sessions.transfer(session_id=stage.session.pk, by=people["haru"], to=people["ren"], summary="要約")


def _log_out(stage: Stage) -> None:
    accounts.end_logins(user_id=stage.people["haru"].pk)


def _remove(stage: Stage) -> None:
    team.leave_team(program_id=stage.program.pk, user_id=stage.people["haru"].pk, by=stage.people["aoi"])


def _become(*roles: str) -> Callable[[Stage], object]:
    return lambda stage: team.set_roles(
        program_id=stage.program.pk, user_id=stage.people["haru"].pk, roles=roles, by=stage.people["aoi"]
    )


CHANGES: dict[str, tuple[Callable[[Stage], object], str]] = {
    "handed over": (_hand_over, "denied"),
    "put back": (
        lambda stage: sessions.requeue(session_id=stage.session.pk, by=stage.people["haru"], summary="要約"),
        "denied",
    ),
    "the role gone": (lambda stage: Membership.objects.filter(user=stage.people["haru"]).delete(), "1001"),
    "off the team": (_remove, "1001"),
    "another role": (_become("coordinator"), "1001"),
    "an officer now": (_become("officer"), "1001"),
    "deactivated": (lambda stage: accounts.deactivate(user_id=stage.people["haru"].pk, by=stage.people["mio"]), "4401"),
    "logged out": (_log_out, "4401"),
    "login gone": (lambda _stage: Login.objects.all().delete(), "4401"),
}


@pytest.mark.parametrize("change", CHANGES)
async def test_nobody_hears_words_after_the_right_is_gone(change: str, stage: Stage, opened: Open, hub: Hub) -> None:
    act, expected = CHANGES[change]
    haru = opened("haru")
    haru.say(said("watch-session", stage))
    await haru.told("session")
    await do(lambda: act(stage))
    if expected == "4401":
        # A login that ended is noticed by the next sweep: the design allows one second.
        assert await haru.closed() == 4401
    if expected == "1001":
        # The words leave the screen first; then the console comes again, as who its person is now.
        assert (await haru.told("denied"))["id"] == stage.session.pk
        assert await haru.closed() == 1001
    await do(lambda: sora_says(stage, "そのあとの言葉"))
    if expected == "denied":
        assert (await haru.told("denied"))["id"] == stage.session.pk
    again = opened("haru") if expected == "1001" else haru
    again.say(said("watch-session", stage))
    assert await again.closed() == 4401 if expected == "4401" else await again.told("denied")
    assert "そのあとの言葉" not in str(haru.frames) + str(again.frames)


async def test_a_role_that_is_given_opens_what_it_allows(stage: Stage, opened: Open, hub: Hub) -> None:
    ren = opened("ren")
    ren.say(said("watch-session", stage))
    await ren.told("denied")
    await do(lambda: Membership.objects.create(user=stage.people["ren"], program=stage.program, role="supervisor"))
    assert await ren.closed() == 1001
    again = opened("ren")
    again.say(said("watch-session", stage))
    await again.told("denied")
    await do(lambda: reads_along(stage.session, stage.people["ren"]))
    again.say(said("watch-session", stage))
    assert SORA_SAID in str(await again.told("session"))


async def test_who_was_handed_the_talk_hears_it_from_then_on(stage: Stage, opened: Open) -> None:
    ren = opened("ren")
    ren.say(said("watch-session", stage))
    await ren.told("denied")
    await do(lambda: _hand_over(stage))
    ren.say(said("watch-session", stage))
    assert SORA_SAID in str(await ren.told("session"))


async def test_two_visitors_never_hear_each_other(stage: Stage, opened: Open) -> None:
    sora, stranger = opened("sora", "/ws/talk/women"), opened("strn", "/ws/talk/women")
    for page in (sora, stranger):
        page.say({"type": "watch", "after": 0})
        await page.told("talk")
    await do(lambda: sora_says(stage, "空だけの言葉"))
    assert "空だけの言葉" in str(await sora.told("talk"))
    assert "空だけの言葉" not in str(await stranger.all_told("talk")) + str(stranger.frames)


def sora_says(stage: Stage, words: str, identity: str = SORA_COOKIE) -> None:
    """One more word of Sora's on the web."""
    channel = Session.objects.select_related("visitor").get(pk=stage.session.pk).visitor.channel_id
    messages.receive(channel_id=channel, identity=identity, text=words, client_id=uuid4())
