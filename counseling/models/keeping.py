"""What is kept no longer, and what must be kept: legal holds, erasures, and what went by rule."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counseling import crypto
from counseling.models.program import Program
from counseling.models.session import Session, Visitor


class Why(models.TextChoices):
    """Why a person is erased."""

    REQUEST = "request", _("ご本人の求め")
    DECISION = "decision", _("窓口の判断")
    CONTRACT = "contract", _("契約の終了")
    RULE = "rule", _("保存期間の終わり")


class Checked(models.TextChoices):
    """How it was made sure that it is the visitor who asks."""

    TALK = "talk", _("相談の画面・LINEで、ご本人とやりとりして確かめた")
    PAPER = "paper", _("本人確認書類で確かめた")
    PRESENT = "present", _("対面で確かめた")
    DEPUTY = "deputy", _("代理人の委任状と本人確認書類で確かめた")
    NONE = "none", _("ご本人の求めではない")


class HoldQuerySet(models.QuerySet["Hold"]):
    """Holds."""

    def in_force(self, day: date) -> "HoldQuerySet":
        """Those that hold on this day in Japan."""
        return self.filter(Q(until=None) | Q(until__gte=day), ended_at=None)


class Hold(models.Model):
    """A legal hold (法的保留): nothing of this program, visitor or session is erased while it is in force.

    It overrules retention and requests alike. The reasons may speak of a visitor: sealed under a key of the house, as
    some are of a whole program, and emptied with the visitor once the hold is over.
    """

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="holds")
    visitor = models.ForeignKey(Visitor, on_delete=models.CASCADE, null=True, related_name="holds")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, null=True, related_name="holds")
    client_id = models.UUIDField(default=uuid.uuid4, unique=True)
    reason = models.BinaryField()
    until = models.DateField(null=True)  # the last day on which it holds, in Japan
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    end_reason = models.BinaryField(default=b"", blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=("program",), condition=Q(ended_at=None), name="hold_in_force"),)
        constraints = (models.CheckConstraint(condition=Q(visitor=None) | Q(session=None), name="hold_of_one_thing"),)

    def __str__(self) -> str:
        return f"{self.program_id} {self.visitor_id or ''} {self.session_id or ''}"

    def place(self, column: str) -> str:
        """Where a sealed column stands, for its associated data."""
        return f"hold.{column}:{self.program_id}/{self.client_id}"

    def seal(self, column: str, words: str) -> None:
        """Put words into a sealed column."""
        setattr(self, column, crypto.seal_house(words.encode(), self.place(column)))

    def words(self, column: str) -> str:
        """The words of a sealed column; empty where there are none. Raises crypto.CannotOpen."""
        sealed = getattr(self, column)
        return crypto.open_house(sealed, self.place(column)).decode() if sealed else ""


class Erasure(models.Model):
    """A person was erased (削除): what went in counts, never a word. Finished when every half of a key is destroyed."""

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="erasures")
    visitor = models.OneToOneField(Visitor, on_delete=models.PROTECT, related_name="erasure")
    why = models.CharField(max_length=8, choices=Why)
    checked = models.CharField(max_length=8, choices=Checked, default=Checked.NONE)
    counts = models.JSONField(default=dict)  # kind → how many
    stays = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("program", "-begun_at"), name="erasure_of_program"),)

    def __str__(self) -> str:
        return f"{self.visitor_id} {self.why}"


class DoomedHalf(models.Model):
    """A half in the vault that is still to be destroyed: owed in the transaction that erased, paid after it."""

    share = models.CharField(max_length=32, unique=True)
    erasure = models.ForeignKey(Erasure, on_delete=models.CASCADE, null=True, related_name="halves")

    def __str__(self) -> str:
        return self.share


class Forgotten(models.Model):
    """A kind of what a session held has gone by rule (counseling.keeping.RETENTION): it is not looked for again."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="forgotten")
    kind = models.CharField(max_length=10)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("session", "kind"), name="forgotten_once"),)

    def __str__(self) -> str:
        return f"{self.session_id} {self.kind}"


class Night(models.Model):
    """One night's sweep of a program (夜の整理): what went, in counts; done when nothing more was due."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="nights")
    on = models.DateField()
    counts = models.JSONField(default=dict)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("program", "on"), name="night_once"),)

    def __str__(self) -> str:
        return f"{self.program_id} {self.on}"
