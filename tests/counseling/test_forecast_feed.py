"""The forecast from what was seen: which hour a sitting counts for, and when a number may be told."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from counseling.feeds.forecast import Forecast, Hour, forecast, open_hours
from counseling.forecast import lines_needed
from counseling.models import Channel, Program, Session, Shift, Visitor
from counseling.opening import TOKYO, Hours

pytestmark = pytest.mark.django_db
# A Monday morning; evenings are open into the night.
NOW = datetime(2026, 6, 15, 9, tzinfo=TOKYO)
EVENINGS = {"weekly": dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), ["19:00-26:00"])}
TUESDAY = date(2026, 6, 16)


@pytest.fixture
def evenings(program: Program) -> Program:
    """A program that is open from 19:00 to 26:00."""
    Program.objects.update(hours=EVENINGS)
    program.refresh_from_db()
    return program


@pytest.fixture
def sora(evenings: Program) -> Visitor:
    """Somebody who comes again and again."""
    channel = Channel.objects.create(program=evenings, kind="web", key="web")
    return Visitor.objects.create(program=evenings, channel=channel, pseudonym="空", identity_hash="x")


def came(visitor: Visitor, day: date, clock: str, *, times: int = 1, minutes: float | None = None) -> None:
    """Sittings accepted on a service day at a time of it ("25:10" is ten past one of the next morning)."""
    hour, minute = map(int, clock.split(":"))
    at = datetime.combine(day, datetime.min.time(), TOKYO) + timedelta(hours=hour, minutes=minute)
    before = Session.objects.count()
    ended = None if minutes is None else at + timedelta(minutes=minutes)
    Session.objects.bulk_create(
        Session(
            program=visitor.program, visitor=visitor, number=before + one, state="closed", received_at=at,
            queued_at=at, first_claimed_at=ended and at, ended_at=ended,
        )
        for one in range(1, times + 1)
    )  # fmt: skip


def tuesdays(weeks: int) -> list[date]:
    """The last Tuesdays before NOW."""
    return [TUESDAY - timedelta(weeks=back) for back in range(1, weeks + 1)]


def hour_of(found: Forecast, day: date, hour: int) -> Hour:
    return next(one for on, one in found.hours if (on, one.hour) == (day, hour))


def test_people_are_counted_by_the_day_on_which_the_opening_began(evenings: Program, sora: Visitor) -> None:
    for day in tuesdays(8):
        came(sora, day, "20:59")
        came(sora, day, "25:10", times=2)
    found = forecast(evenings, NOW)
    assert hour_of(found, TUESDAY, 20).arrivals.people == 8
    assert hour_of(found, TUESDAY, 25).arrivals.people == 16
    assert found.past.sessions == 24
    assert {hour.arrivals.people for day, hour in found.hours if day != TUESDAY} == {0}


def test_who_came_outside_the_opening_or_the_period_is_not_counted(evenings: Program, sora: Visitor) -> None:
    came(sora, TUESDAY - timedelta(weeks=1), "12:00")
    came(sora, TUESDAY - timedelta(weeks=9), "20:00")
    came(sora, NOW.date(), "19:00")
    assert forecast(evenings, NOW).past.sessions == 0


def test_lines_are_told_once_enough_was_seen(evenings: Program, sora: Visitor) -> None:
    for day in tuesdays(8):
        came(sora, day, "20:00", times=3, minutes=40)
    found = forecast(evenings, NOW)
    assert (found.past.timed, found.past.minutes, found.past.is_assumed) == (24, 50, True)
    assert hour_of(found, TUESDAY, 20).needed == lines_needed(3, 50)
    assert hour_of(found, TUESDAY, 21).needed is None
    came(sora, tuesdays(1)[0], "19:00", times=6, minutes=40)
    found = forecast(evenings, NOW)
    assert (found.past.timed, found.past.minutes, found.past.is_assumed) == (30, 40, False)
    assert hour_of(found, TUESDAY, 20).needed == lines_needed(3, 40)


def test_three_weeks_say_nothing_however_many_came(evenings: Program, sora: Visitor) -> None:
    Program.objects.update(starts_on=NOW.date() - timedelta(weeks=3))
    evenings.refresh_from_db()
    for day in tuesdays(3):
        came(sora, day, "20:00", times=50)
    found = hour_of(forecast(evenings, NOW), TUESDAY, 20)
    assert (found.arrivals.days, found.arrivals.people, found.needed, found.short) == (3, 150, None, 0)


def test_a_program_that_begins_today_has_no_past(evenings: Program) -> None:
    Program.objects.update(starts_on=NOW.date() + timedelta(days=2))
    evenings.refresh_from_db()
    found = forecast(evenings, NOW)
    assert found.past.first == found.past.until == NOW.date()
    assert [day for day, _hours in found.days] == [NOW.date() + timedelta(days=ahead) for ahead in range(2, 7)]


def test_what_is_planned_and_required_stands_beside(evenings: Program, sora: Visitor, haru: User) -> None:
    Program.objects.update(required_lines={"tue": {"20": 3}})
    evenings.refresh_from_db()
    for day in tuesdays(8):
        came(sora, day, "20:00", times=4)
    starts = datetime(2026, 6, 16, 20, tzinfo=TOKYO)
    for user, lines in ((haru, 2), (None, 5)):
        Shift.objects.create(
            program=evenings, user=user, starts_at=starts, ends_at=starts + timedelta(hours=2), lines=lines
        )
    found = hour_of(forecast(evenings, NOW), TUESDAY, 20)
    assert (found.planned, found.required, found.below_required) == (2, 3, 1)
    assert found.short == lines_needed(4, 50) - 2


def test_hours_of_today_that_are_over_are_left_out(evenings: Program) -> None:
    late = NOW.replace(hour=1) + timedelta(days=1)
    found = forecast(evenings, late)
    assert [hour.hour for hour in found.days[0][1]] == [25]
    assert found.days[0][0] == NOW.date()


def test_an_hour_that_is_open_in_part_counts_for_that_part(evenings: Program, sora: Visitor, haru: User) -> None:
    Program.objects.update(hours={"weekly": {"tue": ["19:30-22:00"]}})
    evenings.refresh_from_db()
    for day in tuesdays(8):
        came(sora, day, "19:40", times=3)
    starts = datetime(2026, 6, 16, 19, 30, tzinfo=TOKYO)
    Shift.objects.create(program=evenings, user=haru, starts_at=starts, ends_at=starts + timedelta(hours=2))
    found = hour_of(forecast(evenings, NOW), TUESDAY, 19)
    assert (found.needed, found.planned) == (lines_needed(6, 50), 2)


def test_an_hour_two_days_share_belongs_to_the_earlier() -> None:
    opening = Hours.from_json({"weekly": {"mon": ["22:00-26:00"], "tue": ["00:00-03:00"]}})
    assert sorted(open_hours(opening, date(2026, 6, 15))) == [22, 23, 24, 25]
    assert sorted(open_hours(opening, TUESDAY)) == [2]


def test_however_many_came_it_is_two_queries(evenings: Program, sora: Visitor) -> None:
    for day in tuesdays(8):
        came(sora, day, "20:00", times=3)
    with CaptureQueriesContext(connection) as asked:
        forecast(evenings, NOW)
    assert len(asked) == 2
