"""Words to and from the visitor, what came with them, and words among staff (another table, on purpose)."""

import json
from collections.abc import Sequence
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counseling import crypto, triage
from counseling.models.program import Channel
from counseling.models.session import Session


class Author(models.TextChoices):
    """Whose words a message carries."""

    VISITOR = "visitor", _("相談者")
    COUNSELOR = "counselor", _("相談員")
    AUTO = "auto", _("自動メッセージ")


# Kinds whose content lies at the platform and has to be fetched.
WITH_CONTENT = frozenset({"image", "video", "audio", "file"})


class MessageKind(models.TextChoices):
    """What a message is made of."""

    TEXT = "text", _("テキスト")
    STICKER = "sticker", _("スタンプ")
    IMAGE = "image", _("画像")
    VIDEO = "video", _("動画")
    AUDIO = "audio", _("音声")
    FILE = "file", _("ファイル")
    LOCATION = "location", _("位置情報")
    UNKNOWN = "unknown", _("表示できない種類")


class BeforeConsent(models.TextChoices):
    """What became of words that were said before the visitor agreed to the terms (同意の前のことば)."""

    WITHHELD = "withheld", _("同意を待っている")
    SHOWN = "shown", _("同意のあとに見えるようになった")
    DELETED = "deleted", _("同意がなく、消された")


# Staff read neither: what waits for consent, and what is gone without it.
UNREAD = (BeforeConsent.WITHHELD.value, BeforeConsent.DELETED.value)


class Message(models.Model):
    """One message between visitor and counselor. `seq` is dense within the session and orders the talk."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="messages")
    seq = models.PositiveIntegerField()
    version = models.PositiveIntegerField()  # of the session, when this message last changed
    author = models.CharField(max_length=9, choices=Author)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=8, choices=MessageKind, default=MessageKind.TEXT)
    body = models.BinaryField(default=b"", blank=True)
    # Words of danger found in it when it came, with their places; sealed, for they are the visitor's own.
    findings = models.BinaryField(default=b"", blank=True)
    client_id = models.UUIDField(null=True)  # made by the author's browser: the same word is taken once
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, null=True, related_name="+")
    external_id = models.CharField(max_length=64, null=True)  # noqa: DJ001 - unique where present
    auto_key = models.CharField(max_length=32, blank=True)  # which of the program's texts
    written_at = models.DateTimeField(null=True)  # as the platform says; never used for order
    created_at = models.DateTimeField(default=timezone.now)
    unsent_at = models.DateTimeField(null=True)
    before_consent = models.CharField(max_length=8, choices=BeforeConsent, blank=True)

    class Meta:
        indexes = (models.Index(fields=("session",), condition=Q(before_consent="withheld"), name="message_withheld"),)
        constraints = (
            models.UniqueConstraint(fields=("session", "seq"), name="message_seq"),
            models.UniqueConstraint(fields=("session", "author", "client_id"), name="message_client_id"),
            models.UniqueConstraint(
                fields=("channel", "external_id"), condition=Q(external_id__isnull=False), name="message_external_id"
            ),
        )

    def __str__(self) -> str:
        return f"{self.session_id}#{self.seq}"

    @property
    def place(self) -> str:
        """Where the words stand, for their associated data."""
        return f"message.body:{self.session_id}/{self.seq}"

    def words(self, key: bytes) -> str:
        """The words as staff may read them, opened with the visitor's key: empty while they are withheld."""
        return "" if self.before_consent == BeforeConsent.WITHHELD else self.own_words(key)

    def own_words(self, key: bytes) -> str:
        """The words for who wrote them, and for the house itself; empty after an unsend."""
        return crypto.open_text(key, self.body, self.place) if self.body else ""

    @property
    def place_of_findings(self) -> str:
        """Where the findings stand, for their associated data."""
        return f"message.findings:{self.session_id}/{self.seq}"

    def keep_findings(self, key: bytes, found: Sequence[triage.Finding]) -> None:
        """Keep the words of danger found in it, sealed; nothing where there are none."""
        if found:
            told = [[one.start, one.end, one.word, one.level, one.meaning] for one in found]
            written = json.dumps(told, ensure_ascii=False)
            self.findings = crypto.seal(key, written, self.place_of_findings)

    def found(self, key: bytes) -> list[triage.Finding]:
        """The words of danger in it, as staff may read them: none while the words themselves are not theirs to read."""
        if not self.findings or self.before_consent in UNREAD:
            return []
        told = json.loads(crypto.open_text(key, self.findings, self.place_of_findings))
        return [
            triage.Finding(start, end, word, triage.Risk(level), triage.Meaning(meaning))
            for start, end, word, level, meaning in told
        ]


class AttachmentState(models.TextChoices):
    """Whether the content that came with a message is here."""

    PENDING = "pending", _("取得中")
    READY = "ready", _("取得済")
    GONE = "gone", _("取得できません")
    REFUSED = "refused", _("受け付けない形式")


class Attachment(models.Model):
    """A picture, sound, film or file that came with a message: rebuilt, sealed, and shown to staff only."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="attachment")
    state = models.CharField(max_length=8, choices=AttachmentState, default=AttachmentState.PENDING)
    content = models.BinaryField(default=b"", blank=True)
    content_type = models.CharField(max_length=80, blank=True)
    size = models.PositiveIntegerField(default=0)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = (models.Index(fields=("next_try_at",), condition=Q(state="pending"), name="attachment_due"),)

    def __str__(self) -> str:
        return f"{self.message_id} {self.state}"

    @property
    def place(self) -> str:
        """Where the content stands, for its associated data."""
        return f"attachment.content:{self.message_id}"


class Aside(models.Model):
    """Words among staff in a session, sealed under its visitor's key: what notes and whispers have in common."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="%(class)ss")
    version = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    client_id = models.UUIDField()
    body = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(fields=("session", "by", "client_id"), name="%(class)s_client_id"),
        )

    def __str__(self) -> str:
        return f"{self.session_id} {self._meta.model_name} {self.pk}"

    @property
    def place(self) -> str:
        """Where the words stand, for their associated data."""
        return f"{self._meta.model_name}.body:{self.session_id}/{self.client_id}"

    def words(self, key: bytes) -> str:
        """The words, opened with the visitor's key; empty when they went by rule."""
        return crypto.open_text(key, self.body, self.place) if self.body else ""


class Decision(models.TextChoices):
    """What became of words a trainee proposed."""

    PENDING = "pending", _("承認待ち")
    APPROVED = "approved", _("承認済み")
    RETURNED = "returned", _("差し戻し")
    WITHDRAWN = "withdrawn", _("取り下げ")


OPEN = (Decision.PENDING, Decision.RETURNED)


class Proposal(Aside):
    """A trainee's reply that waits for a supervisor (承認待ちの返信): no message before it is approved.

    `version` is the session's when it last changed. No code that serves a visitor can reach this table.
    """

    decision = models.CharField(max_length=9, choices=Decision, default=Decision.PENDING)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    message = models.OneToOneField(Message, on_delete=models.SET_NULL, null=True, related_name="proposal")

    class Meta(Aside.Meta):
        indexes = (
            models.Index(fields=("session",), condition=Q(decision__in=("pending", "returned")), name="proposal_open"),
        )


class Note(Aside):
    """Words among staff about a session (内部メモ). No code that serves a visitor can reach this table."""


class Whisper(Aside):
    """Words between a supervisor and the session's counselor while they talk with the visitor (ささやき).

    Never a note and never a reply: it moves no clock, counts as no message and is owed to nobody. No code that serves
    a visitor can reach this table.
    """
