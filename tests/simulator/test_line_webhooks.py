"""Webhooks as LINE sends them, and wrong on purpose; what is answered is written down."""

import base64
import json
from typing import Any

import pytest

from simulator.refusals import CannotSimulate
from simulator.running import Simulator
from tests.simulator.portal import CHANNEL, Account, Portal, is_signed


def test_a_word_arrives_signed_and_complete(line: Simulator, portal: Portal, sora: str) -> None:
    done = line.say(sora, CHANNEL, "text", text="眠れません 👨‍👩‍👧‍👦")
    body, headers = portal.received[0]
    assert is_signed(body, headers)
    assert headers["user-agent"] == "LineBotWebhook/2.0"
    event = json.loads(body)["events"][0]
    assert event["message"] | {"id": "", "quoteToken": "", "markAsReadToken": ""} == {
        "type": "text",
        "text": "眠れません 👨‍👩‍👧‍👦",
        "id": "",
        "quoteToken": "",
        "markAsReadToken": "",
    }
    assert event["source"] == {"type": "user", "userId": sora}
    assert (event["mode"], event["deliveryContext"]) == ("active", {"isRedelivery": False})
    assert len(event["webhookEventId"]) == 26
    assert done["event_ids"] == [event["webhookEventId"]]
    assert done["attempts"][0]["status"] == 200


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"kind": "sticker", "keywords": ["悲しい"], "text": "つらい"}, {"keywords": ["悲しい"], "text": "つらい"}),
        ({"kind": "location"}, {"title": "横浜駅"}),
        ({"kind": "image"}, {"contentProvider": {"type": "line"}}),
        ({"kind": "video", "duration": 5000}, {"duration": 5000}),
        ({"kind": "audio"}, {"duration": 3000}),
        ({"kind": "file", "fileName": "a.pdf", "content_base64": "YWJj"}, {"fileName": "a.pdf", "fileSize": 3}),
    ],
)
def test_every_kind_of_message_has_its_members(
    line: Simulator, portal: Portal, sora: str, said: dict[str, Any], expected: dict[str, Any]
) -> None:
    line.say(sora, CHANNEL, **said)
    message = portal.events()[0]["message"]
    assert message["type"] == said["kind"]
    assert expected.items() <= message.items()


def test_following_anew_after_a_block_says_so(line: Simulator, portal: Portal) -> None:
    person = line.person("新しい人")
    for kind in ("follow", "unfollow", "follow"):
        line.say(person, CHANNEL, kind)
    follow, unfollow, again = portal.events()
    assert (follow["follow"], again["follow"]) == ({"isUnblocked": False}, {"isUnblocked": True})
    assert "replyToken" in follow
    assert "replyToken" not in unfollow


def test_who_blocked_cannot_write(line: Simulator, sora: str) -> None:
    line.say(sora, CHANNEL, "unfollow")
    with pytest.raises(CannotSimulate):
        line.say(sora, CHANNEL, "text", text="a")


def test_a_tap_sends_its_data(line: Simulator, portal: Portal, sora: str) -> None:
    line.say(sora, CHANNEL, "postback", data="action=start", params={"date": "2026-04-01"})
    assert portal.events()[0]["postback"] == {"data": "action=start", "params": {"date": "2026-04-01"}}


def test_an_unsend_takes_words_and_file_back(line: Simulator, portal: Portal, account: Account, sora: str) -> None:
    done = line.say(sora, CHANNEL, "image")
    assert account.get(f"/v2/bot/message/{done['message_id']}/content").status_code == 200
    line.say(sora, CHANNEL, "unsend", message_id=done["message_id"])
    assert portal.events()[1]["unsend"] == {"messageId": done["message_id"]}
    assert account.get(f"/v2/bot/message/{done['message_id']}/content").status_code == 410


def test_an_unsend_without_id_takes_the_last_message(line: Simulator, portal: Portal, sora: str) -> None:
    line.say(sora, CHANNEL, "text", text="一")
    last = line.say(sora, CHANNEL, "text", text="二")
    line.say(sora, CHANNEL, "unsend")
    assert portal.events()[2]["unsend"]["messageId"] == last["message_id"]
    assert [entry["unsent"] for entry in line.ledger(sora, both_sides=True)["entries"]] == [False, True]


def test_a_group_is_joined_and_left(line: Simulator, portal: Portal, account: Account, sora: str) -> None:
    line.say(sora, CHANNEL, "join")
    group = portal.events()[0]["source"]
    assert group["type"] == "group"
    leaving = f"/v2/bot/group/{group['groupId']}/leave"
    assert [account.post(leaving, {}).status_code for _ in range(2)] == [200, 404]
    line.wait(lambda: len(portal.received) == 2)
    assert portal.events()[1]["type"] == "leave"


def test_an_event_of_any_kind_can_be_sent(line: Simulator, portal: Portal, sora: str) -> None:
    line.say(sora, CHANNEL, "raw", event={"type": "danced", "dance": {"steps": 3}})
    event = portal.events()[0]
    assert (event["type"], event["dance"], event["source"]["userId"]) == ("danced", {"steps": 3}, sora)


def test_duplicates_are_the_same_bytes(line: Simulator, portal: Portal, sora: str) -> None:
    line.say(sora, CHANNEL, "text", text="a", delivery={"duplicate": 3, "parallel": True})
    assert len({body for body, _ in portal.received}) == 1
    assert len(portal.received) == 3


def test_a_batch_holds_several_people(line: Simulator, portal: Portal, sora: str) -> None:
    other = line.person("別の人", friend_of=CHANNEL)
    batch = [{"person": other, "type": "text", "text": "二"}, {"type": "sticker"}]
    line.say(sora, CHANNEL, "text", text="一", delivery={"batch_with": batch})
    assert [event["source"]["userId"] for event in portal.bodies()[0]["events"]] == [sora, other, sora]


def test_held_words_are_overtaken(line: Simulator, portal: Portal, sora: str) -> None:
    line.say(sora, CHANNEL, "text", text="先", delivery={"reorder": True})
    line.say(sora, CHANNEL, "unsend")
    assert [event["type"] for event in portal.events()] == ["unsend", "message"]


def test_a_redelivery_keeps_id_and_time(line: Simulator, portal: Portal, sora: str) -> None:
    line.say(sora, CHANNEL, "text", text="a", delivery={"redeliver": True})
    first, second = portal.events()
    assert second["deliveryContext"] == {"isRedelivery": True}
    assert second | {"deliveryContext": {"isRedelivery": False}} == first


def test_a_forged_request_has_a_wrong_signature(line: Simulator, portal: Portal, sora: str) -> None:
    line.say(sora, CHANNEL, "text", text="a", delivery={"forge": True})
    assert not is_signed(*portal.received[0])
    assert line.webhooks()[0]["forged"]


def test_a_corrupted_request_differs_from_what_was_signed(line: Simulator, portal: Portal, sora: str) -> None:
    line.say(sora, CHANNEL, "text", text="a", delivery={"corrupt": True})
    assert not is_signed(*portal.received[0])


def test_a_word_may_come_later(line: Simulator, portal: Portal, sora: str) -> None:
    assert line.say(sora, CHANNEL, "text", text="a", delivery={"after": 0.05})["attempts"] == []
    line.wait(lambda: portal.received)


def test_a_failed_webhook_comes_again_until_taken(line: Simulator, portal: Portal, sora: str) -> None:
    line.redelivery(delays=[0.01, 0.01, 0.01])
    portal.statuses = [500, 503, 200]
    line.say(sora, CHANNEL, "text", text="a")
    line.wait(lambda: len(line.webhooks()) == 3)
    assert [one["status"] for one in line.webhooks()] == [500, 503, 200]
    assert [one["redelivery"] for one in line.webhooks()] == [False, True, True]
    assert len({event["webhookEventId"] for event in portal.events()}) == 1


def test_a_failed_webhook_comes_once_when_redelivery_is_off(line: Simulator, portal: Portal, sora: str) -> None:
    line.redelivery(on=False)
    portal.statuses = [500]
    line.say(sora, CHANNEL, "text", text="a")
    assert [one["error"] for one in line.webhooks()] == ["error_status_code"]


def test_a_portal_that_is_away_is_written_down(line: Simulator, sora: str) -> None:
    line.redelivery(on=False)
    line.channel(channel_id=CHANNEL, secret="s", access_token="t", webhook_url="http://127.0.0.1:9/")
    line.say(sora, CHANNEL, "text", text="a")
    assert line.webhooks()[0]["error"] == "could_not_connect"


def test_a_portal_slower_than_two_seconds_has_failed(line: Simulator, portal: Portal, sora: str) -> None:
    line.redelivery(on=False)
    portal.delay = 2.2
    line.say(sora, CHANNEL, "text", text="a")
    assert line.webhooks()[0]["error"] == "request_timeout"


def test_any_bytes_can_be_sent(line: Simulator, portal: Portal, account: Account) -> None:
    body = base64.b64encode(b"\xff{").decode()
    for signature in (None, "wrong", ""):
        account.post("/simulator/webhook", {"channel": CHANNEL, "body_base64": body, "signature": signature})
    assert is_signed(*portal.received[0])
    assert portal.received[1][1]["x-line-signature"] == "wrong"
    assert "x-line-signature" not in portal.received[2][1]


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("text", {"text": ""}),
        ("text", {"text": "\ud83d"}),
        ("text", {}),
        ("dance", {}),
        ("raw", {"event": "x"}),
        ("text", {"text": "a", "delivery": {"teleport": True}}),
        ("image", {"content_base64": "!"}),
        ("unsend", {}),
    ],
)
def test_what_no_telephone_can_do_is_refused(line: Simulator, sora: str, kind: str, fields: dict[str, Any]) -> None:
    with pytest.raises(CannotSimulate):
        line.say(sora, CHANNEL, kind, **fields)


def test_the_log_of_webhooks_holds_no_words(line: Simulator, sora: str) -> None:
    line.say(sora, CHANNEL, "text", text="秘密の言葉")
    assert "秘密" not in json.dumps(line.webhooks(), ensure_ascii=False)
