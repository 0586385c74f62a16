"""The survey after a talk (アンケート): invitations, and answers that are kept with the talk or apart from it."""

import json
import uuid
from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from counseling import crypto
from counseling.forms import Form
from counseling.models.edition import Edition, Part, form_of
from counseling.models.program import Program
from counseling.models.session import Session, choices
from counseling.opening import TOKYO
from counseling.survey import InvitationState, Kept, Stage
from counseling.triage import Risk


def link_hash(token: str) -> str:
    """By what the link to an answer is known again: the token itself is kept nowhere."""
    return crypto.keyed_hash(token, "survey.link")


class SurveyInvitation(models.Model):
    """A session's visitor is owed an invitation to the survey: once, whatever happens.

    Of answers that are kept apart it tells neither which they are nor whether there are any; `taken` says that the page
    has given the visitor the way to them, which is given once.
    """

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="survey")
    state = models.CharField(max_length=7, choices=choices(InvitationState), default=InvitationState.OWED)
    why = models.CharField(max_length=16, blank=True)
    kept = models.CharField(max_length=9, choices=choices(Kept), default=Kept.WITH_TALK)
    taken = models.BooleanField(default=False)
    due_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    ends_on = models.DateField(null=True)  # the last day on which it is answered

    class Meta:
        indexes = (models.Index(fields=("next_try_at",), condition=Q(state="owed"), name="survey_owed"),)

    def __str__(self) -> str:
        return f"{self.session_id} {self.state}"


class Answered(models.Model):
    """What somebody answers: codes, which are counted, and own words, sealed; found by the hash of the link's token."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=9, choices=choices(Stage), default=Stage.OPEN)
    token_hash = models.CharField(max_length=64, unique=True)
    codes = models.JSONField(default=dict, blank=True)
    words = models.BinaryField(default=b"", blank=True)

    class Meta:
        abstract = True

    @property
    def last_day(self) -> date:
        """The last day on which it can be answered."""
        raise NotImplementedError

    def is_over(self, now: datetime) -> bool:
        """Whether it can be answered no more."""
        return now.astimezone(TOKYO).date() > self.last_day

    def form(self) -> Form:
        """The questions as they were when the survey was sent."""
        return form_of({Part.SURVEY.value: self.edition_id}, Part.SURVEY)

    def put_words(self, words: dict[str, str]) -> None:
        """Seal what was written; nothing empties it."""
        self.words = self._sealed(json.dumps(words, ensure_ascii=False)) if words else b""

    def own_words(self) -> dict[str, str]:
        """What was written, by question. Raises crypto.CannotOpen where the person's key is gone."""
        return dict(json.loads(self._opened())) if self.words else {}

    def _sealed(self, words: str) -> bytes:
        raise NotImplementedError

    def _opened(self) -> str:
        raise NotImplementedError


class SurveyAnswer(Answered):
    """The answer to an invitation, kept with the talk; its words are sealed under the visitor's key."""

    invitation = models.OneToOneField(SurveyInvitation, on_delete=models.CASCADE, related_name="answer")
    # Where the questions on LINE stand (counseling.intake.Progress): codes alone.
    asking = models.JSONField(default=dict, blank=True)
    finished_at = models.DateTimeField(null=True)

    class Meta(Answered.Meta):
        indexes = (models.Index(fields=("invitation",), condition=Q(stage="open"), name="survey_answer_open"),)

    def __str__(self) -> str:
        return f"{self.invitation_id} {self.stage}"

    @property
    def last_day(self) -> date:
        """That of the invitation."""
        assert self.invitation.ends_on is not None  # noqa: S101 - it was sent
        return self.invitation.ends_on

    @property
    def place(self) -> str:
        """Where the words stand, for their associated data."""
        return f"survey_answer.words:{self.invitation_id}"

    def _sealed(self, words: str) -> bytes:
        return crypto.seal(self.invitation.session.visitor.key(), words, self.place)

    def _opened(self) -> str:
        return crypto.open_text(self.invitation.session.visitor.key(), self.words, self.place)


class ApartAnswer(Answered):
    """An answer that is kept apart: no row, id or time leads from it to a session or a visitor.

    Its id is random, and `month` is all it says of when: that of the talk. The link's token is kept nowhere. Words are
    sealed under the house's key, as they are nobody's.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    ends_on = models.DateField()

    class Meta:
        indexes = (
            models.Index(fields=("program", "month"), name="survey_apart_month"),
            models.Index(fields=("ends_on",), condition=Q(stage="open"), name="survey_apart_open"),
        )

    def __str__(self) -> str:
        return f"{self.program_id} {self.month:%Y-%m} {self.stage}"

    @property
    def last_day(self) -> date:
        """Its own: it knows no invitation."""
        return self.ends_on

    @property
    def place(self) -> str:
        """Where the words stand, for their associated data."""
        return f"apart_answer.words:{self.pk}"

    def _sealed(self, words: str) -> bytes:
        return crypto.seal_house(words.encode(), self.place)

    def _opened(self) -> str:
        return crypto.open_house(self.words, self.place).decode()


class SurveyAlarm(models.Model):
    """Words of danger stand in an answer: supervisors are called until one of them has looked."""

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="+")
    answer = models.ForeignKey(SurveyAnswer, on_delete=models.CASCADE, null=True, related_name="alarms")
    apart = models.ForeignKey(ApartAnswer, on_delete=models.CASCADE, null=True, related_name="alarms")
    risk = models.PositiveSmallIntegerField(choices=[(r.value, r.name) for r in Risk])
    raised_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(answer=None, apart__isnull=False) | Q(answer__isnull=False, apart=None),
                name="survey_alarm_of_one",
            ),
        )
        indexes = (
            models.Index(fields=("due_at",), condition=Q(sent_at=None), name="survey_alarm_owed"),
            models.Index(fields=("program",), condition=Q(seen_at=None), name="survey_alarm_unseen"),
        )

    def __str__(self) -> str:
        return f"{self.program_id} {self.risk}"
