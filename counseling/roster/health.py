"""Hours that wear people out, as warnings: what is planned stays the planner's decision. Pure.

8 hours a day and 40 a week are Japan's statutory hours (Labour Standards Act, article 32); 11 hours between two days'
work are the interval its guidelines recommend; 22:00 to 05:00 is night (article 37).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from counseling.opening import TOKYO
from counseling.roster.work import Concern, Work, overlapping, service_day

LONGEST_DAY = timedelta(hours=8)
LONGEST_WEEK = timedelta(hours=40)
SHORTEST_REST = timedelta(hours=11)
MOST_DAYS_IN_A_ROW = 6
# A pause shorter than this divides one day's work; it is no rest between two.
PAUSE = timedelta(hours=3)
NIGHT_BEGINS, NIGHT_ENDS, MORNING_ENDS = time(22), time(5), time(11)


def double_bookings(works: Iterable[Work]) -> list[Concern]:
    """The same person planned twice at once, in one program or in two; told on the later one's day."""
    return [
        Concern("double_booking", later.user, service_day(later), {"minutes": _minutes(shared)})
        for earlier, later in overlapping(works)
        if (shared := min(earlier.ends_at, later.ends_at) - later.starts_at)
    ]


def strains(works: Iterable[Work]) -> list[Concern]:
    """Everything about hours: long days and weeks, short rests, many days in a row, a morning after a night."""
    planned: dict[int, list[Work]] = defaultdict(list)
    for work in sorted(works):
        if work.user is not None:
            planned[work.user].append(work)
    return [
        Concern(kind, user, on, {unit: number})
        for user, own in planned.items()
        for kind, on, unit, number in (*_long(own), *_many_days(own), *_rests(own))
    ]


_Found = Iterator[tuple[str, date, str, int]]


def _long(own: list[Work]) -> _Found:
    """The week is told on the day that goes over it."""
    days: dict[date, timedelta] = defaultdict(timedelta)
    weeks: dict[date, timedelta] = defaultdict(timedelta)
    for work in own:
        days[service_day(work)] += work.ends_at - work.starts_at
    for day, hours in days.items():
        monday = day - timedelta(days=day.weekday())
        weeks[monday] += hours
        if hours > LONGEST_DAY:
            yield "long_day", day, "minutes", _minutes(hours)
        if weeks[monday] > LONGEST_WEEK:
            yield "long_week", day, "minutes", _minutes(weeks[monday])


def _many_days(own: list[Work]) -> _Found:
    run, before = 0, date.min
    for day in sorted({service_day(work) for work in own}):
        run = run + 1 if day - before == timedelta(days=1) else 1
        before = day
        if run > MOST_DAYS_IN_A_ROW:
            yield "many_days", day, "days", run


def _rests(own: list[Work]) -> _Found:
    for before, after in pairwise(_stretches(own)):
        rest, on = after.starts_at - before.ends_at, service_day(after)
        if rest < SHORTEST_REST:
            yield "short_rest", on, "minutes", _minutes(rest)
        if _touches_night(before) and after.starts_at < _next(MORNING_ENDS, before.ends_at):
            yield "night_then_morning", on, "minutes", _minutes(rest)


def _stretches(own: list[Work]) -> list[Work]:
    """Works with no more than a pause between them, made one."""
    made: list[Work] = []
    for work in own:
        if made and work.starts_at - made[-1].ends_at < PAUSE:
            made[-1] = Work(made[-1].starts_at, max(made[-1].ends_at, work.ends_at), work.user)
        else:
            made.append(work)
    return made


def _touches_night(work: Work) -> bool:
    starts = work.starts_at.astimezone(TOKYO)
    return starts.time() < NIGHT_ENDS or _next(NIGHT_BEGINS, starts) < work.ends_at or starts.time() >= NIGHT_BEGINS


def _next(clock: time, moment: datetime) -> datetime:
    """When it is `clock` in Japan for the next time, from `moment` on."""
    local = moment.astimezone(TOKYO)
    then = datetime.combine(local.date(), clock, TOKYO)
    return then if then >= local else then + timedelta(days=1)


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds()) // 60
