"""When a life is in danger: who opened the sheet and why, what is known of where the visitor is, who was told of it.

Everything in words is sealed under the visitor's key, and gone with it.
"""

import json
from datetime import timedelta
from typing import cast

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counseling import crypto
from counseling.emergency import ContactWords, Sheet
from counseling.models.agency import Agency
from counseling.models.message import Aside, Message
from counseling.models.session import Session

# So long a sheet that was opened for a reason may be read; and so long what is typed there is still taken.
SHEET_LIFE, SHEET_WRITES = timedelta(hours=1), timedelta(hours=12)


class SheetReason(models.TextChoices):
    """Why a supervisor opens the sheet."""

    DANGER = "danger", _("命の危険がある")
    PREPARE = "prepare", _("危険に備える")
    INQUIRY = "inquiry", _("機関からの問い合わせ")
    FOLLOW_UP = "follow_up", _("連絡の続き・記録")


class Ground(models.TextChoices):
    """On which ground an agency is told (根拠): there is no third."""

    CONSENT = "consent", _("本人の同意")
    LIFE = "life", _("生命の保護")


class ClueKind(models.TextChoices):
    """What a clue is about."""

    NAME = "name", _("名前・呼び名")
    PLACE = "place", _("居場所・住まい")
    TELEPHONE = "telephone", _("電話番号")
    PEOPLE = "people", _("まわりの人・学校・職場")
    OTHER = "other", _("そのほか")


class SheetReading(models.Model):
    """A supervisor opened the sheet of a sitting, for a reason: once for each time. Codes only, as in the audit log."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="sheet_readings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=9, choices=SheetReason)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.user_id} opens the sheet of {self.session_id}: {self.reason}"


class Trace(models.Model):
    """From where a visitor of our page wrote (接続元): address and browser, sealed, for the sheet and nothing else.

    `mark` tells one from another without opening them: an HMAC under the visitor's key. It is forgotten at `ends_at`,
    as the program kept addresses when it was written.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="traces")
    mark = models.CharField(max_length=64)
    body = models.BinaryField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("session", "mark"), name="trace_once"),)
        indexes = (models.Index(fields=("ends_at",), name="trace_ends"),)

    def __str__(self) -> str:
        return f"{self.session_id} {self.last_at:%Y-%m-%d %H:%M}"

    @property
    def place(self) -> str:
        """Where it stands, for its associated data."""
        return f"trace.body:{self.session_id}/{self.mark}"

    def words(self, key: bytes) -> tuple[str, str]:
        """Address and browser, opened with the visitor's key."""
        address, browser = json.loads(crypto.open_text(key, self.body, self.place))
        return address, browser


class StepTick(models.Model):
    """A step of the list (緊急時の手順) was taken, by whom and when. A tick by mistake is taken back, and stays.

    `step` is its place in the edition the session keeps.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="step_ticks")
    step = models.PositiveSmallIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("session", "step"), condition=Q(taken_back_at=None), name="step_tick_once"),
        )

    def __str__(self) -> str:
        return f"{self.session_id} {self.step}"


class Clue(Aside):
    """What is known of who and where the visitor is (手がかり): marked in what they said, or written down."""

    kind = models.CharField(max_length=9, choices=ClueKind)
    message = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")


class AgencyContact(Aside):
    """One contact with an agency (連絡記録): no row without a ground, and none is ever changed.

    A correction is a row of its own (`corrects`); the earlier one stays. `body` holds ContactWords.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    contacted_at = models.DateTimeField()
    ground = models.CharField(max_length=7, choices=Ground)
    consented_at = models.DateTimeField(null=True)
    next_due_at = models.DateTimeField(null=True)
    corrects = models.OneToOneField("self", on_delete=models.CASCADE, null=True, related_name="corrected_by")

    class Meta(Aside.Meta):
        constraints = (
            *Aside.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ground="life", consented_at=None) | Q(ground="consent", consented_at__isnull=False),
                name="agency_contact_ground",
            ),
            models.CheckConstraint(
                condition=Q(contacted_at__lte=F("created_at"), consented_at__lte=F("created_at"))
                | Q(contacted_at__lte=F("created_at"), consented_at=None),
                name="agency_contact_past",
            ),
        )

    def told(self, key: bytes) -> ContactWords:
        """What it holds, opened with the visitor's key."""
        stored = json.loads(crypto.open_text(key, self.body, self.place))
        return cast("ContactWords", {name: stored[name] for name in ContactWords.__annotations__})


class Filing(Aside):
    """The sheet as it was given out (提出) for a contact, whose ground is its own. Never changed.

    `body` is the sheet in JSON, with a random part; `digest` the SHA-256 of all that was given. What finds the visitor
    at LINE belongs to who they are there, and is sealed under that key (`door_identity`).
    """

    contact = models.ForeignKey(AgencyContact, on_delete=models.CASCADE, related_name="filings")
    digest = models.CharField(max_length=64)
    door_identity = models.BinaryField(default=b"", blank=True)

    @property
    def door_place(self) -> str:
        """Where the LINE identity stands, for its associated data."""
        return f"filing.door_identity:{self.session_id}/{self.client_id}"

    @staticmethod
    def canonical(random: str, sheet: Sheet) -> str:
        """What is sealed and hashed. The random part: a hash of few known words could be guessed."""
        return json.dumps({"random": random, "sheet": sheet}, ensure_ascii=False, sort_keys=True)

    def given(self, key: bytes) -> tuple[str, Sheet]:
        """The random part and the sheet as it was given, opened with the visitor's key."""
        stored = json.loads(crypto.open_text(key, self.body, self.place))
        return stored["random"], stored["sheet"]
