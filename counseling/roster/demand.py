"""Lines that are required against lines that are planned, hour by hour of the service days. Pure."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from itertools import accumulate, groupby

from counseling.opening import TOKYO, holiday_name
from counseling.opening.hours import DAY_NAMES
from counseling.roster.work import Concern, Work

# A service day may run on until 08:00 of the next morning (counseling.opening): its last hour begins at 31:00.
LATEST_HOUR = 31

Required = Mapping[str, Mapping[str, int]]


def required_on(required: Required, day: date) -> dict[int, int]:
    """Lines wanted by hour on a service day; a 祝日 has its own where "holiday" is written, or is like any day."""
    name = "holiday" if "holiday" in required and holiday_name(day) else DAY_NAMES[day.weekday()]
    return {int(hour): lines for hour, lines in sorted(required.get(name, {}).items(), key=lambda pair: int(pair[0]))}


class Lines:
    """How many lines are planned at each moment, made once from all works. Open places hold none."""

    def __init__(self, works: Iterable[Work]) -> None:
        steps: Counter[int] = Counter()
        for work in works:
            if work.user is not None:
                steps[_second(work.starts_at)] += work.lines
                steps[_second(work.ends_at)] -= work.lines
        self._moments = sorted(steps)
        self._lines = list(accumulate((steps[moment] for moment in self._moments), initial=0))

    def in_hour(self, day: date, hour: int) -> int:
        """The least number of lines at any moment of an hour (25 is 01:00 of the next morning)."""
        begins = datetime.combine(day, time(), TOKYO) + timedelta(hours=hour)
        return self.between(begins, begins + timedelta(hours=1))

    def between(self, begins: datetime, ends: datetime) -> int:
        """The least number of lines at any moment from `begins` to before `ends`."""
        first = bisect_right(self._moments, _second(begins))
        return min(self._lines[first : bisect_left(self._moments, _second(ends)) + 1])


def gaps(required: Required, works: Iterable[Work], days: Iterable[date]) -> list[Concern]:
    """Where fewer lines are planned than required; hours in a row that lack the same are told together."""
    lines = Lines(works)
    return [gap for day in days for gap in _gaps_on(required_on(required, day), lines, day)]


def _gaps_on(required: Mapping[int, int], lines: Lines, day: date) -> Iterator[Concern]:
    lacking = [(hour, wanted, lines.in_hour(day, hour)) for hour, wanted in required.items()]
    lacking = [(hour, wanted, planned) for hour, wanted, planned in lacking if planned < wanted]
    # Hours in a row have the same distance from their place in the list.
    placed = enumerate(lacking)
    for (_distance, wanted, planned), run in groupby(placed, key=lambda p: (p[1][0] - p[0], *p[1][1:])):
        hours = [hour for _place, (hour, _wanted, _planned) in run]
        values = {"from": hours[0], "until": hours[-1] + 1, "required": wanted, "planned": planned}
        yield Concern("gap", None, day, values)


def _second(moment: datetime) -> int:
    return int(moment.timestamp())
