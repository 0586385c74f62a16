"""What LINE refuses, the simulator refuses with LINE's words; what LINE takes, it takes."""

import uuid
from typing import Any

import pytest

from simulator.rules import utf16_units
from simulator.running import Simulator
from tests.simulator.portal import CHANNEL, Account, text

Refusals = list[tuple[str, str]]


def details(answer: Any) -> Refusals:
    return [(one["property"], one["message"]) for one in answer.json().get("details", [])]


def test_a_push_arrives_with_its_id_and_quote_token(line: Simulator, account: Account, sora: str) -> None:
    answer = account.push(sora, text("こんばんは"), text("お待たせしました"), key=str(uuid.uuid4()))
    assert answer.status_code == 200
    assert answer.headers["X-Line-Request-Id"]
    assert all(one["id"].isdigit() and one["quoteToken"] for one in answer.json()["sentMessages"])
    assert line.texts(sora) == ["こんばんは", "お待たせしました"]


def test_a_wrong_token_is_refused(line: Simulator, account: Account, sora: str) -> None:
    account.http.headers["Authorization"] = "Bearer wrong"
    answer = account.push(sora, text("a"))
    assert answer.status_code == 401
    assert answer.json()["message"].startswith("Authentication failed due to the following reason: invalid token")
    assert line.texts(sora) == []


def test_a_missing_token_is_refused(account: Account, sora: str) -> None:
    del account.http.headers["Authorization"]
    assert account.push(sora, text("a")).status_code == 401


def test_six_messages_are_refused(account: Account, sora: str) -> None:
    answer = account.push(sora, *[text("a")] * 6)
    assert answer.status_code == 400
    assert answer.json()["message"] == "The request body has 1 error(s)"
    assert details(answer) == [("messages", "Size must be between 1 and 5")]


def test_an_empty_text_is_refused_with_its_place(account: Account, sora: str) -> None:
    answer = account.push(sora, text("a"), text(""))
    assert details(answer) == [("messages[1].text", "May not be empty")]


@pytest.mark.parametrize(
    ("words", "status"), [("a" * 5000, 200), ("a" * 5001, 400), ("👋" * 2500, 200), ("👋" * 2501, 400)]
)
def test_a_text_counts_in_utf16_units(account: Account, sora: str, words: str, status: int) -> None:
    assert account.push(sora, text(words)).status_code == status


def test_utf16_units_count_an_astral_character_twice() -> None:
    assert utf16_units("𠮷a") == 3


def quick(count: int, **action: Any) -> dict[str, Any]:
    action = {"type": "postback", "label": "相談する", "data": "a=1"} | action
    return text("選んでください") | {"quickReply": {"items": [{"type": "action", "action": action}] * count}}


@pytest.mark.parametrize(
    ("message", "place"),
    [
        (quick(14), "messages[0].quickReply.items"),
        (quick(0), "messages[0].quickReply.items"),
        (quick(1, data="x" * 301), "messages[0].quickReply.items[0].action.data"),
        (quick(1, label="x" * 21), "messages[0].quickReply.items[0].action.label"),
        (quick(1, label=""), "messages[0].quickReply.items[0].action.label"),
        (quick(1, type="dance"), "messages[0].quickReply.items[0].action.type"),
        ({"type": "unknown"}, "messages[0].type"),
        ({"type": "sticker", "packageId": "1"}, "messages[0].stickerId"),
        ({"type": ["text"]}, "messages[0].type"),
        ({"type": "flex", "altText": "a", "contents": {}}, "messages[0].contents.type"),
    ],
)
def test_a_wrong_message_is_refused_with_its_place(
    account: Account, sora: str, message: dict[str, Any], place: str
) -> None:
    answer = account.push(sora, message)
    assert answer.status_code == 400
    assert [where for where, _ in details(answer)] == [place]


def test_thirteen_quick_replies_are_taken(account: Account, sora: str) -> None:
    assert account.push(sora, quick(13, data="x" * 300)).status_code == 200


def test_a_picture_needs_https(account: Account, sora: str) -> None:
    message = {"type": "image", "originalContentUrl": "http://a/b.jpg", "previewImageUrl": "https://a/b.jpg"}
    assert details(account.push(sora, message))[0][0] == "messages[0].originalContentUrl"


def test_an_unknown_person_is_refused(account: Account) -> None:
    answer = account.push("U" + "0" * 32, text("a"))
    assert (answer.status_code, answer.json()) == (400, {"message": "Failed to send messages"})


def test_a_person_who_never_met_the_account_is_refused(line: Simulator, account: Account) -> None:
    assert account.push(line.person("遠い人"), text("a")).status_code == 400


@pytest.mark.parametrize("recipient", ["", "sora", "U123", "u" + "0" * 32, None, 5])
def test_a_malformed_recipient_is_refused(account: Account, recipient: Any) -> None:
    assert "'to'" in account.push(recipient, text("a")).json()["message"]


def test_a_push_to_somebody_who_blocked_is_taken_and_not_delivered(
    line: Simulator, account: Account, sora: str
) -> None:
    line.say(sora, CHANNEL, "unfollow")
    assert account.push(sora, text("a")).status_code == 200
    assert line.texts(sora) == []
    assert [one["delivered"] for one in line.ledger(sora)["accepted"]] == [False]
    assert account.get("/v2/bot/message/quota/consumption").json() == {"totalUsage": 0}


@pytest.mark.parametrize("body", [b"{", b"[1]", b'{"to": "\xff"}', b'{"to": "\\ud83d"}', b"[" * 100_000])
def test_a_body_that_is_not_json_is_refused(line: Simulator, account: Account, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    answer = account.http.post(f"{line.url}/v2/bot/message/push", data=body, headers=headers, timeout=5)
    assert answer.status_code == 400
    assert answer.json()["message"].startswith("The request body could not be parsed as JSON")


def test_another_content_type_is_refused(line: Simulator, account: Account) -> None:
    answer = account.http.post(f"{line.url}/v2/bot/message/push", data={"to": "x"}, timeout=5)
    assert (answer.status_code, answer.json()["message"][:17]) == (415, "The content type,")


def test_a_body_of_more_than_two_megabytes_is_refused(account: Account, sora: str) -> None:
    assert account.push(sora, text("a" * 2_000_001)).status_code == 413


def test_an_unknown_address_answers_404(account: Account) -> None:
    answer = account.post("/v2/bot/message/multicast", {})
    assert (answer.status_code, answer.json()) == (404, {"message": "Not found"})
    assert answer.headers["X-Line-Request-Id"]


@pytest.mark.parametrize("seconds", [0, 4, 7, 65, True, "20"])
def test_wrong_loading_seconds_are_refused(account: Account, sora: str, seconds: Any) -> None:
    answer = account.post("/v2/bot/chat/loading/start", {"chatId": sora, "loadingSeconds": seconds})
    assert details(answer)[0][0] == "loadingSeconds"


def test_the_loading_dots_are_taken_with_202(account: Account, sora: str) -> None:
    assert account.post("/v2/bot/chat/loading/start", {"chatId": sora, "loadingSeconds": 60}).status_code == 202


def test_a_stranger_has_no_profile(line: Simulator, account: Account) -> None:
    assert account.get(f"/v2/bot/profile/{line.person('遠い人')}").status_code == 404
