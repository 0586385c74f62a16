"""Whispers, notes, judgements, approaches, answers, numbers are hunted on all that leaves the house or visitors see.

A feature that sends or exports something (a survey, a document, a mail) adds its wire to WIRES.
"""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry
from counseling import emergency, feeds
from counseling.actions import deliveries, editions, messages, sessions, subscriptions, whispers
from counseling.feeds import emergency as emergency_feed
from counseling.gateways.line.payloads import push_request
from counseling.lifecycle import EndReason
from counseling.machines import Event
from counseling.models import (
    Channel,
    Delivery,
    Notification,
    Part,
    Program,
    SessionEvent,
)
from counseling.outcomes import Outcome, Verdict
from counseling.telephone import written
from counseling.text import UnacceptableText
from counseling.triage import Risk
from tests.canaries import forms
from tests.conftest import SORA, assess, confirm
from tests.permissions.alarmed import CLUE, CONTACTED
from tests.permissions.asking import addresses, content, path_to, rows_of
from tests.permissions.planned import FOLLOWED, LIVES, NUMBERED, VISITED, WISHED
from tests.permissions.recorded import RECORDED
from tests.permissions.rows import TABLE
from tests.permissions.stage import (
    APPROACHED,
    HANDED,
    NOTED,
    PROPOSED,
    REVIEWED,
    SORA_ANSWERED,
    SORA_COOKIE,
    SORA_SAID,
    WHISPERED,
    Stage,
)

pytestmark = pytest.mark.django_db
WORDS = '{"client_id": "%s", "text": "%s"}'


@dataclass
class Hunt:
    """The stage, the visitor's browser, and what was written to the logs since."""

    stage: Stage
    sora: Client
    logs: pytest.LogCaptureFixture

    def staff(self, name: str) -> Client:
        """The browser of one of the staff, who has just confirmed who they are."""
        browser = Client(raise_request_exception=False)
        browser.force_login(self.stage.people[name], backend="django.contrib.auth.backends.ModelBackend")
        confirm(browser)
        return browser

    def path(self, name: str) -> str:
        """The address of a pattern on this stage."""
        return path_to(self.stage, name)


Wire = Callable[[Hunt], bytes]


def seen_at(name: str) -> Wire:
    """What the visitor's browser gets from one of the talk's addresses."""
    return lambda hunt: content(hunt.sora.get(hunt.path(name)))


def seen_by_staff(name: str) -> Wire:
    """What a supervisor and the session's counselor get from one of the back office's pages."""
    return lambda hunt: b"".join(content(hunt.staff(who).get(hunt.path(name))) for who in ("mio", "haru"))


def the_answer_to_words(hunt: Hunt) -> bytes:
    path = hunt.path("talk:messages")
    return hunt.sora.post(path, WORDS % (uuid4(), "はい"), content_type="application/json").content


def leaving(hunt: Hunt) -> bytes:
    """The end of the sitting, all its pages, and the quick exit."""
    doors = [("post", "talk:end"), ("get", "talk:page"), ("get", "talk:state"), ("get", "talk:leave")]
    doors.append(("post", "talk:leave"))
    return b"".join(content(getattr(hunt.sora, method)(hunt.path(name))) for method, name in doors)


def broken_pages(hunt: Hunt) -> bytes:
    """What a visitor sees when the house is broken, and what a stranger sees of the staff's addresses."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(feeds, "talk_state", lambda _visitor: feeds.session_state(hunt.stage.session.pk, 1 / 0))  # type: ignore[arg-type]
        broken = hunt.sora.get(hunt.path("talk:page"))
    assert broken.status_code == 500
    refused = [hunt.sora.get(hunt.path(name)).content for name in ("api:session", "office:audit")]
    return broken.content + b"".join(refused)


def pushes_to_line(hunt: Hunt) -> bytes:
    """Everything LINE is sent for Sora: the bodies of the pushes, and whatever else is owed."""
    visitor = hunt.stage.line_session.visitor
    Delivery.objects.filter(visitor=visitor).update(state="queued")
    Channel.objects.update(paused_because="", paused_at=None)
    sent = []
    while push := deliveries.claim_push(visitor_id=visitor.pk, now=timezone.now()):
        sent.append(push_request(push.address, push.texts).to_json())
        deliveries.record_outcome(push=push, outcome=Outcome(Verdict.SENT), now=timezone.now())
    assert sent
    return "\n".join(sent).encode()


def exported_files(hunt: Hunt) -> bytes:
    """Every file the back office makes, for the one who may have it."""
    names = {row.name for row in rows_of(TABLE) if row.method == "GET" and row.name.endswith(("-csv", "-xlsx", "-pdf"))}
    assert names & set(addresses()) >= {"office:audit-csv", "office:hours-csv", "office:roster-csv"}
    answers = [hunt.staff(who).get(hunt.path(name)) for name in sorted(names) for who in ("aoi", "mio")]
    assert sum(answer.status_code == 200 for answer in answers) >= len(names)
    return b"".join(answer.getvalue() for answer in answers)


def mails(hunt: Hunt) -> bytes:
    """Whatever was written to anybody, after the house wrote to somebody."""
    Client().post(hunt.path("account_reset_password"), {"email": "haru@example.jp"})
    assert mail.outbox
    return b"".join(one.message().as_bytes() for one in mail.outbox)


def notifications(hunt: Hunt) -> bytes:
    """What other systems are told of a program's events."""
    stage, people = hunt.stage, hunt.stage.people
    subscriptions.make(program_id=stage.program.pk, by=people["aoi"], url="https://example.org/told", events=Event)
    assess(session_id=stage.session.pk, by=people["mio"], level=Risk.IMMINENT, word=NOTED)
    _whisper(hunt, WHISPERED)
    sessions.end(session_id=stage.session.pk, by=people["haru"], reason=EndReason.CONCLUDED, farewell=True)
    bodies = "\n".join(Notification.objects.values_list("body", flat=True))
    assert bodies
    return bodies.encode()


def _whisper(hunt: Hunt, words: str) -> None:
    mio = hunt.stage.people["mio"]
    whispers.say(session_id=hunt.stage.session.pk, by=mio, client_id=uuid4(), words=words)


def the_board(hunt: Hunt) -> bytes:
    """What everybody on the program sees, and what may be told of a session without its words."""
    log = SessionEvent.objects.values_list("header", "details")
    return hunt.staff("ren").get(hunt.path("api:board")).content + str(list(log)).encode()


def the_audit(_hunt: Hunt) -> bytes:
    return str(list(AuditEntry.objects.values())).encode()


def the_logs(hunt: Hunt) -> bytes:
    """What was logged, words that were refused included."""
    with pytest.raises(UnacceptableText):
        _whisper(hunt, WHISPERED + "\0")
    path, mio = hunt.path("api:whispers"), hunt.staff("mio")
    for text in (WHISPERED + "\\u0000", WHISPERED, WHISPERED * 1_000):
        mio.post(path, WORDS % (uuid4(), text), content_type="application/json")
        mio.post(path, WORDS % ("no id", text), content_type="application/json")
    mio.post(path, WHISPERED, content_type="application/json")
    broken_pages(hunt)
    return hunt.logs.text.encode()


WIRES: dict[str, Wire] = {
    "the talk's page": seen_at("talk:page"),
    "the talk's state": seen_at("talk:state"),
    "the terms": seen_at("talk:terms"),
    "the page for those turned away": seen_at("talk:turned_away"),
    "the answer to words": the_answer_to_words,
    "leaving": leaving,
    "broken pages": broken_pages,
    "LINE": pushes_to_line,
    "exported files": exported_files,
    "mails": mails,
    "notifications": notifications,
    "the board": the_board,
    "the list of calls": seen_by_staff("office:calls"),
    "a call of somebody else's": seen_by_staff("office:call"),
    **{f"the list of {name}": seen_by_staff(f"office:{name}") for name in ("follow-ups", "visits")},
    "the offer of a call": seen_by_staff("office:call-offer"),
    "the visitor's page of the call": seen_at("talk:telephone"),
    "the audit": the_audit,
    "the logs": the_logs,
}


def found(told: bytes) -> list[str]:
    """Which whispers, notes and answers stand in it, in which form."""
    hunted = {f"{what}, {form}": text for what, said in HUNTED.items() for form, text in forms(said).items()}
    return [name for name, text in hunted.items() if text in told]


# As the program's dictionary spells it; Sora says it otherwise.
FOUND, FOUND_AS = "くらやみのことば⟦finding⟧", "クラヤミ ノ コトバ finding"
JUDGED = "緊急度を決めたわけ⟦judged⟧"


def endanger(stage: Stage) -> None:
    """Sora says a word of danger of the program's own; Haru judges how urgent it is."""
    program = Program.objects.get(pk=stage.program.pk)
    found = {"pattern": FOUND, "level": 1, "meaning": "suicide"}
    editions.put_in_force(program, Part.DANGER_WORDS, {"added": [found], "left_out": []}, by=None)
    program.save(update_fields=["editions"])
    channel = stage.session.visitor.channel_id
    messages.receive(channel_id=channel, identity=SORA_COOKIE, text=FOUND_AS, client_id=uuid4())
    messages.receive(channel_id=stage.line.pk, identity=SORA, text=FOUND_AS, external_id="found")
    for session in (stage.session, stage.line_session):
        assess(session_id=session.pk, by=stage.people["haru"], level=Risk.MODERATE, word=JUDGED)


HUNTED = {
    "a finding": FOUND,
    "a judgement": JUDGED,
    "a whisper": WHISPERED,
    "a proposal": PROPOSED,
    "a note": NOTED,
    "a hand-over note": HANDED,
    "a review": REVIEWED,
    "a record": RECORDED,
    "an answer": SORA_ANSWERED,
    # Whole: what stands at the ends of what is hunted is left away.
    "a number": f"***{NUMBERED}***",
    "a number as it is read": f"***{written(NUMBERED)}***",
    "a wish": WISHED,
    "a clue": CLUE,
    "a contact": CONTACTED,
    "an approach": APPROACHED,
} | {"a follow-up": FOLLOWED, "a visit": VISITED, "an address": LIVES}
# What the emergency sheet is for; all else among staff is hunted there as elsewhere.
ON_THE_SHEET = {"an answer", "a clue", "a contact"}


@pytest.fixture
def hunt(stage: Stage, caplog: pytest.LogCaptureFixture) -> Hunt:
    caplog.set_level(logging.DEBUG)
    sora = Client(raise_request_exception=False)
    sora.cookies["visit"] = SORA_COOKIE
    endanger(stage)
    return Hunt(stage, sora, caplog)


@pytest.mark.parametrize("wire", WIRES)
def test_no_whisper_leaves_the_house(wire: str, hunt: Hunt) -> None:
    told = WIRES[wire](hunt)
    assert told
    assert found(told) == []


SHEETS: dict[str, Wire] = {
    **{
        name: lambda hunt, name=name: content(hunt.staff("mio").get(hunt.path(name)))  # type: ignore[misc]
        for name in ("office:sheet-door", "office:sheet", "office:sheet-correction", "office:sheet-filed")
    },
    "on paper": lambda hunt: json.dumps(_on_paper(hunt), ensure_ascii=False).encode(),
}


def _on_paper(hunt: Hunt) -> dict[str, Any]:
    found = emergency_feed.filed(hunt.stage.session, int(str(hunt.stage.sheet["filing_id"])))
    assert found is not None
    return emergency.on_paper(found.sheet, found.contact, risk="高", digest=found.filing.digest)


@pytest.mark.parametrize("wire", SHEETS)
def test_no_whisper_stands_on_what_police_are_given(wire: str, hunt: Hunt) -> None:
    told = SHEETS[wire](hunt)
    assert told
    assert {name.partition(",")[0] for name in found(told)} <= ON_THE_SHEET


def test_the_hunt_finds_what_is_there(hunt: Hunt) -> None:
    """Who may read them does: the hunted words stand in the house, and in this form."""
    told = b"".join(hunt.staff("haru").get(hunt.path(name)).content for name in ("api:session", "api:risk"))
    kinds = {"a finding", "a judgement", "a whisper", "a proposal", "a note", "an answer", "a contact"}
    assert {name.partition(",")[0] for name in found(told)} == kinds
    for page, hunted in (("review", "a review"), ("office:follow-up", "a follow-up"), ("office:visit", "a visit")):
        assert {one.partition(",")[0] for one in found(hunt.staff("mio").get(hunt.path(page)).content)} == {hunted}
    assert SORA_SAID in hunt.sora.get(hunt.path("talk:state")).json()["messages"][0]["text"]
