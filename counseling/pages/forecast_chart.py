"""The forecast to look at: a small chart a day, and the table that says the same. Lengths stand in attributes.

Across, a share of the width; upwards, rem: so the chart fits any width while its letters keep their size.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from counseling.feeds.forecast import DAY_HOURS, Forecast, Hour
from counseling.pages import forecast_words as words

TOP_REM, PLOT_REM = 1.25, 6.0
MOST_LABELS, MOST_TICKS = 6, 4
BAR_SHARE = 0.7


@dataclass(frozen=True)
class Box:
    """A planned hour's bar."""

    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True)
class Stroke:
    """One straight part of a step line."""

    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True)
class Label:
    """A short text at a place."""

    x: str
    y: str
    text: str


@dataclass(frozen=True)
class Scale:
    """How many hours lie side by side, and how many lines the height holds."""

    hours: int
    most: int

    def across(self, hours: float) -> str:
        """So many hours from the left."""
        return f"{100 * hours / self.hours:.3f}%"

    def up(self, lines: float) -> str:
        """The height of so many lines, from the top."""
        return f"{TOP_REM + PLOT_REM * (1 - lines / self.most):.3f}rem"


def drawn(forecast: Forecast) -> dict[str, Any]:
    """All the page shows of the forecast; the days share one scale upwards."""
    most = max((_height(hour) for _day, hour in forecast.hours), default=0)
    return {
        "summary": words.summary(forecast),
        "notes": words.notes(forecast),
        "definition": words.definition(forecast.past),
        "days": [_day(day, hours, most or 1) for day, hours in forecast.days],
        "is_drawn": most > 0,
        "requires": any(hour.required for _day, hour in forecast.hours),
    }


def _height(hour: Hour) -> int:
    return max(hour.planned, hour.needed or 0, hour.required)


def _day(day: date, hours: list[Hour], most: int) -> dict[str, Any]:
    scale = Scale(len(hours), most)
    return {
        "id": day.isoformat(),
        "title": words.day_title(day),
        "said": words.day_words(hours),
        # An empty frame would say that nothing is needed, where nothing is known.
        "is_drawn": any(_height(hour) for hour in hours),
        "is_short": any(hour.short for hour in hours),
        "bars": list(_bars(hours, scale)),
        "needed": list(_steps([hour.needed for hour in hours], scale)),
        "required": list(_steps([hour.required or None for hour in hours], scale)),
        "lacking": list(_lacking(hours, scale)),
        "hours": list(_hours(hours, scale)),
        "ticks": list(_ticks(scale)),
        "rows": [_row(hour) for hour in hours],
    }


def _bars(hours: list[Hour], scale: Scale) -> Iterator[Box]:
    for place, hour in enumerate(hours):
        if hour.planned:
            height = f"{PLOT_REM * hour.planned / scale.most:.3f}rem"
            yield Box(
                scale.across(place + (1 - BAR_SHARE) / 2), scale.up(hour.planned), scale.across(BAR_SHARE), height
            )


def _steps(levels: list[int | None], scale: Scale) -> Iterator[Stroke]:
    """A step line: level over each hour, upright between two; nothing where there is no number."""
    for place, level in enumerate(levels):
        if level is not None:
            yield Stroke(scale.across(place), scale.up(level), scale.across(place + 1), scale.up(level))
    for place, (before, after) in enumerate(pairwise(levels), start=1):
        if before is not None and after is not None and before != after:
            yield Stroke(scale.across(place), scale.up(before), scale.across(place), scale.up(after))


def _lacking(hours: list[Hour], scale: Scale) -> Iterator[Label]:
    """What lacks in the day's worst hour: at every hour the numbers would lie over each other."""
    place, worst = max(enumerate(hours), key=lambda pair: pair[1].short)
    if worst.short and worst.needed is not None:
        yield Label(scale.across(place + 0.5), scale.up(worst.needed), f"−{worst.short}")


def _hours(hours: list[Hour], scale: Scale) -> Iterator[Label]:
    every = -(-len(hours) // MOST_LABELS)
    for place in range(0, len(hours), every):
        hour = hours[place].hour
        text = str(hour) if hour < DAY_HOURS else _("翌%(hour)d") % {"hour": hour - DAY_HOURS}
        yield Label(scale.across(place + 0.5), f"{TOP_REM + PLOT_REM}rem", text)


def _ticks(scale: Scale) -> Iterator[Label]:
    every = -(-scale.most // MOST_TICKS)
    for lines in range(0, scale.most + 1, every):
        yield Label("0", scale.up(lines), str(lines))


def _row(hour: Hour) -> dict[str, str]:
    seen = hour.arrivals
    return {
        "hour": words.hour_words(hour.hour),
        "arrivals": words.rounded(seen.an_hour, "0.1"),
        "seen": _("%(people)d件/%(days)d日") % {"people": seen.people, "days": seen.days},
        "needed": str(hour.needed) if hour.needed is not None else _("まだ分かりません"),
        "missing": words.missing(seen) if hour.needed is None else "",
        "required": str(hour.required or _("決まりなし")),
        "planned": str(hour.planned),
        "short": words.lines_words(hour.short) if hour.short else "",
        "below": words.lines_words(hour.below_required) if hour.below_required else "",
    }
