"""Canned replies as their readers see them: the program's and one's own, what is used often first."""

from typing import TypedDict

from django.db.models import Q, QuerySet

from accounts.models import User
from counseling import contacts, opening, replies
from counseling.models import CannedReply, Program
from counseling.models.edition import contacts_of


class ReplyView(TypedDict):
    """One reply as the console offers it: `body` with its variables filled, `mine` where it is one's own."""

    id: int
    shortcut: str
    title: str
    body: str
    mine: bool


def seen_by(user: User, program_id: int) -> QuerySet[CannedReply]:
    """The replies a person may use in a program."""
    return CannedReply.objects.filter(Q(owner=None) | Q(owner=user), program=program_id)


def offered(user: User, program: Program) -> list[ReplyView]:
    """The replies a person may use in a program, filled; of two with the same shortcut one's own first."""
    values = values_of(program)
    return [
        {
            "id": one.pk,
            "shortcut": one.shortcut,
            "title": one.title,
            "body": replies.filled(one.body, values),
            "mine": one.owner_id is not None,
        }
        for one in seen_by(user, program.pk)
    ]


def values_of(program: Program) -> dict[str, str]:
    """What the variables stand for: in Japanese, as counselors write."""
    return {
        "program": program.name,
        "hours": opening.describe(program.opening(), "ja"),
        "emergency": contacts.block(contacts_of(program), "ja"),
    }
