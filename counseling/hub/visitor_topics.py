"""What a visitor is told: the talk, and the place in the queue. Notes, risk and names never come this way."""

from typing import NamedTuple

from counseling import assignment, crypto, events
from counseling.assignment import Waiting
from counseling.events import QueueFrame, TalkFrame, TypingFrame
from counseling.hub import reading
from counseling.hub.asking import ask
from counseling.hub.topic import Topic
from counseling.hub.wires import SIGNED_OUT, VisitorWire, written
from counseling.lifecycle import OPEN, TAKEN, Medium, State
from counseling.models import Session


class Seen(NamedTuple):
    """A visitor's cursor: read up to `upto`, told up to `told`. The log's lines for staff lie between."""

    upto: int
    told: int
    owed: bool = False  # a frame is owed even when nothing is new: it names the sitting


class TalkNews(NamedTuple):
    """Where a cursor moves, the frame (empty when there is nothing to tell), and the state told last."""

    seen: Seen
    text: str
    state: str | None


class TalkTopic(Topic[VisitorWire, Seen]):
    """A sitting for its visitor, in as many tabs as are open."""

    @property
    def group(self) -> str:
        """What is rung for it."""
        return events.session_group(self.id)

    def is_behind(self, head: int | None) -> bool:
        """Whether a cursor stands before `head`."""
        return head is None or any(seen.upto < head for seen in self.watchers.values())

    async def read(self) -> None:
        """Tell what is new."""
        asked = set(self.watchers.values())
        news = await ask(talk_news, self.id, asked)
        for wire, seen in list(self.watchers.items()):
            if news is None:
                wire.close(SIGNED_OUT)
            elif seen in news and wire in self.watchers:  # it may have left while another was waited for
                self.watchers[wire], text, state = news[seen]
                if text:
                    wire.tell(text)
                if state is not None and state not in TAKEN:
                    await self.hub.lobby(wire.visit.program_id).add(wire, None)

    def typing(self, who: str) -> None:
        """Show it to the other side."""
        if who == "counselor":
            frame: TypingFrame = {"type": "typing", "session": self.id, "who": "counselor"}
            for wire in self.watchers:
                wire.tell(written(frame))


def talk_news(session_id: int, asked: set[Seen]) -> dict[Seen, TalkNews] | None:
    """What is new for each cursor that has something; None when the visitor was erased."""
    news: dict[Seen, TalkNews] = {}
    head = reading.head_of(session_id)
    for seen in asked:
        if head is None:
            return None
        try:
            log, upto = reading.talk_events(session_id, seen.upto, head.visitor.key())
        except crypto.CannotOpen:
            return None
        if upto == seen.upto and not seen.owed:
            continue
        if not log and not seen.owed:
            news[seen] = TalkNews(Seen(upto, seen.told), "", None)
            continue
        frame: TalkFrame = {"type": "talk", "session": session_id, "after": seen.told, "upto": upto, "events": log}
        state = log[-1]["header"]["state"] if log else None
        news[seen] = TalkNews(Seen(upto, upto), written(frame), state)
    return news


class LobbyTopic(Topic[VisitorWire, None]):
    """A program's visitors without a counselor just now: their place in the queue, and whether a sitting began."""

    @property
    def group(self) -> str:
        """What is rung for it."""
        return events.board_group(self.id)

    @property
    def pause(self) -> float:
        """Several changes make one frame."""
        return self.hub.pace.lobby_pause

    async def read(self) -> None:
        """Tell what is new."""
        visitors = {wire.visit.visitor_id for wire in self.watchers}
        queue, latest = await ask(lobby_now, self.id, visitors)
        for wire in list(self.watchers):
            if wire not in self.watchers:
                continue  # left while another was waited for
            session_id, state = latest.get(wire.visit.visitor_id, (None, None))
            if session_id is not None and session_id != wire.session_id:
                await self.hub.show_sitting(wire, session_id, 0)
            place = assignment.position(queue, session_id or 0)
            self._tell_place(wire, place, assignment.waiting_beside(queue, session_id or 0))
            if state in TAKEN:
                self.remove(wire)

    def _tell_place(self, wire: VisitorWire, place: int | None, waiting: int) -> None:
        told = wire.place
        wire.place = (place, waiting)
        if wire.place == told or (place is None and (told is None or told[0] is None)):
            return
        frame: QueueFrame = {"type": "queue", "place": place, "waiting": waiting}
        wire.tell(written(frame))


def lobby_now(program_id: int, visitors: set[int]) -> tuple[list[Waiting], dict[int, tuple[int, str]]]:
    """The queue of a program, and the latest sitting (id, state) of each of these visitors: two queries."""
    rows = Session.objects.filter(program=program_id, state=State.WAITING).values_list(
        "pk", "risk", "queued_at", "trial"
    )
    queue = [Waiting(pk, risk, queued_at, trial=trial) for pk, risk, queued_at, trial in rows if queued_at]
    return queue, latest_sittings(visitors)


def latest_sittings(visitors: set[int]) -> dict[int, tuple[int, str]]:
    """The latest sitting (id, state) of each of these visitors: one query."""
    rows = (
        Session.objects.filter(visitor__in=visitors, medium=Medium.CHAT)
        .order_by("visitor_id", "-pk")
        .distinct("visitor_id")
        .values_list("visitor_id", "pk", "state")
    )
    return {visitor_id: (pk, state) for visitor_id, pk, state in rows}


def sitting_to_show(visitor_id: int) -> tuple[int, int] | None:
    """The visitor's latest sitting and the version it stands at; None for someone who has had none."""
    chats = Session.objects.filter(visitor=visitor_id, medium=Medium.CHAT)
    rows = chats.order_by("-pk").values_list("pk", "version")
    return rows.first()


def may_type(session_id: int) -> bool:
    """Whether the sitting is open, so that somebody might see its visitor write."""
    return Session.objects.filter(pk=session_id, state__in=OPEN).exists()
