"""The doors: whose pages may open a socket, and what may be said."""

from collections.abc import Callable

import pytest
from pytest_django.fixtures import Settings

from accounts.models import User
from counseling.consumers import FLOOD_FRAMES, origin_of
from counseling.hub import Hub
from counseling.models import Program, Session
from tests.counseling.conftest import Console, VisitorPage
from tests.counseling.lines import Line, do

OURS = b"http://ours.example:8000"
HOST = b"ours.example:8000"


@pytest.fixture
def ours(settings: Settings) -> None:
    """One origin and one host are ours."""
    settings.ALLOWED_ORIGINS = [OURS.decode()]
    settings.ALLOWED_HOSTS = ["ours.example"]


REFUSED_ORIGINS = [
    b"https://ours.example:8000",
    b"http://ours.example",
    b"http://ours.example:80",
    b"http://ours.example:8001",
    b"http://ours.example:8000/",
    b"http://ours.example.:8000",
    b"http://OURS.example:8000",
    b"http://a@ours.example:8000",
    b"http://ours.example:8000@evil.example",
    b"http://ours.example:8000.evil.example",
    b"http://evil.example",
    b"http://xours.example:8000",
    b"null",
    b"",
    b"*",
    b"\xe7\x9b\xb8",
    OURS + b"," + OURS,
    OURS + b", http://evil.example",
]


@pytest.mark.parametrize("origin", REFUSED_ORIGINS)
def test_pages_of_others_open_nothing(ours: None, origin: bytes) -> None:
    assert origin_of([(b"host", HOST), (b"origin", origin)]) is None


def test_our_own_pages_are_known(ours: None) -> None:
    assert origin_of([(b"host", HOST), (b"origin", OURS)]) == OURS.decode()


@pytest.mark.parametrize(
    "headers",
    [
        [(b"host", HOST)],
        [(b"host", HOST), (b"origin", OURS), (b"origin", OURS)],
        [(b"host", HOST), (b"origin", OURS), (b"origin", b"http://evil.example")],
        [(b"origin", OURS)],
        [(b"host", b"evil.example"), (b"origin", OURS)],
        [(b"host", b"ours.example.evil.example"), (b"origin", OURS)],
        [(b"host", b"ours.example:x"), (b"origin", OURS)],
        [(b"host", HOST), (b"host", HOST), (b"origin", OURS)],
    ],
)
def test_an_unclear_handshake_opens_nothing(ours: None, headers: list[tuple[bytes, bytes]]) -> None:
    assert origin_of(headers) is None


async def test_who_comes_from_elsewhere_is_refused_at_the_door(hub: Hub, ours: None) -> None:
    assert not await Line(headers=[(b"host", HOST), (b"origin", b"http://evil.example")]).opened()


async def test_there_are_no_other_doors(hub: Hub) -> None:
    for path in ("/ws/", "/ws/staff/", "/ws/talk/", "/ws/talk/a/b", "/ws/STAFF", "/", "/ws/talk/相談"):
        assert not await Line(path=path).opened(), path


async def test_who_is_not_signed_in_is_told_so(hub: Hub) -> None:
    for cookie in ("", "login=", "login=abc", "login=" + "a" * 32, "login=\0", "visit=" + "v" * 43):
        line = Line(cookie=cookie)
        assert await line.closed() == 4401, cookie
        assert line.accepted
        assert line.frames == [{"type": "bye", "why": "signed_out"}]


async def test_who_may_not_work_any_more_is_not_let_in(console: Console, haru: User) -> None:
    await do(lambda: User.objects.filter(pk=haru.pk).update(is_active=False))
    assert await console(haru).closed() == 4401


async def test_without_the_database_nobody_gets_in(
    console: Console, haru: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(key: str) -> None:
        raise OSError(key)

    monkeypatch.setattr("counseling.consumers.login_of", failing)
    assert not await console(haru).opened()


STAFF_SAYS = [
    '{"type":"watch","topic":"session","id":1}',
    '{"type":"watch","topic":"session","id":1,"after":0,"serial":1}',
    '{"type":"watch","topic":"session","id":"1","after":0}',
    '{"type":"watch","topic":"session","id":1,"after":-1}',
    '{"type":"watch","topic":"session","id":1,"after":null}',
    '{"type":"watch","topic":"session","id":0,"after":0}',
    '{"type":"watch","topic":"board","id":1}',
    '{"type":"watch","topic":"board","id":1,"after":0}',
    '{"type":"watch","topic":"board","id":1,"serial":"1"}',
    '{"type":"watch","topic":"user","id":1,"after":0}',
    '{"type":"watch","after":0}',
    '{"type":"unwatch","topic":"user","id":1}',
    '{"type":"unwatch","topic":"session"}',
    '{"type":"typing"}',
    '{"type":"typing","session":1,"who":"visitor"}',
    '{"type":"typing","session":true}',
    '{"type":"ping","at":1}',
    '{"type":"ring","group":"board.1"}',
    '{"type":["ping"]}',
    "[]",
    "null",
    "",
    b"\x00",
    b'{"type":"ping"}',
]


async def test_what_no_console_says_closes_the_socket(console: Console, haru: User) -> None:
    for said in STAFF_SAYS:
        line = console(haru)
        line.say(said)
        assert await line.closed() == 1003, said


PAGE_SAYS = [
    '{"type":"watch"}',
    '{"type":"watch","after":0,"session":1}',
    '{"type":"watch","topic":"session","id":1,"after":0}',
    '{"type":"watch","topic":"board","id":1,"serial":null}',
    '{"type":"unwatch","topic":"session","id":1}',
    '{"type":"typing","session":1}',
]


async def test_what_no_page_says_closes_the_socket(visitor_page: VisitorPage, waiting_talk: Session) -> None:
    for said in PAGE_SAYS:
        line = visitor_page()
        line.say(said)
        assert await line.closed() == 1003, said


@pytest.fixture
def waiting_talk(start_talk: Callable[..., Session]) -> Session:
    """The visitor of `visitor_page` waits."""
    return start_talk()


async def test_a_word_too_long_closes_the_socket(console: Console, haru: User) -> None:
    line = console(haru)
    line.say('{"type":"ping","a":"' + "a" * 65_536 + '"}')
    assert await line.closed() == 1009


async def test_a_flood_closes_the_socket(console: Console, haru: User) -> None:
    line = console(haru)
    for _again in range(FLOOD_FRAMES + 1):
        line.say({"type": "ping"})
    assert await line.closed() == 1008


async def test_nobody_watches_everything(
    console: Console, haru: User, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("counseling.consumers.MOST_WATCHED", 1)
    line = console(haru)
    await line.watch("board", program.pk, None)
    await line.told("board")
    await line.watch("session", 1)
    assert await line.closed() == 1008


async def test_a_word_that_fails_sends_the_client_round_again(
    visitor_page: VisitorPage, waiting_talk: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(visitor_id: int) -> None:
        raise OSError(visitor_id)

    monkeypatch.setattr("counseling.hub.visitor_topics.sitting_to_show", failing)
    line = visitor_page()
    line.say({"type": "watch", "after": 0})
    assert await line.closed() == 1011


async def test_a_process_that_stops_says_so(console: Console, haru: User) -> None:
    line = console(haru)
    await line.all_told("pong")
    line.task.cancel()
    assert await line.closed() == 1001
    assert line.frames[-1] == {"type": "bye", "why": "restarting"}
