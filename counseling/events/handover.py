"""What one shift tells the next, as its people read it."""

from typing import TypedDict

from counseling.events.session import Person


class TickView(TypedDict):
    """Who has read a hand-over note, and when."""

    by: Person
    at: str


class HandoverNoteView(TypedDict):
    """A hand-over note (引継ぎ) of a program; words among staff. Never part of a shape for visitors."""

    id: int
    program: int
    by: Person
    text: str
    at: str
    client_id: str
    ticks: list[TickView]
