"""The end of a contract (契約の終了): a closed program's personal data goes from a stated day on; its figures stay.

The sweep takes it a batch at a time, whatever the hour. What a legal hold keeps, and who is still talked with, waits.
"""

from collections import Counter
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Right
from counseling import permissions
from counseling.actions import erasures
from counseling.actions.sweeping import each
from counseling.feeds import keeping as feed
from counseling.models import (
    ApartAnswer,
    ContractEnd,
    DoomedHalf,
    HandoverNote,
    Hold,
    InboundEvent,
    Program,
    Visitor,
)
from counseling.stages import Stage

BATCH = 50


class NotClosed(Exception):
    """The program is not closed for good yet."""


class UnderHold(Exception):
    """A legal hold keeps the whole program on that day."""


class DayIsPast(Exception):
    """The day lies before today."""


class HasBegun(Exception):
    """It is under way, or over: what is gone is gone."""


@transaction.atomic
def decide(*, program_id: int, by: User, on: date, address: str | None = None) -> ContractEnd:
    """From this day on everything personal goes; decided again before it began, the new day holds.

    Raises permissions.NotVisible, NotClosed, DayIsPast, UnderHold, HasBegun.
    """
    permissions.require(by, Right.CONFIGURE, program_id)
    program = Program.objects.select_for_update(no_key=True).get(pk=program_id)
    if program.stage != Stage.CLOSED:
        raise NotClosed
    if on < feed.today(timezone.now()):
        raise DayIsPast
    if Hold.objects.in_force(on).filter(program=program, visitor=None, session=None).exists():
        raise UnderHold
    before = ContractEnd.objects.filter(program=program).first()
    if before and (before.counts or before.finished_at):
        raise HasBegun
    now = timezone.now()
    end, _new = ContractEnd.objects.update_or_create(program=program, defaults={"on": on, "by": by, "at": now})
    _note(Deed.CONTRACT_END_SET, end, by, address, first=on.isoformat())
    return end


@transaction.atomic
def withdraw(*, program_id: int, by: User, address: str | None = None) -> None:
    """It is not to be after all. Twice is the same. Raises permissions.NotVisible, HasBegun."""
    permissions.require(by, Right.CONFIGURE, program_id)
    Program.objects.select_for_update(no_key=True).get(pk=program_id)
    end = ContractEnd.objects.filter(program=program_id).first()
    if end is None:
        return
    if end.counts or end.finished_at:
        raise HasBegun
    _note(Deed.CONTRACT_END_WITHDRAWN, end, by, address)
    end.delete()


@transaction.atomic
def certify(*, program_id: int, by: User, digest: str, address: str | None = None) -> ContractEnd:
    """`by` takes the certificate along. Raises permissions.NotVisible, also before it is finished."""
    permissions.require(by, Right.CONFIGURE, program_id)
    end = ContractEnd.objects.filter(program=program_id).exclude(finished_at=None).first()
    if end is None:
        raise permissions.NotVisible
    _note(Deed.ERASURE_CERTIFIED, end, by, address, digest=digest)
    return end


def carry_out() -> int:
    """Take the next batch of every contract that is over; how many had any."""
    now = timezone.now()
    due = ContractEnd.objects.filter(finished_at=None, on__lte=feed.today(now))
    return each(list(due.values_list("program_id", flat=True)), step, now)


@transaction.atomic
def step(program_id: int, now: datetime) -> int:
    """Erase the next visitors; 0 when nobody is left, or only those who must wait."""
    Program.objects.select_for_update(of=("self",), no_key=True).get(pk=program_id)
    end = ContractEnd.objects.get(program=program_id)
    if end.finished_at:
        return 0
    due = list(feed.erasable(program_id, now).values_list("pk", flat=True)[:BATCH])
    rows = Visitor.objects.select_for_update(of=("self",), no_key=True, skip_locked=True).select_related("channel")
    visitors = list(rows.filter(pk__in=due).order_by("pk"))
    gone = erasures.forget(visitors) if visitors else Counter[str]()
    if visitors:
        gone["visitors"] += len(visitors)
    held = Hold.objects.in_force(feed.today(now)).filter(program=program_id).exists()
    if not held:
        gone += _forget_nobodys(program_id)
    end.counts = dict(sorted((Counter(end.counts) + gone).items()))
    if not due and not held and not _is_anything_left(program_id):
        end.finished_at = timezone.now()
    end.save(update_fields=["counts", "finished_at"])
    if end.finished_at:
        _note(Deed.CONTRACT_ENDED, end, None, None, **end.counts)
    return int(bool(visitors))


def _forget_nobodys(program_id: int) -> Counter[str]:
    """Words that lead to no visitor: of shifts, of answers kept apart, of events nobody could read, of holds."""
    apart = ApartAnswer.objects.filter(program=program_id, words__gt=b"").update(words=b"")
    InboundEvent.objects.filter(channel__program=program_id, body__gt=b"").update(body=b"")
    Hold.objects.filter(program=program_id).update(reason=b"", end_reason=b"")
    return Counter(notes=HandoverNote.objects.filter(program=program_id).delete()[0], words=apart)


def _is_anything_left(program_id: int) -> bool:
    """Somebody who waits for a hold or a talk, or a half that is still to be destroyed."""
    left = feed.personal(program_id)
    notes = HandoverNote.objects.filter(program=program_id)
    return left.exists() or notes.exists() or DoomedHalf.objects.exists()


def _note(deed: Deed, end: ContractEnd, by: User | None, address: str | None, **details: object) -> None:
    subject = f"program:{end.program_id}"
    audit.note(deed, by=by, subject=subject, program_id=end.program_id, address=address, **details)
