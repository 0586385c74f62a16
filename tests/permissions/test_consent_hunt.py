"""What was said before consent is hunted on everything the staff see, and everything that leaves the house."""

import json
import logging
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from counseling import feeds
from counseling.actions import messages, on_call, reading, taps
from counseling.emergency import on_paper
from counseling.feeds.emergency import sheet_of
from counseling.hub import reading as hub
from counseling.models import Notification, Program, Session
from counseling.models.supervision import Reason
from tests.canaries import canary, forms
from tests.counseling.asked import ask_first, buttons, tap_on
from tests.permissions.asking import content
from tests.permissions.stage import SORA_COOKIE, Stage
from tests.permissions.test_whisper_hunt import FOUND, FOUND_AS, WIRES, Hunt, Wire, endanger

pytestmark = pytest.mark.django_db
SAID = canary("before-consent")
ASKED = "U" + "c" * 32


def a_console(name: str) -> Wire:
    """What this person's console gets of the sitting: asked for, and by the log."""

    def told(hunt: Hunt) -> bytes:
        session = Session.objects.latest("pk")
        reading.begin(session_id=session.pk, by=hunt.stage.people["mio"], reason=Reason.WATCH)
        paths = (f"/api/sessions/{session.pk}", f"/api/sessions/{session.pk}/risk")
        return b"".join(content(hunt.staff(name).get(path)) for path in paths)

    return told


def the_log(_hunt: Hunt) -> bytes:
    session = Session.objects.latest("pk")
    log = [feeds.session_events(session.pk, 0), hub.session_events(session.pk, 0, session.visitor.key())]
    return str(log).encode()


def the_past(hunt: Hunt) -> bytes:
    """What a supervisor finds of the visitor's earlier sittings."""
    visitor = Session.objects.latest("pk").visitor_id
    return content(hunt.staff("mio").get(f"/api/visitors/{visitor}/sessions"))


def the_emergency_sheet(hunt: Hunt) -> bytes:
    """The page and the paper of a sitting whose words are withheld."""
    session = Session.objects.latest("pk")
    opened = hunt.staff("mio").post(f"/sessions/{session.pk}/sheet/", {"reason": "danger"}, follow=True)
    return content(opened) + json.dumps(on_paper(sheet_of(session), None, risk="高"), ensure_ascii=False).encode()


def other_systems(_hunt: Hunt) -> bytes:
    return b"none" + str(list(Notification.objects.values())).encode()


def who_is_on_call(_hunt: Hunt) -> bytes:
    while on_call.send_next(now=timezone.now()):
        pass
    return b"mails" + b"".join(one.message().as_bytes() for one in mail.outbox)


CONSOLES: dict[str, Wire] = {
    **{f"the console of {name}": a_console(name) for name in ("haru", "ren", "mio", "aoi")},
    "the log": the_log,
    "the past": the_past,
    "the emergency sheet": the_emergency_sheet,
    "other systems": other_systems,
    "who is on call": who_is_on_call,
}


@pytest.fixture
def hunt(stage: Stage, caplog: pytest.LogCaptureFixture) -> Hunt:
    """Somebody wrote on LINE, in danger and without, and has not agreed to anything."""
    caplog.set_level(logging.DEBUG)
    ask_first(Program.objects.get(pk=stage.program.pk))
    endanger(stage)
    for words in (SAID, f"もう死にたい {SAID}", FOUND_AS):
        messages.receive(
            channel_id=stage.line.pk, identity=ASKED, external_id=str(uuid4()), kind="text", text=words,
            written_at=timezone.now(),
        )  # fmt: skip
    sora = Client(raise_request_exception=False)
    sora.cookies["visit"] = SORA_COOKIE
    return Hunt(stage, sora, caplog)


def found(told: bytes) -> list[str]:
    hunted = [*forms(SAID).items(), *forms(FOUND).items()]
    return [form for form, words in hunted if words in told]


@pytest.mark.parametrize("wire", [*WIRES, *CONSOLES])
def test_no_word_before_consent_is_told(wire: str, hunt: Hunt) -> None:
    told = (WIRES | CONSOLES)[wire](hunt)
    assert told
    assert found(told) == []


def test_with_consent_the_hunt_finds_it(hunt: Hunt) -> None:
    agree = tap_on(buttons(ASKED)["同意して相談する"])
    taps.choose(channel_id=hunt.stage.line.pk, identity=ASKED, tap=agree)
    for told in (a_console("mio")(hunt), the_log(hunt)):
        assert {"utf-8", "escaped"} & set(found(told))
        assert [form for form, words in forms(FOUND).items() if words in told]
