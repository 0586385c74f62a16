"""Open consoles when somebody's roles change: words leave the screen, the socket closes, and theirs alone."""

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from accounts.models import User
from counseling import consumers, permissions
from counseling.actions import duty, team
from counseling.hub import Hub, Login, login_of, staff_topics
from counseling.hub.asking import all_answered
from counseling.models import Membership, Program, Session
from counseling.models.duty import BreakReason
from tests.conftest import ALWAYS
from tests.counseling.conftest import Console
from tests.counseling.lines import Line, do

pytestmark = pytest.mark.django_db(transaction=True)
BYE = {"type": "bye", "why": "roles_changed"}


@pytest.fixture
def elsewhere() -> Program:
    """A second program."""
    return Program.objects.create(
        slug="children", name="子ども", kind="child", starts_on=date(2019, 2, 1), hours=ALWAYS
    )


@pytest.fixture
async def line(console: Console, haru: User, active: Session) -> Line:
    """Haru's console, watching the talk and the board."""
    return await watching(console(haru), active)


async def watching(line: Line, session: Session) -> Line:
    """This console follows the talk and the board, and was told both."""
    await line.watch("session", session.pk, session.version - 1)
    await line.watch("board", session.program_id, None)
    await line.ever_told("session")
    await line.ever_told("board")
    return line


def give(user: User, program: Program, role: str) -> None:
    Membership.objects.create(user=user, program=program, role=role)


def take(user: User) -> None:
    Membership.objects.filter(user=user).delete()


def become(user: User, role: str) -> None:
    Membership.objects.filter(user=user).update(role=role)


def denials(line: Line) -> set[str]:
    return {frame["topic"] for frame in line.frames if frame["type"] == "denied"}


async def still_open(line: Line, hub: Hub) -> bool:
    """Whether the socket outlives a look at everybody's roles."""
    await hub.sweep()
    return await line.all_told("denied") == [] and line.code is None


async def test_the_first_word_tells_the_roles(console: Console, haru: User, program: Program) -> None:
    await do(lambda: give(haru, program, "supervisor"))
    line = console(haru)
    await line.told("roles")
    assert line.frames[0]["held"] == [{"program": program.pk, "role": role} for role in ("counselor", "supervisor")]


# What happens to Haru without any ring, and what must have left the screen before the socket closes.
CHANGES: dict[str, tuple[Callable[[User, Program, Program], object], set[str]]] = {
    "the last role gone": (lambda haru, _here, _there: take(haru), {"session", "board"}),
    "another role": (lambda haru, _here, _there: become(haru, "coordinator"), {"session"}),
    "an officer now": (lambda haru, _here, _there: become(haru, "officer"), {"session", "board"}),
    "a trainee now": (lambda haru, _here, _there: become(haru, "trainee"), set()),
    "one role more": (lambda haru, here, _there: give(haru, here, "supervisor"), set()),
    "a second program": (lambda haru, _here, there: give(haru, there, "counselor"), set()),
    "the first program for another": (
        lambda haru, _here, there: Membership.objects.filter(user=haru).update(program=there),
        {"session", "board"},
    ),
}


@pytest.mark.parametrize("change", CHANGES)
async def test_other_roles_close_the_socket_after_what_is_lost_was_told(
    line: Line, haru: User, program: Program, elsewhere: Program, change: str
) -> None:
    act, lost = CHANGES[change]
    await do(lambda: act(haru, program, elsewhere))
    assert await line.closed() == 1001
    assert line.frames[-1] == BYE
    assert denials(line) == lost


async def test_it_holds_while_no_ring_is_heard(
    line: Line, haru: User, aoi: User, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("counseling.events.bell.ring_now", lambda _groups: None)
    await do(lambda: team.leave_team(program_id=program.pk, user_id=haru.pk, by=aoi))
    assert await line.closed() == 1001
    assert denials(line) == {"session", "board"}


@pytest.mark.usefixtures("mio_reads")
async def test_every_tab_of_the_person_closes_and_nobody_elses(
    console: Console, hub: Hub, line: Line, haru: User, mio: User, ren: User, active: Session
) -> None:
    second = await watching(console(haru), active)
    others = [await watching(console(mio), active), console(ren)]
    await do(lambda: take(haru))
    assert [await one.closed() for one in (line, second)] == [1001, 1001]
    assert [await still_open(one, hub) for one in others] == [True, True]


async def test_a_tab_opened_after_the_change_stays(console: Console, hub: Hub, line: Line, haru: User) -> None:
    await do(lambda: become(haru, "trainee"))
    await line.closed()
    again = console(haru)
    assert [one["role"] for one in (await again.told("roles"))["held"]] == ["trainee"]
    assert await still_open(again, hub)


# What is no change of Haru's roles.
NOTHING: dict[str, Callable[[User, User, Program], object]] = {
    "a colleague leaves": lambda _haru, ren, _program: take(ren),
    "a colleague rises": lambda _haru, ren, program: give(ren, program, "supervisor"),
    "the same roles again": lambda haru, _ren, program: team.set_roles(
        program_id=program.pk, user_id=haru.pk, roles=["counselor"], by=User.objects.get(name="Aoi")
    ),
    "a break": lambda haru, _ren, program: duty.take_break(program_id=program.pk, reason=BreakReason.REST, by=haru),
    "a program without me": lambda _haru, ren, _program: give(
        ren, Program.objects.create(slug="other", name="別", kind="women", starts_on=date(2019, 2, 1)), "counselor"
    ),
}


@pytest.mark.parametrize("event", NOTHING)
async def test_what_concerns_others_closes_nothing(
    line: Line, hub: Hub, haru: User, ren: User, aoi: User, program: Program, event: str
) -> None:
    await do(lambda: NOTHING[event](haru, ren, program))
    assert await still_open(line, hub)


async def test_a_check_out_closes_nothing(console: Console, hub: Hub, ren: User, program: Program) -> None:
    line = console(ren)
    await line.told("roles")
    await do(lambda: duty.check_out(program_id=program.pk, by=ren))
    assert await still_open(line, hub)


async def test_a_role_taken_while_the_socket_opens_is_noticed(
    console: Console, haru: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def at_the_wrong_moment(cookie: str) -> Login | None:
        login = login_of(cookie)
        take(haru)
        return login

    monkeypatch.setattr(consumers, "login_of", at_the_wrong_moment)
    line = console(haru)
    assert (await line.told("roles"))["held"]
    assert await line.closed() == 1001


async def test_a_reading_under_way_tells_nothing_more(
    line: Line, haru: User, active: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, may_answer = threading.Event(), threading.Event()
    original = staff_topics.session_news

    def late(*given: Any) -> Any:
        answer = original(*given)
        asked.set()
        may_answer.wait(10)
        return answer

    monkeypatch.setattr(staff_topics, "session_news", late)
    await line.watch("session", active.pk, active.version - 1)
    await do(lambda: asked.wait(10))
    heard = len(await line.all_told("session"))
    await do(lambda: take(haru))
    try:
        assert await line.closed() == 1001
    finally:
        may_answer.set()
    assert len([frame for frame in line.frames if frame["type"] == "session"]) == heard
    assert denials(line) == {"session", "board"}


async def test_who_reads_slowly_is_denied_before_the_farewell(line: Line, haru: User) -> None:
    line.reads.clear()
    line.say({"type": "ping"})
    await do(lambda: take(haru))
    line.reads.set()
    assert await line.closed() == 1001
    assert line.frames[-1] == BYE
    assert denials(line) == {"session", "board"}


async def test_a_database_that_stumbles_is_asked_again(line: Line, haru: User, monkeypatch: pytest.MonkeyPatch) -> None:
    original, fails = permissions.readers, [True, True]

    def stumbling(*given: Any) -> Any:
        if fails:
            fails.pop()
            raise OSError
        return original(*given)

    monkeypatch.setattr(permissions, "readers", stumbling)
    await do(lambda: take(haru))
    assert await line.closed() == 1001
    assert denials(line) == {"session", "board"}
    assert fails == []


async def test_a_tab_that_is_closed_meanwhile_is_let_go(
    line: Line, haru: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, hub: Hub
) -> None:
    asked, may_answer = threading.Event(), threading.Event()
    original = permissions.readers

    def late(*given: Any) -> Any:
        asked.set()
        may_answer.wait(10)
        return original(*given)

    monkeypatch.setattr(permissions, "readers", late)
    await do(lambda: take(haru))
    await do(lambda: asked.wait(10))
    await line.hang_up()
    may_answer.set()
    await hub.sweep()
    await all_answered()
    assert (line.code, hub.wires) == (None, set())
    assert [record for record in caplog.records if record.name.startswith("counseling.hub")] == []


async def test_who_may_not_sign_in_any_more_is_not_asked_to_come_again(line: Line, haru: User) -> None:
    def stop() -> None:
        User.objects.filter(pk=haru.pk).update(is_active=False)
        take(haru)

    await do(stop)
    assert await line.closed() == 4401
