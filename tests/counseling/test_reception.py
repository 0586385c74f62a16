"""What the board and the visitor's page say of people: staffed, lines, and at what cost."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from counseling import feeds
from counseling.actions import duty, staff
from counseling.models import Channel, Duty, Membership, Program
from counseling.models.duty import BreakReason
from tests.conftest import person


def reception(program: Program) -> Any:
    return feeds.board(program.pk)["reception"]


def colleague(program: Program, user: User) -> Any:
    return next(one for one in feeds.board(program.pk)["colleagues"] if one["id"] == user.pk)


def test_lines_are_open_for_who_is_on_duty_and_present(program: Program, haru: User, ren: User, mio: User) -> None:
    assert reception(program)["lines"] == 0
    staff.keep_present(user_ids=[haru.pk, ren.pk])
    assert reception(program)["lines"] == 2 * program.capacity
    duty.take_break(program_id=program.pk, reason=BreakReason.REST, by=ren)
    assert reception(program)["lines"] == program.capacity


def test_the_board_says_whom_the_rule_lacks(program: Program, haru: User, mio: User) -> None:
    Program.objects.update(least_on_duty=2, least_supervisors=1)
    assert reception(program)["staffed"] is True
    duty.check_out(program_id=program.pk, by=mio)
    told = reception(program)
    assert told["intake_open"] is True
    assert told["staffed"] is False
    counts = [told[name] for name in ("on_duty", "least_on_duty", "supervisors", "least_supervisors")]
    assert counts == [1, 2, 0, 1]


def test_a_coordinator_alone_opens_no_reception(program: Program) -> None:
    Program.objects.update(least_on_duty=1)
    coordinator = person("Cor", program, Role.COORDINATOR)
    duty.check_in(program_id=program.pk, by=coordinator)
    shown = colleague(program, coordinator)
    assert (shown["on_duty"], shown["takes"], shown["capacity"]) == (True, False, 0)
    assert reception(program)["staffed"] is False


def test_a_colleague_is_shown_with_duty_break_and_what_they_can(program: Program, haru: User) -> None:
    User.objects.filter(pk=haru.pk).update(languages=["en"], can_take=["children"], qualifications=["cpp"])
    staff.keep_present(user_ids=[haru.pk])
    duty.take_break(program_id=program.pk, reason=BreakReason.MEAL, by=haru)
    shown = colleague(program, haru)
    assert (shown["present"], shown["on_duty"], shown["away"], shown["takes"]) == (True, False, "meal", False)
    assert (shown["languages"], shown["can_take"], shown["qualifications"]) == (["en"], ["children"], ["cpp"])


def test_who_left_the_program_is_nobody_on_duty(program: Program, haru: User) -> None:
    Program.objects.update(least_on_duty=1)
    staff.keep_present(user_ids=[haru.pk])
    Membership.objects.filter(user=haru).delete()
    assert (reception(program)["staffed"], reception(program)["lines"]) == (False, 0)


def test_the_board_asks_the_same_however_many_work(program: Program, haru: User) -> None:
    with CaptureQueriesContext(connection) as few:
        feeds.board(program.pk)
    for number in range(5):
        person(f"P{number}", program, Role.COUNSELOR)
    with CaptureQueriesContext(connection) as many:
        feeds.board(program.pk)
    assert len(many) == len(few)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_page_asks_to_come_again_while_people_are_lacking(
    program: Program, web_channel: Channel, client: Client, language: str
) -> None:
    Program.objects.update(least_on_duty=1, languages=["ja", "en"])
    page = client.get("/talk/women/", headers={"Accept-Language": language}).content.decode()
    assert {"ja": "相談員の準備をしています", "en": "still getting ready"}[language] in page
    assert 'name="consent"' not in page
    Duty.objects.create(program=program, user=person("Haru", program, Role.ADMINISTRATOR))
    Membership.objects.create(program=program, user=User.objects.get(name="Haru"), role=Role.COUNSELOR)
    assert 'name="consent"' in client.get("/talk/women/").content.decode()


def test_who_is_turned_away_reads_why_and_no_time_to_come_back(
    program: Program, web_channel: Channel, client: Client
) -> None:
    Program.objects.update(least_on_duty=1)
    form = {"consent": "on", "terms_version": "1", "line": "だれか"}
    answer = client.post("/talk/women/start", form, follow=True)
    page = answer.content.decode()
    assert "相談員の準備をしています" in page
    assert "次の受付は" not in page


def test_a_surge_until_a_past_moment_is_not_told(program: Program, haru: User) -> None:
    Program.objects.update(surge_lines=2, surge_until=timezone.now() - timedelta(seconds=1))
    assert reception(program)["surge_until"] is None
    assert colleague(program, haru)["capacity"] == program.capacity
