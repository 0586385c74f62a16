"""What is told: the shapes that cross the wire, the groups that are rung, and ring().

The shapes here are the only ones; `static/src/protocol.ts` is generated from them (`manage.py docs`).
Times are ISO 8601 in UTC.
"""

from counseling.events.bell import (
    board_group,
    ring,
    ring_now,
    session_group,
    typing_message,
    user_group,
)
from counseling.events.board import (
    Board,
    BoardFrame,
    ByeFrame,
    Colleague,
    DeniedFrame,
    PongFrame,
    Reception,
    TypingFrame,
)
from counseling.events.faces import header, iso, person
from counseling.events.handover import HandoverNoteView, TickView
from counseling.events.session import (
    AttachmentStateName,
    AttachmentView,
    AuthorName,
    DeliveryStateName,
    DeliveryView,
    EventKind,
    EventView,
    MessageKindName,
    MessageView,
    NoteView,
    Person,
    SessionFrame,
    SessionState,
    SessionView,
    StateName,
)
from counseling.events.talk import (
    QueueFrame,
    TalkEvent,
    TalkFrame,
    TalkHeader,
    TalkMessage,
    TalkState,
)

__all__ = [
    "AttachmentStateName",
    "AttachmentView",
    "AuthorName",
    "Board",
    "BoardFrame",
    "ByeFrame",
    "Colleague",
    "DeliveryStateName",
    "DeliveryView",
    "DeniedFrame",
    "EventKind",
    "EventView",
    "HandoverNoteView",
    "MessageKindName",
    "MessageView",
    "NoteView",
    "Person",
    "PongFrame",
    "QueueFrame",
    "Reception",
    "SessionFrame",
    "SessionState",
    "SessionView",
    "StateName",
    "TalkEvent",
    "TalkFrame",
    "TalkHeader",
    "TalkMessage",
    "TalkState",
    "TickView",
    "TypingFrame",
    "board_group",
    "header",
    "iso",
    "person",
    "ring",
    "ring_now",
    "session_group",
    "typing_message",
    "user_group",
]
