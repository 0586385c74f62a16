"""Legal holds (法的保留): placed by one administrator, ended by another; retention and erasure wait meanwhile."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Right, holders
from counseling import permissions
from counseling.feeds.keeping import today
from counseling.models import Hold, Membership, Program, Session, Visitor
from counseling.text import clean

REASON_LIMIT = 1_000


class DayIsPast(Exception):
    """Its last day lies before today."""


class NeedsAnother(Exception):
    """Who placed it does not end it, as long as the program has another administrator."""


@transaction.atomic
def place(
    *,
    program_id: int,
    by: User,
    client_id: UUID,
    reason: str,
    until: date | None = None,
    visitor: Visitor | None = None,
    session: Session | None = None,
) -> Hold:
    """Keep the program, or this visitor or session of it, until `until` or somebody ends it. Twice is the same.

    Raises permissions.NotVisible, text.UnacceptableText, DayIsPast.
    """
    permissions.require(by, Right.CONFIGURE, program_id)
    reason = clean(reason, limit=REASON_LIMIT)
    if until and until < today(timezone.now()):
        raise DayIsPast
    of = visitor or session
    if of is not None and of.program_id != program_id:
        raise permissions.NotVisible
    # The sweep and an erasure hold these rows, too: a hold that was placed is in force for whatever comes after it.
    Program.objects.select_for_update(no_key=True).get(pk=program_id)
    held = [visitor.pk] if visitor else [session.visitor_id] if session else []
    Visitor.objects.select_for_update(no_key=True).filter(pk__in=held).first()
    if same := Hold.objects.filter(client_id=client_id, by=by).first():
        return same
    hold = Hold(program_id=program_id, visitor=visitor, session=session, client_id=client_id, until=until, by=by)
    hold.seal("reason", reason)
    hold.save(force_insert=True)
    audit.note(Deed.HOLD_PLACED, by=by, subject=subject_of(hold), program_id=program_id, hold=hold.pk)
    return hold


@transaction.atomic
def end(*, hold_id: int, by: User, reason: str) -> Hold:
    """End it. Twice is the same. Raises permissions.NotVisible, text.UnacceptableText, NeedsAnother."""
    hold = Hold.objects.select_for_update(of=("self",), no_key=True).filter(pk=hold_id).first()
    if hold is None:
        raise permissions.NotVisible
    permissions.require(by, Right.CONFIGURE, hold.program_id)
    reason = clean(reason, limit=REASON_LIMIT)
    if hold.ended_at:
        return hold
    if hold.by_id == by.pk and has_another(hold.program_id, by):
        raise NeedsAnother
    hold.ended_at, hold.ended_by = timezone.now(), by
    hold.seal("end_reason", reason)
    hold.save(update_fields=["ended_at", "ended_by", "end_reason"])
    audit.note(Deed.HOLD_ENDED, by=by, subject=subject_of(hold), program_id=hold.program_id, hold=hold.pk)
    return hold


def has_another(program_id: int, by: User) -> bool:
    """Whether somebody else administers the program, too."""
    held = Membership.objects.filter(program=program_id, user__is_active=True, role__in=holders(Right.CONFIGURE))
    return held.exclude(user=by).exists()


def subject_of(hold: Hold) -> str:
    """Of what it is, as the audit log writes it."""
    if hold.visitor_id:
        return f"visitor:{hold.visitor_id}"
    return f"session:{hold.session_id}" if hold.session_id else f"program:{hold.program_id}"
