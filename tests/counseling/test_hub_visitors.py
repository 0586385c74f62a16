"""What a visitor's socket is told, and what it never is."""

import json
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from accounts.models import User
from counseling import events, feeds
from counseling.actions import messages, notes, sessions, visits
from counseling.hub import Hub, VisitorWire
from counseling.hub.visitor_topics import TalkTopic
from counseling.lifecycle import EndReason
from counseling.models import Channel, Session, Visitor
from counseling.triage import Risk
from tests.conftest import assess, reads_along
from tests.counseling.conftest import IDENTITY, Console, VisitorPage
from tests.counseling.lines import do

pytestmark = pytest.mark.django_db(transaction=True)

Start = Callable[..., Session]
OTHER = "w" * 43


@pytest.fixture
def sitting(start_talk: Start) -> Session:
    """A visitor's sitting on the web, waiting."""
    return start_talk()


@pytest.fixture
def talk(sitting: Session, haru: User) -> Session:
    """The sitting, with Haru."""
    return sessions.claim(session_id=sitting.pk, by=haru)


async def test_a_page_hears_the_counselor(visitor_page: VisitorPage, talk: Session, haru: User) -> None:
    line = visitor_page()
    line.say({"type": "watch", "after": talk.version})
    first = await line.told("talk")
    assert (first["session"], first["after"], first["events"]) == (talk.pk, talk.version, [])
    await do(lambda: messages.reply(session_id=talk.pk, by=haru, client_id=uuid4(), words="こんにちは"))
    frame = await line.told("talk")
    assert frame["after"] == talk.version
    assert frame["events"][0]["message"]["text"] == "こんにちは"


async def test_a_page_never_hears_of_notes_risk_or_names(
    visitor_page: VisitorPage, talk: Session, haru: User, new_id: Callable[[], UUID]
) -> None:
    line = visitor_page()
    line.say({"type": "watch", "after": 0})
    await line.told("talk")
    await do(lambda: notes.add(session_id=talk.pk, by=haru, client_id=new_id(), words="申し送り"))
    await do(lambda: assess(session_id=talk.pk, by=haru, level=Risk.HIGH, word="心配"))
    await do(lambda: messages.reply(session_id=talk.pk, by=haru, client_id=new_id(), words="はい"))
    after = (await line.told("talk"))["after"]
    assert after == talk.version
    told = json.dumps(line.frames, ensure_ascii=False)
    assert not [word for word in ("申し送り", "心配", "risk", "Haru", "note", 'counselor":') if word in told]


async def test_a_page_is_told_when_its_place_in_the_queue_changes(
    visitor_page: VisitorPage, start_talk: Start, haru: User
) -> None:
    first = await do(lambda: start_talk(OTHER))
    second = await do(start_talk)
    line = visitor_page()
    line.say({"type": "watch", "after": second.version})
    await line.ever_told("queue", place=2, waiting=2)
    await do(lambda: sessions.claim(session_id=first.pk, by=haru))
    await line.ever_told("queue", place=1, waiting=1)
    await do(lambda: sessions.claim(session_id=second.pk, by=haru))
    await line.ever_told("queue", place=None)


async def test_who_goes_back_to_the_queue_hears_of_it(visitor_page: VisitorPage, talk: Session, haru: User) -> None:
    line = visitor_page()
    line.say({"type": "watch", "after": talk.version})
    await line.told("talk")
    await do(lambda: sessions.requeue(session_id=talk.pk, by=haru, summary="交代"))
    assert (await line.told("talk"))["events"][-1]["header"]["state"] == "waiting"
    await line.ever_told("queue", place=1, waiting=1)


async def test_a_new_sitting_is_named_in_every_tab(
    visitor_page: VisitorPage, start_talk: Start, talk: Session, haru: User
) -> None:
    tabs = [visitor_page(), visitor_page()]
    for line in tabs:
        line.say({"type": "watch", "after": talk.version})
        await line.told("talk")
    await do(lambda: sessions.end(session_id=talk.pk, by=haru, reason=EndReason.CONCLUDED, farewell=True))
    newer = await do(start_talk)
    for line in tabs:
        while (frame := await line.told("talk"))["session"] == talk.pk:
            pass
        assert (frame["session"], frame["after"]) == (newer.pk, 0)
        assert frame["events"][0]["version"] == 1


async def test_a_cursor_of_an_older_sitting_brings_all_of_the_newer_one(
    visitor_page: VisitorPage, sitting: Session
) -> None:
    line = visitor_page()
    line.say({"type": "watch", "after": sitting.version + 20})
    frame = await line.told("talk")
    assert (frame["session"], frame["after"], frame["upto"]) == (sitting.pk, 0, sitting.version)


async def test_nobody_hears_another_visitor(
    visitor_page: VisitorPage, start_talk: Start, talk: Session, haru: User
) -> None:
    other = await do(lambda: start_talk(OTHER))
    line = visitor_page(OTHER)
    line.say({"type": "watch", "after": other.version})
    await line.told("talk")
    await do(lambda: messages.reply(session_id=talk.pk, by=haru, client_id=uuid4(), words="あなたにだけ"))
    assert "あなたにだけ" not in json.dumps(await line.all_told("talk"), ensure_ascii=False)


async def test_a_stranger_is_sent_away(visitor_page: VisitorPage, web_channel: Channel) -> None:
    line = visitor_page("x" * 43)
    assert await line.closed() == 4401
    assert line.frames == [{"type": "bye", "why": "signed_out"}]


async def test_an_erased_visitor_hears_nothing_more(visitor_page: VisitorPage, talk: Session) -> None:
    line = visitor_page()
    line.say({"type": "watch", "after": talk.version})
    await line.told("talk")
    await do(lambda: Visitor.objects.filter(pk=talk.visitor_id).update(wrapped_key=b""))
    assert await line.closed() == 4401


async def test_the_two_sides_see_each_other_write(
    visitor_page: VisitorPage, console: Console, talk: Session, haru: User, mio: User
) -> None:
    theirs, hers, supervisor = visitor_page(IDENTITY), console(haru), console(mio)
    await do(lambda: reads_along(talk, mio))
    theirs.say({"type": "watch", "after": 0})
    await theirs.told("talk")
    for line in (hers, supervisor):
        await line.watch("session", talk.pk)
        await line.told("session")
    theirs.say({"type": "typing"})
    assert await hers.told("typing") == {"type": "typing", "session": talk.pk, "who": "visitor"}
    assert (await supervisor.told("typing"))["who"] == "visitor"
    supervisor.say({"type": "typing", "session": talk.pk})
    await supervisor.all_told("typing")
    hers.say({"type": "typing", "session": talk.pk})
    assert await theirs.told("typing") == {"type": "typing", "session": talk.pk, "who": "counselor"}
    assert len(await theirs.all_told("typing")) == 1


async def test_writing_is_shown_every_two_seconds_at_most(
    visitor_page: VisitorPage, hub: Hub, talk: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed: list[str] = []

    async def passing(group: str, message: dict[str, object]) -> None:
        passed.append(group)

    monkeypatch.setattr(hub.bell, "pass_on", passing)
    line = visitor_page()
    line.say({"type": "watch", "after": 0})
    await line.told("talk")
    for _again in range(5):
        line.say({"type": "typing"})
    await line.all_told("typing")
    assert passed.count(events.session_group(talk.pk)) == 1


async def test_a_page_that_left_while_another_was_waited_for_is_not_kept(
    visitor_page: VisitorPage, hub: Hub, sitting: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [visitor_page(), visitor_page()]
    for line in lines:
        line.say({"type": "watch", "after": sitting.version})
        await line.told("queue")
    (topic,) = [topic for topic in hub._topics.values() if isinstance(topic, TalkTopic)]
    lobby = hub.lobby(sitting.program_id)
    first, second = topic.watchers

    async def add(_wire: VisitorWire, _cursor: None) -> None:
        hub.leave(second)  # as its socket closes just while the first one waits for Redis

    monkeypatch.setattr(lobby, "add", add)
    await do(lambda: visits.leave(channel_id=sitting.visitor.channel_id, identity=IDENTITY))
    while not (await lines[0].told("talk"))["events"]:
        pass
    assert (second in topic.watchers, first in topic.watchers) == (False, True)


@pytest.mark.parametrize("reason", [EndReason.PRANK, EndReason.OUT_OF_SCOPE])
async def test_a_page_never_hears_what_is_thought_of_its_visitor(
    visitor_page: VisitorPage, talk: Session, haru: User, reason: EndReason
) -> None:
    line = visitor_page()
    line.say({"type": "watch", "after": talk.version})
    await line.told("talk")
    await do(lambda: sessions.end(session_id=talk.pk, by=haru, reason=reason, farewell=False))
    assert (await line.told("talk"))["events"][-1]["header"]["end_reason"] == "concluded"
    state = await do(lambda: feeds.talk_state(talk.visitor_id))
    assert state and state["header"]["end_reason"] == "concluded"
