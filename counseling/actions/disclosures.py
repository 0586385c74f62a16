"""A visitor is given what is kept of them (開示): chosen by a supervisor, made in the background, gone in a week.

What is given out is fixed when it is chosen, and lies sealed under the visitor's key: erasing them erases it, too.
"""

import io
import json
import zipfile
from collections.abc import Collection, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Right
from counseling import crypto, paper, permissions
from counseling.actions.sweeping import each
from counseling.feeds import disclosures as feed
from counseling.models import Disclosure, Visitor
from counseling.models.keeping import Checked
from counseling.models.rights import DISCLOSURE_LIFE, Making, Part
from counseling.text import clean

WORDS_LIMIT = 1_000
# Every file of the ZIP has the same time: its own would say when somebody worked.
ZIP_TIME = (2000, 1, 1, 0, 0, 0)


class NothingChosen(Exception):
    """No part of the talks is to be given out."""


class TooLate(Exception):
    """It is being made, or was made: what is given out does not change any more."""


class NotLooked(Exception):
    """Nobody has looked through one of the talks for other people's words: it may have begun meanwhile."""


class Changed(Exception):
    """Somebody left something else out while the papers were put together."""


@transaction.atomic
def ask(
    *, visitor_id: int, by: User, client_id: UUID, checked: Checked, words: str, parts: Collection[Part],
    address: str | None = None,
) -> Disclosure:  # fmt: skip
    """Begin one, with how it was made sure who asks. Twice is the same.

    Raises permissions.NotVisible, also for who was erased, text.UnacceptableText, NothingChosen.
    """
    visitor = Visitor.objects.select_for_update(of=("self",), no_key=True).filter(pk=visitor_id).first()
    if visitor is None or not visitor.wrapped_key:
        raise permissions.NotVisible
    permissions.require(by, Right.READ_ALL, visitor.program_id)
    words = clean(words, limit=WORDS_LIMIT)
    if not parts or checked == Checked.NONE:
        raise NothingChosen
    if same := Disclosure.objects.filter(client_id=client_id, by=by).first():
        return same
    made = Disclosure(program_id=visitor.program_id, visitor=visitor, client_id=client_id, checked=checked, by=by)
    made.parts = [part.value for part in Part if part in parts]
    made.checked_words = crypto.seal(visitor.key(), words, made.place("checked_words"))
    made.save(force_insert=True)
    _note(Deed.DISCLOSURE_ASKED, made, by, address, checked=checked.value)
    return made


def _locked(disclosure_id: int, by: User) -> Disclosure:
    rows = Disclosure.objects.select_for_update(of=("self",), no_key=True).select_related("visitor")
    made = rows.filter(pk=disclosure_id).first()
    if made is None or not made.visitor.wrapped_key:
        raise permissions.NotVisible
    permissions.require(by, Right.READ_ALL, made.program_id)
    return made


@transaction.atomic
def leave_out(*, disclosure_id: int, by: User, session_id: int, names: Collection[str]) -> Disclosure:
    """`by` looked through this talk: these pieces of it hold other people's words and are not given out, others are.

    Raises permissions.NotVisible, TooLate.
    """
    made = _locked(disclosure_id, by)
    if not feed.sessions_of(made).filter(pk=session_id).exists():
        raise permissions.NotVisible
    if made.state != Making.CHOOSING:
        raise TooLate
    others = set(made.left_out) - set(feed.of_talk(made.left_out, session_id))
    made.left_out = sorted(others | set(feed.of_talk(list(names), session_id)))
    made.looked = sorted({*made.looked, session_id})
    made.save(update_fields=["left_out", "looked"])
    return made


@transaction.atomic
def make(
    *, disclosure_id: int, by: User, papers: Mapping[str, Mapping[str, Any]], left_out: Collection[str]
) -> Disclosure:
    """Have these papers (file name → what the template takes) made, of which `left_out` was left out.

    Twice is the same: the first ones stand. Raises permissions.NotVisible, NotLooked, Changed.
    """
    made = _locked(disclosure_id, by)
    if made.state != Making.CHOOSING:
        return made
    if feed.unlooked(made):
        raise NotLooked
    if made.left_out != sorted(left_out):
        raise Changed
    made.content = crypto.seal(made.visitor.key(), json.dumps(dict(papers), ensure_ascii=False), made.place("content"))
    made.state, made.total, made.done = Making.MAKING, len(papers), 0
    made.save(update_fields=["content", "state", "total", "done"])
    return made


def carry_on() -> int:
    """Make what is chosen, and let go of what is past its days or whose visitor was erased; how many."""
    now = timezone.now()
    erased = Disclosure.objects.exclude(state=Making.OVER).filter(visitor__wrapped_key=b"")
    over = Disclosure.objects.filter(state=Making.READY, ends_at__lte=now) | erased
    gone = Disclosure.objects.filter(pk__in=list(over.values_list("pk", flat=True)))
    ended = gone.update(state=Making.OVER, content=b"")
    due = Disclosure.objects.filter(state=Making.MAKING).order_by("pk").values_list("pk", flat=True)
    return each(list(due), _draw, now) + ended


def _draw(disclosure_id: int, now: datetime) -> int:
    """Draw every paper; whoever dies in between begins anew. The progress is told as it comes."""
    made = Disclosure.objects.select_related("visitor").get(pk=disclosure_id)
    key, place = made.visitor.key(), made.place("content")
    papers = json.loads(crypto.open_text(key, made.content, place))
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as file:
        for done, (name, data) in enumerate(papers.items(), 1):
            file.writestr(zipfile.ZipInfo(name, ZIP_TIME), paper.pdf("disclosure", data))
            Disclosure.objects.filter(pk=disclosure_id).update(done=done)
    return _keep(disclosure_id, whole.getvalue(), now)


@transaction.atomic
def _keep(disclosure_id: int, whole: bytes, now: datetime) -> int:
    rows = Disclosure.objects.select_for_update(of=("self",), no_key=True).select_related("visitor")
    made = rows.get(pk=disclosure_id)
    if made.state != Making.MAKING:
        return 0
    # Erased meanwhile: the key is gone, and CannotOpen leaves nothing behind.
    made.content = crypto.seal_bytes(made.visitor.key(), whole, made.place("content"))
    made.digest, made.state = sha256(whole).hexdigest(), Making.READY
    made.ready_at, made.ends_at = now, now + DISCLOSURE_LIFE
    made.save(update_fields=["content", "digest", "state", "ready_at", "ends_at"])
    return 1


@transaction.atomic
def take(*, disclosure_id: int, by: User, address: str | None = None) -> bytes:
    """The ZIP, told to the audit log each time. Raises permissions.NotVisible, also once it is over."""
    made = _locked(disclosure_id, by)
    if made.state != Making.READY or made.ends_at is None or made.ends_at <= timezone.now():
        raise permissions.NotVisible
    whole = crypto.open_bytes(made.visitor.key(), made.content, made.place("content"))
    _note(Deed.DISCLOSURE_TAKEN, made, by, address, digest=made.digest)
    return whole


def _note(deed: Deed, made: Disclosure, by: User, address: str | None, **details: object) -> None:
    subject = f"visitor:{made.visitor_id}"
    audit.note(deed, by=by, subject=subject, program_id=made.program_id, address=address, **details)
