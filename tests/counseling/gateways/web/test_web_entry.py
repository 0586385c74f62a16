"""The link that LINE gives: looked at by anybody, opened once by a press, and kind to whoever comes too late."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from counseling import crypto
from counseling.actions import follow_messages, sessions, taps
from counseling.models import Channel, Delivery, EntryLink, Program, Session, Visitor
from counseling.rich_menu import Area
from tests.conftest import NEVER, SORA
from tests.counseling import afterwards
from tests.counseling.actions.following import followed

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


def test_who_was_written_to_reads_that_first_and_goes_on_from_there(
    link: str, line_channel: Channel, web_channel: Channel, haru: User
) -> None:
    sora = Client()
    sora.post(link)
    sora.post("/talk/women/start", {"consent": "on", "terms_version": "1", "line": "いますか"})
    session = sessions.claim(session_id=Session.objects.get().pk, by=haru)
    row = followed(session, haru)
    follow_messages.write(follow_up_id=row.pk, by=haru, client_id=uuid4(), words="その後、いかがですか。")
    owed = Delivery.objects.select_related("visitor").get(auto_key="letter_here")
    told = crypto.open_text(owed.visitor.key(), owed.text, owed.place)
    assert "いかがですか" not in told
    later = Client()
    way = "/talk/women/in/" + told.split("/talk/women/in/")[1].split()[0]
    answer = later.post(way)
    assert (answer.status_code, answer["Location"]) == (303, "/talk/women/return")
    assert "その後、いかがですか。" in later.get(answer["Location"]).content.decode()
    assert later.post(way)["Location"] == "/talk/women/"
    assert Client().post(way).status_code == 410


def test_out_of_hours_the_way_to_what_was_written_is_still_given(
    link: str, line_channel: Channel, web_channel: Channel, haru: User, mio: User
) -> None:
    Client().post(link)
    session = afterwards.entered(Visitor.objects.exclude(door=None).get(), mio, counselor=haru)
    follow_messages.write(follow_up_id=followed(session, haru).pk, by=haru, client_id=uuid4(), words="読んでください")
    Delivery.objects.all().delete()
    Program.objects.update(hours=NEVER)
    taps.take(channel_id=line_channel.pk, identity=SORA, area=Area.TALK)
    assert {"letter_here", "off_hours"} <= set(Delivery.objects.values_list("auto_key", flat=True))


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
