"""The board: one snapshot a process, and to each watcher what makes theirs current."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from accounts.models import User
from accounts.roles import Role
from counseling import events, feeds
from counseling.actions import duty, sessions
from counseling.hub import Hub
from counseling.hub.board_topics import BoardTopic
from counseling.models import Membership, Presence, Program, Session
from counseling.models.duty import BreakReason
from tests.conftest import Say, person
from tests.contract import apply
from tests.counseling.conftest import Console
from tests.counseling.lines import do

pytestmark = pytest.mark.django_db(transaction=True)

Board = dict[str, Any]


def applied(board: Board, frame: Board) -> Board:
    """The board after a frame, as a console does it."""
    assert frame["base"] in (None, board["serial"])
    return apply.board_after(board, frame)


def compared(board: Any) -> Any:
    """A board without what differs from one reading to the next."""
    sessions_by_id = sorted(board["sessions"], key=lambda view: view["id"])
    return [sessions_by_id, board["colleagues"], board["trouble"], board["reception"]["open"]]


async def test_differences_make_the_board_that_the_feed_reads(
    console: Console, haru: User, ren: User, program: Program, sora_says: Say
) -> None:
    line = console(ren)
    await line.watch("board", program.pk, None)
    board = applied({"serial": None}, await line.told("board"))
    first = await do(lambda: sora_says("ひとつめ", "U" + "1" * 32))
    await do(lambda: sora_says("ふたつめ", "U" + "2" * 32))
    await do(lambda: sessions.claim(session_id=first.pk, by=haru))
    while compared(board) != compared(await do(lambda: feeds.board(program.pk))):
        frame = await line.told("board")
        assert frame["base"] == board["serial"]
        board = applied(board, frame)


async def test_a_board_carries_no_words(console: Console, ren: User, program: Program, sora_says: Say) -> None:
    line = console(ren)
    await line.watch("board", program.pk, None)
    await line.told("board")
    await do(lambda: sora_says("誰にも言えない"))
    await line.told("board")
    assert "誰にも言えない" not in str(line.frames)


async def test_who_holds_another_serial_gets_all_of_it(
    console: Console, ren: User, mio: User, program: Program, waiting: Session
) -> None:
    line, other = console(ren), console(mio)
    await line.watch("board", program.pk, None)
    await line.told("board")
    await other.watch("board", program.pk, 12345)
    frame = await other.told("board")
    assert frame["base"] is None
    assert [view["id"] for view in frame["changed"]] == [waiting.pk]


async def test_who_comes_back_with_the_present_serial_is_told_nothing(
    console: Console, ren: User, mio: User, program: Program, sora_says: Say
) -> None:
    line, back = console(mio), console(ren)
    await line.watch("board", program.pk, None)
    serial = (await line.told("board"))["serial"]
    await back.watch("board", program.pk, serial)
    await do(sora_says)
    assert (await back.told("board"))["base"] == serial


async def test_a_ring_without_a_change_tells_nothing(
    console: Console, hub: Hub, ren: User, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Present already, so that coming does not change the board.
    await do(lambda: Presence.objects.create(user=ren))
    line = console(ren)
    await line.watch("board", program.pk, None)
    await line.told("board")
    looked = asyncio.Event()
    original = BoardTopic.read

    async def marking(self: BoardTopic) -> None:
        await original(self)
        looked.set()

    monkeypatch.setattr(BoardTopic, "read", marking)
    await do(lambda: events.ring_now((events.board_group(program.pk),)))
    async with asyncio.timeout(10):
        await looked.wait()
    assert len(await line.all_told("board")) == 1


@pytest.mark.parametrize("who", ["kei", "stranger"])
async def test_who_has_no_part_in_a_program_sees_no_board(
    console: Console, who: str, ren: User, kei: User, program: Program
) -> None:
    if who == "stranger":
        await do(lambda: Membership.objects.filter(user=ren).delete())
    line = console(kei if who == "kei" else ren)
    await line.watch("board", program.pk, None)
    assert await line.told("denied") == {"type": "denied", "topic": "board", "id": program.pk}
    assert await line.all_told("board") == []


async def test_presence_that_runs_out_shows_without_a_ring(
    console: Console, hub: Hub, ren: User, haru: User, program: Program, looks_often: None
) -> None:
    await do(lambda: Presence.objects.create(user=haru, seen_at=timezone.now()))
    line = console(ren)
    await line.watch("board", program.pk, None)
    assert await line.told("board")
    await do(lambda: Presence.objects.filter(user=haru).update(seen_at=timezone.now() - timedelta(seconds=61)))
    there: Callable[[Board], bool] = lambda frame: next(p["present"] for p in frame["colleagues"] if p["id"] == haru.pk)  # noqa: E731
    while there(await line.told("board")):
        pass


@pytest.fixture
def looks_often(hub: Hub) -> None:
    """The board looks by itself many times a second."""
    hub.pace = hub.pace.__class__(**{**vars(hub.pace), "board_rest": 0.02})


async def test_many_consoles_cost_one_reading(
    console: Console, ren: User, mio: User, program: Program, sora_says: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [console(ren), console(ren), console(mio)]
    for line in lines:
        await line.watch("board", program.pk, None)
        await line.told("board")
    read: list[int] = []
    original = feeds.board

    def counting(program_id: int, known: Any) -> Any:
        read.append(program_id)
        return original(program_id, known)

    monkeypatch.setattr(feeds, "board", counting)
    await do(sora_says)
    for line in lines:
        while not (await line.told("board"))["changed"]:
            pass
    # Her first words make four events: several rings, answered together.
    assert 1 <= len(read) <= 4


@pytest.mark.django_db
def test_what_is_known_is_not_read_again(haru: User, program: Program, sora_says: Say, monkeypatch: Any) -> None:
    claimed, waits = sora_says("ひとつめ", "U" + "1" * 32), sora_says("ふたつめ", "U" + "2" * 32)
    known = feeds.board(program.pk)
    sessions.claim(session_id=claimed.pk, by=haru)
    sora_says("みっつめ", "U" + "3" * 32)
    read: list[int] = []
    original = events.header

    def counting(session: Session) -> Any:
        read.append(session.pk)
        return original(session)

    monkeypatch.setattr(events, "header", counting)
    now = feeds.board(program.pk, known)
    assert waits.pk not in read
    assert len(read) == 2
    assert compared(now) == compared(feeds.board(program.pk))
    assert [view["id"] for view in now["sessions"]] == [view["id"] for view in feeds.board(program.pk)["sessions"]]


@pytest.mark.django_db
def test_a_counselors_new_name_is_read_though_no_version_moved(active: Session, haru: User, program: Program) -> None:
    known = feeds.board(program.pk)
    User.objects.filter(pk=haru.pk).update(name="早川 遥")
    (view,) = feeds.board(program.pk, known)["sessions"]
    assert view["counselor"] == {"id": haru.pk, "name": "早川 遥"}


async def test_a_frame_carries_only_the_people_who_changed(
    console: Console, ren: User, haru: User, mio: User, program: Program
) -> None:
    await do(lambda: Presence.objects.create(user=ren))
    line = console(ren)
    await line.watch("board", program.pk, None)
    first = await line.told("board")
    assert [one["id"] for one in first["colleagues"]] == [haru.pk, ren.pk, mio.pk]
    await do(lambda: duty.take_break(program_id=program.pk, reason=BreakReason.MEAL, by=haru))
    frame = await line.told("board")
    assert [(one["id"], one["away"]) for one in frame["colleagues"]] == [(haru.pk, "meal")]
    await do(lambda: Membership.objects.filter(user=haru).delete())
    await do(lambda: events.ring_now((events.board_group(program.pk),)))
    frame = await line.told("board")
    assert (frame["colleagues"], frame["left"]) == ([], [haru.pk])


@pytest.mark.django_db
def test_it_asks_the_same_however_many_sessions_and_people(
    program: Program, haru: User, sora_says: Say, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sora_says("ひとつめ", "U" + "1" * 32)
    known = feeds.board(program.pk)
    with django_assert_num_queries(6):
        feeds.board(program.pk, known)
    for number in range(5):
        sora_says("はい", "U" + f"{number + 2:032x}")
        person(f"More{number}", program, Role.COUNSELOR)
    with django_assert_num_queries(7):
        feeds.board(program.pk, known)
