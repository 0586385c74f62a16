"""Who is kept out reads it plainly on the page, with where else to turn; danger written there lets them in."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from counseling.actions import arrangements
from counseling.lifecycle import State
from counseling.models import Program, Session
from tests.conftest import NEVER, person
from tests.counseling.arranged import agree, block, runs_out
from tests.counseling.gateways.web.conftest import Begin

pytestmark = pytest.mark.django_db
PAGE, CLOSED = "/talk/women/", "/talk/women/closed"


@pytest.fixture
def mio(program: Program) -> User:
    return person("Mio", program, Role.SUPERVISOR)


@pytest.fixture
def ended(sora: Client, begin: Begin) -> Session:
    """Sora talked on the page a while ago."""
    begin()
    Session.objects.update(state=State.CLOSED, ended_at=timezone.now() - timedelta(hours=2))
    return Session.objects.get()


def text_of(sora: Client, path: str) -> str:
    return sora.get(path).content.decode()


def test_the_page_says_it_and_keeps_its_form(sora: Client, ended: Session, mio: User) -> None:
    made = block(ended.visitor, mio)
    page = text_of(sora, PAGE)
    again = made.over_at.date()
    assert "お休みさせていただいています" in page
    assert f"{again.month}月{again.day}日" in page
    assert "下に書いて送ることもできます" in page
    assert 'id="start"' in page
    assert "いま受け付けています" not in page


def test_turned_away_they_read_why_and_where_to_turn(sora: Client, ended: Session, begin: Begin, mio: User) -> None:
    block(ended.visitor, mio)
    assert begin(line="いますか").refusal == "barred"
    page = text_of(sora, CLOSED)
    assert "お休みさせていただいています" in page
    assert "0120" in page


def test_danger_written_in_the_form_lets_them_in(sora: Client, ended: Session, begin: Begin, mio: User) -> None:
    block(ended.visitor, mio)
    session = begin(line="もう死にたい")
    assert (session.state, session.in_spite_of) == (State.WAITING, "barred")


def test_who_came_as_often_as_agreed_reads_from_when(sora: Client, ended: Session, mio: User) -> None:
    agree(ended.visitor, mio)
    assert "お約束した回数" in text_of(sora, PAGE)


@pytest.mark.parametrize("over", ["lifted", "ran out"])
def test_when_it_is_over_nothing_of_it_is_left(
    over: str, sora: Client, ended: Session, begin: Begin, mio: User
) -> None:
    made = block(ended.visitor, mio)
    begin(line="いますか")
    if over == "lifted":
        arrangements.lift(visitor_id=ended.visitor_id, row_id=made.pk, by=mio)
    else:
        runs_out(made)
    assert "いま受け付けています" in text_of(sora, PAGE)
    assert sora.get(CLOSED)["Location"] == PAGE


def test_outside_the_hours_too_it_is_said(sora: Client, ended: Session, mio: User) -> None:
    block(ended.visitor, mio)
    Program.objects.update(hours=NEVER)
    page = text_of(sora, PAGE)
    assert "お休みさせていただいています" in page
    assert 'id="start"' not in page


def test_in_easy_japanese_the_day_has_its_readings(sora: Client, ended: Session, mio: User) -> None:
    Program.objects.update(languages=["ja", "ja-easy"])
    block(ended.visitor, mio)
    assert "<rt>がつ</rt>" in text_of(sora, PAGE + "?lang=ja-easy")


def test_a_stranger_s_page_is_as_it_was(sora: Client, ended: Session, mio: User, client: Client) -> None:
    block(ended.visitor, mio)
    assert "いま受け付けています" in text_of(client, PAGE)
