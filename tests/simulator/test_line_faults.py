"""Planned faults and outages: what the portal meets, and what the person saw."""

import json
import uuid
from contextlib import suppress
from typing import Any

import pytest
import requests

from simulator.running import Simulator
from tests.simulator.portal import CHANNEL, Account, text


def key() -> str:
    return str(uuid.uuid4())


@pytest.mark.parametrize(
    ("fault", "answered", "seen"),
    [
        ("ok", (200, None), 1),
        ("500-before-accept", (500, "Internal Server Error"), 0),
        ("500-after-accept", (500, "Internal Server Error"), 1),
        ("503", (503, "Service Unavailable"), 0),
        ("409", (409, "The retry key is already accepted"), 1),
        ("429-rate", (429, "The API rate limit has been exceeded. Try again later."), 0),
        ("429-quota", (429, "You have reached your monthly limit."), 0),
        ("400", (400, "Failed to send messages"), 0),
        ("403", (403, "Access to this API is not available for your account"), 0),
    ],
)
def test_a_planned_fault_answers_as_line_would(
    line: Simulator, account: Account, sora: str, fault: str, answered: tuple[int, str | None], seen: int
) -> None:
    line.faults([fault], path="push")
    answer = account.push(sora, text("a"), key=key())
    assert (answer.status_code, answer.json().get("message")) == answered
    assert answer.headers["X-Line-Request-Id"]
    assert len(line.texts(sora)) == seen


@pytest.mark.parametrize("fault", ["500-after-accept", "rst-after-accept", "timeout-after-accept", "truncated-json"])
def test_a_retry_after_an_unclear_end_meets_409_and_nothing_doubles(
    line: Simulator, account: Account, sora: str, fault: str
) -> None:
    once = key()
    line.faults([fault], path="push", user=sora)
    with suppress(requests.RequestException):
        account.push(sora, text("一度だけ"), key=once, timeout=0.3)
    assert account.push(sora, text("一度だけ"), key=once).status_code == 409
    assert line.texts(sora) == ["一度だけ"]


@pytest.mark.parametrize("fault", ["rst-before-accept", "timeout-before-accept"])
def test_a_retry_after_a_loss_before_acceptance_is_taken(
    line: Simulator, account: Account, sora: str, fault: str
) -> None:
    once = key()
    line.faults([fault], path="push")
    with pytest.raises(requests.RequestException):
        account.push(sora, text("a"), key=once, timeout=0.3)
    assert account.push(sora, text("a"), key=once).status_code == 200


def test_a_reset_is_a_reset(line: Simulator, account: Account, sora: str) -> None:
    line.faults(["rst-after-accept"])
    with pytest.raises(requests.ConnectionError) as caught:
        account.push(sora, text("a"))
    assert "Connection reset by peer" in str(caught.value)


def test_truncated_json_has_status_200_and_cannot_be_read(line: Simulator, account: Account, sora: str) -> None:
    line.faults(["truncated-json"])
    answer = account.push(sora, text("a"))
    assert answer.status_code == 200
    with pytest.raises(json.JSONDecodeError):
        json.loads(answer.text)


def test_a_slow_answer_comes_in_the_end(line: Simulator, account: Account, sora: str) -> None:
    line.faults(["slow:0.2"])
    answer = account.push(sora, text("a"))
    assert answer.status_code == 200
    assert answer.elapsed.total_seconds() >= 0.2


def test_a_revoked_token_stays_refused_until_refreshed(line: Simulator, account: Account, sora: str) -> None:
    line.faults(["401-until-refresh"])
    assert [account.push(sora, text("a")).status_code for _ in range(3)] == [401, 401, 401]
    line.refresh_tokens(CHANNEL)
    assert account.push(sora, text("a")).status_code == 200


def test_faults_are_taken_in_order_and_then_are_over(line: Simulator, account: Account, sora: str) -> None:
    line.faults(["500-before-accept", "ok"], repeat=2)
    statuses = [account.push(sora, text("a"), key=key()).status_code for _ in range(5)]
    assert statuses == [500, 200, 500, 200, 200]


def test_faults_meet_only_those_they_are_planned_for(line: Simulator, account: Account, sora: str) -> None:
    other = line.person("別の人", friend_of=CHANNEL)
    line.faults(["403"], path="push", user=sora)
    assert account.get("/v2/bot/info").status_code == 200
    assert account.push(other, text("a"), key=key()).status_code == 200
    assert account.push(sora, text("a"), key=key()).status_code == 403


def test_a_persons_file_can_be_made_to_fail(line: Simulator, account: Account, sora: str) -> None:
    picture = line.say(sora, CHANNEL, "image")["message_id"]
    line.faults(["500-before-accept"], path="content", user=sora)
    statuses = [account.get(f"/v2/bot/message/{picture}/content").status_code for _ in range(2)]
    assert statuses == [500, 200]


def test_a_fault_for_ever_stays_until_dropped(line: Simulator, account: Account, sora: str) -> None:
    account.post("/simulator/faults", {"faults": ["429-quota"], "repeat": -1})
    assert {account.push(sora, text("a")).status_code for _ in range(4)} == {429}
    account.http.delete(f"{line.url}/simulator/faults", timeout=5)
    assert account.push(sora, text("a")).status_code == 200


@pytest.mark.parametrize(
    "plan",
    [
        {},
        {"faults": []},
        {"faults": ["explode"]},
        {"faults": ["slow:x"]},
        {"faults": ["slow:-1"]},
        {"faults": ["ok"], "repeat": 0},
        {"faults": ["ok"], "repeat": "2"},
        {"faults": ["ok"], "match": {"colour": "red"}},
        {"faults": [["ok"]]},
    ],
)
def test_a_plan_that_cannot_be_is_refused(account: Account, plan: dict[str, Any]) -> None:
    answer = account.post("/simulator/faults", plan)
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_an_outage_resets_every_call_and_ends(line: Simulator, account: Account, sora: str) -> None:
    line.outage()
    with pytest.raises(requests.ConnectionError):
        account.push(sora, text("a"))
    line.outage(on=False)
    assert account.push(sora, text("a")).status_code == 200


def test_an_outage_may_answer_503(line: Simulator, account: Account) -> None:
    line.outage(mode="503")
    assert account.get("/v2/bot/info").status_code == 503
    assert account.get("/health").status_code == 200


def test_a_timed_outage_ends_by_itself(line: Simulator, account: Account) -> None:
    line.outage(mode="503", seconds=60)
    assert account.get("/v2/bot/info").status_code == 503
    line.advance(61)
    assert account.get("/v2/bot/info").status_code == 200
