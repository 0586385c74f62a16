"""The ledger: what each person saw, and which faults of the portal it finds."""

import uuid

from simulator.running import Simulator
from tests.simulator.portal import CHANNEL, Account, text

CANARY = "⟦c:0123456789abcdef0123456789abcdef⟧"


def key() -> str:
    return str(uuid.uuid4())


def test_the_ledger_tells_what_was_seen_in_order(line: Simulator, account: Account, sora: str) -> None:
    keys = [key(), key()]
    answers = [account.push(sora, text(str(number)), key=one) for number, one in enumerate(keys)]
    entries = account.get(f"/simulator/ledger?user={sora}").json()["entries"]
    assert [entry["message"]["text"] for entry in entries] == ["0", "1"]
    assert [entry["retry_key"] for entry in entries] == keys
    assert [entry["request_id"] for entry in entries] == [one.headers["X-Line-Request-Id"] for one in answers]
    assert entries[0]["at"] <= entries[1]["at"]


def test_the_ledger_holds_both_sides_when_asked(line: Simulator, account: Account, sora: str) -> None:
    line.say(sora, CHANNEL, "text", text="聞いて")
    account.push(sora, text("はい"), key=key())
    assert [entry["by"] for entry in line.ledger(sora, both_sides=True)["entries"]] == ["person", "account"]
    assert [entry["by"] for entry in line.ledger(sora)["entries"]] == ["account"]


def test_one_canary_seen_twice_by_one_person_is_a_double(line: Simulator, account: Account, sora: str) -> None:
    for _ in range(2):
        account.push(sora, text(f"こんばんは{CANARY}"), key=key())
    assert [one["kind"] for one in line.defects()] == ["double-delivery"]


def test_one_canary_seen_by_two_people_is_a_misdelivery(line: Simulator, account: Account, sora: str) -> None:
    other = line.person("別の人", friend_of=CHANNEL)
    for user in (sora, other):
        account.push(user, text(CANARY), key=key())
    assert [(one["kind"], one["user"]) for one in line.defects()] == [("misdelivery", other)]


def test_long_words_twice_within_a_minute_are_suspect(line: Simulator, account: Account, sora: str) -> None:
    words = "ご連絡ありがとうございます。担当の者です。"
    for _ in range(2):
        account.push(sora, text(words), key=key())
    assert [one["kind"] for one in line.ledger(sora)["suspects"]] == ["same-words-twice"]
    assert line.defects() == []


def test_a_reset_forgets_all_but_channels_and_people(line: Simulator, account: Account, sora: str) -> None:
    line.faults(["500-before-accept"])
    line.latency(20)
    account.push(sora, text("a"))
    account.post("/simulator/reset", {})
    found = account.get("/simulator/state").json()
    assert (found["faults"], found["defects"], found["webhooks"]) == ([], [], [])
    assert found["settings"]["latency_ms"] == 0
    assert [channel["channel_id"] for channel in found["channels"]] == [CHANNEL]
    assert sora in {person["id"] for person in found["people"]}
    assert line.ledger()["entries"] == []


def test_message_ids_always_rise(line: Simulator, account: Account, sora: str) -> None:
    ids = [int(one["id"]) for _ in range(5) for one in account.push(sora, text("a"), text("b")).json()["sentMessages"]]
    assert ids == sorted(set(ids))
    assert len(str(ids[0])) == 18
