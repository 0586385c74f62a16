"""Hours that were changed hold at once: at the visitor's page, on LINE, and on the consoles that are open."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from accounts.models import User
from counseling.actions import opening
from counseling.lifecycle import Refusal
from counseling.models import Channel, Program, Session
from counseling.opening import Hours
from tests.conftest import ALWAYS, NEVER
from tests.counseling.conftest import Console
from tests.counseling.gateways.line.posting import post_events, text_event
from tests.counseling.gateways.web.conftest import PAGE, filled
from tests.counseling.lines import do

OPEN, SHUT = Hours.from_json(ALWAYS), Hours.from_json(NEVER)
Change = Callable[[Hours], object]


@pytest.fixture
def change(program: Program, aoi: User) -> Change:
    """Aoi changes the hours."""
    return lambda hours: opening.change(program_id=program.pk, by=aoi, hours=hours, daily_limit=None)


@pytest.mark.django_db
def test_the_visitors_page_shuts_and_opens_with_the_hours(web_channel: Channel, change: Change) -> None:
    sora = Client()
    for hours, takes in ((OPEN, True), (SHUT, False), (OPEN, True)):
        change(hours)
        page = sora.get(PAGE).content.decode()
        assert ("いま受け付けています" in page, "いまは受付時間外です" in page) == (takes, not takes)


@pytest.mark.django_db
def test_a_page_that_was_opened_before_starts_nothing_after(
    program: Program, web_channel: Channel, change: Change
) -> None:
    sora = Client()
    sora.get(PAGE)
    change(SHUT)
    assert sora.post(f"{PAGE}start", filled(program))["Location"] == f"{PAGE}closed"
    assert Session.objects.get().refusal == Refusal.OFF_HOURS


@pytest.mark.django_db
def test_line_answers_by_the_hours_of_this_moment(line_channel: Channel, change: Change) -> None:
    numbers: Iterator[int] = iter(range(1, 9))
    people = ["U" + f"{number:02}" * 16 for number in range(3)]
    for person, hours in zip(people, (OPEN, SHUT, OPEN), strict=True):
        change(hours)
        assert post_events(text_event("聞いてください", next(numbers), person)) == 200
    assert list(Session.objects.order_by("pk").values_list("refusal", flat=True)) == ["", Refusal.OFF_HOURS, ""]


@pytest.mark.django_db(transaction=True)
async def test_an_open_console_is_told_without_asking(
    console: Console, program: Program, haru: User, aoi: User, change: Change
) -> None:
    line = console(haru)
    await line.watch("board", program.pk, None)
    assert (await line.told("board"))["reception"]["intake_open"] is True
    await do(lambda: change(SHUT))
    assert (await line.told("board"))["reception"]["intake_open"] is False
