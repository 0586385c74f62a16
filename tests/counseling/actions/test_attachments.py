"""What came with a message: kept once, sealed, and shown only to those who may read the talk."""

import io
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from PIL import Image

from accounts.models import User
from counseling import crypto
from counseling.actions import attachments, messages, sessions
from counseling.actions.attachments import Fetching
from counseling.models import Attachment, Channel, Message, Session, SessionEvent
from counseling.outcomes import Content, Fetched
from counseling.permissions import NotVisible
from tests.conftest import SORA, reads_along

SOUND = Content(Fetched.READY, b"a voice", "audio/x-m4a")
NOT_READY = Content(Fetched.NOT_READY)


def photo() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (30, 20), "green").save(file, "JPEG")
    return file.getvalue()


def sent(channel: Channel, kind: str) -> Message:
    message, _new = messages.receive(channel_id=channel.pk, identity=SORA, kind=kind, external_id=f"{kind}-1")
    return message


@pytest.fixture
def voice(line_channel: Channel, haru: User) -> Message:
    """A voice message of Sora's, in Haru's session."""
    message = sent(line_channel, "audio")
    sessions.claim(session_id=message.session_id, by=haru)
    return message


def fetching(message: Message, at: datetime | None = None) -> Fetching:
    claimed = attachments.claim_fetch(message_id=message.pk, now=at or timezone.now())
    assert claimed is not None
    return claimed


def keep(message: Message, content: Content) -> Attachment:
    attachments.record_content(fetching=fetching(message), content=content, now=timezone.now())
    return Attachment.objects.get(message=message)


def test_content_is_kept_sealed_and_told(voice: Message) -> None:
    attachment = keep(voice, SOUND)
    assert (attachment.state, attachment.content_type, attachment.size) == ("ready", "audio/x-m4a", 7)
    assert b"a voice" not in bytes(attachment.content)
    event = SessionEvent.objects.latest("pk")
    voice.refresh_from_db()
    assert (event.kind, event.message_id, event.version) == ("message.attached", voice.pk, voice.version)


def test_sealed_content_opens_at_its_own_place_only(voice: Message, active: Session) -> None:
    attachment = keep(voice, SOUND)
    with pytest.raises(crypto.CannotOpen):
        crypto.open_bytes(active.visitor.key(), attachment.content, "attachment.content:0")


def test_a_picture_is_rebuilt(line_channel: Channel) -> None:
    attachment = keep(sent(line_channel, "image"), Content(Fetched.READY, photo(), "image/heic"))
    assert (attachment.state, attachment.content_type) == ("ready", "image/jpeg")
    assert (attachment.width, attachment.height) == (30, 20)


def test_what_only_pretends_to_be_a_picture_is_refused(line_channel: Channel) -> None:
    attachment = keep(sent(line_channel, "image"), Content(Fetched.READY, b"<script>", "image/jpeg"))
    assert (attachment.state, bytes(attachment.content)) == ("refused", b"")


@pytest.mark.parametrize("declared", ["text/html", "image/svg+xml", "image/jpeg", "application/x-sh", ""])
def test_a_type_that_a_browser_might_run_is_no_type(line_channel: Channel, declared: str) -> None:
    attachment = keep(sent(line_channel, "file"), Content(Fetched.READY, b"x", declared))
    assert attachment.content_type == "application/octet-stream"


def test_what_is_too_large_is_refused(voice: Message) -> None:
    assert keep(voice, Content(Fetched.TOO_LARGE)).state == "refused"


def test_what_is_gone_is_told_as_gone(voice: Message) -> None:
    assert keep(voice, Content(Fetched.GONE)).state == "gone"


def test_an_empty_file_is_kept_too(line_channel: Channel, mio: User) -> None:
    attachment = keep(sent(line_channel, "file"), Content(Fetched.READY, b"", "text/plain"))
    reads_along(attachment.message.session, mio)
    assert attachments.read(attachment_id=attachment.pk, by=mio)[0] == b""


def test_what_is_not_ready_is_asked_for_again_later(voice: Message) -> None:
    assert keep(voice, NOT_READY).state == "pending"
    assert attachments.due_messages(now=timezone.now()) == []
    soon = timezone.now() + timedelta(seconds=2)
    assert attachments.due_messages(now=soon) == [voice.pk]
    assert fetching(voice, soon).tries == 2


def test_what_is_never_ready_is_given_up(voice: Message) -> None:
    Attachment.objects.update(tries=attachments.MOST_TRIES - 1)
    assert keep(voice, NOT_READY).state == "gone"


def test_two_workers_do_not_fetch_the_same_at_once(voice: Message) -> None:
    fetching(voice)
    assert attachments.claim_fetch(message_id=voice.pk, now=timezone.now()) is None


def test_a_claim_that_ran_out_is_taken_over(voice: Message) -> None:
    fetching(voice)
    later = timezone.now() + attachments.CLAIM_LIFE
    assert attachments.due_messages(now=later) == [voice.pk]
    assert fetching(voice, later)


def test_what_was_taken_back_meanwhile_is_not_kept(voice: Message, line_channel: Channel) -> None:
    claimed = fetching(voice)
    messages.unsend(channel_id=line_channel.pk, external_id="audio-1")
    attachments.record_content(fetching=claimed, content=SOUND, now=timezone.now())
    attachment = Attachment.objects.get()
    assert (attachment.state, bytes(attachment.content)) == ("gone", b"")


def test_pictures_may_be_smaller_than_films(line_channel: Channel) -> None:
    assert fetching(sent(line_channel, "image")).most_bytes == 10 * 1024 * 1024
    assert fetching(sent(line_channel, "video")).most_bytes == 50 * 1024 * 1024


@pytest.mark.parametrize("name", ["haru", "mio"])
def test_those_who_may_read_the_talk_get_the_content(
    voice: Message, name: str, mio: User, request: pytest.FixtureRequest
) -> None:
    reads_along(voice.session, mio)
    attachment = keep(voice, SOUND)
    content, content_type, filename = attachments.read(attachment_id=attachment.pk, by=request.getfixturevalue(name))
    assert (content, content_type) == (b"a voice", "audio/x-m4a")
    assert filename == f"{voice.session.number}-{voice.seq}.m4a"


@pytest.mark.parametrize("name", ["ren", "aoi", "kei", "nao"])
def test_nobody_else_gets_it(voice: Message, name: str, request: pytest.FixtureRequest) -> None:
    attachment = keep(voice, SOUND)
    with pytest.raises(NotVisible):
        attachments.read(attachment_id=attachment.pk, by=request.getfixturevalue(name))


def test_a_supervisor_without_a_reason_gets_nothing(voice: Message, mio: User) -> None:
    attachment = keep(voice, SOUND)
    with pytest.raises(NotVisible):
        attachments.read(attachment_id=attachment.pk, by=mio)


def test_what_is_not_here_yet_is_not_shown(voice: Message, mio: User) -> None:
    reads_along(voice.session, mio)
    with pytest.raises(NotVisible):
        attachments.read(attachment_id=Attachment.objects.get(message=voice).pk, by=mio)


def test_what_was_taken_back_is_not_shown(voice: Message, line_channel: Channel, mio: User) -> None:
    attachment = keep(voice, SOUND)
    reads_along(voice.session, mio)
    messages.unsend(channel_id=line_channel.pk, external_id="audio-1")
    with pytest.raises(NotVisible):
        attachments.read(attachment_id=attachment.pk, by=mio)


def test_what_does_not_exist_is_not_shown(mio: User) -> None:
    with pytest.raises(NotVisible):
        attachments.read(attachment_id=1, by=mio)
