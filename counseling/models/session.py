"""Visitors, their sittings (sessions), the log of each, and who has them."""

from enum import StrEnum

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from counseling import crypto, lifecycle
from counseling.lifecycle import (
    CallKind,
    CallStep,
    Classification,
    Consent,
    EndReason,
    Medium,
    Refusal,
    State,
    TakeOver,
)
from counseling.models.program import Channel, Program
from counseling.telephone import PhoneFace
from counseling.triage import Risk


def choices(values: type[StrEnum]) -> list[tuple[str, str]]:
    """Choices of an enumeration of the pure rules, for a column."""
    return [(value.value, value.value) for value in values]


class Visitor(models.Model):
    """A person who writes (相談者): known by a pseudonym, found by a keyed hash of the channel's identity.

    `wrapped_key` is the data key of all this person's words; empty when it was destroyed. It opens only together with
    the half that the vault keeps under the name `share` (counseling.vault); empty where it has none yet.
    """

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="visitors")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="visitors")
    pseudonym = models.CharField(max_length=8)
    identity_hash = models.CharField(max_length=64)
    identity = models.BinaryField(default=b"", blank=True)
    wrapped_key = models.BinaryField(default=b"", blank=True)
    share = models.CharField(max_length=32, default="", blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    # Chosen on the page or in the talk; automatic texts speak it.
    language = models.CharField(max_length=8, default="ja")
    # Who came through LINE: who they are there. When they last had the page open, and were last told of a reply.
    door = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="beyond")
    seen_at = models.DateTimeField(null=True)
    rung_at = models.DateTimeField(null=True)
    # The visitor blocked our LINE account: pushes would be accepted and never seen.
    blocked_us_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("channel", "identity_hash"), name="visitor_once"),
            models.UniqueConstraint(fields=("program", "pseudonym"), name="visitor_pseudonym"),
        )
        indexes = (models.Index(fields=("id",), condition=Q(share=""), name="visitor_without_share"),)

    def __str__(self) -> str:
        return self.pseudonym

    def key(self) -> bytes:
        """The data key of this visitor's words. Raises crypto.CannotOpen when it was destroyed."""
        return crypto.unwrap(self.wrapped_key, self.place_of_key, self.share)

    @property
    def place_of_key(self) -> str:
        """Where the data key stands, for its associated data."""
        return self.place_for(self.identity_hash)

    @staticmethod
    def place_for(identity_hash: str) -> str:
        """Where the data key of who is found by this hash stands."""
        return f"visitor.key:{identity_hash}"

    def address(self) -> str:
        """The channel's own identity (LINE user id), for the gateway only; never shown to staff."""
        return crypto.open_text(self.key(), self.identity, f"visitor.identity:{self.identity_hash}")


class Session(models.Model):
    """One sitting with a visitor (相談). Every change takes the next `version` under the row's lock."""

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="sessions")
    visitor = models.ForeignKey(Visitor, on_delete=models.PROTECT, related_name="sessions")
    number = models.PositiveIntegerField()  # within the program, in order of access
    # What is not a chat was entered afterwards (actions.afterwards): it is no access, and takes no words.
    medium = models.CharField(max_length=9, choices=choices(Medium), default=Medium.CHAT)
    version = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=16, choices=choices(State), default=State.INTAKE)
    risk = models.PositiveSmallIntegerField(choices=[(r.value, r.name) for r in Risk], default=Risk.NONE)
    counselor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    refusal = models.CharField(max_length=20, choices=choices(Refusal), blank=True)
    visits = models.PositiveIntegerField(default=1)  # which sitting of this visitor it is, accepted ones only
    # Answers to the intake in codes; those in the visitor's own words are sealed.
    attributes = models.JSONField(default=dict, blank=True)
    intake_words = models.BinaryField(default=b"", blank=True)
    # The program's editions when it began: part → id.
    editions = models.JSONField(default=dict, blank=True)
    # Somebody of the house tries the program: never in any figure.
    trial = models.BooleanField(default=False)
    # Empty where nobody is asked for it.
    consent = models.CharField(max_length=8, choices=choices(Consent), blank=True)
    consented_at = models.DateTimeField(null=True)
    # Where the questions before the talk stand (counseling.intake.Progress): codes and ids, never an answer in words.
    intake = models.JSONField(default=dict, blank=True)

    received_at = models.DateTimeField(default=timezone.now)
    queued_at = models.DateTimeField(null=True)
    first_claimed_at = models.DateTimeField(null=True)
    first_response_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=16, choices=choices(EndReason), blank=True)
    classification = models.CharField(max_length=16, choices=choices(Classification), blank=True)
    thankful_end = models.BooleanField(null=True)

    # The clocks: the visitor's first word nobody has answered; the last word of a person from our side.
    waiting_since = models.DateTimeField(null=True)
    silent_since = models.DateTimeField(null=True)
    last_visitor_at = models.DateTimeField(null=True)
    idle_steps = models.PositiveSmallIntegerField(default=0)  # 1 nudged, 2 given notice
    message_count = models.PositiveIntegerField(default=0)
    visitor_count = models.PositiveIntegerField(default=0)
    offered_to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    offered_until = models.DateTimeField(null=True)
    # The counselor's console is gone since then, with the talk still theirs.
    counselor_lost_at = models.DateTimeField(null=True)
    # Whose talk it was before a supervisor took it over, and why (TakeOver): there it can go back.
    taken_from = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="taken_over"
    )
    taken_because = models.CharField(max_length=8, choices=choices(TakeOver), blank=True)
    # Its counselor calls for a supervisor (呼び出し) until the call is over; when it goes on to the next, unanswered.
    call_kind = models.CharField(max_length=8, choices=choices(CallKind), blank=True)
    called_at = models.DateTimeField(null=True)
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    call_step = models.PositiveSmallIntegerField(default=CallStep.SUPERVISORS)
    call_due_at = models.DateTimeField(null=True)
    call_answered_at = models.DateTimeField(null=True)
    call_answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    # How far a move to the telephone has come, and when the visitor was first spoken with there (電話移行).
    phone = models.CharField(max_length=8, choices=choices(PhoneFace), blank=True)
    phoned_at = models.DateTimeField(null=True)
    # When an agency was first told of it (緊急の連絡), as its contact log says.
    reported_at = models.DateTimeField(null=True)
    # What was arranged for its visitor (actions.arrangements): the version of the approach note, 0 where there is none;
    # the minutes agreed on when it began; and which refusal danger to life let them in in spite of.
    approach = models.PositiveIntegerField(default=0)
    agreed_minutes = models.PositiveSmallIntegerField(null=True)
    in_spite_of = models.CharField(max_length=20, choices=choices(Refusal), blank=True)
    offer_declined = models.JSONField(default=list, blank=True)  # ids of people who declined or let it lapse

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("program", "visitor"),
                condition=Q(state__in=sorted(lifecycle.OPEN)),
                name="session_one_open",
            ),
            models.UniqueConstraint(fields=("program", "number"), name="session_number"),
            # The same talk told of twice is one.
            models.UniqueConstraint(
                fields=("visitor", "counselor", "received_at"),
                condition=~Q(medium=Medium.CHAT),
                name="session_entered_once",
            ),
        )
        indexes = (
            models.Index(
                fields=("program", "state"), condition=Q(state__in=sorted(lifecycle.LIVE)), name="session_live"
            ),
            models.Index(fields=("visitor", "-received_at"), name="session_of_visitor"),
            models.Index(fields=("program", "received_at"), name="session_received"),
            models.Index(
                fields=("counselor",), condition=Q(state__in=sorted(lifecycle.LIVE)), name="session_of_counselor"
            ),
        )

    def __str__(self) -> str:
        return f"{self.program_id}-{self.number}"

    @property
    def withholds(self) -> bool:
        """Whether what the visitor says now is for nobody of the staff to read."""
        return self.consent in lifecycle.WITHHOLDING

    @property
    def place_of_intake(self) -> str:
        """Where the intake's words stand, for their associated data."""
        return f"session.intake_words:{self.program_id}/{self.number}"


class SessionEvent(models.Model):
    """One line of a session's log. `header` is the session's face just after it; no words anywhere."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="events")
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=32)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    message_id = models.BigIntegerField(null=True)
    note_id = models.BigIntegerField(null=True)
    whisper_id = models.BigIntegerField(null=True)
    proposal_id = models.BigIntegerField(null=True)
    header = models.JSONField()
    details = models.JSONField(default=dict, blank=True)  # codes and ids, for the log and the figures

    class Meta:
        constraints = (models.UniqueConstraint(fields=("session", "version"), name="event_version"),)

    def __str__(self) -> str:
        return f"{self.session_id}@{self.version} {self.kind}"


class Assignment(models.Model):
    """Who had a session, in which role, from when to when, and why it began and ended."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="assignments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=16)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    began_because = models.CharField(max_length=16)
    ended_because = models.CharField(max_length=16, blank=True)
    summary = models.BinaryField(default=b"", blank=True)  # what the one before wrote for this one
    read_seq = models.PositiveIntegerField(default=0)  # the visitor's words seen so far
    read_whisper = models.BigIntegerField(default=0)  # the whisper seen last, by its id

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("session",), condition=Q(until=None), name="assignment_one_open"),
        )
        indexes = (models.Index(fields=("user", "since"), name="assignment_of_user"),)

    def __str__(self) -> str:
        return f"{self.session_id} {self.user_id}"

    @property
    def place(self) -> str:
        """Where the summary stands, for its associated data."""
        return f"assignment.summary:{self.session_id}/{self.user_id}"

    def words(self, key: bytes) -> str:
        """The summary, opened with the visitor's key; empty where none was written."""
        return crypto.open_text(key, self.summary, self.place) if self.summary else ""


class Draft(models.Model):
    """Words not yet sent, kept sealed on the server so that no browser has to store them."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="drafts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    body = models.BinaryField()
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("session", "user"), name="draft_once"),)

    def __str__(self) -> str:
        return f"{self.session_id} {self.user_id}"

    @property
    def place(self) -> str:
        """Where the words stand, for their associated data."""
        return f"draft.body:{self.session_id}/{self.user_id}"

    def words(self, key: bytes) -> str:
        """The words, opened with the visitor's key."""
        return crypto.open_text(key, self.body, self.place) if self.body else ""
