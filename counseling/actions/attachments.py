"""What came with a message: fetched at once with back-off, rebuilt where it is a picture, sealed, shown to staff."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from counseling import crypto, outcomes, permissions, pictures, timeline
from counseling.actions import reading
from counseling.models import Attachment, Channel, Message
from counseling.models.message import AttachmentState, BeforeConsent, MessageKind
from counseling.outcomes import Content, Fetched

MEGABYTE = 1024 * 1024
MOST_BYTES = {MessageKind.IMAGE.value: 10 * MEGABYTE}
MOST_BYTES_ELSE = 50 * MEGABYTE
CLAIM_LIFE = timedelta(minutes=2)
# With waits of 1, 2, 4 … 300 s this is about three hours; LINE keeps a content for some days at least.
MOST_TRIES = 45
LONGEST_WAIT_SECONDS = 300.0
PLAIN = "application/octet-stream"
# What a browser may be told; the rest is a file without a type.
CONTENT_TYPES = {
    "audio/x-m4a": "m4a",
    "audio/mp4": "m4a",
    "audio/aac": "aac",
    "audio/mpeg": "mp3",
    "video/mp4": "mp4",
    "application/pdf": "pdf",
    "text/plain": "txt",
    "image/jpeg": "jpg",
    "image/png": "png",
}


@dataclass(frozen=True)
class Fetching:
    """One content to ask for, under a claim."""

    message_id: int
    channel: Channel
    external_id: str
    kind: str
    tries: int

    @property
    def most_bytes(self) -> int:
        """How large it may be."""
        return MOST_BYTES.get(self.kind, MOST_BYTES_ELSE)


@dataclass(frozen=True)
class Kept:
    """What is to be stored in the end; `content` is empty unless it is ready."""

    state: AttachmentState
    content: bytes = b""
    content_type: str = ""
    width: int = 0
    height: int = 0


def due_messages(*, now: datetime, most: int = 500) -> list[int]:
    """Messages whose content waits to be fetched."""
    pending = Attachment.objects.filter(state=AttachmentState.PENDING, next_try_at__lte=now).order_by("next_try_at")
    return list(pending.values_list("message_id", flat=True)[:most])


@transaction.atomic
def claim_fetch(*, message_id: int, now: datetime) -> Fetching | None:
    """Claim the content for CLAIM_LIFE; None when it is not (or not yet) to be fetched."""
    attachment = (
        Attachment.objects.select_for_update(of=("self",), no_key=True)
        .select_related("message__channel")
        .filter(message=message_id, state=AttachmentState.PENDING, next_try_at__lte=now)
        .first()
    )
    if attachment is None:
        return None
    message = attachment.message
    if message.channel is None or message.external_id is None:
        return None
    attachment.tries, attachment.next_try_at = attachment.tries + 1, now + CLAIM_LIFE
    attachment.save(update_fields=["tries", "next_try_at"])
    return Fetching(message_id, message.channel, message.external_id, message.kind, attachment.tries)


def record_content(*, fetching: Fetching, content: Content, now: datetime) -> None:
    """Keep what was fetched, or try again later, or give up. Pictures are rebuilt before any lock is taken."""
    if content.state == Fetched.NOT_READY and fetching.tries < MOST_TRIES:
        wait = outcomes.wait(fetching.tries, longest=LONGEST_WAIT_SECONDS)
        Attachment.objects.filter(message=fetching.message_id).update(next_try_at=now + wait)
        return
    _keep(fetching.message_id, _kept(fetching.kind, content), now)


def _kept(kind: str, content: Content) -> Kept:
    if content.state == Fetched.TOO_LARGE:
        return Kept(AttachmentState.REFUSED)
    if content.state != Fetched.READY:
        return Kept(AttachmentState.GONE)
    if kind != MessageKind.IMAGE:
        known = content.content_type in CONTENT_TYPES and not content.content_type.startswith("image/")
        return Kept(AttachmentState.READY, content.body, content.content_type if known else PLAIN)
    try:
        picture = pictures.rebuild(content.body)
    except pictures.NotAPicture:
        return Kept(AttachmentState.REFUSED)
    return Kept(AttachmentState.READY, picture.content, picture.content_type, picture.width, picture.height)


@transaction.atomic
def _keep(message_id: int, kept: Kept, now: datetime) -> None:
    session = permissions.locked(Message.objects.values_list("session_id", flat=True).get(pk=message_id))
    message = Message.objects.select_related("attachment").get(pk=message_id)
    attachment = message.attachment
    # Taken back while it was fetched: nothing of it is kept.
    if message.unsent_at or attachment.state != AttachmentState.PENDING:
        return
    attachment.state, attachment.content_type = kept.state, kept.content_type
    attachment.size, attachment.width, attachment.height = len(kept.content), kept.width, kept.height
    if kept.state == AttachmentState.READY:
        attachment.content = crypto.seal_bytes(session.visitor.key(), kept.content, attachment.place)
    attachment.save(update_fields=["state", "content", "content_type", "size", "width", "height"])
    message.version = timeline.next_version(session)
    Message.objects.filter(pk=message_id).update(version=message.version)
    timeline.record(session, "message.attached", at=now, message=message, version=message.version)


def read(*, attachment_id: int, by: User, address: str | None = None) -> tuple[bytes, str, str]:
    """Content, content type and a neutral file name, for those who may read the talk. Raises permissions.NotVisible."""
    attachment = (
        Attachment.objects.select_related("message__session__visitor")
        .filter(
            pk=attachment_id,
            state=AttachmentState.READY,
            message__unsent_at=None,
            message__before_consent__in=("", BeforeConsent.SHOWN),
            message__session__in=permissions.readable_sessions(by),
        )
        .first()
    )
    if attachment is None:
        raise permissions.NotVisible
    session = attachment.message.session
    content = crypto.open_bytes(session.visitor.key(), attachment.content, attachment.place)
    ending = CONTENT_TYPES.get(attachment.content_type, "bin")
    reading.tell_attachment(attachment_id=attachment_id, session=session, by=by, address=address)
    return content, attachment.content_type, f"{session.number}-{attachment.message.seq}.{ending}"
