"""Canned replies: the program's are kept by those who write for it, each person's own by themselves.

What changes in the program's is told to the audit; a person's own are their affair.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from django.db import transaction
from django.db.models import F, Q, QuerySet

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Right
from counseling import permissions, replies
from counseling.actions.programs import ChangedMeanwhile
from counseling.feeds import replies as feed
from counseling.models import CannedReply, Program
from counseling.replies import Problem
from counseling.text import in_one_way


class CannotKeep(ValueError):
    """The reply cannot be kept; `problems` lists (field, code, what it is about).

    Codes: those of replies.problems, taken, too_many.
    """

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{field}: {code}" for field, code, _what in problems))
        self.problems = problems


@dataclass(frozen=True)
class Words:
    """What a reply says, as it is kept."""

    shortcut: str
    title: str
    body: str

    @classmethod
    def typed(cls, shortcut: str, title: str, body: str) -> "Words":
        """The words as somebody typed them."""
        return cls(replies.spelled(shortcut), title.strip(), in_one_way(body))


def fingerprint(reply: CannedReply) -> str:
    """Tells whether the reply still says what somebody looked at."""
    return sha256("\0".join((reply.shortcut, reply.title, reply.body)).encode()).hexdigest()[:16]


@transaction.atomic
def add(*, program_id: int, owner: User | None, words: Words, by: User) -> CannedReply:
    """One more reply: the program's, or `owner`'s own, who is `by`. Raises permissions.NotVisible, CannotKeep."""
    _lock(program_id, owner, by)
    _check(program_id, owner, words)
    reply = CannedReply.objects.create(program_id=program_id, owner=owner, **vars(words))
    _note(reply, "added", by)
    return reply


@transaction.atomic
def change(*, reply_id: int, words: Words, by: User, shown: str | None = None) -> CannedReply:
    """Write a reply anew; `shown` is the fingerprint of what `by` looked at.

    Raises permissions.NotVisible, ChangedMeanwhile, CannotKeep.
    """
    reply = _kept(reply_id, by)
    if shown is not None and shown != fingerprint(reply):
        raise ChangedMeanwhile
    if Words(reply.shortcut, reply.title, reply.body) == words:
        return reply
    _check(reply.program_id, reply.owner, words, but=reply)
    reply.shortcut, reply.title, reply.body = words.shortcut, words.title, words.body
    reply.save(update_fields=["shortcut", "title", "body"])
    _note(reply, "changed", by)
    return reply


@transaction.atomic
def remove(*, reply_id: int, by: User) -> None:
    """Take a reply away. Raises permissions.NotVisible."""
    reply = _kept(reply_id, by)
    CannedReply.objects.filter(pk=reply_id).delete()
    _note(reply, "removed", by)


@transaction.atomic
def note_use(*, program_id: int, reply_id: int, by: User) -> None:
    """Somebody put the reply into their words: what is used often stands first. Raises permissions.NotVisible."""
    permissions.require(by, Right.TAKE_SESSIONS, program_id)
    if not feed.seen_by(by, program_id).filter(pk=reply_id).update(uses=F("uses") + 1):
        raise permissions.NotVisible


def _lock(program_id: int, owner: User | None, by: User) -> None:
    """Hold the program's replies; who may write them: the program's those who write for it, one's own oneself."""
    if owner is not None and owner.pk != by.pk:
        raise permissions.NotVisible
    permissions.require(by, Right.TAKE_SESSIONS if owner else Right.WRITE_REPLIES, program_id)
    Program.objects.select_for_update(no_key=True).get(pk=program_id)


def _kept(reply_id: int, by: User) -> CannedReply:
    reply = CannedReply.objects.select_related("owner").filter(pk=reply_id).first()
    if reply is None:
        raise permissions.NotVisible
    _lock(reply.program_id, reply.owner, by)
    # Read again under the lock.
    present = CannedReply.objects.select_related("owner").filter(pk=reply_id).first()
    if present is None:
        raise permissions.NotVisible
    return present


def _check(program_id: int, owner: User | None, words: Words, *, but: CannedReply | None = None) -> None:
    found = replies.problems(words.shortcut, words.title, words.body)
    others = _beside(program_id, owner)
    if but is not None:
        others = others.exclude(pk=but.pk)
    if others.filter(shortcut=words.shortcut).exists():
        found.append(("shortcut", "taken", words.shortcut))
    if but is None and others.filter(owner=owner).count() >= replies.MOST_REPLIES:
        found.append(("", "too_many", str(replies.MOST_REPLIES)))
    if found:
        raise CannotKeep(found)


def _beside(program_id: int, owner: User | None) -> QuerySet[CannedReply]:
    """Those whose shortcuts would be mistaken for one another: the program's; for one's own, one's own besides."""
    return CannedReply.objects.filter(Q(owner=None) | Q(owner=owner) if owner else Q(owner=None), program=program_id)


def _note(reply: CannedReply, did: str, by: User) -> None:
    if reply.owner_id is None:
        audit.note(
            Deed.REPLIES_CHANGED, by=by, subject=f"reply:{reply.pk}", program_id=reply.program_id, did=did
        )  # fmt: skip


@dataclass(frozen=True)
class TakenIn:
    """What a file brought: how many replies are new, and how many say something else now."""

    new: int
    changed: int


@transaction.atomic
def take_in(*, program_id: int, owner: User | None, rows: Iterable[Words], by: User) -> TakenIn:
    """Add these replies, and write those anew whose shortcut is there; what is not among them stays.

    All or nothing. Raises permissions.NotVisible, CannotKeep (the rows were checked one by one before).
    """
    _lock(program_id, owner, by)
    there = {one.shortcut: one for one in CannedReply.objects.filter(program=program_id, owner=owner)}
    new = changed = 0
    for words in rows:
        known = there.get(words.shortcut)
        if known is None:
            _check(program_id, owner, words)
            CannedReply.objects.create(program_id=program_id, owner=owner, **vars(words))
            new += 1
        elif Words(known.shortcut, known.title, known.body) != words:
            _check(program_id, owner, words, but=known)
            CannedReply.objects.filter(pk=known.pk).update(title=words.title, body=words.body)
            changed += 1
    if owner is None and new + changed:
        about = f"program:{program_id}"
        audit.note(
            Deed.REPLIES_CHANGED,
            by=by,
            subject=about,
            program_id=program_id,
            did="imported",
            added=new,
            changed=changed,
        )
    return TakenIn(new, changed)


@transaction.atomic
def note_export(*, program_id: int, by: User) -> None:
    """Write down that `by` took the program's replies out of the house. Raises permissions.NotVisible."""
    permissions.require(by, Right.WRITE_REPLIES, program_id)
    audit.note(Deed.REPLIES_EXPORTED, by=by, subject=f"program:{program_id}", program_id=program_id)
