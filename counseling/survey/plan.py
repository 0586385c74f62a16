"""When a program sends its survey, on which doors, and where the answers are kept. Pure: no clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from counseling.opening import TOKYO
from counseling.survey.terms import Kept

LONGEST_HOURS = 24 * 60
LONGEST_INTERVAL = 365
MOST_DAYS_OPEN = 60
# Nobody's telephone rings at night for a survey.
MORNING, EVENING = time(9), time(21)


class When(StrEnum):
    """When an invitation is due."""

    NEVER = "never"
    AT_END = "at_end"
    LATER = "later"  # so many hours after the end
    ON = "on"  # on a day after the program's period (Kanagawa: 2019-03-07)


class Door(StrEnum):
    """How who talked on LINE is asked there."""

    NO = "no"
    TAPS = "taps"  # by buttons below the messages
    PAGE = "page"  # by a link to our page


class InvalidPlan(ValueError):
    """What cannot be kept; `problems` lists (path, code).

    Codes: not_an_object, unknown_key, unknown, not_a_number, out_of_range, not_a_date, missing, not_a_boolean, no_door,
    apart_by_taps.
    """

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{path}: {code}" for path, code in problems))
        self.problems = problems


@dataclass(frozen=True)
class Plan:
    """`hours` after the end for LATER, the day `on` for ON; answered for `days_open` days.

    `interval`: the days for which somebody is not asked again, 0 for none.
    """

    when: When = When.NEVER
    hours: int = 24
    on: date | None = None
    line: Door = Door.TAPS
    web: bool = True
    kept: Kept = Kept.WITH_TALK
    days_open: int = 14
    interval: int = 30

    def due(self, ended: datetime) -> datetime | None:
        """When who ended their talk then is asked; None where nobody is."""
        if self.when == When.NEVER:
            return None
        if self.when == When.AT_END:
            return ended
        if self.when == When.LATER:
            return by_day(ended + timedelta(hours=self.hours))
        assert self.on is not None  # noqa: S101 - read() has made sure
        return max(datetime.combine(self.on, MORNING, TOKYO), by_day(ended))

    def to_json(self) -> dict[str, Any]:
        """The stored form."""
        return {
            "when": self.when.value,
            "hours": self.hours,
            "on": self.on.isoformat() if self.on else None,
            "line": self.line.value,
            "web": self.web,
            "kept": self.kept.value,
            "days_open": self.days_open,
            "interval": self.interval,
        }


def hindrance(plan: Plan, today: date, ends_on: date | None, channel_mode: str) -> str:
    """What somebody should look at before such a plan reaches people, as a code; empty where all is well.

    day_past, day_inside (the program still goes on that day), no_reach (no door of the program's).
    """
    if plan.when == When.NEVER:
        return ""
    doors = {"line_talk": plan.line != Door.NO, "web_only": plan.web}
    if not doors.get(channel_mode, True):
        return "no_reach"
    if plan.when == When.ON and plan.on:
        return "day_past" if plan.on < today else "day_inside" if ends_on is None or plan.on <= ends_on else ""
    return ""


def by_day(moment: datetime) -> datetime:
    """This moment, or the next morning where it lies in the night."""
    here = moment.astimezone(TOKYO)
    if MORNING <= here.time() < EVENING:
        return moment
    day = here.date() + timedelta(days=int(here.time() >= EVENING))
    return datetime.combine(day, MORNING, TOKYO)


NUMBERS = {"hours": (1, LONGEST_HOURS), "days_open": (1, MOST_DAYS_OPEN), "interval": (0, LONGEST_INTERVAL)}
CHOSEN: dict[str, type[StrEnum]] = {"when": When, "line": Door, "kept": Kept}
MEMBERS = frozenset({*NUMBERS, *CHOSEN, "on", "web"})


def read(stored: object) -> Plan:
    """The plan of a stored form; None stands for never. Raises InvalidPlan."""
    if stored is None:
        return Plan()
    if not isinstance(stored, Mapping):
        raise InvalidPlan([("", "not_an_object")])
    whole = {**Plan().to_json(), **stored}
    problems = [(str(key), "unknown_key") for key in stored if key not in MEMBERS]
    problems += [(name, "unknown") for name, codes in CHOSEN.items() if not _is_of(whole[name], codes)]
    problems += [(name, code) for name, ends in NUMBERS.items() if (code := _wrong_number(whole[name], *ends))]
    if not isinstance(whole["web"], bool):
        problems.append(("web", "not_a_boolean"))
    on, code = _day(whole["on"])
    if code := code or ("missing" if whole["when"] == When.ON and on is None else ""):
        problems.append(("on", code))
    if not problems:
        problems += _unfit(whole)
    if problems:
        raise InvalidPlan(problems)
    return Plan(
        When(whole["when"]), whole["hours"], on, Door(whole["line"]), whole["web"], Kept(whole["kept"]),
        whole["days_open"], whole["interval"],
    )  # fmt: skip


def _is_of(value: object, codes: type[StrEnum]) -> bool:
    return isinstance(value, str) and value in {one.value for one in codes}


def _wrong_number(value: object, least: int, most: int) -> str:
    if isinstance(value, bool) or not isinstance(value, int):
        return "not_a_number"
    return "" if least <= value <= most else "out_of_range"


def _day(value: object) -> tuple[date | None, str]:
    if value is None:
        return None, ""
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        day = None
    return (day, "") if day and day.isoformat() == value else (None, "not_a_date")


def _unfit(whole: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What does not go together."""
    if whole["when"] == When.NEVER:
        return []
    if whole["line"] == Door.NO and not whole["web"]:
        return [("line", "no_door")]
    # LINE, our inbox and the outbox know whose buttons were tapped: such answers would not be apart.
    if whole["line"] == Door.TAPS and whole["kept"] == Kept.APART:
        return [("line", "apart_by_taps")]
    return []
