"""The directory of agencies: kept by hand, one agency at a time."""

from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any, Literal

from django.db import connection, transaction
from django.utils import timezone

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Right
from counseling import permissions
from counseling.agencies import Entry
from counseling.models import Agency

# Of PostgreSQL's advisory locks; 1 to 4 have other uses.
DIRECTORY_LOCK = 5
Did = Literal["added", "changed", "checked", "retired", "restored"]


class AlreadyThere(Exception):
    """The directory has an agency of this kind, name and area."""

    def __init__(self, agency: Agency) -> None:
        super().__init__(agency.pk)
        self.agency = agency


class ChangedMeanwhile(Exception):
    """Somebody changed it since it was looked at."""


def lock_directory(program_id: int, by: User) -> None:
    """Hold the program's directory for one who keeps it, until the transaction ends. Raises NotVisible."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [DIRECTORY_LOCK, program_id])
    permissions.require(by, Right.KEEP_AGENCIES, program_id)


@transaction.atomic
def add(*, program_id: int, entry: Entry, by: User) -> Agency:
    """A new agency; an entry that says when it was checked was checked by `by`. Raises NotVisible, AlreadyThere."""
    lock_directory(program_id, by)
    _refuse_twin(program_id, entry)
    agency = Agency(program_id=program_id, checked_by=by if entry.checked_on else None)
    agency.put(entry)
    agency.save()
    _note("added", agency, by)
    return agency


@transaction.atomic
def change(*, agency_id: int, entry: Entry, by: User, shown: str | None = None) -> list[str]:
    """Keep it as `entry` says, but for when it was checked; the names of what that changed.

    `shown` is the fingerprint of what `by` looked at. Raises NotVisible, ChangedMeanwhile, AlreadyThere.
    """
    agency = _lock(agency_id, by)
    if shown is not None and shown != fingerprint(agency.entry):
        raise ChangedMeanwhile
    entry = replace(entry, checked_on=agency.checked_on)
    changed = agency.entry.differences(entry)
    if not changed:
        return []
    if entry.key != agency.key:
        _refuse_twin(agency.program_id, entry)
    agency.put(entry)
    agency.save()
    _note("changed", agency, by, fields=changed)
    return changed


@transaction.atomic
def check(*, agency_id: int, by: User) -> None:
    """`by` looked today whether all of it is still so. Raises NotVisible."""
    agency = _lock(agency_id, by)
    agency.checked_on, agency.checked_by = timezone.localdate(), by
    agency.save(update_fields=["checked_on", "checked_by"])
    _note("checked", agency, by)


def retire(*, agency_id: int, by: User) -> None:
    """Nobody is connected there any more; what was done stays. Raises NotVisible."""
    _use(agency_id, by, "retired", timezone.now())


def restore(*, agency_id: int, by: User) -> None:
    """It is in use again. Raises NotVisible."""
    _use(agency_id, by, "restored", None)


@transaction.atomic
def _use(agency_id: int, by: User, did: Did, retired_at: datetime | None) -> None:
    agency = _lock(agency_id, by)
    if (agency.retired_at is None) == (retired_at is None):
        return
    agency.retired_at = retired_at
    agency.save(update_fields=["retired_at"])
    _note(did, agency, by)


def fingerprint(entry: Entry) -> str:
    """Tells whether an agency still is what somebody looked at."""
    return sha256(repr(entry).encode()).hexdigest()[:16]


def _lock(agency_id: int, by: User) -> Agency:
    """The agency, its program's directory held. Raises NotVisible."""
    program_id = Agency.objects.filter(pk=agency_id).values_list("program_id", flat=True).first()
    if program_id is None:
        raise permissions.NotVisible
    lock_directory(program_id, by)
    return Agency.objects.get(pk=agency_id)


def _refuse_twin(program_id: int, entry: Entry) -> None:
    twin = Agency.objects.filter(program=program_id, key=entry.key).first()
    if twin is not None:
        raise AlreadyThere(twin)


def _note(did: Did, agency: Agency, by: User, **details: Any) -> None:
    audit.note(
        Deed.AGENCY_CHANGED,
        by=by,
        subject=f"agency:{agency.pk}",
        program_id=agency.program_id,
        did=did,
        **details,
    )
