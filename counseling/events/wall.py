"""What a supervisor does from the wall with many at once, and whom they may ask to come."""

from typing import TypedDict

from counseling.events.session import Person


class EachOutcome(TypedDict):
    """What became of one of many: `id` as it was asked; `error` is a code of the API, empty where it was done."""

    id: int
    error: str
    message: str


class PlannedTime(TypedDict):
    """A shift as others see it."""

    starts_at: str
    ends_at: str


class OffDuty(TypedDict):
    """A person of the program who is not on duty; `next_shift` may have begun without them.

    `called_at`: the last time they were asked to come, by any program; `called_by` and `sent` where it was this one.
    """

    id: int
    name: str
    roles: list[str]
    next_shift: PlannedTime | None
    called_at: str | None
    called_by: Person | None
    sent: bool
