"""The hub: a socket is a cursor over the log; who may not read gets nothing."""

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from accounts.models import Login, User
from counseling import events, permissions
from counseling.actions import messages, notes, sessions
from counseling.hub import Hub, reading
from counseling.models import Membership, Presence, Session
from counseling.triage import Risk
from tests.conftest import Say, assess
from tests.counseling.conftest import Console
from tests.counseling.lines import Line, do

pytestmark = pytest.mark.django_db(transaction=True)


def texts(frames: list[dict[str, Any]]) -> list[str]:
    """The words in these frames, in order."""
    found = [event["message"] for frame in frames for event in frame["events"] if event["message"]]
    return [message["text"] for message in found]


async def test_a_watch_brings_what_is_after_its_cursor(console: Console, active: Session, haru: User) -> None:
    line = console(haru)
    await line.watch("session", active.pk, 2)
    frame = await line.told("session")
    assert (frame["after"], frame["upto"]) == (2, active.version)
    assert [event["version"] for event in frame["events"]] == list(range(3, active.version + 1))


async def test_new_words_come_by_themselves(console: Console, active: Session, haru: User, sora_says: Say) -> None:
    line = console(haru)
    await line.watch("session", active.pk, active.version - 1)
    await line.told("session")
    await do(lambda: sora_says("つづきです"))
    frame = await line.told("session")
    assert frame["after"] == active.version
    assert texts([frame]) == ["つづきです"]


async def test_a_lost_ring_is_made_good_by_the_poll(
    console: Console, hub: Hub, active: Session, haru: User, sora_says: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = console(haru)
    await line.watch("session", active.pk, active.version - 1)
    await line.told("session")
    monkeypatch.setattr("counseling.events.bell.ring_now", lambda _groups: None)
    await do(lambda: sora_says("聞こえますか"))
    await hub.poll()
    assert texts([await line.told("session")]) == ["聞こえますか"]


async def test_a_ring_that_comes_twice_tells_once(
    console: Console, active: Session, haru: User, sora_says: Say
) -> None:
    line = console(haru)
    await line.watch("session", active.pk, active.version)
    await do(lambda: sora_says("一度だけ"))
    group = events.session_group(active.pk)
    await do(lambda: events.ring_now((group,) * 10))
    await do(lambda: sora_says("二度目"))
    while "二度目" not in texts([await line.told("session")]):
        pass
    assert texts(await line.all_told("session")) == ["一度だけ", "二度目"]


@pytest.mark.usefixtures("mio_reads")
async def test_two_watchers_cost_one_reading_and_one_question(
    console: Console, active: Session, haru: User, mio: User, sora_says: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [console(haru), console(haru), console(mio)]
    for line in lines:
        await line.watch("session", active.pk, active.version - 1)
        await line.told("session")
    asked = counted(monkeypatch, permissions, "readers")
    read = counted(monkeypatch, reading, "session_events")
    await do(lambda: messages.reply(session_id=active.pk, by=haru, client_id=uuid4(), words="はい"))
    for line in lines:
        assert texts([await line.told("session")]) == ["はい"]
    assert (len(asked), len(read)) == (1, 1)


async def test_rings_during_a_reading_make_one_more(
    console: Console, active: Session, haru: User, sora_says: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = console(haru)
    await line.watch("session", active.pk, active.version - 1)
    await line.told("session")
    for _number in range(5):
        await do(lambda: sora_says("言葉"))
    read = counted(monkeypatch, reading, "session_events")
    upto = active.version
    while upto < active.version + 5:
        upto = (await line.told("session"))["upto"]
    assert len(read) <= 5
    assert texts(await line.all_told("session")).count("言葉") == 5


def counted(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> list[tuple[Any, ...]]:
    """Every call of a function from now on."""
    calls: list[tuple[Any, ...]] = []
    original: Callable[..., Any] = getattr(module, name)

    def counting(*given: Any) -> Any:
        calls.append(given)
        return original(*given)

    monkeypatch.setattr(module, name, counting)
    return calls


async def test_who_lost_a_claim_reads_nothing(console: Console, active: Session, haru: User, ren: User) -> None:
    line = console(ren)
    await line.watch("session", active.pk)
    assert await line.told("denied") == {"type": "denied", "topic": "session", "id": active.pk}
    assert await line.all_told("session") == []


async def test_a_session_that_is_not_there_looks_like_one_of_others(console: Console, ren: User) -> None:
    line = console(ren)
    await line.watch("session", 2**63 - 1)
    assert (await line.told("denied"))["id"] == 2**63 - 1


async def test_who_handed_over_reads_no_more(
    console: Console, active: Session, haru: User, ren: User, sora_says: Say
) -> None:
    line = console(haru)
    await line.watch("session", active.pk, active.version)
    await do(lambda: sessions.transfer(session_id=active.pk, by=haru, to=ren, summary="引き継ぎ"))
    await line.told("denied")
    await do(lambda: sora_says("次の人へ"))
    assert texts(await line.all_told("session")) == []


@pytest.mark.usefixtures("mio_reads")
async def test_who_lost_the_role_reads_no_more(
    console: Console, active: Session, haru: User, mio: User, sora_says: Say
) -> None:
    line = console(mio)
    await line.watch("session", active.pk, active.version)
    await line.told("roles")
    await do(lambda: Membership.objects.filter(user=mio).delete())
    await do(lambda: sora_says("もう届かない"))
    await line.told("denied")
    await line.closed()
    assert [frame for frame in line.frames if frame["type"] == "session"] == []


def end_login(user: User) -> None:
    Login.objects.all().delete()


def deactivate(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def change_password(user: User) -> None:
    user.set_password("another long pass phrase")
    user.save()


@pytest.mark.parametrize("revoke", [end_login, deactivate, change_password])
async def test_a_login_that_ended_closes_its_sockets(
    console: Console, active: Session, haru: User, sora_says: Say, revoke: Callable[[User], None]
) -> None:
    line = console(haru)
    await line.watch("session", active.pk, active.version - 1)
    await line.told("session")
    await do(lambda: revoke(haru))
    assert await line.closed() == 4401
    await do(lambda: sora_says("もう届かない"))
    assert line.frames[-1] == {"type": "bye", "why": "signed_out"}
    assert "もう届かない" not in texts([frame for frame in line.frames if frame["type"] == "session"])


async def test_what_was_watched_is_let_go(console: Console, hub: Hub, active: Session, haru: User) -> None:
    line = console(haru)
    await line.watch("session", active.pk, active.version - 1)
    await line.told("session")
    line.say({"type": "unwatch", "topic": "session", "id": active.pk})
    await line.all_told("session")
    assert hub._topics == {}


async def test_an_open_console_is_present(console: Console, haru: User, ren: User) -> None:
    lines = [console(haru), console(haru), console(ren)]
    for line in lines:
        assert await line.opened()
    async with asyncio.timeout(10):
        while await do(Presence.objects.count) < 2:
            await asyncio.sleep(0.01)


@pytest.mark.usefixtures("mio_reads")
async def test_only_those_who_may_read_see_the_visitor_write(
    console: Console, hub: Hub, active: Session, haru: User, mio: User, sora_says: Say
) -> None:
    theirs, hers = console(mio), console(haru)
    for line in (theirs, hers):
        await line.watch("session", active.pk, active.version - 1)
        await line.told("session")
    await do(lambda: Membership.objects.filter(user=mio).delete())
    await hub.bell.pass_on(events.session_group(active.pk), events.typing_message(active.pk, "visitor"))
    assert await hers.told("typing") == {"type": "typing", "session": active.pk, "who": "visitor"}
    assert await theirs.all_told("typing") == []


async def test_who_does_not_read_is_dropped(
    console: Console, active: Session, haru: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("counseling.hub.wires.MOST_FRAMES", 3)
    line = console(haru)
    assert await line.opened()
    line.reads.clear()
    for _number in range(10):
        line.say({"type": "ping"})
    await asyncio.sleep(0)
    line.reads.set()
    assert await line.closed() == 4408
    assert line.frames[-1] == {"type": "bye", "why": "too_slow"}


@pytest.mark.usefixtures("mio_reads")
async def test_one_who_does_not_read_holds_nobody_up(
    console: Console, active: Session, haru: User, mio: User, sora_says: Say
) -> None:
    stuck, reads = console(haru), console(mio)
    for line in (stuck, reads):
        await line.watch("session", active.pk, active.version - 1)
        await line.told("session")
    stuck.reads.clear()
    await do(lambda: sora_says("届いて"))
    assert texts([await reads.told("session")]) == ["届いて"]
    stuck.reads.set()
    assert texts([await stuck.told("session")]) == ["届いて"]


async def test_everything_is_read_again_when_the_database_comes_back(
    console: Console, active: Session, haru: User, sora_says: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = console(haru)
    await line.watch("session", active.pk, active.version - 1)
    await line.told("session")
    original, fails = reading.session_events, [True, True]

    def failing(*given: Any) -> Any:
        if fails:
            fails.pop()
            raise OSError
        return original(*given)

    monkeypatch.setattr(reading, "session_events", failing)
    await do(lambda: sora_says("あとから届く"))
    assert texts([await line.told("session")]) == ["あとから届く"]


async def test_notes_and_risk_come_to_staff(
    console: Console, active: Session, haru: User, new_id: Callable[[], UUID]
) -> None:
    line: Line = console(haru)
    await line.watch("session", active.pk, active.version)
    await do(lambda: notes.add(session_id=active.pk, by=haru, client_id=new_id(), words="申し送り"))
    assert (await line.told("session"))["events"][0]["note"]["text"] == "申し送り"
    await do(lambda: assess(session_id=active.pk, by=haru, level=Risk.MODERATE, word="様子"))
    assert (await line.told("session"))["events"][-1]["header"]["risk"] == Risk.MODERATE


async def test_a_login_left_idle_closes_its_sockets_though_they_ping(console: Console, haru: User) -> None:
    line = console(haru)
    line.say({"type": "ping"})
    await line.told("pong")
    # Nothing but the time passes: no request, and no ring.
    await do(lambda: Login.objects.update(expire_date=timezone.now()))
    assert await line.closed() == 4401
