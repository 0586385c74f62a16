"""Retry keys, reply tokens, quota and rate."""

import time
import uuid

import pytest

from simulator.running import Simulator
from tests.simulator.portal import CHANNEL, SECRET, TOKEN, Account, Portal, text

HOUR = 3600


def key() -> str:
    return str(uuid.uuid4())


def test_a_retry_key_that_is_no_uuid_is_refused(account: Account, sora: str) -> None:
    answer = account.push(sora, text("a"), key="not-a-uuid")
    assert answer.json() == {"message": "The value for the 'X-Line-Retry-Key' parameter is invalid"}
    assert answer.status_code == 400


def test_the_same_key_answers_409_with_the_first_request(line: Simulator, account: Account, sora: str) -> None:
    once = key()
    first = account.push(sora, text("一度だけ"), key=once)
    second = account.push(sora, text("一度だけ"), key=once.upper())
    assert second.status_code == 409
    assert second.headers["X-Line-Accepted-Request-Id"] == first.headers["X-Line-Request-Id"]
    assert second.headers["X-Line-Request-Id"] != first.headers["X-Line-Request-Id"]
    assert second.json()["message"] == "The retry key is already accepted"
    assert second.json()["sentMessages"] == first.json()["sentMessages"]
    assert line.texts(sora) == ["一度だけ"]
    assert line.defects() == []


def test_the_same_key_with_another_body_is_a_defect(line: Simulator, account: Account, sora: str) -> None:
    once = key()
    account.push(sora, text("一"), key=once)
    assert account.push(sora, text("二"), key=once).status_code == 409
    assert [one["kind"] for one in line.defects()] == ["same-key-other-body"]


@pytest.mark.parametrize(("hours", "status"), [(23.9, 409), (24.1, 200)])
def test_a_retry_key_is_remembered_for_a_day(
    line: Simulator, account: Account, sora: str, hours: float, status: int
) -> None:
    once = key()
    account.push(sora, text("a"), key=once)
    line.advance(hours * HOUR)
    assert account.push(sora, text("a"), key=once).status_code == status


def test_a_refused_push_does_not_use_up_its_key(account: Account, sora: str) -> None:
    once = key()
    assert account.push(sora, text(""), key=once).status_code == 400
    assert account.push(sora, text("a"), key=once).status_code == 200


def test_retrying_after_a_refusal_is_suspect(line: Simulator, account: Account, sora: str) -> None:
    once = key()
    account.push(sora, text(""), key=once)
    account.push(sora, text(""), key=once)
    assert [one["kind"] for one in line.ledger()["suspects"]] == ["retried-after-refusal"]


def test_a_push_without_retry_key_is_suspect(line: Simulator, account: Account, sora: str) -> None:
    account.push(sora, text("a"))
    assert [one["kind"] for one in line.ledger(sora)["suspects"]] == ["push-without-retry-key"]


def reply_token(line: Simulator, portal: Portal, sora: str) -> str:
    line.say(sora, CHANNEL, "text", text="こんばんは")
    return str(portal.events()[-1]["replyToken"])


def test_a_reply_token_works_once(line: Simulator, portal: Portal, account: Account, sora: str) -> None:
    token = reply_token(line, portal, sora)
    assert account.reply(token, text("お返事")).status_code == 200
    again = account.reply(token, text("もう一度"))
    assert (again.status_code, again.json()) == (400, {"message": "Invalid reply token"})
    assert line.texts(sora) == ["お返事"]


def test_a_reply_token_lives_a_minute(line: Simulator, portal: Portal, account: Account, sora: str) -> None:
    token = reply_token(line, portal, sora)
    line.advance(61)
    assert account.reply(token, text("遅い")).json() == {"message": "Invalid reply token"}


def test_an_unknown_reply_token_is_refused(account: Account) -> None:
    assert account.reply("0" * 32, text("a")).json() == {"message": "Invalid reply token"}


def test_another_channels_reply_token_is_refused(line: Simulator, portal: Portal, account: Account, sora: str) -> None:
    token = reply_token(line, portal, sora)
    line.channel(channel_id="other", secret="x", access_token="other", webhook_url=portal.url)
    account.http.headers["Authorization"] = "Bearer other"
    assert account.reply(token, text("a")).status_code == 400


def test_a_retry_key_on_a_reply_is_refused_and_a_defect(
    line: Simulator, portal: Portal, account: Account, sora: str
) -> None:
    token = reply_token(line, portal, sora)
    assert account.reply(token, text("a"), headers={"X-Line-Retry-Key": key()}).status_code == 400
    assert [one["kind"] for one in line.defects()] == ["retry-key-on-reply"]
    assert account.reply(token, text("a")).status_code == 200


def test_a_reply_is_free_of_quota(line: Simulator, portal: Portal, account: Account, sora: str) -> None:
    account.reply(reply_token(line, portal, sora), text("a"))
    assert account.get("/v2/bot/message/quota/consumption").json() == {"totalUsage": 0}


def test_the_quota_counts_requests_and_then_refuses(
    line: Simulator, portal: Portal, account: Account, sora: str
) -> None:
    line.channel(channel_id=CHANNEL, secret=SECRET, access_token=TOKEN, webhook_url=portal.url, quota=2)
    assert account.get("/v2/bot/message/quota").json() == {"type": "limited", "value": 2}
    assert [account.push(sora, *[text("a")] * 5, key=key()).status_code for _ in range(3)] == [200, 200, 429]
    assert account.push(sora, text("a")).json() == {"message": "You have reached your monthly limit."}
    assert account.get("/v2/bot/message/quota/consumption").json() == {"totalUsage": 2}


def test_a_channel_without_quota_says_so(account: Account) -> None:
    assert account.get("/v2/bot/message/quota").json() == {"type": "none"}


def test_a_new_month_brings_new_quota(line: Simulator, portal: Portal, account: Account, sora: str) -> None:
    line.channel(channel_id=CHANNEL, secret=SECRET, access_token=TOKEN, webhook_url=portal.url, quota=1)
    account.push(sora, text("a"))
    line.advance(32 * 24 * HOUR)
    assert account.push(sora, text("a")).status_code == 200


def test_too_many_requests_in_a_second_are_refused(line: Simulator, account: Account, sora: str) -> None:
    line.rate(3)
    answers = [account.push(sora, text("a"), key=key()) for _ in range(20)]
    refused = [one for one in answers if one.status_code == 429]
    assert refused
    assert refused[0].json() == {"message": "The API rate limit has been exceeded. Try again later."}
    assert len(line.texts(sora)) == 20 - len(refused)


def test_latency_delays_every_call(line: Simulator, account: Account) -> None:
    line.latency(80)
    started = time.perf_counter()
    account.get("/v2/bot/info")
    assert time.perf_counter() - started >= 0.08


def test_a_fresh_token_opens_the_channel(line: Simulator, account: Account, sora: str) -> None:
    form = {"grant_type": "client_credentials", "client_id": CHANNEL, "client_secret": SECRET}
    issued = account.http.post(f"{line.url}/oauth2/v3/token", data=form, timeout=5).json()
    account.http.headers["Authorization"] = f"Bearer {issued['access_token']}"
    assert account.push(sora, text("a"), key=key()).status_code == 200
