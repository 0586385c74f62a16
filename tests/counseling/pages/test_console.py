"""The console's page: who gets it, and what it brings along."""

import json
import re
from collections.abc import Callable
from typing import Any

from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from accounts.models import User
from counseling.actions import sessions
from counseling.lifecycle import EndReason
from counseling.models import Membership, Program, Session

SignIn = Callable[[User], Client]
SECRET = "だれにも言えないこと</script><b>"


def first(client: Client) -> dict[str, Any]:
    """The page's first data, as the browser reads it."""
    html = client.get("/console/").content.decode()
    found = re.search(r'<script id="first" type="application/json">(.*?)</script>', html, re.S)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_nobody_gets_it_without_signing_in(db: None) -> None:
    response = Client().get("/console/")
    assert response.status_code == 302
    assert response["Location"] == "/accounts/login/?next=/console/"


def test_it_brings_my_programs_boards_and_sessions(signed_in: SignIn, haru: User, active: Session) -> None:
    data = first(signed_in(haru))
    assert data["me"]["id"] == haru.pk
    assert [board["program"] for board in data["boards"]] == [active.program_id]
    assert [state["header"]["id"] for state in data["sessions"]] == [active.pk]


def test_words_that_look_like_markup_stay_words(
    signed_in: SignIn, haru: User, active: Session, sora_says: Callable[[str], Session]
) -> None:
    sora_says(SECRET)
    client = signed_in(haru)
    assert first(client)["sessions"][0]["messages"][-1]["text"] == SECRET
    assert "</script><b>" not in client.get("/console/").content.decode()


def test_a_colleague_gets_none_of_the_words(
    signed_in: SignIn, ren: User, active: Session, sora_says: Callable[[str], Session]
) -> None:
    sora_says("はるさんだけに")
    data = first(signed_in(ren))
    assert data["sessions"] == []
    assert "はるさんだけに" not in json.dumps(data, ensure_ascii=False)


def test_an_officer_gets_no_board(signed_in: SignIn, kei: User, active: Session) -> None:
    data = first(signed_in(kei))
    assert (data["boards"], data["sessions"]) == ([], [])


def test_someone_who_left_gets_nothing(signed_in: SignIn, nao: User) -> None:
    assert signed_in(nao).get("/console/").status_code == 302


def test_nothing_of_it_is_kept_by_the_browser(signed_in: SignIn, haru: User, active: Session) -> None:
    response = signed_in(haru).get("/console/")
    assert "no-store" in response["Cache-Control"]
    assert "<title>Madoguchi</title>" in response.content.decode()


def test_it_only_reads(signed_in: SignIn, haru: User) -> None:
    assert signed_in(haru).post("/console/").status_code == 405


def test_it_asks_the_database_the_same_for_a_talk_of_any_length(
    signed_in: SignIn,
    haru: User,
    active: Session,
    sora_says: Callable[[str], Session],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for line in range(20):
        sora_says(f"{line}行目")
    client = signed_in(haru)
    # Four of them tell the audit log that these talks are read now; one reads what the program asks, once a process.
    with django_assert_max_num_queries(26):
        client.get("/console/")
    with django_assert_max_num_queries(22):
        client.get("/console/")


def test_who_left_the_program_gets_no_words_of_it(signed_in: SignIn, haru: User, mio: User, active: Session) -> None:
    client = signed_in(haru)
    for ended in (False, True):
        if ended:
            sessions.end(session_id=active.pk, by=mio, reason=EndReason.CONCLUDED, farewell=False)
        Membership.objects.filter(user=haru).delete()
        assert first(client)["sessions"] == []


def test_it_knows_which_answers_name_a_place(signed_in: SignIn, haru: User, program: Program) -> None:
    data = first(signed_in(haru))
    assert data["me"]["programs"][0]["area"] == {"question": "area", "places": {"yokohama": "横浜市"}}
    assert ["police", "警察"] in data["agency_kinds"]
