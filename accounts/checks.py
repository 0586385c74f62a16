"""`manage.py check --deploy --database default`: whether this process could rewrite the audit log."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Warning  # noqa: A004 - Django's word for it
from django.db import connections

# Who owns the table, or is a superuser, can let go of its triggers; the others must not even be asked.
_MAY_REWRITE = """
SELECT pg_has_role(current_user, owner.oid, 'MEMBER')
    OR has_table_privilege(log.oid, 'UPDATE, DELETE, TRUNCATE')
    OR 2 > (SELECT count(*) FROM pg_trigger
             WHERE tgrelid = log.oid AND tgname LIKE 'audit_keeps_%' AND tgenabled = 'A')
  FROM pg_class log JOIN pg_roles owner ON owner.oid = log.relowner
 WHERE log.oid = 'accounts_auditentry'::regclass
"""


def audit_is_append_only(*, databases: Sequence[str] | None = None, **_more: Any) -> list[CheckMessage]:
    """A warning where the database's role may change or remove what the audit log holds."""
    found: list[CheckMessage] = []
    for name in databases or ():
        with connections[name].cursor() as cursor:
            cursor.execute(_MAY_REWRITE)
            may_rewrite = cursor.fetchone()[0]
        if may_rewrite:
            hint = "Run the application as a role that owns no table (docs/operations.md, The audit log)."
            found.append(Warning("This database role could rewrite the audit log.", hint=hint, id="accounts.W001"))
    return found
