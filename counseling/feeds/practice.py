"""Talks with characters as who learns by them reads them: which there were, and what was felt at each reply.

Reading only; permission is asked by the caller's door.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.models import User
from counseling import lifecycle
from counseling.models import Message, Practice, Program, Reaction
from counseling.models.message import Author
from counseling.practice import CAST, Character, Heard, hear

MOST_SHOWN = 50


@dataclass(frozen=True)
class Practised:
    """A practice in a list. `readable`: its words are open to this person now; `endable`: they may end it."""

    row: Practice
    character: Character | None
    readable: bool
    endable: bool

    @property
    def is_going(self) -> bool:
        """Whether the character is still there."""
        return self.row.ended_at is None

    @property
    def is_over(self) -> bool:
        """Whether all of the talk is over, its closing too."""
        return not self.is_going and self.row.session.state in lifecycle.FINISHED


@dataclass(frozen=True)
class Felt:
    """What a character heard, in which words, how it moved them (-1, 0, 1), and their own sentence about it."""

    heard: Heard
    because: tuple[str, ...]
    moved: int
    sentence: str


@dataclass(frozen=True)
class Said:
    """A message of the talk, or our silence (no author), with what the character felt at it."""

    author: str
    name: str
    words: str
    at: datetime
    felt: Felt | None


def practised(program: Program, user: User, readable: QuerySet[Practice], *, leads: bool) -> list[Practised]:
    """The newest practices of the program this person may know of: their own, or all for who `leads` it.

    `readable`: those whose words they may read now.
    """
    rows = Practice.objects.filter(session__program=program)
    if not leads:
        rows = rows.filter(Q(by=user) | Q(session__counselor=user))
    rows = rows.select_related("by", "session__counselor", "session__visitor").order_by("-pk")
    open_to_them = set(readable.values_list("pk", flat=True))
    return [
        Practised(row, CAST.get(row.character), row.pk in open_to_them, leads or row.by_id == user.pk)
        for row in rows[:MOST_SHOWN]
    ]


def going(user: User) -> QuerySet[Practice]:
    """The practices this person began that go on, wherever."""
    return Practice.objects.filter(by=user, ended_at=None)


def looked_back(practice: Practice) -> list[Said]:
    """The talk from its first word to its last, and beside each reply what the character felt: three queries."""
    key, character = practice.session.visitor.key(), CAST.get(practice.character)
    reactions = list(practice.reactions.order_by("at", "pk"))
    by_message = {one.message_id: one for one in reactions if one.message_id}
    rows = Message.objects.filter(session=practice.session_id).select_related("by").order_by("seq")
    said = [_said(message, message.words(key), by_message.get(message.pk), character) for message in rows]
    silences = [
        Said("", "", "", one.at, _felt(one, "", character)) for one in reactions if one.message_id is None
    ]  # fmt: skip
    return sorted([*said, *silences], key=lambda one: one.at)


def _said(message: Message, words: str, reaction: Reaction | None, character: Character | None) -> Said:
    is_ours = message.author == Author.COUNSELOR
    name = message.by.name if is_ours and message.by else ""
    felt = _felt(reaction, words, character) if reaction else None
    return Said(message.author, name, words, message.created_at, felt)


def _felt(reaction: Reaction, words: str, character: Character | None) -> Felt:
    heard = Heard(reaction.heard)
    moved = (reaction.after > reaction.before) - (reaction.after < reaction.before)
    return Felt(heard, hear(words).because, moved, character.felt[heard] if character else "")
