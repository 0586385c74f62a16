"""Who came by LINE and is away is told there that a reply has come: once, and without a word of it."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from accounts.models import User
from counseling import crypto
from counseling.actions import doorbell, doors, messages, sessions, visits
from counseling.models import Channel, Delivery, LineAccount, Program, Session, Visitor
from tests.conftest import SORA

pytestmark = pytest.mark.django_db
SECRET = "夜は実家に泊まってください"
NewId = Callable[[], UUID]


@pytest.fixture
def inside(line_channel: Channel, web_channel: Channel, haru: User) -> Session:
    """Sora came by LINE and talks with Haru on the page."""
    Program.objects.update(channel_mode="line_entry_webchat")
    visitor = visits.visitor_for(channel_id=line_channel.pk, identity=SORA, create=True)
    assert visitor is not None
    beyond = doors._beyond(visitor, web_channel)
    session = visits.start(
        channel_id=web_channel.pk, identity=beyond.address(), terms_version=1, attributes={}, line="いますか"
    )
    return sessions.claim(session_id=session.pk, by=haru)


@pytest.fixture
def reply(inside: Session, haru: User, new_id: NewId) -> Callable[[], None]:
    def write() -> None:
        messages.reply(session_id=inside.pk, by=haru, client_id=new_id(), words=SECRET)

    return write


def looked(minutes: float) -> None:
    """Sora looked at the page so long ago for the last time."""
    Visitor.objects.filter(door__isnull=False).update(seen_at=timezone.now() - timedelta(minutes=minutes))


def told() -> list[str]:
    owed = Delivery.objects.select_related("visitor").filter(auto_key=doorbell.KEY)
    return [crypto.open_text(one.visitor.key(), one.text, one.place) for one in owed]


def test_who_is_away_is_told_without_a_word_of_it(reply: Callable[[], None]) -> None:
    looked(2)
    reply()
    assert doorbell.ring() == 1
    (words,) = told()
    assert "返信が届きました" in words
    assert SECRET not in words


def test_who_looks_is_not_told(reply: Callable[[], None]) -> None:
    looked(0.5)
    reply()
    assert doorbell.ring() == 0


def test_without_a_reply_nobody_is_told(inside: Session) -> None:
    looked(2)
    assert doorbell.ring() == 0


def test_who_has_seen_it_is_not_told(reply: Callable[[], None]) -> None:
    reply()
    looked(0)
    assert doorbell.ring() == 0


def test_one_is_told_once_until_one_looks_again(reply: Callable[[], None]) -> None:
    looked(2)
    reply()
    assert doorbell.ring() == 1
    Delivery.objects.update(state="sent", created_at=timezone.now() - timedelta(hours=1))
    reply()
    assert doorbell.ring() == 0


def test_the_next_time_one_is_told_again_though_not_within_minutes(reply: Callable[[], None]) -> None:
    looked(20)
    reply()
    assert doorbell.ring() == 1
    Delivery.objects.update(state="sent", created_at=timezone.now() - timedelta(hours=1))
    Visitor.objects.update(rung_at=timezone.now() - timedelta(minutes=4))
    looked(2)
    reply()
    assert doorbell.ring() == 0
    Visitor.objects.update(rung_at=timezone.now() - timedelta(minutes=6))
    assert doorbell.ring() == 1


def test_when_messages_run_out_nobody_is_told(reply: Callable[[], None], line_channel: Channel) -> None:
    LineAccount.objects.create(channel=line_channel, quota=100, used=95, counted_at=timezone.now())
    looked(2)
    reply()
    assert doorbell.ring() == 0


def test_who_blocked_us_is_not_told(reply: Callable[[], None]) -> None:
    Visitor.objects.filter(door=None).update(blocked_us_at=timezone.now())
    looked(2)
    reply()
    assert doorbell.ring() == 0


def test_who_came_by_the_page_alone_is_not_told(web_channel: Channel, haru: User, new_id: NewId) -> None:
    visits.start(channel_id=web_channel.pk, identity="p" * 43, terms_version=1, attributes={}, line="いますか")
    session = sessions.claim(session_id=Session.objects.get().pk, by=haru)
    messages.reply(session_id=session.pk, by=haru, client_id=new_id(), words=SECRET)
    Visitor.objects.update(created_at=timezone.now() - timedelta(hours=1))
    assert doorbell.ring() == 0


def test_an_open_page_says_so_of_those_who_came_by_line(inside: Session, web_channel: Channel) -> None:
    stranger = visits.visitor_for(channel_id=web_channel.pk, identity="q" * 43, create=True)
    assert stranger is not None
    doorbell.keep_looking(visitor_ids=[inside.visitor_id, stranger.pk])
    assert Visitor.objects.get(pk=inside.visitor_id).seen_at is not None
    assert Visitor.objects.get(pk=stranger.pk).seen_at is None
