"""How often the hub does what, in seconds; tests bring their own."""

from dataclasses import dataclass
from random import uniform


@dataclass(frozen=True)
class Pace:
    """Times in seconds. `poll` bounds how long a lost ring can hide something."""

    poll: float = 14.0
    sweep: float = 0.7
    presence: float = 20.0
    board_pause: float = 0.25
    board_rest: float = 5.0
    lobby_pause: float = 0.5
    heartbeat: float = 4.0
    patience: float = 3.0
    retry: float = 1.0
    along: float = 3.0


def spread(seconds: float) -> float:
    """Up to a quarter less than `seconds`, at random, so that processes do not all come at once."""
    return seconds * uniform(0.75, 1.0)  # noqa: S311 - nothing secret
