"""What a supervisor does from the wall with many at once, whom they may ask to come; and care after a heavy talk."""

from typing import Literal, TypedDict

from counseling.events.session import Person


class EachOutcome(TypedDict):
    """What became of one of many: `id` as it was asked; `error` is a code of the API, empty where it was done."""

    id: int
    error: str
    message: str


class AftercareView(TypedDict):
    """What a talk was like for its counselor, told to them alone: whether it was `heavy` and they called it `hard`.

    `minutes`: the pause that is offered now, 0 where none is; `pause`: what they made of it.
    """

    heavy: bool
    hard: bool
    minutes: int
    pause: Literal["", "taken", "declined"]


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
