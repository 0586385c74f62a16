"""What is arranged for a visitor, as those read it who have them in a talk."""

from typing import TypedDict

from counseling.events.session import Person


class ApproachView(TypedDict):
    """How to answer a visitor (対応方針), as it stands; words among staff. Never part of a shape for visitors.

    `number` is its version, as a session's header names it; 0 and no words where there is none.
    """

    number: int
    text: str
    by: Person | None
    at: str | None
