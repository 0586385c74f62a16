"""Moving a talk to the telephone (電話移行): what was offered, the number for it, and each call that was made."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counseling import crypto, telephone
from counseling.models.message import Proposal
from counseling.models.session import Session, choices
from counseling.telephone import Kind, PhoneStage, Voice


class Result(models.TextChoices):
    """What came of a move to the telephone."""

    TALKED = telephone.Result.TALKED.value, _("話せた")
    UNREACHED = telephone.Result.UNREACHED.value, _("出なかった")
    REFUSED = telephone.Result.REFUSED.value, _("断られた")
    WRONG_NUMBER = telephone.Result.WRONG_NUMBER.value, _("番号違い")
    REFERRED = telephone.Result.REFERRED.value, _("別機関へ")
    DECLINED = telephone.Result.DECLINED.value, _("希望されなかった")
    WITHDRAWN = telephone.Result.WITHDRAWN.value, _("取り消し")
    LAPSED = telephone.Result.LAPSED.value, _("かけないまま番号を消した")


class NextStep(models.TextChoices):
    """What follows a call."""

    NONE = telephone.NextStep.NONE.value, _("これで終わり")
    AGAIN = telephone.NextStep.AGAIN.value, _("もう一度かける")
    CHAT = telephone.NextStep.CHAT.value, _("チャットに戻る")
    FOLLOW_UP = telephone.NextStep.FOLLOW_UP.value, _("要フォロー")


class PhoneTransfer(models.Model):
    """One move to the telephone: of a session at most one is not over.

    The number and the visitor's wishes are sealed under their key, shown only to who makes the call, and emptied when
    the last call is over or at `forget_at`, whatever comes first.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="phone_transfers")
    kind = models.CharField(max_length=9, choices=choices(Kind))
    stage = models.CharField(max_length=9, choices=choices(PhoneStage), default=PhoneStage.OFFERED)
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField(default=timezone.now)
    # The trainee's words it waits in.
    proposal = models.OneToOneField(Proposal, on_delete=models.SET_NULL, null=True, related_name="phone_transfer")
    # The call comes between these; the number is forgotten at the latest then.
    slot_from = models.DateTimeField(null=True)
    slot_until = models.DateTimeField(null=True)
    forget_at = models.DateTimeField(null=True)
    number = models.BinaryField(default=b"", blank=True)
    voice = models.CharField(max_length=8, choices=choices(Voice), blank=True)
    wishes = models.BinaryField(default=b"", blank=True)
    agreed_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    # Nobody had called in time: when supervisors, and after them administrators, were told.
    overdue_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=12, choices=Result, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("session",), condition=~Q(stage="over"), name="phone_transfer_one_open"),
        )
        indexes = (models.Index(fields=("slot_from",), condition=~Q(stage="over"), name="phone_transfer_open"),)

    def __str__(self) -> str:
        return f"{self.session_id} {self.kind} {self.stage}"

    def place(self, column: str) -> str:
        """Where a sealed column of this row stands, for its associated data."""
        return f"phone_transfer.{column}:{self.session_id}/{self.offered_at.isoformat()}"

    def put(self, column: str, key: bytes, words: str) -> None:
        """Seal the number or the wishes; empty words empty it."""
        setattr(self, column, crypto.seal(key, words, self.place(column)) if words else b"")

    def opened(self, column: str, key: bytes) -> str:
        """The number or the wishes; empty where there is none (any more). Raises crypto.CannotOpen."""
        sealed = getattr(self, column)
        return crypto.open_text(key, sealed, self.place(column)) if sealed else ""

    def forget(self) -> tuple[str, ...]:
        """Empty what would lead to the visitor; which columns changed."""
        self.number, self.wishes, self.forget_at = b"", b"", None
        return ("number", "wishes", "forget_at")


class PhoneCall(models.Model):
    """One call to a visitor: by whom, from when to when, what came of it, and what was talked about, sealed.

    It is open from the moment somebody dials: of a transfer at most one, so that two people never call.
    """

    transfer = models.ForeignKey(PhoneTransfer, on_delete=models.CASCADE, related_name="calls")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=12, choices=Result, blank=True)
    next_step = models.CharField(max_length=9, choices=NextStep, blank=True)
    words = models.BinaryField(default=b"", blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("transfer",), condition=Q(ended_at=None), name="phone_call_one_open"),
        )

    def __str__(self) -> str:
        return f"{self.transfer_id} {self.started_at:%Y-%m-%d %H:%M} {self.result}"

    @property
    def place(self) -> str:
        """Where the words stand, for their associated data."""
        return f"phone_call.words:{self.transfer_id}/{self.started_at.isoformat()}"

    def said(self, key: bytes) -> str:
        """What was talked about; empty where nothing was written. Raises crypto.CannotOpen."""
        return crypto.open_text(key, self.words, self.place) if self.words else ""


class PhoneMail(models.Model):
    """A person is owed a mail that a call is overdue."""

    transfer = models.ForeignKey(PhoneTransfer, on_delete=models.CASCADE, related_name="mails")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("due_at",), condition=Q(sent_at=None), name="phone_mail_owed"),)

    def __str__(self) -> str:
        return f"{self.transfer_id} {self.user_id}"
