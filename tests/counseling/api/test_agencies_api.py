"""The search beside a talk: what it answers, and what it refuses."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from counseling.agencies import Area
from counseling.models import Program
from tests.counseling.actions.directories import an_agency

pytestmark = pytest.mark.django_db
Ask = Callable[..., Any]


@pytest.fixture
def ask(program: Program, haru: User, signed_in: Callable[[User], Client]) -> Ask:
    """Haru searches."""
    client = signed_in(haru)
    return lambda **wish: client.get(f"/api/programs/{program.pk}/agencies", wish)


def test_an_agency_is_told_whole(ask: Ask, program: Program) -> None:
    agency = an_agency(program, telephones=("110",), area=Area("神奈川県", ("横浜市",)), note="先に電話")
    assert ask(q="警察", kind="police", area="横浜").json() == {
        "agencies": [
            {
                "id": agency.pk,
                "name": "○○警察署",
                "kind": "police",
                "area": "神奈川県 横浜市",
                "telephones": ["110"],
                "web": "",
                "address": "",
                "hours": "",
                "audience": "",
                "note": "先に電話",
                "checked_on": None,
                "stale": True,
            }
        ],
        "count": 1,
    }


def test_empty_wishes_are_none(ask: Ask, program: Program) -> None:
    an_agency(program)
    assert ask(q="", kind="", area="").json() == ask().json()
    assert ask().json()["count"] == 1


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"kind": "boss"}, "kind"),
        ({"q": "長" * 101}, "q"),
        ({"area": "長" * 101}, "area"),
        ({"order_by": "x"}, "order_by"),
    ],
)
def test_other_wishes_are_refused(wish: dict[str, str], field: str, ask: Ask) -> None:
    answer = ask(**wish)
    assert answer.status_code == 400 and list(answer.json()["fields"]) == [field]


@pytest.mark.parametrize("strange", ["\0", "%00", "\u202e", "'; --", "{% x %}", "\U0001f469\u200d\U0001f467"])
def test_strange_words_find_nothing_and_break_nothing(strange: str, ask: Ask, program: Program) -> None:
    an_agency(program)
    assert ask(q=strange).status_code in {200, 400}
    assert ask(area=strange).status_code in {200, 400}


def test_a_search_takes_few_queries(ask: Ask, program: Program) -> None:
    for number in range(30):
        an_agency(program, f"{number}番", area=Area("神奈川県", ("横浜市",)))
    ask()
    with CaptureQueriesContext(connection) as asked:
        ask(q="番", area="横浜市")
    # Who asks (3), whether they may, the prefecture, the agencies, how many.
    assert len(asked) <= 7
