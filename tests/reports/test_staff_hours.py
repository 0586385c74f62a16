"""Hours of staff: against a second, naive computation over random logs; over midnight, March and clocks put back."""

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from counseling.feeds.worked import months_of
from counseling.models import Break, Duty, Program, Shift
from counseling.opening import TOKYO
from reports import content, inputs, named
from reports.days import DayKind
from reports.measures.staff import per_hour, to_second
from reports.periods import Period, month_of
from reports.public import published
from reports.releasing import gives_away
from reports.results import Results, results
from reports.tables import Row, Table, Unknown
from tests.reports.conftest import KeepSessions, at
from tests.reports.test_results import valid_at

pytestmark = pytest.mark.django_db
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
NOTHING = timedelta(0)
HOUR = timedelta(hours=1)


def found(program: Program, period: Period = MARCH) -> Results:
    return results(program, period, DayKind.CALENDAR, "ja")


def table(tables: list[Table], key: str) -> Table:
    return next(one for one in tables if one.key == key)


def cells(one: Table) -> dict[str, Any]:
    return {row.label: row.values[0] for row in one.rows}


def worked(program: Program, user: User, began: datetime, length: timedelta, **more: Any) -> Duty:
    ended = {"ended_at": began + length, "ended_because": "checked_out"} | more
    return Duty.objects.create(program=program, user=user, began_at=began, **ended)


def five(program: Program, hours: int = 4, people: int = 5) -> None:
    for number in range(people):
        user = User.objects.create(email=f"night{number}@example.jp", name=f"夜 {number}")
        worked(program, user, at("2026-03-02", "18:00"), hours * HOUR)


def a_log(random: Random, program: Program, people: list[User]) -> None:
    """Shifts, duties and rests of any kind, some of them by a clock that was put back."""
    for _each in range(25):
        begins = at("2026-02-26") + timedelta(minutes=random.randrange(60 * 24 * 40))
        Shift.objects.create(
            program=program, user=random.choice([*people, None]), starts_at=begins,
            ends_at=begins + timedelta(minutes=random.randrange(30, 700)),
            published_at=random.choice([begins, begins, None]),
        )  # fmt: skip
        length = timedelta(seconds=random.randrange(-1800, 36_000), microseconds=random.randrange(1_000_000))
        duty = worked(program, random.choice(people), begins, length)
        for _rest in range(random.randrange(3)):
            since = begins + timedelta(seconds=random.randrange(-600, 36_000))
            until = random.choice([None, since + timedelta(seconds=random.randrange(-300, 5_000))])
            Break.objects.filter(duty=duty, ended_at=None).delete()
            reason = random.choice(["rest", "meal", "meeting", "records", "care", "other"])
            Break.objects.create(duty=duty, reason=reason, began_at=since, ended_at=until)


def naive_time(duty: Duty) -> timedelta:
    """What one duty comes to, minute by minute of common sense."""
    assert duty.ended_at
    time = duty.ended_at - duty.began_at
    for rest in duty.breaks.all():
        if rest.reason in {"rest", "meal", "other"}:
            end = min(rest.ended_at or duty.ended_at, duty.ended_at)
            time -= max(end - max(rest.began_at, duty.began_at), NOTHING)
    return max(time, NOTHING)


def naive(program: Program) -> dict[str, Any]:
    def within(moment: datetime) -> bool:
        return MARCH.first <= moment.astimezone(TOKYO).date() <= MARCH.last

    planned = [one for one in Shift.objects.all() if one.user_id and one.published_at and within(one.starts_at)]
    duties = [one for one in Duty.objects.filter(program=program, ended_at__isnull=False) if within(one.began_at)]
    duties = [one for one in duties if one.ended_at and one.ended_at >= one.began_at]
    by_day: dict[int, timedelta] = defaultdict(timedelta)
    for one in duties:
        by_day[(one.began_at.astimezone(TOKYO).date() - MARCH.first).days] += naive_time(one)
    return {
        "planned": sum((one.ends_at - one.starts_at for one in planned), NOTHING),
        "worked": dict(by_day),
        "duties": len(duties),
        "people": len({one.user_id for one in duties}),
    }


@pytest.mark.parametrize("seed", range(8))
def test_the_hours_are_what_a_naive_computation_says(seed: int, program: Program, haru: User, ren: User) -> None:
    Duty.objects.all().delete()
    a_log(Random(seed), program, [haru, ren])
    got, expected = found(program).staffed, naive(program)
    assert got.planned_in_all == expected["planned"]
    assert dict(got.worked) == expected["worked"]
    assert (got.duties, got.people) == (expected["duties"], expected["people"])
    assert got.worked_in_all == sum(got.by_person, NOTHING)


@pytest.mark.parametrize("seed", range(4))
def test_they_are_the_hours_of_the_page_for_planners(seed: int, program: Program, haru: User, ren: User) -> None:
    Duty.objects.all().delete()
    a_log(Random(seed), program, [haru, ren])
    people = months_of(program.pk, MARCH.first, at("2026-11-01"))
    got = found(program).staffed
    assert got.worked_in_all == sum((one.month.worked for one in people), NOTHING)
    assert got.planned_in_all == sum((one.month.planned for one in people), NOTHING)


def test_a_duty_over_midnight_and_over_march_counts_where_it_began(program: Program, haru: User) -> None:
    worked(program, haru, at("2026-03-31", "22:00"), 5 * HOUR)
    assert found(program).staffed.worked == {30: 5 * HOUR}
    april = found(program, Period(date(2026, 4, 1), date(2026, 4, 30))).staffed
    assert (april.worked_in_all, april.duties) == (NOTHING, 0)


def test_a_leap_day_is_a_day_like_others(program: Program, haru: User) -> None:
    worked(program, haru, at("2024-02-29", "20:00"), 2 * HOUR)
    got = found(program, month_of(date(2024, 2, 1)))
    assert got.staffed.worked == {28: 2 * HOUR}
    assert table(content.tables(got), "staff_weekdays").rows[3].values[0] == 2 * HOUR  # a Thursday


def test_a_clock_that_was_put_back_makes_no_length(program: Program, haru: User) -> None:
    worked(program, haru, at("2026-03-02", "18:00"), -HOUR)
    duty = worked(program, haru, at("2026-03-03", "18:00"), 3 * HOUR)
    back = {"reason": "rest", "began_at": at("2026-03-03", "20:00"), "ended_at": at("2026-03-03", "19:00")}
    Break.objects.create(duty=duty, **back)
    assert found(program).staffed.worked == {2: 3 * HOUR}


def test_who_is_still_there_and_who_is_still_to_come_is_not_counted_yet(program: Program, haru: User) -> None:
    Duty.objects.all().delete()
    Duty.objects.create(program=program, user=haru, began_at=at("2026-03-02", "18:00"))
    Shift.objects.create(
        program=program, user=haru, starts_at=at("2099-03-02", "18:00"), ends_at=at("2099-03-02", "22:00"),
        published_at=at("2026-03-01"),
    )  # fmt: skip
    assert found(program).staffed.duties == 0
    assert found(program, month_of(date(2099, 3, 1))).staffed.planned_in_all == NOTHING


def test_without_an_hour_there_is_no_rate(program: Program, haru: User, keep_sessions: KeepSessions) -> None:
    assert not [one for one in content.tables(found(program)) if one.key.startswith("staff")]
    keep_sessions(valid_at(at("2026-03-02")))
    worked(program, haru, at("2026-03-02", "18:00"), NOTHING)
    shown = cells(table(content.tables(found(program)), "staff"))
    assert shown["勤務1時間あたりの対応件数"] == Unknown.NOTHING
    assert named.figures(found(program))["answered_per_staff_hour"] == Unknown.NOTHING


@pytest.mark.parametrize("seed", range(3))
def test_rates_and_seconds_are_half_up(seed: int) -> None:
    random = Random(seed)
    for _each in range(200):
        count, time = random.randrange(500), timedelta(microseconds=random.randrange(1, 10**11))
        exact = Decimal(count) * 3_600_000_000 / (time // timedelta(microseconds=1))
        assert per_hour(count, time) == exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
    assert to_second(timedelta(seconds=1, microseconds=500_000)) == timedelta(seconds=2)


def test_a_practice_s_hours_and_another_program_s_are_in_no_figure(program: Program, haru: User) -> None:
    other = Program.objects.create(slug="other", name="other", kind="women", starts_on=MARCH.first)
    worked(other, haru, at("2026-03-02"), HOUR)
    assert found(program).staffed.duties == 0
    Program.objects.filter(pk=other.pk).update(practice=True)
    other.refresh_from_db()
    assert found(other).staffed.duties == 0


def test_the_officer_reads_hours_that_are_nobodys_own(program: Program, keep_sessions: KeepSessions) -> None:
    keep_sessions(*(valid_at(at("2026-03-02")) for _each in range(30)))
    five(program, people=4)
    few = published(found(program))
    assert "staff" not in {one.key for one in few.tables}
    assert "相談員の稼働時間" in few.withheld
    Duty.objects.all().delete()
    User.objects.filter(email__startswith="night").delete()
    five(program)
    shown = cells(table(published(found(program)).tables, "staff"))
    assert (shown["勤務した時間"], shown["勤務した人"], shown["勤務1時間あたりの対応件数"]) == (
        20 * HOUR,
        5,
        Decimal("1.5"),
    )
    # By weekday a few would stand alone.
    assert "staff_weekdays" not in {one.key for one in published(found(program)).tables}


def test_where_one_person_did_most_of_it_the_officer_reads_nothing(
    program: Program, haru: User, keep_sessions: KeepSessions
) -> None:
    keep_sessions(*(valid_at(at("2026-03-02")) for _each in range(30)))
    five(program, hours=1)
    worked(program, haru, at("2026-03-04"), 6 * HOUR)
    assert "staff" not in {one.key for one in published(found(program)).tables}


def test_a_year_s_hours_wait_for_every_month_s() -> None:
    hours = Table("staff", "稼働時間", (), (), (Row("勤務した時間", (9 * HOUR,)),), n=9)
    assert gives_away(hours, [[], [], [hours]])
    assert not gives_away(hours, [[hours], [hours]])


def test_hours_that_were_mended_later_are_another_input(program: Program, haru: User) -> None:
    duty = worked(program, haru, at("2026-03-02"), HOUR)
    before = inputs.inputs(program, MARCH, DayKind.CALENDAR)
    Duty.objects.filter(pk=duty.pk).update(ended_at=at("2026-03-02", "15:00"))
    after = inputs.inputs(program, MARCH, DayKind.CALENDAR)
    assert [name for name in after if after[name] != before[name]] == ["staff"]


def test_the_page_and_the_files_tell_them(
    program: Program, haru: User, mio: User, signed_in: Callable[[User], Client]
) -> None:
    worked(program, haru, at("2026-03-02", "18:00"), timedelta(hours=3, minutes=5, seconds=30))
    said = signed_in(mio).get("/programs/women/results/", {"first": "2026-03-01", "last": "2026-03-31"})
    assert "3時間5分30秒" in said.content.decode()
    assert "稼働時間とアクセス(曜日別)" in said.content.decode()
    weekdays = table(content.tables(found(program)), "staff_weekdays")
    assert Counter(row.values[0] for row in weekdays.rows)[NOTHING] == 6
