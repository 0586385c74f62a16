"""Buttons below words on LINE: they arrive with the last words, and a retry carries the very same."""

import pytest
from django.utils import timezone

from counseling import tasks
from counseling.actions import deliveries, visits
from counseling.models import Channel, Delivery, Visitor
from counseling.quick_replies import QuickReply, button
from simulator.running import Simulator

REPLIES = (button("はい", "yes"), QuickReply("日を選ぶ", "day", picks_date=True))


@pytest.fixture
def sora(connected: Channel, line: Simulator) -> Visitor:
    """Sora, a friend of the account on LINE."""
    identity = line.person("空", friend_of=connected.key)
    visitor = visits.visitor_for(channel_id=connected.pk, identity=identity, create=True)
    assert visitor is not None
    return visitor


def owe(visitor: Visitor, words: str, replies: tuple[QuickReply, ...] = ()) -> None:
    deliveries.owe(visitor=visitor, channel=visitor.channel, notice=words, auto_key="greeting", replies=replies)


def test_buttons_arrive_below_the_last_words_and_survive_a_retry(sora: Visitor, line: Simulator) -> None:
    owe(sora, "ひとつめ")
    owe(sora, "どうしますか", REPLIES)
    line.faults(["500-after-accept"], path="push")
    tasks.deliver(sora.pk)
    Delivery.objects.filter(state="queued").update(next_try_at=timezone.now())
    tasks.deliver(sora.pk)
    first, second = (entry["message"] for entry in line.ledger(sora.address())["entries"])
    assert "quickReply" not in first
    yes, day = (item["action"] for item in second["quickReply"]["items"])
    assert (yes["type"], yes["label"], yes["data"], yes["displayText"]) == ("postback", "はい", "yes", "はい")
    assert (day["type"], day["mode"], day["data"]) == ("datetimepicker", "date", "day")
    assert line.defects() == []


def test_buttons_of_an_earlier_message_are_not_shown_under_a_later_one(sora: Visitor, line: Simulator) -> None:
    owe(sora, "どうしますか", REPLIES)
    owe(sora, "なんでもありません")
    tasks.deliver(sora.pk)
    assert ["quickReply" in entry["message"] for entry in line.ledger(sora.address())["entries"]] == [False, False]
