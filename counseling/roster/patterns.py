"""A kind of shift (パターン) that a program plans with, the lines it requires, and what they may be. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from accounts.roles import Right, holders
from counseling.opening.hours import DAY_MINUTES, DAY_NAMES
from counseling.roster.demand import LATEST_HOUR
from counseling.text import is_blank

LONGEST_SHIFT = timedelta(hours=16)
MOST_LINES = 10
LONGEST_NAME = 20
MOST_REQUIRED_LINES = 99


@dataclass(frozen=True)
class Pattern:
    """A kind of shift as somebody wants it; minutes from midnight."""

    name: str
    role: str
    starts: int
    ends: int
    lines: int

    @property
    def problems(self) -> tuple[str, ...]:
        """Why nothing can be planned with it, as codes of `planning.Problem`."""
        length = self.ends - self.starts
        wrong = {
            "bad_name": is_blank(self.name) or len(self.name) > LONGEST_NAME or not _is_one_line(self.name),
            "ends_before_start": length <= 0,
            "too_long": length > LONGEST_SHIFT.total_seconds() // 60,
            "bad_hours": not 0 <= self.starts < DAY_MINUTES,
            "bad_lines": not 1 <= self.lines <= MOST_LINES,
            "not_in_role": self.role not in holders(Right.WORK_SHIFTS),
        }
        return tuple(code for code, holds in wrong.items() if holds)


def _is_one_line(name: str) -> bool:
    """Nothing in it that is not seen, or that PostgreSQL cannot keep; a Japanese blank is a blank."""
    return name.replace("\N{IDEOGRAPHIC SPACE}", " ").isprintable()


def wrong_required(required: dict[str, Any]) -> Iterator[str]:
    """Where lines required by day of the week (or "holiday") and hour cannot be so: "mon", "mon.19"."""
    days, hours = {*DAY_NAMES, "holiday"}, {str(hour) for hour in range(LATEST_HOUR + 1)}
    for day, by_hour in required.items():
        if day not in days or not isinstance(by_hour, dict):
            yield day
            continue
        for hour, lines in by_hour.items():
            if hour not in hours or type(lines) is not int or not 0 <= lines <= MOST_REQUIRED_LINES:
                yield f"{day}.{hour}"
