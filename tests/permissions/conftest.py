"""One stage for all rows: each request is undone before the next one is asked."""

from collections.abc import Iterator
from http.cookies import SimpleCookie

import pytest
from django.db import transaction
from django.test import Client
from django.test.utils import override_settings
from pytest_django import DjangoDbBlocker

from counseling.gateways.web import limits
from tests.permissions.recorded import begin_records
from tests.permissions.referred import referred
from tests.permissions.stage import Stage, set_up
from tests.permissions.surveyed import surveyed

# Slow hashes and limits on guessing are tried elsewhere; here they would only be in the way. LINE is not there.
QUICK = {
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    "ACCOUNT_RATE_LIMITS": False,
    "LINE_HOST": "http://127.0.0.1:9",
}


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Stage]:
    """The stage, gone with its module."""
    with django_db_blocker.unblock(), override_settings(**QUICK), transaction.atomic():
        stage = set_up()
        begin_records(stage.program, stage.people["haru"])
        stage.sheet |= referred(stage.session, stage.people["haru"])
        surveyed(stage.program, stage.line_session)
        yield stage
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def logins(stage: Stage) -> dict[str, SimpleCookie]:
    """What each one's browser holds."""
    return {name: browser.cookies for name, browser in stage.browsers().items()}


@pytest.fixture
def browsers(logins: dict[str, SimpleCookie]) -> dict[str, Client]:
    """A fresh browser for each of the cast."""
    fresh = {name: Client() for name in logins}
    for name, browser in fresh.items():
        browser.cookies = SimpleCookie({key: morsel.value for key, morsel in logins[name].items()})
    return fresh


@pytest.fixture(autouse=True)
def _codes_are_tried_by_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole cast asks from one address: how often one may is tried elsewhere."""
    monkeypatch.setattr(limits, "TRIES", 1_000_000)
    monkeypatch.setattr(limits, "PROGRAM_TRIES", 1_000_000)
