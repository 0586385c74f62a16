"""What was worked against what was planned. Pure.

A duty counts from check-in to check-out without its rests: meetings and records are work, meals and rests are not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

# So much is the way to the console, not lateness.
GRACE = timedelta(minutes=5)


@dataclass(frozen=True)
class Span:
    """A stretch of time; both ends aware."""

    starts_at: datetime
    ends_at: datetime

    @property
    def length(self) -> timedelta:
        """How long it is."""
        return self.ends_at - self.starts_at


@dataclass(frozen=True)
class Worked:
    """One duty that ended: the shift it stood for (None: nobody planned it), its rests, whether it was forgotten."""

    at_work: Span
    shift: Span | None
    rests: tuple[Span, ...] = ()
    forgotten: bool = False

    @property
    def time(self) -> timedelta:
        """Time worked, without rests; a rest is counted only as far as it lies within the duty."""
        rested = (
            min(rest.ends_at, self.at_work.ends_at) - max(rest.starts_at, self.at_work.starts_at) for rest in self.rests
        )
        worked = self.at_work.length - sum((rest for rest in rested if rest > timedelta(0)), timedelta(0))
        # A clock that was put back makes no time that is owed.
        return max(worked, timedelta(0))

    @property
    def late(self) -> timedelta:
        """How much after the shift's start the person checked in; 0 within the grace."""
        return _beyond(self.shift.starts_at, self.at_work.starts_at) if self.shift else timedelta(0)

    @property
    def left_early(self) -> timedelta:
        """How much before the shift's end the person checked out; 0 within the grace."""
        return _beyond(self.at_work.ends_at, self.shift.ends_at) if self.shift else timedelta(0)

    @property
    def over(self) -> timedelta:
        """How much after the shift's end the person went on working; 0 within the grace."""
        return _beyond(self.shift.ends_at, self.at_work.ends_at) if self.shift else timedelta(0)


@dataclass(frozen=True)
class Month:
    """One person's month in a program. `missed` are shifts of the past without any duty."""

    planned: timedelta
    worked: timedelta
    duties: tuple[Worked, ...]
    missed: tuple[Span, ...]

    @property
    def difference(self) -> timedelta:
        """Worked less planned."""
        return self.worked - self.planned


def month(shifts: Iterable[Span], duties: Iterable[Worked], now: datetime) -> Month:
    """A month's balance at `now`: what is planned beyond now is not yet owed, nor is a shift that still runs."""
    past = [shift for shift in shifts if shift.ends_at <= now]
    done = tuple(sorted(duties, key=lambda one: one.at_work.starts_at))
    stood_for = {duty.shift for duty in done}
    return Month(
        planned=sum((shift.length for shift in past), timedelta(0)),
        worked=sum((duty.time for duty in done), timedelta(0)),
        duties=done,
        missed=tuple(shift for shift in past if shift not in stood_for),
    )


def _beyond(due: datetime, was: datetime) -> timedelta:
    return was - due if was - due > GRACE else timedelta(0)
