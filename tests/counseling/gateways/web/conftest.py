"""Sora at her browser: the page of the program, the form filled in, a talk begun."""

from collections.abc import Callable

import pytest
from django.test import Client

from counseling.gateways.web import limits
from counseling.models import Channel, Part, Program, Session
from counseling.models.edition import number

PAGE = "/talk/women/"
Begin = Callable[..., Session]


def filled(program: Program, **changes: str) -> dict[str, str]:
    """The form before a talk as Sora fills it in."""
    return {"consent": "on", "terms_version": str(number(program.editions, Part.TERMS)), "line": "夫のことで"} | changes


@pytest.fixture(autouse=True)
def rested(monkeypatch: pytest.MonkeyPatch) -> None:
    """No silence of Redis left over from before, nor for those after."""
    monkeypatch.setattr(limits, "_silent_until", 0.0)


@pytest.fixture
def sora(web_channel: Channel) -> Client:
    """Sora's browser, before her first visit."""
    return Client()


@pytest.fixture
def begin(sora: Client, program: Program) -> Begin:
    """Sora sends the form; the sitting it opened."""

    def start(**changes: str) -> Session:
        response = sora.post(f"{PAGE}start", filled(program, **changes))
        assert response.status_code == 302
        return Session.objects.latest("pk")

    return start


@pytest.fixture
def talk(begin: Begin) -> Session:
    """Sora's sitting, waiting."""
    return begin()
