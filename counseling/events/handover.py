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


class DueFollowUps(TypedDict):
    """How many follow-ups (要フォロー) of a program are overdue, and how many more are due until the end of the day."""

    late: int
    today: int


class Handover(TypedDict):
    """What a shift is handed: the notes, newest first; the follow-ups only for those who take sessions."""

    notes: list[HandoverNoteView]
    follow_ups: DueFollowUps | None
