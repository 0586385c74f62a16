"""A sitting as its visitor is told of it: no names of staff, no notes, no risk."""

from typing import Literal, TypedDict

from counseling.events.session import AuthorName, MessageKindName, StateName

PhoneShown = Literal["", "offered", "agreed"]


class TalkMessage(TypedDict):
    """A message as the visitor sees it: no names of staff."""

    seq: int
    version: int
    author: AuthorName
    kind: MessageKindName
    text: str
    at: str
    client_id: str | None
    unsent: bool


class TalkHeader(TypedDict):
    """A session as its visitor sees it. `phone`: a call was offered and can be answered, or is agreed."""

    version: int
    state: StateName
    end_reason: str
    phone: PhoneShown


class TalkEvent(TypedDict):
    """One change as the visitor sees it."""

    version: int
    at: str
    header: TalkHeader
    message: TalkMessage | None


class TalkState(TypedDict):
    """All of a visitor's present sitting; `place` is the position in the queue and `waiting` how many wait."""

    session: int
    header: TalkHeader
    messages: list[TalkMessage]
    place: int | None
    waiting: int
    upto: int


class TalkFrame(TypedDict):
    """What is new for the visitor since `after`."""

    type: Literal["talk"]
    session: int
    after: int
    upto: int
    events: list[TalkEvent]


class QueueFrame(TypedDict):
    """The visitor's place in the queue changed."""

    type: Literal["queue"]
    place: int | None
    waiting: int
