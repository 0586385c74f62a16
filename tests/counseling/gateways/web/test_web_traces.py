"""From where a visitor of the page wrote: kept sealed for the sheet alone, under the true address, and forgotten."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import AuditEntry, User
from counseling import crypto
from counseling.actions import traces
from counseling.actions.traces import SpokeFrom
from counseling.feeds import emergency as feed
from counseling.models import Channel, Program, Session, Trace, Visitor
from counseling.models.edition import Part, number

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (iPhone)"


@pytest.fixture
def browser(program: Program, web_channel: Channel) -> Client:
    """Sora's browser, from which a talk was started."""
    sora = Client(headers={"user-agent": PHONE})
    terms = number(program.editions, Part.TERMS)
    sora.post("/talk/women/start", {"consent": "on", "terms_version": terms, "line": "聞いてください"})
    return sora


def say(browser: Client, words: str = "はい", **headers: Any) -> None:
    body = f'{{"client_id": "{uuid4()}", "text": "{words}"}}'
    answer = browser.post("/talk/women/messages", body, content_type="application/json", **headers)
    assert answer.status_code == 201


def kept() -> list[tuple[str, str]]:
    session = Session.objects.select_related("visitor__channel", "program", "counselor").get()
    return [(one["address"], one["browser"]) for one in feed.sheet_of(session)["connections"]]


def test_address_and_browser_are_kept_once_and_sealed(browser: Client) -> None:
    first = Trace.objects.get()
    say(browser)
    trace = Trace.objects.get()
    assert (trace.first_at, trace.last_at > first.last_at) == (first.first_at, True)
    assert kept() == [("127.0.0.1", PHONE)]
    stored = repr(list(Trace.objects.values()))
    assert "127.0.0.1" not in stored and "iPhone" not in stored


def test_another_address_is_another_trace(browser: Client) -> None:
    say(browser, REMOTE_ADDR="203.0.113.7")
    say(browser, REMOTE_ADDR="127.0.0.1")
    assert kept() == [("127.0.0.1", PHONE), ("203.0.113.7", PHONE)]


def test_behind_the_proxy_the_address_is_the_one_it_saw(browser: Client, settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    # Whatever the visitor's own header claims stands before what the proxy added.
    say(browser, headers={"x-forwarded-for": "198.51.100.9, 203.0.113.7"})
    assert kept()[-1] == ("203.0.113.7", PHONE)


def test_without_a_proxy_a_header_is_believed_from_nobody(browser: Client) -> None:
    say(browser, headers={"x-forwarded-for": "198.51.100.9"})
    assert kept() == [("127.0.0.1", PHONE)]


@pytest.mark.parametrize("claimed", ["", "unknown", "<script>", "1.2.3.4.5"])
def test_what_is_no_address_is_kept_nowhere_and_stops_nobody(browser: Client, settings: Settings, claimed: str) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    say(browser, headers={"x-forwarded-for": claimed or "unknown"})
    assert kept() == [("127.0.0.1", PHONE)]


def test_a_browser_that_says_too_much_is_cut(browser: Client) -> None:
    say(browser, headers={"user-agent": "x" * 5_000})
    assert kept()[-1] == ("127.0.0.1", "x" * traces.LONGEST_BROWSER)


def test_it_is_forgotten_as_the_program_keeps_addresses(browser: Client, program: Program) -> None:
    assert Trace.objects.get().ends_at - Trace.objects.get().last_at == timedelta(days=traces.KEPT_DAYS)
    Program.objects.update(retention={"addresses": 7})
    say(browser)
    assert Trace.objects.get().ends_at - Trace.objects.get().last_at == timedelta(days=7)
    assert traces.forget() == 0
    Trace.objects.update(ends_at=timezone.now())
    assert traces.forget() == 1
    assert kept() == []


def test_it_is_erased_with_the_visitors_key(browser: Client) -> None:
    key = Visitor.objects.get().key()
    assert Trace.objects.get().words(key) == ("127.0.0.1", PHONE)
    with pytest.raises(crypto.CannotOpen):
        Trace.objects.get().words(crypto.new_key())


def test_nobody_of_the_house_who_tries_the_page_is_traced(program: Program, web_channel: Channel, aoi: User) -> None:
    house = Client()
    house.force_login(aoi, backend="django.contrib.auth.backends.ModelBackend")
    house.post("/programs/women/trial/")
    terms = number(program.editions, Part.TERMS)
    house.post("/talk/women/start", {"consent": "on", "terms_version": terms, "line": "試し"})
    assert Session.objects.get().trial
    assert not Trace.objects.exists()


def test_it_stands_in_no_log(browser: Client) -> None:
    say(browser, REMOTE_ADDR="203.0.113.7")
    assert "203.0.113.7" not in repr(list(AuditEntry.objects.values()))
    with connection.cursor() as cursor:
        cursor.execute("SELECT header::text || details::text FROM counseling_sessionevent")
        assert "203.0.113.7" not in repr(cursor.fetchall())


def test_without_an_address_there_is_nothing_to_keep(browser: Client) -> None:
    session = Session.objects.select_related("visitor", "program").get()
    for nothing in (None, SpokeFrom("", PHONE)):
        traces.keep(session, nothing)
    assert Trace.objects.count() == 1
