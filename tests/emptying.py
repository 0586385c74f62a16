"""Tests empty whole tables, which the audit log refuses: its owner lets go, in the tests' databases alone."""

from django.db import connection


def let_go_of_the_audit() -> None:
    """Disables the trigger against TRUNCATE here; the one that keeps single rows stays on."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_auditentry DISABLE TRIGGER audit_keeps_all")
