"""Whoever gets at the table past its trigger is found out."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from accounts import audit
from accounts.checks import audit_is_append_only
from accounts.deeds import Deed
from accounts.models import AuditEntry, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def ids(haru: User) -> list[int]:
    """Five rows."""
    for number in range(5):
        audit.note(Deed.SESSION_READ, by=haru, subject=f"session:{number}", program_id=1)
    return list(AuditEntry.objects.order_by("pk").values_list("pk", flat=True))


@contextmanager
def as_its_owner() -> Iterator[None]:
    """The table's owner alone can let go of its triggers."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_auditentry DISABLE TRIGGER USER")
        yield
        cursor.execute("ALTER TABLE accounts_auditentry ENABLE ALWAYS TRIGGER audit_keeps_rows")
        cursor.execute("ALTER TABLE accounts_auditentry ENABLE ALWAYS TRIGGER audit_keeps_all")


def verify(**options: str) -> str:
    out = StringIO()
    call_command("verify_audit", stdout=out, **options)
    return out.getvalue()


def head() -> str:
    return AuditEntry.objects.latest("pk").hash


def test_a_whole_log_says_how_many_and_its_head(ids: list[int]) -> None:
    assert verify().split() == ["5", "rows,", "the", "chain", "holds.", "head", head()]


def test_an_empty_log_is_whole() -> None:
    assert verify().startswith("0 rows")


def test_it_is_walked_in_batches(ids: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accounts.audit.BATCH_ROWS", 2)
    assert verify().startswith("5 rows")


@pytest.mark.parametrize(
    "change", [{"actor_name": "Ren"}, {"subject": "session:9"}, {"program_id": 2}, {"details": {"x": 1}}, {"hash": "0"}]
)
def test_an_altered_row_is_named(ids: list[int], change: dict[str, object]) -> None:
    with as_its_owner():
        AuditEntry.objects.filter(pk=ids[2]).update(**change)
    with pytest.raises(CommandError, match=f"row {ids[2]}: altered"):
        verify()


def test_a_row_altered_with_its_hash_is_found_by_the_next(ids: list[int]) -> None:
    row = AuditEntry.objects.filter(pk=ids[2]).values().get() | {"actor_name": "Ren"}
    with as_its_owner():
        AuditEntry.objects.filter(pk=ids[2]).update(actor_name="Ren", hash=audit.hash_of(row))
    with pytest.raises(CommandError, match=f"row {ids[3]}: the row before it"):
        verify()


@pytest.mark.parametrize("which", [0, 2])
def test_a_missing_row_is_named_by_the_one_after_it(ids: list[int], which: int) -> None:
    with as_its_owner():
        AuditEntry.objects.filter(pk=ids[which]).delete()
    with pytest.raises(CommandError, match=f"row {ids[which + 1]}: the row before it is missing"):
        verify()


def test_an_inserted_row_is_named(ids: list[int]) -> None:
    with as_its_owner():
        AuditEntry.objects.filter(pk=ids[3]).delete()
    row = AuditEntry.objects.filter(pk=ids[2]).values().get() | {"id": ids[3], "subject": "session:9"}
    row["previous_hash"] = AuditEntry.objects.get(pk=ids[2]).hash
    AuditEntry.objects.create(**row | {"hash": audit.hash_of(row)})
    with pytest.raises(CommandError, match=f"row {ids[4]}"):
        verify()


def test_a_row_pushed_between_two_is_named(ids: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('accounts_auditentry', 'id'))")
        gap = cursor.fetchone()[0]
    audit.note(Deed.LOGIN_SUCCEEDED, by=None)
    row = AuditEntry.objects.filter(pk=ids[4]).values().get() | {"id": gap, "previous_hash": head_of(ids[4])}
    AuditEntry.objects.create(**row | {"hash": audit.hash_of(row)})
    with pytest.raises(CommandError, match=f"row {gap}: inserted"):
        verify()


def head_of(pk: int) -> str:
    return AuditEntry.objects.get(pk=pk).hash


def test_a_cut_end_is_found_with_a_noted_head(ids: list[int]) -> None:
    noted = head()
    with as_its_owner():
        AuditEntry.objects.filter(pk=ids[4]).delete()
    assert verify().startswith("4 rows")
    with pytest.raises(CommandError, match=f"after row {ids[3]}: the end is missing"):
        verify(head=noted)


def test_a_noted_head_may_have_rows_after_it(ids: list[int]) -> None:
    assert verify(head=AuditEntry.objects.get(pk=ids[1]).hash).startswith("5 rows")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE accounts_auditentry SET actor_name = ''",
        "DELETE FROM accounts_auditentry",
        "TRUNCATE accounts_auditentry",
        "SET LOCAL session_replication_role = replica; DELETE FROM accounts_auditentry",
    ],
)
def test_the_database_refuses_even_its_owner(ids: list[int], sql: str) -> None:
    with as_its_owner():
        pass
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert AuditEntry.objects.count() == 5


@pytest.fixture
def application() -> Iterator[None]:
    """From here on the database's role is one that owns nothing, as docs/operations.md grants it."""
    with as_its_owner(), connection.cursor() as cursor:
        cursor.execute("CREATE ROLE madoguchi_tried NOLOGIN")
        cursor.execute("GRANT SELECT, INSERT ON accounts_auditentry TO madoguchi_tried")
        cursor.execute("GRANT USAGE ON SEQUENCE accounts_auditentry_id_seq TO madoguchi_tried")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE madoguchi_tried")
        yield
        cursor.execute("RESET ROLE")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE accounts_auditentry SET actor_name = ''",
        "DELETE FROM accounts_auditentry",
        "TRUNCATE accounts_auditentry",
        "ALTER TABLE accounts_auditentry DISABLE TRIGGER USER",
        "DROP TABLE accounts_auditentry",
        "SET LOCAL session_replication_role = replica",
    ],
)
def test_the_applications_role_cannot_touch_what_is_told(ids: list[int], application: None, sql: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_the_applications_role_can_tell(ids: list[int], application: None, haru: User) -> None:
    audit.note(Deed.LOGIN_ENDED, by=haru)
    assert verify().startswith("6 rows")


def test_the_check_knows_an_owner_from_an_application(ids: list[int]) -> None:
    assert [warning.id for warning in audit_is_append_only(databases=["default"])] == ["accounts.W001"]


def test_the_check_is_content_with_an_application_that_owns_nothing(ids: list[int], application: None) -> None:
    assert audit_is_append_only(databases=["default"]) == []


def test_without_a_database_nothing_is_asked() -> None:
    assert audit_is_append_only(databases=None) == []
