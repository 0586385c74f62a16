"""The audit log: who did what. Appended here and nowhere else; the database refuses to change or remove a row."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from ipaddress import ip_address

from allauth.core.internal.httpkit import get_client_ip
from django.db import connection, transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts.deeds import Deed
from accounts.models import AuditEntry, User

# The other locks of the house are 1 (a person's capacity) and 2 (a program's offers).
LOCK = 3
START = "0" * 64
# Every field but the hash itself.
HASHED = tuple(field.attname for field in AuditEntry._meta.concrete_fields if field.attname != "hash")


BATCH_ROWS = 5_000
# A subject ("kind:id"), and the program that concerns.
About = tuple[str, int | None]


class UnknownDeed(Exception):
    """The deed is not in accounts.deeds: it would have no sentence on the page."""


def note(
    deed: str,
    *,
    by: User | None,
    subject: str = "",
    program_id: int | None = None,
    address: str | None = None,
    **details: object,
) -> None:
    """Append that `by` (None: nobody who is known, or the house itself) did `deed` to `subject` ("kind:id").

    `details` are codes, ids and names of fields, never words or secrets. Raises UnknownDeed.
    Call it as the last write of the transaction: from here until the commit everybody else who notes waits, because
    each row carries the hash of the row before it, and only a committed row can be the one before.
    """
    note_each(deed, by=by, about=[(subject, program_id)], address=address, **details)


@transaction.atomic(savepoint=False)
def note_each(
    deed: str, *, by: User | None, about: Iterable[About], address: str | None = None, **details: object
) -> None:
    """The same deed to several subjects, as `note` does: one row each, three queries for all."""
    if deed not in set(Deed):
        raise UnknownDeed(deed)
    fields = {"actor_id": by.pk if by else None, "actor_name": by.name if by else "", "deed": deed}
    fields |= {"address": _plain(address), "details": json.loads(json.dumps(details))}
    entries = [AuditEntry(subject=subject, program_id=program, **fields) for subject, program in about]
    _chain(entries)
    AuditEntry.objects.bulk_create(entries)


def _chain(entries: list[AuditEntry]) -> None:
    """Give these rows the next places in the log, each the hash of the one before."""
    ids, last = _next_places(len(entries))
    now = timezone.now()
    for entry, pk in zip(entries, ids, strict=True):
        entry.pk, entry.at, entry.previous_hash = pk, now, last
        entry.hash = last = hash_of({name: getattr(entry, name) for name in HASHED})


def address_of(request: HttpRequest) -> str | None:
    """Where a request came from, as the trusted proxies in front of the house say."""
    address: str | None = get_client_ip(request)
    return address


def _plain(address: str | None) -> str | None:
    """The address as PostgreSQL writes it: another spelling would be another hash."""
    if not address:
        return None
    ip = ip_address(address)
    return str(getattr(ip, "ipv4_mapped", None) or ip)


def hash_of(row: Mapping[str, object]) -> str:
    """The SHA-256, in hex, over the canonical JSON of a row's HASHED fields; `at` is a datetime in UTC."""
    fields = {name: row[name] for name in HASHED} | {"at": f"{row['at']:%Y-%m-%dT%H:%M:%S.%fZ}"}
    return sha256(json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()).hexdigest()


def _next_places(count: int) -> tuple[list[int], str]:
    """The next rows' ids, and the hash of the row before them."""
    with connection.cursor() as cursor:
        # Alone in its statement: what is read next must see what the one before us committed.
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [LOCK])
        cursor.execute(
            "SELECT array(SELECT nextval(pg_get_serial_sequence('accounts_auditentry', 'id'))"
            " FROM generate_series(1, %s)),"
            " coalesce((SELECT hash FROM accounts_auditentry ORDER BY id DESC LIMIT 1), %s)",
            [count, START],
        )
        ids, last = cursor.fetchone()
    return ids, last


class Broken(Exception):
    """The first row that is not as it was written, and what is wrong with it."""


@dataclass(frozen=True)
class Verified:
    """What the log holds: how many rows, and the last one's hash (START while there is none)."""

    count: int
    head: str


def verify(*, noted: str = "") -> Verified:
    """Walk the whole log in order, a batch at a time; `noted` is a head of an earlier walk. Raises Broken."""
    count, head, last_id = 0, START, 0
    seen = not noted or noted == START
    while batch := list(AuditEntry.objects.filter(pk__gt=last_id).order_by("pk").values()[:BATCH_ROWS]):
        for row in batch:
            _check(row, head, last_id)
            count, head, last_id = count + 1, row["hash"], row["id"]
            seen = seen or head == noted
    if not seen:
        raise Broken(f"after row {last_id}: the end is missing, the noted head is not in the log")
    return Verified(count, head)


def _check(row: Mapping[str, object], head: str, last_id: int) -> None:
    if hash_of(row) != row["hash"]:
        raise Broken(f"row {row['id']}: altered, it does not match its own hash")
    if row["previous_hash"] == head:
        return
    if AuditEntry.objects.filter(hash=row["previous_hash"], pk__lt=last_id).exists() or row["previous_hash"] == START:
        raise Broken(f"row {last_id}: inserted, row {row['id']} follows an earlier one")
    raise Broken(f"row {row['id']}: the row before it is missing or was written anew (the last good one is {last_id})")
