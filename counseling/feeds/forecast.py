"""What the coming days will need: how people came before, and the lines planned and wanted. Reading only."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Sum
from django.db.models.functions import TruncHour

from counseling import roster as rules
from counseling.feeds.roster import as_work, shifts_beginning
from counseling.forecast import Arrivals, lines_needed
from counseling.models import Program, Session
from counseling.opening import TOKYO, midnight
from counseling.opening.hours import LATEST_CLOSE_MINUTES, Hours, Window

PERIOD = timedelta(days=56)
DAYS_AHEAD = 7
# With fewer sessions than this their mean says nothing yet; then each is taken to keep a line for so long.
LEAST_TIMED = 30
ASSUMED_MINUTES = 50.0
DAY, HOUR_MINUTES, DAY_HOURS = timedelta(days=1), 60, 24


@dataclass(frozen=True)
class Hour:
    """One open hour of a service day (25 is 01:00 of the next morning), in lines.

    `needed` is None while too little was seen; `required` is 0 where nobody said; `planned` counts every shift that
    has a person, published or not.
    """

    hour: int
    arrivals: Arrivals
    needed: int | None
    required: int
    planned: int

    @property
    def short(self) -> int:
        """How many lines will likely lack; 0 while nobody can tell."""
        return max((self.needed or 0) - self.planned, 0)

    @property
    def below_required(self) -> int:
        """How many lines lack to what was decided."""
        return max(self.required - self.planned, 0)


@dataclass(frozen=True)
class Past:
    """What the forecast rests on: the service days from `first` to before `until`, and what was seen in them.

    `sessions` accepted; `timed` of them came to an end and kept a line for `minutes` on average (assumed if too few).
    """

    first: date
    until: date
    sessions: int
    timed: int
    minutes: float
    seen: dict[tuple[int, int], Arrivals]

    @property
    def is_assumed(self) -> bool:
        """Whether the minutes are assumed, not measured."""
        return self.timed < LEAST_TIMED


@dataclass(frozen=True)
class Forecast:
    """The open hours still to come of seven service days; days without one are left out."""

    past: Past
    days: list[tuple[date, list[Hour]]]

    @property
    def hours(self) -> list[tuple[date, Hour]]:
        """Every hour with its day."""
        return [(day, hour) for day, hours in self.days for hour in hours]


def forecast(program: Program, now: datetime) -> Forecast:
    """The program's forecast from the service day of `now` on: two queries."""
    today = program.status_at(now).service_day or now.astimezone(TOKYO).date()
    opening = program.opening().between(program.starts_on, program.ends_on)
    past = _past(program, opening, today)
    shifts = shifts_beginning(program.pk, today - DAY, DAYS_AHEAD + 1)
    planned = rules.Lines(as_work(shift) for shift in shifts)
    ahead = [today + days * DAY for days in range(DAYS_AHEAD)]
    days = [(day, list(_hours(program, opening, day, past, planned, now))) for day in ahead]
    return Forecast(past, [(day, hours) for day, hours in days if hours])


def _hours(
    program: Program, opening: Hours, day: date, past: Past, planned: rules.Lines, now: datetime
) -> Iterator[Hour]:
    required = rules.required_on(program.required_lines, day)
    for hour, window in open_hours(opening, day).items():
        begins, ends = (midnight(day) + timedelta(minutes=minute) for minute in (window.opens, window.closes))
        if ends <= now:
            continue
        arrivals = past.seen.get((day.weekday(), hour), Arrivals(day.weekday(), hour, days=0, people=0))
        # Where an hour is open in part only, people come as fast in a shorter time.
        an_hour = arrivals.an_hour * HOUR_MINUTES / (window.closes - window.opens)
        needed = lines_needed(an_hour, past.minutes) if arrivals.is_enough else None
        yield Hour(hour, arrivals, needed, required.get(hour, 0), planned.between(begins, ends))


def open_hours(opening: Hours, day: date) -> dict[int, Window]:
    """The hours of a service day in which its windows are open, and the part of each that is.

    What the day before still holds open past midnight belongs to that day.
    """
    earlier = _parts(opening, day - DAY)
    return {hour: part for hour, part in _parts(opening, day).items() if hour + DAY_HOURS not in earlier}


def _parts(opening: Hours, day: date) -> dict[int, Window]:
    parts: dict[int, Window] = {}
    for window in opening.windows_on(day):
        for hour in range(window.opens // HOUR_MINUTES, -(-window.closes // HOUR_MINUTES)):
            begins = max(window.opens, hour * HOUR_MINUTES)
            ends = min(window.closes, (hour + 1) * HOUR_MINUTES)
            parts[hour] = Window(parts[hour].opens if hour in parts else begins, ends)
    return parts


def _past(program: Program, opening: Hours, today: date) -> Past:
    """What was seen in the period before `today`: one query, a row for each hour in which somebody came."""
    first = min(max(today - PERIOD, program.starts_on), today)
    days = [first + ahead * DAY for ahead in range((today - first).days)]
    was_open = {day: open_hours(opening, day) for day in days}
    open_days = Counter((day.weekday(), hour) for day, hours in was_open.items() for hour in hours)
    people: Counter[tuple[int, int]] = Counter()
    timed, length = 0, timedelta(0)
    for at, came, ended, kept in _counted(program, first, today):
        day, hour = at.date(), at.hour
        if hour + DAY_HOURS in was_open.get(day - DAY, {}):
            day, hour = day - DAY, hour + DAY_HOURS
        if hour in was_open.get(day, {}):
            people[day.weekday(), hour] += came
            timed, length = timed + ended, length + (kept or timedelta(0))
    minutes = ASSUMED_MINUTES if timed < LEAST_TIMED else length / timedelta(minutes=1) / timed
    seen = {
        (weekday, hour): Arrivals(weekday, hour, days=number, people=people[weekday, hour])
        for (weekday, hour), number in open_days.items()
    }
    return Past(first, today, people.total(), timed, minutes, seen)


def _counted(program: Program, first: date, until: date) -> list[tuple[datetime, int, int, timedelta | None]]:
    """The hours in which sessions were accepted: how many, how many of them ended, and their time together."""
    ends = midnight(until - DAY) + timedelta(minutes=LATEST_CLOSE_MINUTES)
    visitors = Session.objects.filter(program=program, trial=False, program__practice=False)
    rows = visitors.filter(queued_at__gte=midnight(first), queued_at__lt=ends)
    kept = F("ended_at") - F("first_claimed_at")
    hours = rows.annotate(hour=TruncHour("queued_at", tzinfo=TOKYO)).values("hour").order_by("hour")
    counted = hours.annotate(came=Count("pk"), ended=Count(kept), kept=Sum(kept))
    return list(counted.values_list("hour", "came", "ended", "kept"))
