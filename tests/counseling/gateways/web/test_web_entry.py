"""The link that LINE gives: looked at by anybody, opened once by a press, and kind to whoever comes too late."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from counseling import crypto
from counseling.actions import taps
from counseling.models import Channel, Delivery, EntryLink, Program
from counseling.rich_menu import Area
from tests.conftest import SORA

pytestmark = pytest.mark.django_db
NEW_ONE = "「相談する」を押すと、新しいリンクをお送りします"


@pytest.fixture
def link(line_channel: Channel, web_channel: Channel) -> str:
    """The address that Sora was given on LINE."""
    Program.objects.update(channel_mode="line_entry_webchat")
    taps.take(channel_id=line_channel.pk, identity=SORA, area=Area.TALK)
    owed = Delivery.objects.select_related("visitor").get()
    words = crypto.open_text(owed.visitor.key(), owed.text, owed.place)
    return "/talk/women/in/" + words.split("/talk/women/in/")[1].split()[0]


def test_a_robot_looks_and_the_person_still_gets_in(link: str) -> None:
    robot, sora = Client(), Client()
    for _look in range(2):
        assert robot.get(link).status_code == 200
        assert robot.head(link).status_code == 200
    answer = sora.post(link)
    assert (answer.status_code, answer["Location"]) == (303, "/talk/women/")
    assert sora.get("/talk/women/").status_code == 200


def test_the_second_opening_is_refused_kindly(link: str) -> None:
    Client().post(link)
    for answer in (Client().get(link), Client().post(link)):
        assert answer.status_code == 410
        assert NEW_ONE in answer.content.decode()
        assert "visit" not in answer.cookies


def test_a_double_press_in_one_browser_leads_in(link: str) -> None:
    sora = Client()
    first = sora.post(link).cookies["visit"].value
    again = sora.post(link)
    assert (again.status_code, again.cookies["visit"].value) == (303, first)


def test_a_link_that_is_too_old_says_what_to_do(link: str) -> None:
    EntryLink.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    assert NEW_ONE in Client().get(link).content.decode()
    assert Client().post(link).status_code == 410


def test_the_address_is_left_in_no_cache_and_told_to_no_other_site(link: str) -> None:
    answer = Client().get(link)
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store", "same-origin")
    assert "noindex" in answer["X-Robots-Tag"]


def test_whose_talk_goes_on_finds_back_to_it_from_an_old_link(link: str) -> None:
    sora = Client()
    sora.post(link)
    sora.post("/talk/women/start", {"consent": "on", "terms_version": "1", "line": "いますか"})
    EntryLink.objects.update(ends_at=timezone.now())
    assert "相談に戻る" in sora.get(link).content.decode()
