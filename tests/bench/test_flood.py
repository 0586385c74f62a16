"""The flood stays where it belongs."""

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from counseling.models import Channel
from tests.servers import free_port


def test_no_flood_among_people_who_need_help(settings: Settings) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG"):
        call_command("flood")


@pytest.mark.django_db
def test_a_flood_needs_a_program_that_receives(settings: Settings) -> None:
    settings.DEBUG = True
    with pytest.raises(CommandError, match="No program receives"):
        call_command("flood")


def test_a_flood_says_that_nothing_runs(settings: Settings, web_channel: Channel) -> None:
    settings.DEBUG, settings.PORT = True, free_port()
    with pytest.raises(CommandError, match="make run"):
        call_command("flood", people=1, seconds=1)
