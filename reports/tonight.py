"""The day that is running: who waits and talks now, and by hour who came and how many lines there were for them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Min, Q

from counseling import roster as rules
from counseling.feeds.forecast import open_hours
from counseling.feeds.roster import TAKING_SESSIONS, as_work, shifts_beginning
from counseling.lifecycle import TAKEN, State
from counseling.models import Duty, Membership, Program, Session
from counseling.opening import TOKYO, midnight
from counseling.roster import Lines, Work
from reports import measures, queries
from reports.days import DAY, DayKind, Days
from reports.figures import Figures, figures
from reports.measures import Counts, Measured

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class HourOfDay:
    """One hour: who came, who of them was answered, the lines planned, wanted and there, and how many people worked.

    `there` and `people` are None for an hour that has not begun.
    """

    hour: int
    counts: Counts
    planned: int
    required: int
    there: int | None
    people: int | None


@dataclass(frozen=True)
class Tonight:
    """The running day of a program."""

    day: date
    figures: Figures
    wait: Measured
    waiting: int
    oldest: timedelta | None
    talking: int
    hours: list[HourOfDay]


def tonight(program: Program, now: datetime) -> Tonight:
    """The service day around `now`: seven queries."""
    day = program.status_at(now).service_day or now.astimezone(TOKYO).date()
    found = figures(program, day, day, DayKind.SERVICE)
    ((waits, _bands),) = queries.lengths(program, found.days, measures.WAIT)
    present = Session.objects.filter(program=program, trial=False, state__in=[State.WAITING, *TAKEN])
    waiting, talking = Q(state=State.WAITING), Q(state__in=TAKEN)
    # Both in one question: between two somebody could be taken.
    by_state = present.aggregate(
        waiting=Count("pk", filter=waiting), talking=Count("pk", filter=talking), since=Min("queued_at", filter=waiting)
    )
    since: datetime | None = by_state["since"]
    return Tonight(
        day,
        found,
        Measured.of(waits),
        by_state["waiting"],
        max(now - since, timedelta(0)) if since else None,
        by_state["talking"],
        list(_hours(program, day, found.days, now)),
    )


def _hours(program: Program, day: date, days: Days, now: datetime) -> Iterator[HourOfDay]:
    opening = program.opening().between(program.starts_on, program.ends_on)
    came = {hour: counts for (_day, hour), counts in _came(program, days).items()}
    lines = Lines(as_work(shift) for shift in shifts_beginning(program.pk, day - DAY, 2))
    required = rules.required_on(program.required_lines, day)
    duties = _duties(program, days, now)
    people, stood = _people(duties, days, now), Lines(_stood(duties, program, now))
    nothing = dict.fromkeys((measures.ACCESSES.key, measures.ANSWERED.key), 0)
    hours = {*open_hours(opening, day), *came}
    for hour in range(min(hours), max(hours) + 1) if hours else ():
        begins = midnight(day) + hour * HOUR
        planned, wanted = lines.between(begins, begins + HOUR), required.get(hour, 0)
        has_begun = begins < now
        yield HourOfDay(
            hour,
            came.get(hour, nothing),
            planned,
            wanted,
            stood.between(begins, min(begins + HOUR, now)) if has_begun else None,
            people[hour] if has_begun else None,
        )


def _came(program: Program, days: Days) -> dict[queries.Hour, Counts]:
    return queries.counted_by_hour(program, days, (measures.ACCESSES, measures.ANSWERED))


def _duties(program: Program, days: Days, now: datetime) -> list[Duty]:
    """Who was on duty at any time of the day."""
    begins, ends = midnight(days.dates[0]), max(days.starts[-1], now)
    there = Q(ended_at__isnull=True) | Q(ended_at__gt=begins)
    return list(Duty.objects.filter(there, program=program, began_at__lt=ends).select_related("shift"))


def _people(duties: list[Duty], days: Days, now: datetime) -> Counter[int]:
    """How many people were on duty at some time of each hour."""
    begins, ends = midnight(days.dates[0]), max(days.starts[-1], now)
    seen: set[tuple[int, int]] = set()
    for duty in duties:
        first = max((duty.began_at - begins) // HOUR, 0)
        last = (min(duty.ended_at or now, ends) - begins - timedelta(microseconds=1)) // HOUR
        seen |= {(duty.user_id, hour) for hour in range(first, last + 1)}
    return Counter(hour for _user, hour in seen)


def _stood(duties: list[Duty], program: Program, now: datetime) -> Iterator[Work]:
    """The lines of who was there and takes sessions: those of their shift, else the program's; a break holds them."""
    takes = Membership.objects.filter(program=program, role__in=TAKING_SESSIONS).values_list("user", flat=True)
    takers = set(takes)
    for duty in duties:
        until = duty.ended_at or now
        if duty.user_id in takers and until > duty.began_at:
            yield Work(duty.began_at, until, duty.user_id, duty.shift.lines if duty.shift else program.capacity)
