"""The audit log: who did what. Appended here and nowhere else; the database refuses to change or remove a row."""

import json
from collections.abc import Mapping
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


class UnknownDeed(Exception):
    """The deed is not in accounts.deeds: it would have no sentence on the page."""


@transaction.atomic(savepoint=False)
def note(
    deed: str,
    *,
    by: User | None,
    subject: str = "",
    program_id: int | None = None,
    address: str | None = None,
    **details: object,
) -> AuditEntry:
    """Append that `by` (None: nobody who is known, or the house itself) did `deed` to `subject` ("kind:id").

    `details` are codes, ids and names of fields, never words or secrets. Raises UnknownDeed.
    Call it as the last write of the transaction: from here until the commit everybody else who notes waits, because
    each row carries the hash of the row before it, and only a committed row can be the one before.
    """
    if deed not in set(Deed):
        raise UnknownDeed(deed)
    entry = AuditEntry(
        actor_id=by.pk if by else None,
        actor_name=by.name if by else "",
        deed=deed,
        subject=subject,
        program_id=program_id,
        address=_plain(address),
        details=json.loads(json.dumps(details)),
    )
    entry.pk, entry.previous_hash = _place()
    entry.at = timezone.now()
    entry.hash = hash_of({name: getattr(entry, name) for name in HASHED})
    AuditEntry.objects.bulk_create([entry])
    return entry


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


def _place() -> tuple[int, str]:
    """The next row's id, and the hash of the row before it."""
    with connection.cursor() as cursor:
        # Alone in its statement: what is read next must see what the one before us committed.
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [LOCK])
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('accounts_auditentry', 'id')),"
            " coalesce((SELECT hash FROM accounts_auditentry ORDER BY id DESC LIMIT 1), %s)",
            [START],
        )
        pk, previous = cursor.fetchone()
    return pk, previous
