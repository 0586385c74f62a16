"""How many lines an hour will need, from how people came before. Pure: no Django, no clock, no database.

Erlang's C formula: people arrive by chance, each keeps a line for a while, whoever finds no line free waits. No
library for it is well kept, and the formula is ten lines.
"""

from dataclasses import dataclass

# The aim: fewer than so many of a hundred wait for a line.
MOST_WAITING = 0.20
# Less than this says nothing: four weeks with that weekday, and twenty arrivals in the hour.
LEAST_DAYS = 4
LEAST_ARRIVALS = 20
MOST_LINES = 500


@dataclass(frozen=True)
class Arrivals:
    """People who came in one hour of one weekday. `days`: how often that hour was open in the period looked at."""

    weekday: int
    hour: int
    days: int
    people: int

    @property
    def an_hour(self) -> float:
        """How many come in such an hour, on average."""
        return self.people / self.days if self.days else 0.0

    @property
    def is_enough(self) -> bool:
        """Whether so much was seen that a number may be told."""
        return self.days >= LEAST_DAYS and self.people >= LEAST_ARRIVALS


def share_waiting(lines: int, load: float) -> float:
    """The share of people who find no line free (Erlang C): 0 to 1.

    `load` is arrivals an hour × hours each keeps a line (erlangs). With `lines` ≤ `load` the queue only grows: 1.
    """
    if load <= 0:
        return 0.0
    if lines <= load:
        return 1.0
    # Erlang B by its recursion, which neither overflows nor loses figures as powers and factorials would.
    blocked = 1.0
    for line in range(1, lines + 1):
        blocked = load * blocked / (line + load * blocked)
    return blocked / (1 - (load / lines) * (1 - blocked))


def lines_needed(an_hour: float, minutes_each: float, *, most_waiting: float = MOST_WAITING) -> int:
    """The fewest lines with which fewer than `most_waiting` wait, at most MOST_LINES; 0 where nobody comes."""
    load = an_hour * minutes_each / 60
    if load <= 0:
        return 0
    lines = min(int(load) + 1, MOST_LINES)
    while lines < MOST_LINES and share_waiting(lines, load) >= most_waiting:
        lines += 1
    return lines
