"""What a disclosure gives out, for who chooses it: the talks of the person, and what was said in each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, QuerySet

from counseling.feeds.keeping import family_of, others_of, visitor_named
from counseling.lifecycle import FINISHED, LIVE
from counseling.models import Disclosure, Message, RecordVersion, Session
from counseling.models.message import UNREAD, Author
from counseling.models.rights import Part

__all__ = ["Line", "Talk", "of_talk", "others_of", "said_in", "sessions_of", "talks_of", "unlooked", "visitor_named"]


@dataclass(frozen=True)
class Talk:
    """One talk: how much was said in it, how much of it is not given out, and whether somebody looked through it."""

    session: Session
    messages: int
    left_out: int
    is_looked: bool


@dataclass(frozen=True)
class Line:
    """One message that may be given out."""

    id: int
    at: datetime
    author: Author
    text: str


def sessions_of(made: Disclosure) -> QuerySet[Session]:
    """Every talk of the person, behind whichever door, the earliest first."""
    rows = Session.objects.filter(visitor__in=family_of(made.visitor), state__in=FINISHED | LIVE)
    return rows.select_related("program", "visitor__channel").order_by("received_at", "pk")


def talks_of(made: Disclosure) -> list[Talk]:
    """Each of them with how far its choosing is; in one where nothing was said or filed there is nothing to look at."""
    filed = Exists(RecordVersion.objects.filter(record__session=OuterRef("pk")))
    looked = set(made.looked)
    return [
        Talk(one, one.said, len(of_talk(made.left_out, one.pk)), one.pk in looked or not (one.said or one.filed))
        for one in sessions_of(made).annotate(said=Count("messages"), filed=filed)
    ]


def unlooked(made: Disclosure) -> list[int]:
    """Talks nobody has looked through yet: one that began meanwhile, too."""
    return [talk.session.pk for talk in talks_of(made) if not talk.is_looked]


def of_talk(names: list[str], session_id: int) -> list[str]:
    """Those of the pieces' names that are of this talk: a name begins with its id."""
    return [name for name in names if name.startswith(f"{session_id}.")]


def said_in(session: Session, parts: list[str]) -> Iterator[Line]:
    """What of these parts was said in it; nothing that was taken back or said before consent."""
    authors = [Author.VISITOR] if Part.SAID in parts else []
    authors += [author for author in Author if author != Author.VISITOR] if Part.OURS in parts else []
    rows = Message.objects.filter(session=session, author__in=authors, unsent_at=None)
    key = session.visitor.key()
    for one in rows.exclude(before_consent__in=UNREAD).order_by("seq"):
        if words := one.words(key):
            yield Line(one.pk, one.created_at, Author(one.author), words)
