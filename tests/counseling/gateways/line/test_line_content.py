"""Contents of messages: fetched with back-off, bounded in size and time, rebuilt, shown."""

import base64

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import User
from counseling import tasks
from counseling.actions import attachments, messages, reading
from counseling.gateways.line import content
from counseling.models import Attachment, Channel, Message
from counseling.models.supervision import Reason
from counseling.outcomes import Fetched
from simulator.running import Simulator

HIDDEN = (b"GPS", b"Exif", b"must-not-survive")


@pytest.fixture
def sora(connected: Channel, line: Simulator) -> str:
    return line.person("空", friend_of=connected.key)


def send(line: Simulator, channel: Channel, sora: str, kind: str, **fields: object) -> Message:
    """Sora sends it in LINE, and its webhook was taken in."""
    message_id = line.say(sora, channel.key, kind, **fields)["message_id"]
    message, _new = messages.receive(channel_id=channel.pk, identity=sora, kind=kind, external_id=message_id)
    return message


def fetched(message: Message) -> Attachment:
    Attachment.objects.filter(message=message).update(next_try_at=timezone.now())
    tasks.fetch(message.pk)
    return Attachment.objects.get(message=message)


@pytest.mark.parametrize("form", ["jpeg", "png"])
def test_a_photograph_arrives_without_its_place(
    line: Simulator, connected: Channel, sora: str, mio: User, form: str
) -> None:
    attachment = fetched(send(line, connected, sora, "image", format=form))
    reading.begin(session_id=attachment.message.session_id, by=mio, reason=Reason.WATCH)
    picture, content_type, _name = attachments.read(attachment_id=attachment.pk, by=mio)
    assert content_type == f"image/{form}"
    assert attachment.width > 0
    assert not [hidden for hidden in HIDDEN if hidden in picture]


@pytest.mark.parametrize(("kind", "content_type"), [("audio", "audio/x-m4a"), ("video", "video/mp4")])
def test_voices_and_films_arrive(line: Simulator, connected: Channel, sora: str, kind: str, content_type: str) -> None:
    attachment = fetched(send(line, connected, sora, kind))
    assert (attachment.state, attachment.content_type) == ("ready", content_type)
    assert attachment.size > 0


def test_a_file_arrives_byte_for_byte(line: Simulator, connected: Channel, sora: str, mio: User) -> None:
    body = bytes(range(256)) * 1000
    fields = {"content_base64": base64.b64encode(body).decode(), "content_type": "text/html", "fileName": "a.html"}
    attachment = fetched(send(line, connected, sora, "file", **fields))
    reading.begin(session_id=attachment.message.session_id, by=mio, reason=Reason.WATCH)
    kept, content_type, name = attachments.read(attachment_id=attachment.pk, by=mio)
    assert (kept, content_type) == (body, "application/octet-stream")
    assert name.endswith(".bin")


def test_what_line_prepares_is_asked_for_again(line: Simulator, connected: Channel, sora: str) -> None:
    message = send(line, connected, sora, "video", not_ready=2)
    assert [fetched(message).state for _try in range(3)] == ["pending", "pending", "ready"]


def test_what_line_does_not_know_is_gone(line: Simulator, connected: Channel, sora: str) -> None:
    assert fetched(send(line, connected, sora, "image", missing=True)).state == "gone"


def test_what_was_taken_back_is_gone(line: Simulator, connected: Channel, sora: str) -> None:
    message = send(line, connected, sora, "image")
    line.say(sora, connected.key, "unsend", message_id=message.external_id)
    assert fetched(message).state == "gone"


def test_during_an_outage_it_waits(line: Simulator, connected: Channel, sora: str) -> None:
    message = send(line, connected, sora, "image")
    line.outage()
    assert fetched(message).state == "pending"
    line.outage(on=False)
    assert fetched(message).state == "ready"


@pytest.mark.parametrize("fault", ["500-before-accept", "429-rate", "rst-before-accept", "timeout-before-accept"])
def test_a_fault_is_only_a_delay(
    line: Simulator, connected: Channel, sora: str, settings: Settings, fault: str
) -> None:
    settings.LINE_TIMEOUT_SECONDS = 0.3
    message = send(line, connected, sora, "audio")
    line.faults([fault], path="content")
    assert fetched(message).state == "pending"
    assert fetched(message).state == "ready"


def test_more_than_the_limit_is_not_read(line: Simulator, connected: Channel, sora: str) -> None:
    body = base64.b64encode(bytes(200_000)).decode()
    message = send(line, connected, sora, "file", content_base64=body)
    assert message.external_id is not None
    assert content.fetch(connected, message.external_id, 199_999).state == Fetched.TOO_LARGE
    assert content.fetch(connected, message.external_id, 200_000).state == Fetched.READY


def test_what_drips_in_too_slowly_is_left(
    line: Simulator, connected: Channel, sora: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(content, "SECONDS_IN_ALL", -1.0)
    message = send(line, connected, sora, "audio")
    assert message.external_id is not None
    assert content.fetch(connected, message.external_id, 10_000_000).state == Fetched.NOT_READY


def test_an_odd_id_cannot_lead_elsewhere(line: Simulator, connected: Channel) -> None:
    assert content.fetch(connected, "../../../v2/bot/info?x=", 1000).state == Fetched.GONE
