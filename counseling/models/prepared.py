"""Rows read and written at every word: their SQL is made once, not at every call (ADR 8).

Django writes the SQL of a query anew each time; on the message's path that was most of the work. The rows, columns and
converters stay the models' own.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import connection, models
from django.db.models.query import get_related_populators
from django.db.transaction import TransactionManagementError

M = TypeVar("M", bound=models.Model)
# What stands in the SQL where a value will: recognised among the parameters by being nobody's value.
SAMPLES: dict[type, Callable[[int], Any]] = {
    int: lambda place: -987_000_000 - place,
    str: lambda place: f"\x00sample {place}",
    UUID: lambda place: UUID(int=2**128 - 1 - place),
    datetime: lambda place: datetime(1900, 1, 1, tzinfo=UTC) + timedelta(days=place),
}


class Prepared(Generic[M]):
    """A query of one model, made from `build` with values of these types; calling it asks the database.

    `build` gets samples once: it may filter by them and must not look at them.
    """

    def __init__(self, build: Callable[..., models.QuerySet[M]], *types: type) -> None:
        self._build, self._types = build, types
        self._sql = ""

    def _prepare(self) -> None:
        samples = [SAMPLES[kind](place) for place, kind in enumerate(self._types)]
        queryset = self._build(*samples)
        compiler = queryset.query.get_compiler(using=queryset.db)
        sql, given = compiler.as_sql()
        # A sample's place among the values, or a value that is always the same.
        self._given = [(samples.index(value), None) if value in samples else (None, value) for value in given]
        select, klass_info = compiler.select, compiler.klass_info
        self._locks = queryset.query.select_for_update
        self._converters = compiler.get_converters([column[0] for column in select])
        self._apply = compiler.apply_converters
        first, last = klass_info["select_fields"][0], klass_info["select_fields"][-1] + 1
        self._own = slice(first, last)
        self._columns = [column[0].target.attname for column in select[first:last]]
        # The stubs are of a later Django.
        self._related = get_related_populators(klass_info, select, queryset.db)  # type: ignore[call-arg]
        self._model, self._sql = queryset.model, sql

    def __call__(self, *values: Any) -> list[M]:
        """The rows for these values, in the order of `build`."""
        if not self._sql:
            self._prepare()
        if self._locks and not connection.in_atomic_block:
            raise TransactionManagementError("a row is locked within a transaction")
        given = [constant if place is None else values[place] for place, constant in self._given]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, given)
            rows: Iterable[Any] = cursor.fetchall()
        if self._converters:
            rows = self._apply(rows, self._converters)
        return [self._instance(row) for row in rows]

    def _instance(self, row: tuple[Any, ...]) -> M:
        instance: M = self._model.from_db(connection.alias, self._columns, row[self._own])
        for populator in self._related:
            populator.populate(row, instance)
        return instance

    def first(self, *values: Any) -> M | None:
        """The first row, or None."""
        return next(iter(self(*values)), None)


@cache
def _insertion(model: type[models.Model]) -> tuple[str, tuple[Any, ...]]:
    fields = tuple(field for field in model._meta.concrete_fields if not field.primary_key)
    columns = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join(["%s"] * len(fields))
    return f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({places}) RETURNING "id"', fields  # noqa: S608 - the model's own names


@cache
def _change(model: type[models.Model], names: tuple[str, ...]) -> tuple[str, tuple[Any, ...]]:
    fields: tuple[Any, ...] = tuple(model._meta.get_field(name) for name in names)
    columns = ", ".join(f'"{field.column}" = %s' for field in fields)
    return f'UPDATE "{model._meta.db_table}" SET {columns} WHERE "id" = %s', fields  # noqa: S608 - the model's own names


def _values(row: models.Model, fields: Iterable[Any]) -> list[Any]:
    return [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]


def insert(row: models.Model, *, changed: models.Model | None = None, fields: tuple[str, ...] = ()) -> None:
    """Insert `row`, and with it save these `fields` of the row `changed`: one statement. `row` gets its id."""
    sql, columns = _insertion(type(row))
    given = _values(row, columns)
    if changed is not None:
        change, kept = _change(type(changed), fields)
        sql, given = f"WITH changed AS ({change}) {sql}", [*_values(changed, kept), changed.pk, *given]
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, connection.alias


def update(row: models.Model, fields: tuple[str, ...]) -> None:
    """Save these fields of the row, as `row.save(update_fields=…)` does."""
    sql, columns = _change(type(row), fields)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*_values(row, columns), row.pk])
