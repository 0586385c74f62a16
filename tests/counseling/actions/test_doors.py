"""Where LINE is only the door: the way to the page, links that are good once, danger among words that are not kept."""

import contextlib
import re
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from counseling import crypto, feeds
from counseling.actions import doors, friends, inbox, on_call, taps, visits
from counseling.actions.doors import LinkGone
from counseling.lifecycle import Consent, State
from counseling.models import Channel, Delivery, EntryLink, Message, OnCallMail, Program, Session, Visitor
from counseling.rich_menu import Area
from counseling.triage import Risk
from tests.conftest import NEVER, SORA
from tests.counseling.actions.conftest import refreshed

pytestmark = pytest.mark.django_db
LINK = re.compile(r"/talk/women/in/([\w-]+)")
DANGER = "もう死にたい"


@pytest.fixture
def door(line_channel: Channel, web_channel: Channel) -> Channel:
    """LINE is only the door to the page."""
    Program.objects.update(channel_mode="line_entry_webchat")
    return line_channel


def tap(door: Channel) -> str:
    """Sora taps 相談する on LINE; what stands in the link that she is given, if any."""
    taps.take(channel_id=door.pk, identity=SORA, area=Area.TALK)
    found = LINK.findall(told()[-1])
    return found[0] if found else ""


def says(door: Channel, words: str) -> None:
    """Sora writes it on LINE."""
    inbox._take(door.pk, inbox.Said(SORA, "text", words, f"m-{words}", timezone.now()), None)


def told() -> list[str]:
    """What is owed on LINE, in order."""
    owed = Delivery.objects.select_related("visitor").order_by("pk")
    return [crypto.open_text(one.visitor.key(), one.text, one.place) for one in owed]


def keys() -> list[str]:
    return list(Delivery.objects.order_by("pk").values_list("auto_key", flat=True))


def a_minute_later() -> None:
    Delivery.objects.update(state="sent", created_at=timezone.now() - timedelta(seconds=61))


def use(web: Channel, token: str, identity: str | None = None) -> str:
    return doors.use(channel_id=web.pk, token=token, identity=identity)


def begin(web: Channel, identity: str, line: str = "") -> Session:
    """Consent on the page."""
    return visits.start(channel_id=web.pk, identity=identity, terms_version=1, attributes={}, line=line)


# The way


def test_one_is_told_the_notes_the_number_waiting_and_a_link(door: Channel, web_channel: Channel) -> None:
    for number in range(2):
        begin(web_channel, f"{number}" * 43)
    assert tap(door)
    assert "2人" in told()[-1]
    assert "10分" in told()[-1]
    assert "医療行為ではありません" in told()[-1]


def test_of_the_link_nothing_is_kept_that_opens_it(door: Channel) -> None:
    token = tap(door)
    link = EntryLink.objects.get()
    assert token not in str(EntryLink.objects.values())
    assert link.ends_at - link.made_at == timedelta(minutes=10)


def test_a_burst_of_taps_is_one_link(door: Channel) -> None:
    for _tap in range(3):
        tap(door)
    assert (EntryLink.objects.count(), keys()) == (1, ["entry"])


@pytest.mark.parametrize(
    ("changes", "key"),
    [({"stage": "paused"}, "paused"), ({"stage": "closed"}, "closed"), ({"hours": NEVER}, "off_hours")],
)
def test_where_nobody_is_let_in_there_is_no_link(changes: dict[str, object], key: str, door: Channel) -> None:
    Program.objects.update(**changes)
    assert tap(door) == ""
    assert keys() == [key]


def test_past_the_days_limit_there_is_no_link(door: Channel, web_channel: Channel) -> None:
    Program.objects.update(daily_limit=1)
    session = begin(web_channel, use(web_channel, tap(door)))
    Session.objects.filter(pk=session.pk).update(state=State.CLOSED, ended_at=timezone.now(), closed_at=timezone.now())
    a_minute_later()
    assert tap(door) == ""
    assert keys()[-1] == "limited"


def test_who_is_inside_finds_back_after_the_hours(door: Channel, web_channel: Channel) -> None:
    begin(web_channel, use(web_channel, tap(door)))
    Program.objects.update(hours=NEVER)
    a_minute_later()
    assert tap(door)


# Used once


def test_a_link_leads_in_once(door: Channel, web_channel: Channel) -> None:
    token = tap(door)
    assert use(web_channel, token)
    with pytest.raises(LinkGone):
        use(web_channel, token)


def test_looking_uses_nothing_up(door: Channel, web_channel: Channel) -> None:
    token = tap(door)
    for _look in range(3):
        assert doors.is_good(program_id=web_channel.program_id, token=token)
    use(web_channel, token)
    assert not doors.is_good(program_id=web_channel.program_id, token=token)


def test_pressing_twice_in_one_browser_is_once(door: Channel, web_channel: Channel) -> None:
    token = tap(door)
    identity = use(web_channel, token)
    assert use(web_channel, token, identity) == identity
    with pytest.raises(LinkGone):
        use(web_channel, token, "x" * 43)


def test_an_old_link_leads_nowhere(door: Channel, web_channel: Channel) -> None:
    token = tap(door)
    EntryLink.objects.update(ends_at=timezone.now())
    with pytest.raises(LinkGone):
        use(web_channel, token)
    assert not doors.is_good(program_id=web_channel.program_id, token=token)


def test_a_made_up_link_leads_nowhere(door: Channel, web_channel: Channel) -> None:
    with pytest.raises(LinkGone):
        use(web_channel, "made-up")


def test_a_link_of_another_program_leads_nowhere(door: Channel, web_channel: Channel) -> None:
    token = tap(door)
    other = Program.objects.create(slug="other", name="別", kind="women", starts_on="2019-02-01", hours={})
    page = Channel.objects.create(program=other, kind="web", key="other-web")
    with pytest.raises(LinkGone):
        use(page, token)


def test_links_lead_one_person_to_one_sitting(door: Channel, web_channel: Channel) -> None:
    first = use(web_channel, tap(door))
    session = begin(web_channel, first)
    a_minute_later()
    second = use(web_channel, tap(door))
    assert first == second
    assert begin(web_channel, second) == session
    assert Session.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_presses_at_once_one_leads_in(door: Channel, web_channel: Channel) -> None:
    token, led = tap(door), []

    def press() -> None:
        with contextlib.suppress(LinkGone):
            led.append(use(web_channel, token))
        connection.close()

    threads = [threading.Thread(target=press) for _press in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(led) == 1


def test_links_of_long_ago_are_forgotten(door: Channel) -> None:
    tap(door)
    EntryLink.objects.update(ends_at=timezone.now() - timedelta(hours=23))
    assert doors.forget() == 0
    EntryLink.objects.update(ends_at=timezone.now() - timedelta(hours=25))
    assert doors.forget() == 1


# What is written on LINE


def test_words_on_line_are_kept_nowhere(door: Channel) -> None:
    says(door, "聞いてください")
    assert not Message.objects.exists()
    assert not Session.objects.exists()
    assert keys() == ["entry"]


def test_danger_is_answered_at_once_and_calls_supervisors_without_a_word(door: Channel) -> None:
    says(door, DANGER)
    assert keys() == ["danger_before_consent", "entry"]
    session = Session.objects.get()
    assert (session.state, session.consent, session.visitor.channel.kind) == (State.INTAKE, Consent.AWAITED, "web")
    assert session.risk >= Risk.HIGH
    assert not Message.objects.filter(author="visitor").exists()
    (shown,) = feeds.board(session.program_id)["sessions"]
    assert shown["risk"] >= Risk.HIGH


def test_danger_at_night_calls_who_is_on_call(door: Channel) -> None:
    Program.objects.update(hours=NEVER, on_call_email="yakan@example.jp")
    says(door, DANGER)
    assert keys() == ["danger_before_consent"]
    assert OnCallMail.objects.count() == 1
    assert on_call.is_due(now=timezone.now())


def test_danger_in_the_midst_of_a_talk_raises_its_risk(door: Channel, web_channel: Channel) -> None:
    session = begin(web_channel, use(web_channel, tap(door)))
    says(door, DANGER)
    assert refreshed(session).risk >= Risk.HIGH
    assert Session.objects.count() == 1
    assert not Message.objects.filter(author="visitor").exists()


def test_who_was_in_danger_agrees_on_the_page_and_is_taken_in(door: Channel, web_channel: Channel) -> None:
    says(door, DANGER)
    token = LINK.findall(told()[-1])[0]
    session = begin(web_channel, use(web_channel, token), line="ここにいます")
    assert session == Session.objects.get()
    assert (session.state, session.consent) == (State.WAITING, Consent.GIVEN)
    said = Message.objects.get(author="visitor")
    assert (said.words(session.visitor.key()), said.before_consent) == ("ここにいます", "")


def test_danger_twice_is_one_sitting(door: Channel) -> None:
    says(door, DANGER)
    says(door, "死にたいんです")
    assert Session.objects.count() == 1


def test_without_a_page_danger_is_answered_all_the_same(door: Channel, web_channel: Channel) -> None:
    web_channel.delete()
    says(door, DANGER)
    assert keys()[0] == "danger_before_consent"


def test_who_only_follows_is_given_no_link(door: Channel) -> None:
    friends.follow(channel_id=door.pk, identity=SORA)
    assert keys() == ["greeting"]
    assert Visitor.objects.count() == 1
