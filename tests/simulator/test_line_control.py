"""The operator's interface, the file of channels, and the page's files."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import requests

from simulator.channels import Channels, ChannelsFile
from simulator.people import SEEDED_NAMES
from simulator.running import Simulator
from tests.simulator.portal import CHANNEL, SECRET, TOKEN, Account, Portal, text

WEB = Path(__file__).parents[2] / "simulator" / "web"
FIELDS = {"channel_id": "77", "secret": "s", "access_token": "t77", "webhook_url": "http://127.0.0.1:9/", "quota": 5}


def put(line: Simulator, path: str, body: Any) -> requests.Response:
    return requests.put(line.url + path, json=body, timeout=5)


def test_health_answers_200(line: Simulator) -> None:
    assert requests.get(f"{line.url}/health", timeout=5).status_code == 200


def test_a_channel_is_configured_and_its_secrets_stay(account: Account) -> None:
    shown = account.post("/simulator/channels", FIELDS)
    assert (shown.json()["quota"], shown.json()["used"]) == (5, 0)
    assert shown.json()["bot_user_id"].startswith("U")
    listed = account.get("/simulator/channels").text
    assert not {"secret", "access_token", "t77"} & set(re.findall(r"\w+", listed))


@pytest.mark.parametrize("wrong", [{"secret": ""}, {"quota": -1}, {"quota": "5"}, {"channel_id": None}])
def test_a_channel_that_cannot_be_is_refused(account: Account, wrong: dict[str, Any]) -> None:
    assert account.post("/simulator/channels", FIELDS | wrong).status_code == 400


def test_seeded_people_keep_their_ids(line: Simulator, account: Account) -> None:
    people = account.get("/simulator/people").json()
    assert [person["name"] for person in people] == list(SEEDED_NAMES)
    assert all(re.fullmatch("U[0-9a-f]{32}", person["id"]) for person in people)
    with Simulator() as other:
        assert requests.get(f"{other.url}/simulator/people", timeout=5).json() == people


def test_a_person_is_created_and_speaks_over_http(line: Simulator, portal: Portal, account: Account) -> None:
    person = account.post("/simulator/people", {"name": "空"}).json()["id"]
    said = {"channel": CHANNEL, "type": "text", "text": "聞いてください"}
    done = account.post(f"/simulator/people/{person}/say", said).json()
    assert done["attempts"][0]["status"] == 200
    assert portal.events()[0]["message"]["text"] == "聞いてください"
    talk = account.get(f"/simulator/people/{person}/talk?channel={CHANNEL}").json()
    assert [entry["by"] for entry in talk] == ["person"]


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"name": ""}'])
def test_what_cannot_be_done_is_said(line: Simulator, body: bytes) -> None:
    answer = requests.post(f"{line.url}/simulator/people", data=body, timeout=5)
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_an_unknown_person_cannot_speak(account: Account) -> None:
    answer = account.post("/simulator/people/U0/say", {"channel": CHANNEL, "type": "text", "text": "a"})
    assert (answer.status_code, "no person" in answer.json()["error"]) == (400, True)


def test_the_switches_work_over_http(line: Simulator, account: Account, sora: str) -> None:
    assert put(line, "/simulator/outage", {"on": True, "mode": "503"}).json()["outage"]["on"]
    assert account.push(sora, text("a")).status_code == 503
    assert put(line, "/simulator/outage", {"on": False}).status_code == 200
    assert put(line, "/simulator/latency", {"ms": 5}).json()["latency_ms"] == 5
    assert put(line, "/simulator/redelivery", {"on": False}).json()["redelivery"]["on"] is False
    assert put(line, "/simulator/clock", {"advance": 60}).status_code == 200
    assert put(line, f"/simulator/channels/{CHANNEL}", {"quota": 0}).json()["quota"] == 0
    assert account.push(sora, text("a")).status_code == 429


@pytest.mark.parametrize(
    ("path", "body"),
    [("outage", {"on": True, "mode": "fire"}), ("latency", {"ms": -1}), ("redelivery", {"on": True, "delays": 3})],
)
def test_a_switch_that_cannot_be_is_refused(line: Simulator, path: str, body: Any) -> None:
    assert put(line, f"/simulator/{path}", body).status_code == 400


def test_another_site_cannot_press_our_buttons(line: Simulator) -> None:
    foreign = {"Origin": "https://evil.example"}
    answer = requests.post(f"{line.url}/simulator/reset", headers=foreign, timeout=5)
    assert answer.status_code == 403
    own = {"Origin": line.url}
    assert requests.post(f"{line.url}/simulator/reset", headers=own, timeout=5).status_code == 200


def test_the_file_of_channels_is_read_again_when_it_changes(tmp_path: Path) -> None:
    path, channels = tmp_path / "simulator.json", Channels()
    watched = ChannelsFile(path, channels)
    assert not watched.refresh()
    path.write_text("[{")
    assert not watched.refresh()
    path.write_text(json.dumps({"channels": [FIELDS]}))
    assert watched.refresh()
    assert not watched.refresh()
    path.write_text(json.dumps([FIELDS | {"access_token": "changed"}]))
    assert watched.refresh()
    assert channels.opened_by("t77") is None
    assert channels.opened_by("changed") is channels.get("77")


def test_putting_a_channel_again_keeps_what_it_used(
    line: Simulator, portal: Portal, account: Account, sora: str
) -> None:
    account.push(sora, text("a"))
    shown = line.channel(channel_id=CHANNEL, secret=SECRET, access_token=TOKEN, webhook_url=portal.url, quota=9)
    assert (shown["used"], shown["quota"]) == (1, 9)


def test_the_page_says_what_it_is_and_loads_only_its_own_files(line: Simulator) -> None:
    page = requests.get(line.url, timeout=5)
    page.encoding = "utf-8"
    assert "これは訓練・開発用のLINEシミュレーターです" in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert addresses
    assert {requests.get(line.url + address, timeout=5).status_code for address in addresses} == {200}


@pytest.mark.parametrize("path", sorted(WEB.glob("*.js")), ids=lambda path: path.name)
def test_every_script_is_served_and_finds_what_it_imports(line: Simulator, path: Path) -> None:
    answer = requests.get(f"{line.url}/web/{path.name}", timeout=5)
    assert answer.headers["Content-Type"].startswith("text/javascript")
    wanted = re.findall(r'from "\./([^"]+)"', answer.content.decode())
    assert all((WEB / name).is_file() for name in wanted)
    assert "innerHTML" not in answer.text


@pytest.mark.parametrize("path", ["/web/..%2fserver.py", "/web/../server.py", "/web/none.js", "/web/%00"])
def test_nothing_but_the_pages_files_is_served(line: Simulator, path: str) -> None:
    assert requests.get(line.url + path, timeout=5).status_code == 404


def test_the_live_line_tells_what_happens(line: Simulator, account: Account, sora: str) -> None:
    with requests.get(f"{line.url}/simulator/stream", stream=True, timeout=5) as stream:
        lines = stream.iter_lines()
        assert next(lines) == b"retry: 1000"
        account.push(sora, text("見えますか"), key="123e4567-e89b-12d3-a456-426614174000")
        told = json.loads(next(one for one in lines if one.startswith(b"data: ")).removeprefix(b"data: "))
    assert (told["kind"], told["entry"]["message"]["text"]) == ("message", "見えますか")


def test_the_telephone_shows_files_until_they_are_taken_back(line: Simulator, account: Account, sora: str) -> None:
    picture = line.say(sora, CHANNEL, "image", format="png")["message_id"]
    shown = account.get(f"/simulator/content/{picture}")
    assert (shown.headers["Content-Type"], shown.content[:4]) == ("image/png", b"\x89PNG")
    line.say(sora, CHANNEL, "unsend")
    assert account.get(f"/simulator/content/{picture}").status_code == 404
