"""The account's own endpoints: who it is, its webhook's address, its friends, its rich menus' rules."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests
from linebot.v3.insight import ApiClient as InsightClient
from linebot.v3.insight import Configuration, Insight
from linebot.v3.messaging import ApiException, MessagingApi, SetWebhookEndpointRequest
from linebot.v3.messaging import TestWebhookEndpointRequest as WebhookCheck

from simulator import media
from simulator.clock import JST
from simulator.running import Simulator
from tests.simulator.portal import CHANNEL, SECRET, TOKEN, Account, Portal, is_signed, rich_menu

MENU = rich_menu(2500, 1250, "相談する", "menu=talk")


def today() -> datetime:
    return datetime.now(UTC).astimezone(JST)


def test_the_account_tells_whether_its_own_chat_is_on(account: Account, messaging: MessagingApi) -> None:
    told = messaging.get_bot_info()
    assert (told.chat_mode, told.mark_as_read_mode) == ("bot", "auto")
    assert told.basic_id == messaging.get_bot_info().basic_id != f"@{CHANNEL}"
    account.http.put(f"{account.url}/simulator/channels/{CHANNEL}", json={"chat_mode": "chat"}, timeout=5)
    told = messaging.get_bot_info()
    assert (told.chat_mode, told.mark_as_read_mode) == ("chat", "manual")


@pytest.mark.parametrize("mode", ["", "off", None, 1])
def test_a_chat_mode_that_line_has_not_is_refused(account: Account, mode: str | int | None) -> None:
    answer = account.http.put(f"{account.url}/simulator/channels/{CHANNEL}", json={"chat_mode": mode}, timeout=5)
    assert answer.status_code == 400


def test_an_account_begins_without_an_address(line: Simulator, messaging: MessagingApi, portal: Portal) -> None:
    line.channel(channel_id=CHANNEL, secret=SECRET, access_token=TOKEN)
    with pytest.raises(ApiException) as caught:
        messaging.get_webhook_endpoint()
    assert caught.value.status == 404
    with pytest.raises(ApiException) as caught:
        messaging.test_webhook_endpoint(WebhookCheck())
    assert caught.value.status == 404
    assert line.say(line.person("空"), CHANNEL, "text", text="届かない")["attempts"][0]["error"] == "webhook_inactive"
    messaging.set_webhook_endpoint(SetWebhookEndpointRequest(endpoint=portal.url))
    assert messaging.get_webhook_endpoint().endpoint == portal.url


@pytest.mark.parametrize("endpoint", ["", "example.jp/hook", "ftp://example.jp/", "https://" + "a" * 500, None])
def test_an_address_that_is_none_is_refused(account: Account, endpoint: str | None) -> None:
    path = f"{account.url}/v2/bot/channel/webhook/endpoint"
    assert account.http.put(path, json={"endpoint": endpoint}, timeout=5).status_code == 400
    if endpoint is not None:
        assert account.post("/v2/bot/channel/webhook/test", {"endpoint": endpoint}).status_code == 400


def test_an_address_is_tried_whatever_is_set_and_whether_it_is_used(
    line: Simulator, messaging: MessagingApi, portal: Portal
) -> None:
    line.change_channel(CHANNEL, webhook_url="http://127.0.0.1:9/", webhook_active=False)
    found = messaging.test_webhook_endpoint(WebhookCheck(endpoint=portal.url))
    assert (found.success, found.status_code, found.reason) == (True, 200, "OK")
    ((body, headers),) = portal.received
    assert json.loads(body)["events"] == []
    assert is_signed(body, headers)
    assert messaging.get_webhook_endpoint().endpoint == "http://127.0.0.1:9/"


@pytest.mark.parametrize(("status", "reason"), [(401, "ERROR_STATUS_CODE"), (503, "ERROR_STATUS_CODE")])
def test_how_the_portal_answered_is_told(messaging: MessagingApi, portal: Portal, status: int, reason: str) -> None:
    portal.statuses = [status]
    found = messaging.test_webhook_endpoint(WebhookCheck())
    assert (found.success, found.status_code, found.reason, found.detail) == (False, status, reason, str(status))


def test_an_answer_that_takes_too_long_is_told(messaging: MessagingApi, portal: Portal) -> None:
    portal.delay = 2.5
    assert messaging.test_webhook_endpoint(WebhookCheck()).reason == "REQUEST_TIMEOUT"


def test_friends_never_become_fewer_and_blocks_are_told(line: Simulator, sora: str) -> None:
    line.person("海", friend_of=CHANNEL)
    line.say(sora, CHANNEL, "unfollow", delivery={"wait": False})
    client = InsightClient(Configuration(host=line.url, access_token=TOKEN))
    told = Insight(client).get_number_of_followers(f"{today() - timedelta(days=1):%Y%m%d}")
    client.rest_client.pool_manager.clear()
    assert (told.status, told.followers, told.targeted_reaches, told.blocks) == ("ready", 2, 1, 1)


@pytest.mark.parametrize(
    ("day", "status"),
    [("", 400), ("2026-11-01", 400), ("20261301", 400), ("20161031", "out_of_service"), (None, "ready")],
)
def test_days_that_line_does_not_count(account: Account, day: str | None, status: int | str) -> None:
    answer = account.get("/v2/bot/insight/followers" + ("" if day is None else f"?date={day}"))
    assert (answer.status_code if isinstance(status, int) else answer.json()["status"]) == status


def test_today_is_not_counted_yet(account: Account) -> None:
    assert account.get(f"/v2/bot/insight/followers?date={today():%Y%m%d}").json() == {"status": "unready"}


def test_insight_asks_for_the_token_as_everything_does(line: Simulator) -> None:
    assert requests.get(f"{line.url}/v2/bot/insight/followers", timeout=5).status_code == 401


def menu(**bounds: object) -> dict[str, Any]:
    area = MENU["areas"][0]
    return MENU | {"areas": [area | {"bounds": area["bounds"] | bounds}]}


@pytest.mark.parametrize(
    ("bounds", "place"),
    [
        ({"width": 0}, "areas[0].bounds.width"),
        ({"x": -1}, "areas[0].bounds.x"),
        ({"y": "0"}, "areas[0].bounds.y"),
        ({"x": 1}, "areas[0].bounds.width"),
        ({"height": 1251}, "areas[0].bounds.height"),
    ],
)
def test_an_area_outside_its_menu_is_refused(account: Account, bounds: dict[str, object], place: str) -> None:
    for path in ("/v2/bot/richmenu/validate", "/v2/bot/richmenu"):
        answer = account.post(path, menu(**bounds))
        assert answer.status_code == 400
        assert [one["property"] for one in answer.json()["details"]] == [place]


@pytest.mark.parametrize(
    ("picture", "status"),
    [
        (media.drawing(1, 800, 270), 200),
        (media.drawing(1, 799, 270), 400),
        (media.drawing(1, 800, 249), 400),
        (media.drawing(1, 800, 600), 400),
        (b"", 400),
        (b"no picture", 400),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 1_000_000, 413),
    ],
)
def test_only_a_picture_of_a_menu_s_measures_is_taken(account: Account, picture: bytes, status: int) -> None:
    made = account.post("/v2/bot/richmenu", MENU).json()["richMenuId"]
    headers = {"Content-Type": "image/png"}
    path = f"{account.url}/v2/bot/richmenu/{made}/content"
    assert account.http.post(path, data=picture, headers=headers, timeout=5).status_code == status


@pytest.mark.parametrize(
    ("picture", "size"),
    [
        (media.photo(), (800, 600)),
        (media.drawing(1, 30, 20), (30, 20)),
        (b"\xff\xd8\xff", (0, 0)),
        (b"\xff\xd8\xff\xe0\x00\x00" * 3, (0, 0)),
        (b"", (0, 0)),
    ],
)
def test_a_picture_s_size_is_read_from_its_own_bytes(picture: bytes, size: tuple[int, int]) -> None:
    assert media.size_of(picture) == size


def test_a_reset_puts_the_account_s_switches_back(line: Simulator, messaging: MessagingApi) -> None:
    line.change_channel(CHANNEL, chat_mode="chat", webhook_active=False)
    line.reset()
    assert messaging.get_bot_info().chat_mode == "bot"
    assert messaging.get_webhook_endpoint().active
