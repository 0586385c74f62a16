"""What is different between two sets of opening hours, in codes. Pure."""

from __future__ import annotations

from typing import NamedTuple

from counseling.opening.hours import DAY_NAMES, Hours, Windows

CLOSED, AS_USUAL, ON, OFF = "closed", "as_usual", "on", "off"


class Difference(NamedTuple):
    """One thing that changed: a day ("fri", "holiday", "2026-12-24") or a rule ("intake_close"), before and after."""

    name: str
    before: str
    after: str


def differences(before: Hours, after: Hours) -> list[Difference]:
    """Everything that differs, in the order in which it is typed."""
    old, new = _told(before), _told(after)
    names = [*new, *sorted(old.keys() - new.keys())]
    pairs = ((name, old.get(name, AS_USUAL), new.get(name, AS_USUAL)) for name in names)
    return [Difference(name, was, becomes) for name, was, becomes in pairs if was != becomes]


def _told(hours: Hours) -> dict[str, str]:
    """Each day and rule as one short text; single dates that are not there are as usual."""
    return {
        **{name: _day(windows) for name, windows in zip(DAY_NAMES, hours.weekly, strict=True)},
        "holiday": AS_USUAL if hours.holiday is None else _day(hours.holiday),
        "year_end_closed": ON if hours.year_end_closed else OFF,
        "intake_close": str(hours.intake_close),
        **{day.isoformat(): _day(hours.exceptions[day]) for day in sorted(hours.exceptions)},
    }


def _day(windows: Windows) -> str:
    return "・".join(map(str, windows)) or CLOSED
