"""A person's right to their own words (開示), and the end of a program's contract."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counseling import crypto
from counseling.models.keeping import Checked
from counseling.models.program import Program
from counseling.models.session import Visitor

DISCLOSURE_LIFE = timedelta(days=7)


class Part(models.TextChoices):
    """What of a talk is given out."""

    SAID = "said", _("ご本人が書いたことば")
    OURS = "ours", _("窓口から送ったことば")
    CONSENTS = "consents", _("同意したことと受付の答え")
    SURVEY = "survey", _("アンケートの答え")
    RECORD = "record", _("相談記録")


class Making(models.TextChoices):
    """How far a disclosure is."""

    CHOOSING = "choosing", _("選んでいます")
    MAKING = "making", _("作成中")
    READY = "ready", _("受け取れます")
    OVER = "over", _("期限切れ")


class Disclosure(models.Model):
    """A visitor asked for what is kept of them (開示請求): chosen by a supervisor, sealed, and gone after a week.

    `content` is sealed under the visitor's key: while it is made the pages in JSON, afterwards the ZIP. `looked`: ids
    of talks somebody looked through for other people's words; `left_out`: names of the pieces that hold any
    (pages.disclosure_papers); `checked_words`: how it was made sure who asks.
    """

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="+")
    visitor = models.ForeignKey(Visitor, on_delete=models.CASCADE, related_name="disclosures")
    client_id = models.UUIDField(default=uuid.uuid4, unique=True)
    checked = models.CharField(max_length=8, choices=Checked)
    checked_words = models.BinaryField()
    parts = models.JSONField(default=list)
    looked = models.JSONField(default=list, blank=True)
    left_out = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=8, choices=Making, default=Making.CHOOSING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    content = models.BinaryField(default=b"", blank=True)
    digest = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    ready_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("state",), condition=Q(state__in=("making", "ready")), name="disclosure_due"),)

    def __str__(self) -> str:
        return f"{self.visitor_id} {self.state}"

    def place(self, column: str) -> str:
        """Where a sealed column stands, for its associated data."""
        return f"disclosure.{column}:{self.visitor_id}/{self.client_id}"

    def said(self, key: bytes) -> str:
        """How it was made sure who asks."""
        return crypto.open_text(key, self.checked_words, self.place("checked_words")) if self.checked_words else ""


class ContractEnd(models.Model):
    """When everything personal of a closed program goes (契約の終了). Its figures stay."""

    program = models.OneToOneField(Program, on_delete=models.PROTECT, related_name="contract_end")
    on = models.DateField()  # from the first hour of this day, in Japan
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    counts = models.JSONField(default=dict)
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.program_id} {self.on}"
