"""When a visitor may be called back: now, or half an hour within the telephone's hours. Pure: the moment is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from counseling.opening import TOKYO, Hours, openings

LENGTH = timedelta(minutes=30)
# Nobody is promised a call that could only begin as the telephone closes, or sooner than somebody can take it on.
LEAST = timedelta(minutes=10)
LEAD = timedelta(minutes=15)
DAYS = 4
NOW = "now"
CODE = "%Y%m%d%H%M"


@dataclass(frozen=True, order=True)
class Slot:
    """The call comes between these two; the number may be known until `closes` (the end of the telephone's hours)."""

    starts: datetime
    ends: datetime
    closes: datetime
    is_now: bool = False

    @property
    def code(self) -> str:
        """As forms and buttons name it: 202611261930, by Japan's clock."""
        return NOW if self.is_now else self.starts.astimezone(TOKYO).strftime(CODE)


def slots(hours: Hours, now: datetime) -> list[Slot]:
    """Those that can be chosen at `now`, soonest first; «now» is the first while the telephone is open."""
    found: list[Slot] = []
    today = now.astimezone(TOKYO).date()
    for _day, windows in openings(hours, today - timedelta(days=1), DAYS + 1):
        for window in windows:
            if window.start <= now and window.end - now >= LEAST:
                found.append(Slot(now, min(now + LENGTH, window.end), window.end, is_now=True))
            found += _within(window.start, window.end, now)
    return sorted(set(found))


def _within(start: datetime, end: datetime, now: datetime) -> list[Slot]:
    count = int((end - start) / LENGTH)
    begins = (start + LENGTH * place for place in range(count))
    return [Slot(begin, begin + LENGTH, end) for begin in begins if begin >= now + LEAD]


def slot_of(hours: Hours, now: datetime, code: str) -> Slot | None:
    """The slot of this code, where it can be chosen at `now`: not in the past, not outside the hours."""
    return next((one for one in slots(hours, now) if one.code == code), None)


def fitting(hours: Hours, now: datetime, most: int) -> list[Slot]:
    """Not more than `most` of them, those of the same day first: as many as buttons fit."""
    return slots(hours, now)[:most]
