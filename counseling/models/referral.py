"""Connecting (つなぎ): which agency a visitor was referred to, what they agreed to, what came of it, and the letter.

What stands in columns can be listed and counted; all words are sealed under the visitor's key, version by version.
"""

import json
from typing import Any, TypedDict, cast

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counseling import crypto
from counseling.models.agency import Agency, AgencyKind
from counseling.models.emergency import AgencyContact, Ground
from counseling.models.program import Program
from counseling.models.session import Session


class Level(models.TextChoices):
    """How far a visitor was connected (domain.md §2), in this order."""

    TOLD = "told", _("情報を伝えた")
    GIVEN = "given", _("連絡先を渡した")
    CONTACTED = "contacted", _("同意を得て連絡した")
    ACCOMPANIED = "accompanied", _("同行した・立ち会った")
    EMERGENCY = "emergency", _("緊急の通報・通告")


# At these levels the agency heard from us; never without a ground.
REACHED = frozenset({Level.CONTACTED, Level.ACCOMPANIED, Level.EMERGENCY})


class Item(models.TextChoices):
    """What a visitor may agree that an agency is told."""

    NAME = "name", _("名前")
    TELEPHONE = "telephone", _("電話番号・連絡先")
    AREA = "area", _("お住まいの地域")
    AGE = "age", _("年代")
    FAMILY = "family", _("家族のこと")
    CONTENT = "content", _("相談の内容")


class Outcome(models.TextChoices):
    """What came of it; empty while nobody knows yet."""

    CONNECTED = "connected", _("つながった")
    DECLINED = "declined", _("つながらなかった")
    UNKNOWN = "unknown", _("確かめられないまま終えた")


class GivenUp(models.TextChoices):
    """Why it will not be known any more."""

    ANONYMOUS = "anonymous", _("匿名のため、確かめる手段がない")
    SILENT = "silent", _("その後、ご本人から連絡がない")
    NOT_TOLD = "not_told", _("機関から答えてもらえない")
    OTHER = "other", _("そのほか")


class Did(models.TextChoices):
    """What a version did."""

    MADE = "made", _("つなぎを書いた")
    CHANGED = "changed", _("書きなおした")
    ASKED = "asked", _("聞いたが、まだ分からない")
    ENDED = "ended", _("結果を書いた")
    WITHDRAWN = "withdrawn", _("同意の撤回を書いた")


class ReferralWords(TypedDict):
    """All that a version holds in words; `consent` are the visitor's own."""

    agency: str
    consent: str
    limits: str
    person: str
    told: str
    heard: str
    why: str
    withdrawal: str


NO_WORDS: ReferralWords = {
    "agency": "", "consent": "", "limits": "", "person": "", "told": "", "heard": "", "why": "", "withdrawal": "",
}  # fmt: skip


class Referral(models.Model):
    """One visitor referred to one agency (つなぎ): as it stands now. What changed it stands in its versions.

    Until its result is known, or it was given up for a reason, there is a day to ask (`due_on`) by its owner, or
    without one by who coordinates. `told_overdue_at`: when supervisors were told that nobody did.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="referrals")
    client_id = models.UUIDField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    revision = models.PositiveIntegerField(default=1)
    # Without an agency of the directory its name stands in words.
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="referrals")
    kind = models.CharField(max_length=20, choices=AgencyKind)
    level = models.CharField(max_length=11, choices=Level)
    ground = models.CharField(max_length=7, choices=Ground, blank=True)
    consented_at = models.DateTimeField(null=True)
    consent_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    items = models.JSONField(default=list, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    contacted_at = models.DateTimeField(null=True)
    contacted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    # Of an emergency report: the entry of the contact log on whose ground it was made.
    contact = models.ForeignKey(AgencyContact, on_delete=models.RESTRICT, null=True, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(null=True)
    result = models.CharField(max_length=9, choices=Outcome, blank=True)
    result_on = models.DateField(null=True)
    given_up = models.CharField(max_length=9, choices=GivenUp, blank=True)
    ended_at = models.DateTimeField(null=True)
    told_overdue_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("session", "by", "client_id"), name="referral_once"),
            # No agency hears from us without a ground.
            models.CheckConstraint(
                condition=Q(level__in=("told", "given")) | Q(ground__in=("consent", "life")), name="referral_ground"
            ),
            models.CheckConstraint(
                condition=~Q(ground="consent") | Q(consented_at__isnull=False) | Q(contact__isnull=False),
                name="referral_consent",
            ),
            models.CheckConstraint(
                condition=~Q(ground="life") | Q(level="emergency", contact__isnull=False), name="referral_life"
            ),
            # Nothing falls off: what is not over has a day on which somebody asks.
            models.CheckConstraint(
                condition=Q(result="", ended_at=None, due_on__isnull=False)
                | (~Q(result="") & Q(ended_at__isnull=False, due_on=None)),
                name="referral_due",
            ),
        )
        indexes = (
            models.Index(fields=("due_on",), condition=Q(ended_at=None), name="referral_open"),
            models.Index(fields=("agency", "at"), name="referral_load"),
        )

    def __str__(self) -> str:
        return f"{self.session_id} {self.level} {self.result}"

    @property
    def may_tell(self) -> bool:
        """Whether the visitor agreed, and still does, that the agency is told."""
        return self.consented_at is not None and self.withdrawn_at is None


class ReferralVersion(models.Model):
    """One version of a referral, never changed: who did what, the codes as they stood then, and all words, sealed."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    did = models.CharField(max_length=9, choices=Did)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    codes = models.JSONField(default=dict)
    words = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("referral", "number"), name="referral_version_once"),)

    def __str__(self) -> str:
        return f"{self.referral_id} {self.number} {self.did}"

    @property
    def place(self) -> str:
        """Where the words stand, for their associated data."""
        return f"referral_version.words:{self.referral_id}/{self.number}"

    def seal(self, key: bytes, words: ReferralWords) -> None:
        """Seal the words."""
        self.words = crypto.seal(key, json.dumps(words, ensure_ascii=False, sort_keys=True), self.place)

    def opened(self, key: bytes) -> ReferralWords:
        """The words, opened with the visitor's key. Raises crypto.CannotOpen."""
        stored = json.loads(crypto.open_text(key, self.words, self.place))
        return cast("ReferralWords", {**NO_WORDS, **stored})


class ReferralLetter(models.Model):
    """A letter of introduction (紹介状) as it was made, never changed; `digest` is the SHA-256 of what it says."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="letters")
    number = models.PositiveIntegerField()
    client_id = models.UUIDField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    body = models.BinaryField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("referral", "number"), name="referral_letter_number"),
            models.UniqueConstraint(fields=("referral", "by", "client_id"), name="referral_letter_once"),
        )

    def __str__(self) -> str:
        return f"{self.referral_id} {self.number}"

    @property
    def place(self) -> str:
        """Where the letter stands, for its associated data."""
        return f"referral_letter.body:{self.referral_id}/{self.number}"

    def opened(self, key: bytes) -> dict[str, Any]:
        """What it says, with its random part, opened with the visitor's key. Raises crypto.CannotOpen."""
        stored: dict[str, Any] = json.loads(crypto.open_text(key, self.body, self.place))
        return stored


class ReferralMail(models.Model):
    """A supervisor is owed a mail that referrals of a program are overdue: one, however many there are."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("program", "user"), condition=Q(sent_at=None), name="referral_mail_owed"),
        )

    def __str__(self) -> str:
        return f"{self.program_id} {self.user_id}"
