"""Quick exit: always, at once, and without a trace."""

import pytest
from django.db import OperationalError
from django.test import Client

from counseling.actions import visits
from counseling.gateways.web import cookie
from counseling.models import Channel, Session
from tests.counseling.gateways.web.conftest import PAGE

pytestmark = pytest.mark.django_db
LEAVE = f"{PAGE}leave"


def test_leaving_ends_the_visit_and_forgets_the_identity(sora: Client, talk: Session) -> None:
    response = sora.post(LEAVE)
    assert (response.status_code, response["Location"]) == (303, "/talk/away")
    assert (response.cookies[cookie.NAME].value, response.cookies[cookie.NAME]["max-age"]) == ("", 0)
    talk.refresh_from_db()
    assert talk.state == "abandoned"


def test_after_leaving_the_page_shows_nothing_of_the_talk(sora: Client, talk: Session) -> None:
    sora.post(LEAVE)
    assert "夫のことで" not in sora.get(PAGE).content.decode()


def test_on_https_the_bound_cookie_is_dropped(sora: Client, web_channel: Channel) -> None:
    dropped = sora.post(LEAVE, secure=True).cookies[cookie.SECURE_NAME]
    assert (dropped["secure"], dropped["path"], dropped["max-age"]) == (True, "/", 0)


def test_a_page_that_lay_open_for_long_still_lets_its_visitor_flee(sora: Client, talk: Session) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = sora.cookies
    assert strict.post(LEAVE).status_code == 303


def test_leaving_succeeds_without_a_visit(sora: Client) -> None:
    assert sora.post(LEAVE).status_code == 303


def test_leaving_succeeds_for_an_unknown_program(client: Client) -> None:
    assert client.post("/talk/nowhere/leave").status_code == 303


def test_leaving_succeeds_while_the_database_is_away(
    sora: Client, talk: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(**kwargs: object) -> None:
        raise OperationalError

    monkeypatch.setattr(visits, "leave", away)
    response = sora.post(LEAVE)
    assert (response.status_code, response.cookies[cookie.NAME].value) == (303, "")


def test_the_address_alone_ends_nothing(sora: Client, talk: Session) -> None:
    page = sora.get(LEAVE).content.decode()
    talk.refresh_from_db()
    assert talk.state == "waiting"
    assert f'action="{LEAVE}"' in page


def test_the_page_one_lands_on_says_nothing_of_us(client: Client, db: None) -> None:
    response = client.get("/talk/away")
    page = response.content.decode()
    assert response["Cache-Control"] == "no-store"
    assert "相談" not in page
    assert "/talk/women" not in page


def test_the_icon_is_a_sheet_of_paper_for_everybody(client: Client) -> None:
    assert client.get("/talk/icon.svg")["Content-Type"] == "image/svg+xml"
