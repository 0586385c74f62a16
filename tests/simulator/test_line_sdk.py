"""LINE's own Python client works with the simulator as with LINE."""

import uuid

import pytest
from linebot.v3.messaging import (
    ApiException,
    MarkMessagesAsReadByTokenRequest,
    MessageAction,
    MessagingApi,
    MessagingApiBlob,
    PushMessageRequest,
    ReplyMessageRequest,
    RichMenuArea,
    RichMenuBounds,
    RichMenuRequest,
    RichMenuSize,
    SetWebhookEndpointRequest,
    ShowLoadingAnimationRequest,
    TextMessage,
)
from linebot.v3.messaging import TestWebhookEndpointRequest as WebhookCheck
from linebot.v3.webhook import WebhookParser
from linebot.v3.webhooks import FollowEvent, MessageEvent, UnsendEvent

from simulator import media
from simulator.running import Simulator
from tests.simulator.portal import CHANNEL, SECRET, Portal


def words(text: str) -> TextMessage:
    return TextMessage(text=text)


def test_a_push_and_its_retry(line: Simulator, messaging: MessagingApi, sora: str) -> None:
    request = PushMessageRequest(to=sora, messages=[words("こんばんは")])
    once = str(uuid.uuid4())
    sent = messaging.push_message(request, x_line_retry_key=once)
    assert sent.sent_messages[0].id == line.ledger(sora)["entries"][0]["message_id"]
    with pytest.raises(ApiException) as caught:
        messaging.push_message(request, x_line_retry_key=once)
    assert caught.value.status == 409
    assert caught.value.headers["x-line-accepted-request-id"]


def test_a_reply(line: Simulator, portal: Portal, messaging: MessagingApi, sora: str) -> None:
    line.say(sora, CHANNEL, "text", text="はじめまして")
    token = portal.events()[0]["replyToken"]
    messaging.reply_message(ReplyMessageRequest(reply_token=token, messages=[words("ようこそ")]))
    assert line.texts(sora) == ["ようこそ"]


def test_account_quota_and_profile(line: Simulator, messaging: MessagingApi, sora: str) -> None:
    assert messaging.get_bot_info().display_name == "練習窓口"
    assert messaging.get_message_quota().type == "none"
    assert messaging.get_message_quota_consumption().total_usage == 0
    assert messaging.get_profile(sora).display_name == "空"


def test_loading_and_reading(line: Simulator, portal: Portal, messaging: MessagingApi, sora: str) -> None:
    messaging.show_loading_animation(ShowLoadingAnimationRequest(chat_id=sora, loading_seconds=5))
    line.say(sora, CHANNEL, "text", text="読んで")
    token = portal.events()[0]["message"]["markAsReadToken"]
    messaging.mark_messages_as_read_by_token(MarkMessagesAsReadByTokenRequest(mark_as_read_token=token))
    assert line.ledger(sora, both_sides=True)["entries"][0]["read"]


def test_the_webhook_address(line: Simulator, portal: Portal, messaging: MessagingApi) -> None:
    assert messaging.get_webhook_endpoint().endpoint == portal.url
    assert messaging.test_webhook_endpoint(WebhookCheck()).success
    assert portal.bodies() == [{"destination": messaging.get_bot_info().user_id, "events": []}]
    messaging.set_webhook_endpoint(SetWebhookEndpointRequest(endpoint="http://127.0.0.1:9/"))
    assert not messaging.test_webhook_endpoint(WebhookCheck()).success


def test_a_picture_is_ready_in_the_end(line: Simulator, blob: MessagingApiBlob, sora: str) -> None:
    picture = line.say(sora, CHANNEL, "image", not_ready=2)["message_id"]
    statuses = [blob.get_message_content_with_http_info(picture).status_code for _ in range(3)]
    assert statuses == [202, 202, 200]
    assert bytes(blob.get_message_content(picture)) == media.photo()


def test_a_film_says_when_it_is_ready(line: Simulator, blob: MessagingApiBlob, sora: str) -> None:
    film = line.say(sora, CHANNEL, "video", not_ready=1)["message_id"]
    assert blob.get_message_content_transcoding_by_message_id(film).status == "processing"
    blob.get_message_content_with_http_info(film)
    assert blob.get_message_content_transcoding_by_message_id(film).status == "succeeded"
    assert bytes(blob.get_message_content(film))[4:12] == b"ftypmp42"


@pytest.mark.parametrize(("fields", "status"), [({"missing": True}, 404), ({}, 410)])
def test_a_file_that_is_missing_or_taken_back(
    line: Simulator, blob: MessagingApiBlob, sora: str, fields: dict[str, bool], status: int
) -> None:
    picture = line.say(sora, CHANNEL, "image", **fields)["message_id"]
    line.say(sora, CHANNEL, "unsend")
    with pytest.raises(ApiException) as caught:
        blob.get_message_content(picture)
    assert caught.value.status == status


def menu(width: int = 2500) -> RichMenuRequest:
    bounds = RichMenuBounds(x=0, y=0, width=width, height=843)
    area = RichMenuArea(bounds=bounds, action=MessageAction(label="相談する", text="相談する"))
    size = RichMenuSize(width=width, height=843)
    return RichMenuRequest(size=size, selected=True, name="窓口", chat_bar_text="メニュー", areas=[area])


def test_a_rich_menu_lives_and_goes(messaging: MessagingApi, blob: MessagingApiBlob) -> None:
    made = messaging.create_rich_menu(menu()).rich_menu_id
    with pytest.raises(ApiException):
        messaging.set_default_rich_menu(made)
    blob.set_rich_menu_image(made, body=media.drawing(1, 800, 270), _headers={"Content-Type": "image/png"})
    messaging.set_default_rich_menu(made)
    assert messaging.get_default_rich_menu_id().rich_menu_id == made
    assert [one.rich_menu_id for one in messaging.get_rich_menu_list().richmenus] == [made]
    messaging.delete_rich_menu(made)
    assert messaging.get_rich_menu_list().richmenus == []


def test_a_rich_menu_of_a_wrong_size_is_refused(messaging: MessagingApi) -> None:
    with pytest.raises(ApiException) as caught:
        messaging.create_rich_menu(menu(width=700))
    assert "size.width" in caught.value.body


def test_the_clients_parser_reads_our_webhooks(line: Simulator, portal: Portal, sora: str) -> None:
    line.say(sora, CHANNEL, "follow")
    for kind in ("image", "sticker", "video", "audio", "file", "location"):
        line.say(sora, CHANNEL, kind)
    line.say(sora, CHANNEL, "unsend")
    parser = WebhookParser(SECRET)
    kinds = [
        type(event)
        for body, headers in portal.received
        for event in parser.parse(body.decode(), headers["x-line-signature"])
    ]
    assert kinds == [FollowEvent, *[MessageEvent] * 6, UnsendEvent]
