"""Hours worked: the page, the file, and who may see them."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry, User
from counseling.models import Break, Duty, Program, Shift
from counseling.opening import TOKYO
from tests.conftest import confirm, person

pytestmark = pytest.mark.django_db
PAGE, FILE = "/programs/women/hours/?month=2026-10", "/programs/women/hours.csv?month=2026-10"
SignedIn = Callable[[User], Client]


def at(day: int, clock: str) -> datetime:
    """A moment in October 2026, in Japan."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 10, day, tzinfo=TOKYO) + timedelta(hours=hour, minutes=minute)


@pytest.fixture
def october(program: Program, haru: User) -> Duty:
    """Haru had two shifts: came to one, ten minutes late, with a meal of half an hour."""
    shifts = [
        Shift.objects.create(
            program=program, user=haru, starts_at=at(day, "19:00"), ends_at=at(day, "23:00"), published_at=at(1, "9:00")
        )
        for day in (5, 6)
    ]
    duty = Duty.objects.create(
        program=program, user=haru, shift=shifts[0], began_at=at(5, "19:10"), ended_at=at(5, "23:00"),
        ended_because="checked_out",
    )  # fmt: skip
    Break.objects.create(duty=duty, reason="meal", began_at=at(5, "21:00"), ended_at=at(5, "21:30"))
    Break.objects.create(duty=duty, reason="meeting", began_at=at(5, "22:00"), ended_at=at(5, "22:20"))
    return duty


def test_planned_against_actual_is_said_in_words(october: Duty, mio: User, signed_in: SignedIn) -> None:
    said = signed_in(mio).get(PAGE).content.decode()
    assert "予定8時間・実績3時間20分(差 −4時間40分)" in said
    assert "遅れ10分" in said
    assert "出勤の記録がないシフトが1件あります。" in said


def test_a_month_without_duty_says_what_to_do(program: Program, mio: User, signed_in: SignedIn) -> None:
    assert "シフトを公開し" in signed_in(mio).get("/programs/women/hours/?month=2019-01").content.decode()


@pytest.mark.parametrize("month", ["", "2026-13", "1999-12", "🙂", "2026-10-05"])
def test_a_month_that_cannot_be_read_is_the_present_one(month: str, mio: User, signed_in: SignedIn) -> None:
    answer = signed_in(mio).get("/programs/women/hours/", {"month": month})
    assert answer.status_code == 200


def test_a_forgotten_check_out_and_a_duty_that_goes_on_are_told(october: Duty, mio: User, signed_in: SignedIn) -> None:
    Duty.objects.filter(pk=october.pk).update(ended_because="forgotten")
    assert "退勤の押し忘れが1件あります" in signed_in(mio).get(PAGE).content.decode()
    Duty.objects.filter(user=october.user_id, ended_at=None).delete()
    Duty.objects.filter(pk=october.pk).update(ended_at=None)
    assert "19:10から勤務中" in signed_in(mio).get(PAGE).content.decode()


def test_the_file_has_a_line_for_each_duty_and_missed_shift(october: Duty, mio: User, signed_in: SignedIn) -> None:
    browser = signed_in(mio)
    confirm(browser)
    lines = browser.get(FILE).content.decode("utf-8-sig").splitlines()
    assert lines[1:] == [
        (
            "Haru,haru@example.jp,2026-10-05,2026-10-05 19:00,2026-10-05 23:00,2026-10-05 19:10,2026-10-05 23:00,"
            "30,200,10,0,0,"
        ),
        "Haru,haru@example.jp,2026-10-06,2026-10-06 19:00,2026-10-06 23:00,,,0,0,0,0,0,出勤なし",
    ]
    assert AuditEntry.objects.filter(deed="hours.exported", actor_id=mio.pk).exists()


def test_the_file_asks_first_who_it_is(october: Duty, mio: User, signed_in: SignedIn) -> None:
    assert signed_in(mio).get(FILE).status_code == 302


def test_more_people_ask_no_more_of_the_database(
    october: Duty, program: Program, mio: User, signed_in: SignedIn
) -> None:
    browser = signed_in(mio)
    browser.get(PAGE)
    with CaptureQueriesContext(connection) as before:
        browser.get(PAGE)
    for number in range(5):
        somebody = person(f"P{number}", None, None)
        Duty.objects.create(program=program, user=somebody, began_at=at(7, "10:00"), ended_at=at(7, "12:00"))
    with CaptureQueriesContext(connection) as after:
        browser.get(PAGE)
    assert len(after) == len(before)
