"""The supervisor's wall: the boards of what one steers, no words, and no more questions for more programs."""

import json
import re
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from accounts.models import User
from counseling.models import Membership, Program, Session
from tests.conftest import ALWAYS, Say

SignIn = Callable[[User], Client]


def first(client: Client) -> dict[str, object]:
    page = client.get("/wall/").content.decode()
    found = re.search(r'<script id="first" type="application/json">(.*?)</script>', page, re.DOTALL)
    assert found
    data: dict[str, object] = json.loads(found[1])
    return data


def another(slug: str, user: User, role: str = "supervisor") -> Program:
    program = Program.objects.create(slug=slug, name=slug, kind="general", starts_on="2019-02-01", hours=ALWAYS)
    Membership.objects.create(user=user, program=program, role=role)
    return program


@pytest.mark.parametrize("who", ["haru", "aoi", "kei"])
def test_for_those_who_steer_nothing_it_does_not_exist(
    who: str, program: Program, signed_in: SignIn, request: pytest.FixtureRequest
) -> None:
    assert signed_in(request.getfixturevalue(who)).get("/wall/").status_code == 404


def test_it_brings_the_boards_of_what_one_steers_and_of_nothing_else(
    program: Program, mio: User, waiting: Session, signed_in: SignIn
) -> None:
    second = another("second", mio)
    another("only-counselor", mio, "counselor")
    boards = first(signed_in(mio))["boards"]
    assert isinstance(boards, list)
    assert {board["program"] for board in boards} == {program.pk, second.pk}
    assert [view["id"] for board in boards for view in board["sessions"]] == [waiting.pk]


def test_no_word_of_a_talk_is_in_the_page(program: Program, mio: User, sora_says: Say, signed_in: SignIn) -> None:
    sora_says("だれにも言えない")
    page = signed_in(mio).get("/wall/").content.decode()
    assert "だれにも言えない" not in page
    assert json.dumps("だれにも言えない")[1:-1] not in page


def test_it_asks_the_database_the_same_however_many_programs_and_sessions(
    program: Program, mio: User, sora_says: Say, signed_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    browser = signed_in(mio)
    sora_says("はい")
    browser.get("/wall/")
    with django_assert_num_queries(12):
        browser.get("/wall/")
    for number in range(3):
        sora_says("はい", "U" + f"{number:032x}")
        another(f"more-{number}", mio)
    with django_assert_num_queries(12):
        browser.get("/wall/")


def test_the_header_leads_supervisors_there(program: Program, mio: User, haru: User, signed_in: SignIn) -> None:
    assert 'href="/wall/"' in signed_in(mio).get("/shifts/").content.decode()
    assert 'href="/wall/"' not in signed_in(haru).get("/shifts/").content.decode()
