"""The emergency sheet (緊急対応シート): opened by supervisors for a reason each time, printed, and worked on.

No password stands between a supervisor and a life (ADR 27): the reason does, and the audit log knows of each time.
"""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Right
from counseling import crypto, permissions, timeline
from counseling.actions.asides import sealed, taken_before
from counseling.models import Clue, Message, Session, SheetReading, StepTick
from counseling.models.edition import steps_of
from counseling.models.emergency import SHEET_LIFE, SHEET_WRITES, ClueKind, SheetReason
from counseling.models.message import UNREAD
from counseling.text import clean

CLUE_LIMIT = 500  # UTF-16 units


class NoSuchStep(Exception):
    """The session's list has no step at this place."""


class NotSaid(Exception):
    """There is no such message that staff may read, or it is not the visitor's."""


@transaction.atomic
def open_sheet(*, session_id: int, by: User, reason: SheetReason, address: str | None = None) -> SheetReading:
    """Open the sheet for this reason: it may be read for an hour, by this person, at this one address.

    Raises permissions.NotVisible, also for a visitor who was erased.
    """
    session = permissions.known_sessions(by).select_related("visitor").filter(pk=session_id).first()
    if session is None:
        raise permissions.NotVisible
    permissions.require(by, Right.READ_ALL, session.program_id)
    try:
        session.visitor.key()
    except crypto.CannotOpen as erased:
        raise permissions.NotVisible from erased
    opened = SheetReading.objects.create(session=session, user=by, reason=reason, at=timezone.now())
    _tell(Deed.SHEET_OPENED, session, by, address, reason=reason)
    return opened


def opened_sheet(opened_id: int, by: User, *, writes: bool = False) -> SheetReading:
    """The emergency sheet as `by` opened it for a reason; what they type there is taken longer.

    Raises permissions.NotVisible.
    """
    since = timezone.now() - (SHEET_WRITES if writes else SHEET_LIFE)
    rows = SheetReading.objects.select_related("session__visitor__channel", "session__program", "session__counselor")
    found = rows.filter(pk=opened_id, user=by, at__gt=since).first()
    if found is None:
        raise permissions.NotVisible
    permissions.require(by, Right.READ_ALL, found.session.program_id)
    return found


@transaction.atomic
def print_sheet(*, opened_id: int, by: User, address: str | None = None, filing_id: int | None = None) -> Session:
    """`by` takes the sheet, or what was filed of it, along as a file. Raises permissions.NotVisible."""
    session = opened_sheet(opened_id, by).session
    filed = {} if filing_id is None else {"filing": filing_id}
    _tell(Deed.SHEET_PRINTED, session, by, address, **filed)
    return session


def _tell(deed: Deed, session: Session, by: User, address: str | None, **details: object) -> None:
    audit.note(deed, by=by, subject=f"session:{session.pk}", program_id=session.program_id, address=address, **details)


def lock_to_write(session_id: int, by: User) -> Session:
    """The session under its row lock, for a supervisor who opened its sheet for a reason. Raises NotVisible."""
    session = permissions.lock_steered(session_id, by)
    since = timezone.now() - SHEET_WRITES
    if not SheetReading.objects.filter(session=session, user=by, at__gt=since).exists():
        raise permissions.NotVisible
    return session


@transaction.atomic
def tick(*, session_id: int, by: User, step: int, done: bool) -> None:
    """A step was taken, or was not after all. Twice is the same: the first one stands.

    Raises permissions.NotVisible, NoSuchStep.
    """
    session = lock_to_write(session_id, by)
    if not 0 <= step < len(steps_of(session.editions).lines):
        raise NoSuchStep
    now = timezone.now()
    present = StepTick.objects.filter(session=session, step=step, taken_back_at=None).first()
    if (present is not None) == done:
        return
    if present is None:
        StepTick.objects.create(session=session, step=step, by=by, at=now)
    else:
        present.taken_back_at, present.taken_back_by = now, by
        present.save(update_fields=["taken_back_at", "taken_back_by"])
    timeline.record(session, "step.ticked" if done else "step.taken_back", at=now, by=by, step=step)


@transaction.atomic
def note_clue(
    *, session_id: int, by: User, client_id: UUID, kind: ClueKind, words: str, seq: int | None = None
) -> tuple[Clue, bool]:
    """Write down what is known of who and where the visitor is, said in message `seq` or heard; True when new.

    Raises permissions.NotVisible, text.UnacceptableText, messages.ClientIdReused, NotSaid.
    """
    words = clean(words, limit=CLUE_LIMIT)
    session = lock_to_write(session_id, by)
    if same := taken_before(Clue, session, by=by, client_id=client_id, words=words):
        return same, False
    said = None if seq is None else _said(session, seq)
    clue = sealed(Clue, session, by=by, words=words, client_id=client_id, kind=kind, message=said)
    timeline.record(session, "clue.noted", at=clue.created_at, by=by, version=clue.version, clue=kind)
    return clue, True


def _said(session: Session, seq: int) -> Message:
    messages = Message.objects.filter(session=session, author="visitor", unsent_at=None)
    said = messages.filter(seq=seq).exclude(before_consent__in=UNREAD).first()
    if said is None:
        raise NotSaid
    return said


@transaction.atomic
def take_back_clue(*, session_id: int, clue_id: int, by: User) -> None:
    """What was written down is not so: it goes on no sheet any more, and stays in the house. Twice is the same.

    Raises permissions.NotVisible.
    """
    session = lock_to_write(session_id, by)
    clue = Clue.objects.filter(session=session, pk=clue_id).first()
    if clue is None:
        raise permissions.NotVisible
    if clue.taken_back_at:
        return
    clue.taken_back_at, clue.taken_back_by = timezone.now(), by
    clue.save(update_fields=["taken_back_at", "taken_back_by"])
    timeline.record(session, "clue.taken_back", at=clue.taken_back_at, by=by, clue=clue.kind)
