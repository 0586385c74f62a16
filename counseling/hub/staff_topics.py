"""A session as staff watch it: one question who may read, one reading for all with the same cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counseling import crypto, events, permissions
from counseling.actions.reading import tell_watched
from counseling.events import SessionFrame, TypingFrame
from counseling.hub import reading
from counseling.hub.along import Along
from counseling.hub.asking import ask
from counseling.hub.topic import StaffTopic
from counseling.hub.wires import StaffWire, written
from counseling.models import Session
from counseling.permissions import Readers

if TYPE_CHECKING:
    from counseling.hub.hub import Hub

News = dict[int, tuple[int, str]]
NOBODY = Readers(set(), set())
# So many rounds without a word from another process, and whoever read along there is gone.
LOST_ROUNDS = 3


class SessionTopic(StaffTopic[int]):
    """A session's words for those who may read them. A cursor is the version told last."""

    name = "session"

    @property
    def group(self) -> str:
        """What is rung for it."""
        return events.session_group(self.id)

    def is_behind(self, head: int | None) -> bool:
        """Whether a cursor stands before `head`."""
        # A reason to read along runs out by itself, and without a ring.
        return head is None or bool(self._along.here) or any(cursor < head for cursor in self.watchers.values())

    def __init__(self, hub: Hub, number: int) -> None:
        super().__init__(hub, number)
        self._told_of: set[int] = set()
        self._along = Along(number, life=hub.pace.along * LOST_ROUNDS)
        self._others_know = False

    def may_watch(self, users: set[int]) -> set[int]:
        """Whoever may read its words."""
        return permissions.readers(self.id, users).everybody

    async def read(self) -> None:
        """Tell what is new, and first the audit log, who reads from now on."""
        asked = {(wire.user_id, cursor) for wire, cursor in self.watchers.items()}
        (readers, shown), news = await ask(session_news, self.id, asked)
        if readers - self._told_of:
            await ask(tell_watched, self.id, readers - self._told_of)
        self._told_of = readers
        users = {user_id for user_id, _cursor in asked}
        for wire, cursor in list(self.watchers.items()):
            if wire.user_id in users and wire.user_id not in readers:
                self.deny(wire)
            elif wire.user_id in readers and cursor in news:
                self.watchers[wire], text = news[cursor]
                wire.tell(text)
        self._see_along(frozenset(shown))

    def remove(self, wire: StaffWire) -> None:
        """`wire` watches no longer: who was shown as reading along goes at once."""
        super().remove(wire)
        self._see_along(self._along.here)

    def _see_along(self, users: frozenset[int]) -> None:
        here = users & {wire.user_id for wire in self.watchers}
        changed, self._along.here = here != self._along.here, here
        self.tell_along(anew=changed)

    def watching(self, process: str, users: list[int]) -> None:
        """Somebody reads along at a socket of another process."""
        if process != self.hub.bell.own:
            self._along.hear(process, users)
            self.tell_along()

    def tell_along(self, *, anew: bool = False) -> None:
        """Tell those here who may read who reads along; with `anew` the other processes, too."""
        self._along.tell(wire for wire in self.watchers if wire.user_id in self._told_of)
        if anew and (self._along.here or self._others_know):
            self._others_know = bool(self._along.here)
            message = events.watching_message(self.id, self.hub.bell.own, sorted(self._along.here))
            self.hub.spawn(self.hub.bell.pass_on(self.group, message))

    def typing(self, who: str) -> None:
        """Show it to the other side."""
        if who == "visitor":
            self.hub.spawn(self._tell_typing())

    async def _tell_typing(self) -> None:
        users = {wire.user_id for wire in self.watchers}
        readers = await ask(self.may_watch, users)
        frame: TypingFrame = {"type": "typing", "session": self.id, "who": "visitor"}
        text = written(frame)
        for wire in self.watchers:
            if wire.user_id in readers:
                wire.tell(text)


def session_news(session_id: int, asked: set[tuple[int, int]]) -> tuple[Readers, News]:
    """Who of `asked` (person, cursor) may read now; and for their cursors: where each moves, and the frame."""
    readers = permissions.readers(session_id, {user_id for user_id, _cursor in asked})
    head = reading.head_of(session_id) if readers.everybody else None
    if head is None:
        return NOBODY, {}
    news: News = {}
    for after in {cursor for user_id, cursor in asked if user_id in readers.everybody and cursor < head.version}:
        try:
            log = reading.session_events(session_id, after, head.visitor.key())
        except crypto.CannotOpen:
            # Erased meanwhile: there is nothing left that anybody could read.
            return NOBODY, {}
        upto = log[-1]["version"]
        frame: SessionFrame = {"type": "session", "session": session_id, "after": after, "upto": upto, "events": log}
        news[after] = upto, written(frame)
    return readers, news


def may_type(session_id: int, user_id: int) -> bool:
    """Whether this person talks with the session's visitor now."""
    theirs = Session.objects.filter(pk=session_id, counselor=user_id).exists()
    return theirs and user_id in permissions.readers(session_id, {user_id}).everybody


def heads(session_ids: list[int]) -> dict[int, int]:
    """At which version each of these sessions stands: one query."""
    return dict(Session.objects.filter(pk__in=session_ids).values_list("pk", "version"))
