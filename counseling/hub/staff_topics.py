"""A session as staff watch it: one question who may read, one reading for all with the same cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counseling import crypto, events, permissions
from counseling.actions.reading import tell_watched
from counseling.events import SessionFrame, TypingFrame
from counseling.hub import reading
from counseling.hub.asking import ask
from counseling.hub.topic import StaffTopic
from counseling.hub.wires import written
from counseling.models import Session

if TYPE_CHECKING:
    from counseling.hub.hub import Hub

News = dict[int, tuple[int, str]]


class SessionTopic(StaffTopic[int]):
    """A session's words for those who may read them. A cursor is the version told last."""

    name = "session"

    @property
    def group(self) -> str:
        """What is rung for it."""
        return events.session_group(self.id)

    def is_behind(self, head: int | None) -> bool:
        """Whether a cursor stands before `head`."""
        return head is None or any(cursor < head for cursor in self.watchers.values())

    def __init__(self, hub: Hub, number: int) -> None:
        super().__init__(hub, number)
        self._told_of: set[int] = set()

    def may_watch(self, users: set[int]) -> set[int]:
        """Whoever may read its words."""
        return permissions.readers(self.id, users)

    async def read(self) -> None:
        """Tell what is new, and first the audit log, who reads from now on."""
        asked = {(wire.user_id, cursor) for wire, cursor in self.watchers.items()}
        readers, news = await ask(session_news, self.id, asked)
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


def session_news(session_id: int, asked: set[tuple[int, int]]) -> tuple[set[int], News]:
    """Who of `asked` (person, cursor) may read now; and for their cursors: where each moves, and the frame."""
    readers = permissions.readers(session_id, {user_id for user_id, _cursor in asked})
    head = reading.head_of(session_id) if readers else None
    if head is None:
        return set(), {}
    news: News = {}
    for after in {cursor for user_id, cursor in asked if user_id in readers and cursor < head.version}:
        try:
            log = reading.session_events(session_id, after, head.visitor.key())
        except crypto.CannotOpen:
            # Erased meanwhile: there is nothing left that anybody could read.
            return set(), {}
        upto = log[-1]["version"]
        frame: SessionFrame = {"type": "session", "session": session_id, "after": after, "upto": upto, "events": log}
        news[after] = upto, written(frame)
    return readers, news


def may_type(session_id: int, user_id: int) -> bool:
    """Whether this person talks with the session's visitor now."""
    theirs = Session.objects.filter(pk=session_id, counselor=user_id).exists()
    return theirs and user_id in permissions.readers(session_id, {user_id})


def heads(session_ids: list[int]) -> dict[int, int]:
    """At which version each of these sessions stands: one query."""
    return dict(Session.objects.filter(pk__in=session_ids).values_list("pk", "version"))
