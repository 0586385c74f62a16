"""The record of a talk (相談記録): its draft, its versions, and what supervisors decided about them."""

import json
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counseling import crypto
from counseling.lifecycle import Classification
from counseling.models.program import Program
from counseling.models.session import Session, choices
from counseling.recording import Left, RecordState, Written


class Record(models.Model):
    """The record of one session (相談記録): one, whoever writes it. What it holds by itself stands in the session.

    `form` is the number of the record form's version that was answered, 0 where the program has none; `revision` goes
    up with every change, so that nobody overwrites what they have not seen. No code that serves a visitor can reach it.
    """

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="record")
    state = models.CharField(max_length=8, choices=choices(RecordState), default=RecordState.DRAFT)
    since = models.DateTimeField(default=timezone.now)  # in this state
    form = models.PositiveIntegerField(default=0)
    number = models.PositiveIntegerField(default=0)  # versions filed so far
    revision = models.PositiveIntegerField(default=0)
    # What was written and not filed, sealed; empty where there is nothing of the kind.
    draft = models.BinaryField(default=b"", blank=True)
    draft_form = models.PositiveIntegerField(default=0)
    draft_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    draft_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("since",), condition=Q(state__in=("filed", "returned")), name="record_to_do"),)

    def __str__(self) -> str:
        return f"{self.session_id} {self.state} {self.number}"

    @property
    def place(self) -> str:
        """Where the draft stands, for its associated data."""
        return f"record.draft:{self.session_id}"

    def keep(self, key: bytes, written: Written) -> None:
        """Seal what was written."""
        self.draft = crypto.seal(key, json.dumps(asdict(written), ensure_ascii=False, sort_keys=True), self.place)

    def kept(self, key: bytes) -> Written | None:
        """What was written and not filed, opened with the visitor's key; None where there is nothing."""
        if not self.draft:
            return None
        told = json.loads(crypto.open_text(key, self.draft, self.place))
        return Written(**told | {"left": tuple(Left(**one) for one in told["left"])})


class RecordVersion(models.Model):
    """One version of a record as it was filed: never changed. Codes can be counted; own words are sealed."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    form = models.PositiveIntegerField()
    codes = models.JSONField(default=dict, blank=True)
    words = models.BinaryField(default=b"", blank=True)
    classification = models.CharField(max_length=16, choices=choices(Classification))
    thankful_end = models.BooleanField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("record", "number"), name="record_version_once"),)

    def __str__(self) -> str:
        return f"{self.record_id} {self.number}"

    @property
    def place(self) -> str:
        """Where the words stand, for their associated data."""
        return f"record_version.words:{self.record_id}/{self.number}"

    def seal(self, key: bytes, words: dict[str, str], left: tuple[Left, ...]) -> None:
        """Seal the answers in own words, and what an earlier form had asked."""
        told = {"words": words, "left": [asdict(one) for one in left]}
        self.words = crypto.seal(key, json.dumps(told, ensure_ascii=False, sort_keys=True), self.place)

    def opened(self, key: bytes) -> tuple[dict[str, Any], tuple[Left, ...]]:
        """All answers by question, and what an earlier form had asked; opened with the visitor's key."""
        told = json.loads(crypto.open_text(key, self.words, self.place))
        return {**self.codes, **told["words"]}, tuple(Left(**one) for one in told["left"])


class Decided(models.TextChoices):
    """What a supervisor found."""

    CHECKED = "checked", _("確認済み")
    RETURNED = "returned", _("差し戻し")


class RecordReview(models.Model):
    """A supervisor looked at a version of a record (確認): it is right, or goes back with a word, which is sealed."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="reviews")
    turn = models.PositiveIntegerField()  # the record's first, second, … look
    number = models.PositiveIntegerField()  # of the version that was looked at
    decided = models.CharField(max_length=8, choices=Decided)
    word = models.BinaryField(default=b"", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("record", "turn"), name="record_review_once"),)

    def __str__(self) -> str:
        return f"{self.record_id} {self.turn} {self.decided}"

    @property
    def place(self) -> str:
        """Where the word stands, for its associated data."""
        return f"record_review.word:{self.record_id}/{self.turn}"

    def said(self, key: bytes) -> str:
        """The word, opened with the visitor's key; empty where none was written."""
        return crypto.open_text(key, self.word, self.place) if self.word else ""


class RecordMail(models.Model):
    """A person is owed a mail that records of a program wait too long: one, however many there are."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    owed_at = models.DateTimeField()
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("program", "user"), condition=Q(sent_at=None), name="record_mail_owed"),
        )
        indexes = (models.Index(fields=("program", "-owed_at"), name="record_mail_last"),)

    def __str__(self) -> str:
        return f"{self.program_id} {self.user_id}"
