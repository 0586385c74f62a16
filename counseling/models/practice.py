"""Talks with characters (練習): which one it is, how it stands with them, and what they felt at each reply."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from counseling.models.message import Message
from counseling.models.session import Session, choices
from counseling.practice import Ending, Heard


class Practice(models.Model):
    """A session in which a character (登場人物) writes in the visitor's place; `by` began it.

    All that the worker needs to go on stands here: `part` of the character's lines, of which `line` is due at `due_at`.
    What they said is a message like any visitor's. Codes and numbers only.
    """

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="practice")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    character = models.CharField(max_length=32)
    trust = models.PositiveSmallIntegerField()
    told = models.JSONField(default=list, blank=True)
    answered = models.JSONField(default=dict, blank=True)
    stays = models.PositiveSmallIntegerField(default=0)
    heard_seq = models.PositiveIntegerField(default=0)  # the counselor's words heard so far
    part = models.CharField(max_length=40, blank=True)
    line = models.PositiveSmallIntegerField(default=0)
    spoken = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField(default=timezone.now)  # when they last wrote or felt something
    ending = models.CharField(max_length=10, choices=choices(Ending), blank=True)
    began_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("id",), condition=Q(ended_at=None), name="practice_going"),)

    def __str__(self) -> str:
        return f"{self.session_id} {self.character}"


class Reaction(models.Model):
    """What a character heard in one reply, or in our silence (no `message`), and how it moved them."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="reactions")
    message = models.ForeignKey(Message, on_delete=models.CASCADE, null=True, related_name="+")
    heard = models.CharField(max_length=16, choices=choices(Heard))
    before = models.PositiveSmallIntegerField()
    after = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("practice", "message"), name="reaction_once"),)

    def __str__(self) -> str:
        return f"{self.practice_id} {self.heard}"
