"""What a disclosure gives out, for who chooses it: the visitor's talks, and what was said in each."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from counseling.feeds.keeping import visitor_named
from counseling.lifecycle import FINISHED, LIVE
from counseling.models import Disclosure, Message, Session
from counseling.models.message import UNREAD, Author
from counseling.models.rights import Part

__all__ = ["SaidLine", "said_in", "talks_of", "visitor_named"]


@dataclass(frozen=True)
class Talk:
    """One talk, how much was said in it, and how much of that is not given out."""

    session: Session
    messages: int
    left_out: int


@dataclass(frozen=True)
class SaidLine:
    """One message as its chooser reads it."""

    id: int
    at: datetime
    author: Author
    text: str
    left_out: bool


def talks_of(made: Disclosure) -> list[Talk]:
    """Every talk of the visitor, the earliest first."""
    out = Count("messages", filter=Q(messages__pk__in=made.left_out))
    rows = Session.objects.filter(visitor=made.visitor_id, state__in=FINISHED | LIVE)
    counted = rows.annotate(said=Count("messages"), out=out).order_by("received_at", "pk")
    return [Talk(one, one.said, one.out) for one in counted]


def said_in(session: Session, made: Disclosure) -> list[SaidLine]:
    """What of the chosen parts was said in it; nothing that was taken back or said before consent."""
    authors = [Author.VISITOR] if Part.SAID in made.parts else []
    authors += [author for author in Author if author != Author.VISITOR] if Part.OURS in made.parts else []
    rows = Message.objects.filter(session=session, author__in=authors, unsent_at=None)
    key, out = session.visitor.key(), set(made.left_out)
    lines = rows.exclude(before_consent__in=UNREAD).order_by("seq")
    told = [SaidLine(one.pk, one.created_at, Author(one.author), one.words(key), one.pk in out) for one in lines]
    return [line for line in told if line.text]
