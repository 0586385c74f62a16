"""The hub: joins groups on behalf of this process's sockets, fans out, keeps presence, and ends what was revoked."""

import asyncio
import gc
import logging
import time
from collections.abc import Coroutine
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from counseling import events
from counseling.hub import logins, rounds, staff_topics, visitor_topics
from counseling.hub.asking import all_answered, ask
from counseling.hub.bell import Bell, Message
from counseling.hub.board_topics import BoardTopic
from counseling.hub.daphne_line import before_shutdown
from counseling.hub.pace import Pace
from counseling.hub.staff_topics import SessionTopic
from counseling.hub.topic import StaffTopic, Topic
from counseling.hub.visitor_topics import LobbyTopic, Seen, TalkTopic
from counseling.hub.wires import RESTARTING, ROLES_CHANGED, SIGNED_OUT, Farewell, StaffWire, VisitorWire, Wire, written

logger = logging.getLogger(__name__)

TYPING_SECONDS = 2.0
LAST_WORDS_SECONDS = 0.1
T = TypeVar("T", bound=Topic[Any, Any])
K = TypeVar("K", bound=Wire)


class Hub:
    """All sockets of one process (one event loop) and what they watch."""

    def __init__(self, pace: Pace | None = None) -> None:
        self.pace = pace or Pace()
        self.bell = Bell(self.pace, self._heard, self._look_again)
        self.wires: set[Wire] = set()
        self._topics: dict[tuple[type, int], Topic[Any, Any]] = {}
        self._groups: dict[str, set[Topic[Any, Any]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._people = rounds.People()
        self.spawn(self.bell.keep())
        self.spawn(rounds.keep_polling(self))
        self.spawn(rounds.keep_sweeping(self))
        self.spawn(rounds.keep_telling(self))
        self.spawn(rounds.keep_looking(self))
        self.spawn(self._people.keep_present(self.pace.presence))

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Run `work` beside everything else; a failure is one line in the log."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            logger.warning("the hub could not do something: %s", type(error).__name__)

    async def close(self) -> None:
        """Stop everything; for tests, and for a process that ends in order."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.bell.close()
        await all_answered()
        _hubs.pop(asyncio.get_running_loop(), None)

    # Sockets come and go.

    async def join(self, wire: Wire) -> None:
        """A socket opened."""
        self.wires.add(wire)
        if isinstance(wire, StaffWire):
            wire.tell(written(wire.login.roles_frame()))
            self._people.come(wire.user_id)
            await self.bell.hang(events.user_group(wire.user_id))

    def leave(self, wire: Wire) -> None:
        """A socket closed."""
        self.wires.discard(wire)
        for topic in list(wire.topics):
            topic.remove(wire)
        if isinstance(wire, StaffWire):
            self._people.go(wire.user_id)
            self.spawn(self.bell.drop(events.user_group(wire.user_id)))

    def visitors(self) -> set[int]:
        """Whose page is open in this process."""
        return {wire.visit.visitor_id for wire in self.wires if isinstance(wire, VisitorWire) and not wire.closing}

    def _end(self, wire: Wire, farewell: Farewell, *, told: bool = False) -> None:
        """Close a socket that may not stay; it hears nothing more."""
        wire.close(farewell, told=told)
        for topic in list(wire.topics):
            topic.remove(wire)

    async def farewell(self) -> None:
        """The process stops: every client is told to come back, and the words are given a moment to leave."""
        for wire in list(self.wires):
            if not wire.closing:
                await wire.farewell(RESTARTING)
        await asyncio.sleep(LAST_WORDS_SECONDS)

    # What is watched.

    def topic(self, kind: type[T], number: int) -> T:
        """The one topic of this kind and number, made when somebody first watches it."""
        found = self._topics.get((kind, number))
        if found is None:
            found = self._topics[kind, number] = kind(self, number)
            self._groups.setdefault(found.group, set()).add(found)
        return found  # type: ignore[return-value]

    def forget(self, topic: Topic[Any, Any]) -> None:
        """Nobody watches `topic` any more."""
        if self._topics.get((type(topic), topic.id)) is not topic:
            return
        del self._topics[type(topic), topic.id]
        self._groups[topic.group].discard(topic)
        if not self._groups[topic.group]:
            del self._groups[topic.group]
        self.spawn(self.bell.drop(topic.group))

    def lobby(self, program_id: int) -> LobbyTopic:
        """The program's visitors who are with no counselor."""
        return self.topic(LobbyTopic, program_id)

    async def watch_session(self, wire: StaffWire, session_id: int, after: int) -> None:
        """A console wants what is new in a session since version `after`."""
        await self.topic(SessionTopic, session_id).add(wire, after)

    async def watch_board(self, wire: StaffWire, program_id: int, serial: int | None) -> None:
        """A console wants the board; `serial` is the one it holds."""
        await self.topic(BoardTopic, program_id).add(wire, serial)

    def unwatch(self, wire: StaffWire, topic: str, number: int) -> None:
        """A console looks elsewhere."""
        found = self._topics.get((SessionTopic if topic == "session" else BoardTopic, number))
        if found is not None:
            found.remove(wire)

    async def watch_talk(self, wire: VisitorWire, after: int) -> None:
        """A visitor wants what is new in the latest sitting since version `after`, or all of a newer sitting."""
        sitting = await ask(visitor_topics.sitting_to_show, wire.visit.visitor_id)
        if sitting is not None:
            session_id, version = sitting
            await self.show_sitting(wire, session_id, after if after <= version else 0)
        await self.lobby(wire.visit.program_id).add(wire, None)

    async def show_sitting(self, wire: VisitorWire, session_id: int, after: int) -> None:
        """Tell `wire` this sitting from now on and no other."""
        for topic in [one for one in wire.topics if isinstance(one, TalkTopic) and one.id != session_id]:
            topic.remove(wire)
        wire.session_id = session_id
        await self.topic(TalkTopic, session_id).add(wire, Seen(after, after, owed=True))

    # Somebody writes just now.

    async def staff_types(self, wire: StaffWire, session_id: int) -> None:
        """Let the visitor see that the counselor writes; nobody else's writing is shown."""
        watched = any(isinstance(topic, SessionTopic) and topic.id == session_id for topic in wire.topics)
        if not watched or _too_soon(wire.typed, session_id):
            return
        if await ask(staff_topics.may_type, session_id, wire.user_id):
            message = events.typing_message(session_id, "counselor")
            await self.bell.pass_on(events.session_group(session_id), message)

    async def visitor_types(self, wire: VisitorWire) -> None:
        """Let those who may read the sitting see that its visitor writes."""
        session_id = wire.session_id
        if session_id is None or _too_soon(wire.typed, session_id):
            return
        if await ask(visitor_topics.may_type, session_id):
            message = events.typing_message(session_id, "visitor")
            await self.bell.pass_on(events.session_group(session_id), message)

    # What is heard.

    def _heard(self, message: Message) -> None:
        group = message.get("group")
        topics = tuple(self._groups.get(group, ())) if isinstance(group, str) else ()
        if message.get("type") == "typing":
            for topic in topics:
                topic.typing(str(message.get("who")))
            return
        if message.get("type") == "watching":
            for topic in topics:
                topic.watching(str(message["process"]), list(message["users"]))
            return
        for topic in topics:
            topic.ring()
        kind, _, number = str(group).partition(".")
        if kind == "user" and number.isdecimal():
            self.spawn(self._look_at(int(number)))

    async def _look_at(self, user_id: int) -> None:
        """A person's logins or rights changed: look at once."""
        await self.sweep()
        for wire in self._open(StaffWire):
            if wire.user_id == user_id:
                for topic in list(wire.topics):
                    topic.ring()

    def _look_again(self) -> None:
        """Rings may have been lost: everything is read again."""
        for topic in list(self._topics.values()):
            topic.ring()

    # What goes on without a ring.

    async def poll(self) -> None:
        """Ring whatever has moved on without a ring being heard: one query for all sessions watched."""
        if not self._topics:
            return
        talks = [topic.id for topic in self._topics.values() if isinstance(topic, SessionTopic | TalkTopic)]
        heads = await ask(staff_topics.heads, talks)
        for topic in list(self._topics.values()):
            if topic.is_behind(heads.get(topic.id)):
                topic.ring()

    async def tell_along(self) -> None:
        """Tell once more who reads along in which talk, and forget who is not told of any more."""
        for topic in list(self._topics.values()):
            if isinstance(topic, SessionTopic):
                topic.tell_along(anew=True)

    async def sweep(self) -> None:
        """Close the sockets of logins that ended, of visitors who were erased, of roles that changed: one query."""
        held = {wire.login for wire in self._open(StaffWire)}
        visitors = {wire.visit.visitor_id for wire in self._open(VisitorWire)}
        if not held and not visitors:
            return
        ended, changed, erased = await ask(logins.gone, held, visitors)
        for wire in self._open(StaffWire) if ended else ():
            if wire.login in ended:
                self._end(wire, SIGNED_OUT)
        for page in self._open(VisitorWire) if erased else ():
            if page.visit.visitor_id in erased:
                self._end(page, SIGNED_OUT)
        if changed:
            await self._call_back([wire for wire in self._open(StaffWire) if wire.login in changed])

    async def _call_back(self, wires: list[StaffWire]) -> None:
        """Have consoles come again as who their people are now; what these may not see leaves the screen first."""
        topics = {topic for wire in wires for topic in wire.topics if isinstance(topic, StaffTopic)}
        await asyncio.gather(*(topic.sift(wires) for topic in topics))
        for wire in self.wires & set(wires):
            self._end(wire, ROLES_CHANGED, told=True)

    def _open(self, kind: type[K]) -> list[K]:
        """The sockets of this kind that are still told something."""
        return [wire for wire in self.wires if isinstance(wire, kind) and not wire.closing]


def _too_soon(typed: dict[int, float], session_id: int) -> bool:
    now = time.monotonic()
    if now - typed.get(session_id, -TYPING_SECONDS) < TYPING_SECONDS:
        return True
    typed[session_id] = now
    return False


_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = WeakKeyDictionary()


def hub_here(pace: Pace | None = None) -> Hub:
    """The hub of the running event loop, started when first asked for; `pace` is for tests."""
    loop = asyncio.get_running_loop()
    hub = _hubs.get(loop)
    if hub is None:
        hub = _hubs[loop] = Hub(pace)
        if pace is None:
            before_shutdown(hub.farewell)
            _settle()
    return hub


def _settle() -> None:
    """What is loaded by now lives as long as the process: the collector need not walk it ever again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
