"""Merging two visitors as one person (同じ人としてまとめる), and undoing it (まとめを取り消す).

Nothing of either is moved or changed, so nothing has to be put back: replies, keys, pseudonyms, limits and figures go
by the visitor as before.
"""

from collections.abc import Iterator

from django.db import connection, transaction
from django.utils import timezone

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Right
from counseling import permissions
from counseling.feeds.history import persons_of
from counseling.models import Merge, Visitor
from counseling.models.merge import MergeReason

# The other locks of the house are 1 (a person's capacity) to 5.
MERGE_LOCK = 6


class SamePerson(Exception):
    """The two are one already: by themselves, by a merge, by a chain of them, or by LINE's door to our page."""


class UndoneBefore(Exception):
    """The merge was taken back already."""


@transaction.atomic
def merge(
    *, visitor_id: int, other_id: int, reason: MergeReason, by: User, address: str | None = None
) -> tuple[Merge, bool]:
    """See two visitors of a program as one person from now on; True when that is new.

    The same wish of the same person twice is one. Raises permissions.NotVisible (also for who was erased), SamePerson.
    """
    one, other = _locked(visitor_id, other_id, by=by)
    if one.pk == other.pk:
        raise SamePerson
    known = Merge.objects.filter(one=one, other=other, undone_at=None).first()
    if known and (known.by_id, known.reason) == (by.pk, reason):
        return known, False
    if other.pk in persons_of([one.pk])[one.pk]:
        raise SamePerson
    made = Merge.objects.create(one=one, other=other, reason=reason, by=by)
    _note(Deed.VISITORS_MERGED, made, one.program_id, by, address, reason=reason.value)
    return made, True


@transaction.atomic
def undo(*, merge_id: int, by: User, address: str | None = None) -> Merge:
    """The two are two again; whoever was merged with either of them stays so.

    Raises permissions.NotVisible, UndoneBefore.
    """
    found = Merge.objects.filter(pk=merge_id).values_list("one__program", flat=True).first()
    if found is None:
        raise permissions.NotVisible
    permissions.require(by, Right.STEER, found)
    made = Merge.objects.select_for_update(no_key=True).get(pk=merge_id)
    if made.undone_at is not None:
        raise UndoneBefore
    made.undone_at, made.undone_by = timezone.now(), by
    made.save(update_fields=["undone_at", "undone_by"])
    _note(Deed.MERGE_UNDONE, made, found, by, address)
    return made


def _locked(*visitor_ids: int, by: User) -> Iterator[Visitor]:
    """The two in the order of their ids, of one program in which `by` steers; nobody who was erased.

    One merge of a program after another: two at once could make a ring of them, which no undoing would part.
    """
    kept = Visitor.objects.filter(pk__in=visitor_ids).exclude(wrapped_key=b"")
    found = {visitor.pk: visitor for visitor in kept}
    programs = {visitor.program_id for visitor in found.values()}
    if len(programs) != 1 or set(visitor_ids) != set(found):
        raise permissions.NotVisible
    program_id = programs.pop()
    permissions.require(by, Right.STEER, program_id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [MERGE_LOCK, program_id])
    # Who is being erased at this moment is gone afterwards.
    locked = Visitor.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=found).exclude(wrapped_key=b"")
    rows = {visitor.pk: visitor for visitor in locked.order_by("pk")}
    if set(rows) != set(found):
        raise permissions.NotVisible
    return (rows[pk] for pk in sorted(visitor_ids))


def _note(deed: Deed, made: Merge, program_id: int, by: User, address: str | None, **details: object) -> None:
    """Told of each of the two, so that either one's log has it."""
    subjects = [(f"visitor:{pk}", program_id) for pk in (made.one_id, made.other_id)]
    audit.note_each(deed, by=by, about=subjects, address=address, merge=made.pk, **details)
