"""The directory of agencies as a file: taken in all of it or nothing, and given out with a note in the audit."""

from collections.abc import Iterable

from django.db import transaction

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Right
from counseling import permissions
from counseling.actions.agencies import ChangedMeanwhile, lock_directory
from counseling.agencies import Entry
from counseling.agencies.sheet import Reading
from counseling.feeds.agency_sheets import Comparison, compared
from counseling.models import Agency, Program

BATCH_ROWS = 500
CHANGED = [field.name for field in Agency._meta.concrete_fields if field.name not in {"id", "program"}]


@transaction.atomic
def take_in(*, program_id: int, reading: Reading, shown: str, by: User) -> Comparison:
    """Do what somebody was shown (the comparison's fingerprint); what was done.

    Raises NotVisible, and ChangedMeanwhile where it would do anything else by now.
    """
    lock_directory(program_id, by)
    comparison = compared(program_id, reading)
    if comparison.problems or comparison.fingerprint != shown:
        raise ChangedMeanwhile
    fill(program_id=program_id, entries=comparison.new, checked_by=by)
    _change(comparison, by)
    audit.note(
        Deed.AGENCIES_IMPORTED,
        by=by,
        subject=f"program:{program_id}",
        program_id=program_id,
        added=len(comparison.new),
        changed=len(comparison.changed),
    )
    return comparison


def fill(*, program_id: int, entries: Iterable[Entry], checked_by: User | None = None) -> None:
    """The agencies of a directory that has none of them, in the caller's transaction."""
    rows = []
    for entry in entries:
        row = Agency(program_id=program_id, checked_by=checked_by if entry.checked_on else None)
        row.put(entry)
        rows.append(row)
    Agency.objects.bulk_create(rows, batch_size=BATCH_ROWS)


def _change(comparison: Comparison, by: User) -> None:
    for change in comparison.changed:
        change.agency.put(change.entry)
        change.agency.retired_at = None
        if "checked_on" in change.fields:
            change.agency.checked_by = by
    rows = [change.agency for change in comparison.changed]
    Agency.objects.bulk_update(rows, CHANGED, batch_size=BATCH_ROWS)


@transaction.atomic
def note_export(*, program: Program, rows: int, by: User) -> None:
    """Write down that `by` took the directory out of the house. Raises NotVisible."""
    permissions.require(by, Right.KEEP_AGENCIES, program.pk)
    audit.note(Deed.AGENCIES_EXPORTED, by=by, subject=f"program:{program.pk}", program_id=program.pk, rows=rows)
