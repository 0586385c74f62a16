"""Corpus C1: words that come through byte for byte at every door, in both directions, however strange."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from accounts.models import User
from counseling import feeds, tasks
from counseling.actions import messages, sessions, visits
from counseling.gateways.web import limits
from counseling.models import Channel, Delivery, Message, Program, Session
from simulator.running import Simulator
from tests.corpus import Case, load
from tests.counseling.gateways.line.conftest import connected
from tests.counseling.gateways.line.posting import post_events, text_event

__all__ = ["connected"]
CASES = load("c1")
TYPED = [case for case in CASES if case.outcome["clean"] == "same"]
REFUSED = [case for case in CASES if case.outcome["clean"] != "same"]
COOKIE = "c" * 43


def words_of(case: Case) -> str:
    return case.content.decode("utf-8")


def body_of(case: Case, number: int) -> str:
    """As browsers write it: only what must be escaped is."""
    return json.dumps({"client_id": str(UUID(int=number)), "text": words_of(case)}, ensure_ascii=False)


def differing(found: dict[str, str]) -> list[str]:
    """Names of the cases whose words did not come through."""
    return [case.name for case in CASES if case.name in found and found[case.name] != words_of(case)]


@pytest.fixture
def talk(web_channel: Channel, haru: User, monkeypatch: pytest.MonkeyPatch) -> Session:
    """Haru's session with a visitor on the web, who may write as much as there is to try."""
    monkeypatch.setattr(limits, "MESSAGES", 10_000)
    started = visits.start(channel_id=web_channel.pk, identity=COOKIE, terms_version=1, attributes={}, line="")
    return sessions.claim(session_id=started.pk, by=haru)


@pytest.fixture
def on_line(connected: Channel, line: Simulator, haru: User) -> Session:
    """Haru's session with a person on LINE; the house's own words have been sent."""
    person = line.person("空", friend_of=connected.key)
    message, _new = messages.receive(channel_id=connected.pk, identity=person, text="こんばんは", external_id="m-1")
    session = sessions.claim(session_id=message.session_id, by=haru)
    tasks.deliver(session.visitor_id)
    return session


Replies = Callable[[Session], dict[str, int]]


@pytest.fixture
def replies(haru: User, signed_in: Callable[[User], Client]) -> Replies:
    """Haru says everything through the API; the seq of each case's message."""

    def say(session: Session) -> dict[str, int]:
        client, told = signed_in(haru), {}
        for number, case in enumerate(TYPED, 1):
            path = f"/api/sessions/{session.pk}/messages"
            answer = client.post(path, body_of(case, number), content_type="application/json")
            assert (answer.status_code, answer.json().get("text")) == (201, words_of(case)), case.name
            told[case.name] = answer.json()["seq"]
        return told

    return say


def by_case(rows: list[Any], seqs: dict[str, int]) -> dict[str, str]:
    """The text that each case's message has in a feed."""
    texts = {row["seq"]: row["text"] for row in rows}
    return {name: texts[seq] for name, seq in seqs.items()}


def test_typed_words_reach_database_staff_and_visitor(talk: Session, haru: User, replies: Replies) -> None:
    before, seqs = Session.objects.get(pk=talk.pk).version, replies(talk)
    rows = {row.seq: row for row in Message.objects.filter(session=talk)}
    key = talk.visitor.key()
    assert differing({name: rows[seq].words(key) for name, seq in seqs.items()}) == []
    assert differing(by_case(list(feeds.session_state(talk.pk, haru)["messages"]), seqs)) == []
    assert differing(by_case([e["message"] for e in feeds.session_events(talk.pk, before)], seqs)) == []
    state = feeds.talk_state(talk.visitor_id)
    assert state is not None
    assert differing(by_case(list(state["messages"]), seqs)) == []
    assert differing(by_case([e["message"] for e in feeds.talk_events(talk.pk, before)[0]], seqs)) == []
    assert len(seqs) > 60


def test_typed_words_reach_a_person_on_line(on_line: Session, replies: Replies, line: Simulator) -> None:
    seqs = replies(on_line)
    while Delivery.objects.filter(state="queued").exists():
        tasks.deliver(on_line.visitor_id)
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}
    seen = iter(line.texts(on_line.visitor.address()))
    owed = Delivery.objects.select_related("message").filter(message__isnull=False).order_by("pk")
    arrived = {one.message.seq: "".join(next(seen) for _part in range(one.parts)) for one in owed if one.message}
    assert differing({name: arrived[seq] for name, seq in seqs.items()}) == []
    assert list(seen) == []
    assert line.defects() == []


def test_words_received_on_line_reach_staff(line_channel: Channel, haru: User) -> None:
    for number, case in enumerate(CASES, 1):
        assert post_events(text_event(words_of(case), number)) == 200, case.name
    rows = feeds.session_state(Session.objects.get().pk, haru)["messages"]
    said = [row["text"] for row in rows if row["author"] == "visitor"]
    assert differing(dict(zip([case.name for case in CASES], said, strict=True))) == []


def test_words_typed_on_the_web_reach_staff(talk: Session, haru: User) -> None:
    browser, seqs = Client(), {}
    browser.cookies["visit"] = COOKIE
    for number, case in enumerate(TYPED, 1):
        answer = browser.post("/talk/women/messages", body_of(case, number), content_type="application/json")
        assert (answer.status_code, answer.json().get("text")) == (201, words_of(case)), case.name
        seqs[case.name] = answer.json()["seq"]
    assert differing(by_case(list(feeds.session_state(talk.pk, haru)["messages"]), seqs)) == []
    page = browser.get("/talk/women/state").json()
    assert differing(by_case(page["messages"], seqs)) == []


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.name)
def test_words_that_cannot_be_taken_are_refused_by_name(
    case: Case, talk: Session, haru: User, signed_in: Callable[[User], Client]
) -> None:
    before = Message.objects.count()
    visitor = Client()
    visitor.cookies["visit"] = COOKIE
    doors = ((signed_in(haru), f"/api/sessions/{talk.pk}/messages"), (visitor, "/talk/women/messages"))
    for client, path in doors:
        answer = client.post(path, body_of(case, 1), content_type="application/json")
        assert (answer.status_code, answer.json()["error"]) == (400, case.outcome["clean"]), path
        assert answer.json()["message"]
    assert Message.objects.count() == before


def test_the_first_line_of_a_form_comes_through(program: Program, web_channel: Channel, haru: User) -> None:
    """A form's field is a line: the blanks around it are not kept."""
    kept, wanted = {}, {}
    for case in [case for case in TYPED if case.outcome["units"] <= 200]:
        form = {"consent": "on", "terms_version": "1", "line": words_of(case)}
        assert Client().post("/talk/women/start", form).status_code == 302, case.name
        session = Session.objects.latest("pk")
        kept[case.name] = feeds.session_state(session.pk, haru)["messages"][0]["text"]
        wanted[case.name] = words_of(case).strip()
    assert kept == wanted
