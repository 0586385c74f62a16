"""The page behind the return code: nothing without it, everything by it from any device, and few tries."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from counseling.actions import follow_messages, return_codes, sessions, visits
from counseling.gateways.web import limits
from counseling.models import Channel, Program, Session
from tests.counseling.actions.following import followed

pytestmark = pytest.mark.django_db
COOKIE, SAID = "s" * 43, "その後、いかがですか。"
PAGE = "/talk/women/return"


@pytest.fixture(autouse=True)
def _fresh_counters(program: Program) -> None:
    line = limits._line()
    for key in line.scan_iter("code.tries:*"):
        line.delete(key)


@pytest.fixture
def code(web_channel: Channel, program: Program, haru: User) -> str:
    """Sora's code, and words that wait behind it."""
    begun = visits.start(channel_id=web_channel.pk, identity=COOKIE, terms_version=1, attributes={}, line="こんばんは")
    session = sessions.claim(session_id=begun.pk, by=haru)
    given = return_codes.give(session_id=session.pk, by=haru)
    row = followed(session, haru)
    follow_messages.write(follow_up_id=row.pk, by=haru, client_id=uuid4(), words=SAID)
    return given


def test_a_cookie_alone_shows_nothing(code: str) -> None:
    client = Client()
    client.cookies["visit"] = COOKIE
    for path in (PAGE, "/talk/women/", "/talk/women/state"):
        assert SAID not in client.get(path).content.decode()


def test_from_another_device_the_code_shows_it_and_leads_into_an_ordinary_talk(code: str) -> None:
    client = Client()
    told = client.post(PAGE, {"code": code})
    assert SAID in told.content.decode()
    assert told["Cache-Control"] == "no-store"
    assert "visit" not in client.cookies
    answer = client.post(PAGE, {"code": code, "do": "talk"})
    assert (answer.status_code, answer["Location"]) == (303, "/talk/women/?again")
    assert client.cookies["visit"].value == COOKIE


def test_a_wrong_code_says_what_to_do_and_keeps_what_was_typed(code: str) -> None:
    told = Client().post(PAGE, {"code": "000-000-0000"})
    assert told.status_code == 400
    assert "この番号では見つかりません" in told.content.decode()
    assert "000-000-0000" in told.content.decode()


def test_one_address_tries_ten_times_and_others_still_get_in(code: str) -> None:
    for _try in range(limits.TRIES):
        assert Client().post(PAGE, {"code": "1"}).status_code == 400
    refused = Client().post(PAGE, {"code": code})
    assert refused.status_code == 429
    assert SAID not in refused.content.decode()
    assert Client(REMOTE_ADDR="192.0.2.9").post(PAGE, {"code": code}).status_code == 200


def test_two_hundred_at_once_are_evaluated_no_more_often_than_allowed() -> None:
    with ThreadPoolExecutor(20) as pool:
        let = list(pool.map(lambda _n: limits.may_try_code("at-once", "192.0.2.1"), range(200)))
    assert sum(let) == limits.TRIES
    anywhere = [limits.may_try_code("anywhere", f"192.0.2.{n}/{n}") for n in range(limits.PROGRAM_TRIES + 50)]
    assert sum(anywhere) == limits.PROGRAM_TRIES


def test_without_redis_nobody_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_counted", lambda *_given: (_ for _ in ()).throw(OSError))
    assert not limits.may_try_code("women", "192.0.2.1")


def test_what_erased_is_stays_erased(code: str) -> None:
    Session.objects.get().visitor.__class__.objects.update(wrapped_key=b"")
    assert Client().post(PAGE, {"code": code}).status_code == 400
