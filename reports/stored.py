"""A report as JSON and back, number for number: what a frozen run keeps. Pure."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from reports.exports.document import Document
from reports.named import Figure
from reports.periods import Period
from reports.tables import Column, Picture, Row, Table, Unit, Unknown, Value

MICROSECOND = timedelta(microseconds=1)


def kept(report: Document) -> dict[str, Any]:
    """The report as JSON can hold it."""
    return {
        "title": report.title,
        "facts": [list(fact) for fact in report.facts],
        "period": [report.period.first.isoformat(), report.period.last.isoformat()],
        "sentences": list(report.sentences),
        "notes": list(report.notes),
        "tables": [_table(table) for table in report.tables],
    }


def opened(told: dict[str, Any]) -> Document:
    """The report that was kept so."""
    first, last = (date.fromisoformat(day) for day in told["period"])
    return Document(
        title=told["title"],
        facts=[(name, value) for name, value in told["facts"]],
        period=Period(first, last),
        sentences=told["sentences"],
        notes=told["notes"],
        tables=[_opened_table(table) for table in told["tables"]],
    )


def kept_figures(told: dict[str, Figure]) -> dict[str, Any]:
    """Figures by name as JSON can hold them."""
    return {name: _figure(value) for name, value in told.items()}


def opened_figures(told: dict[str, Any]) -> dict[str, Figure]:
    """The figures that were kept so."""
    return {name: _opened_figure(value) for name, value in told.items()}


def _figure(value: Figure) -> Any:
    if isinstance(value, str) and not isinstance(value, Unknown):
        return {"text": value}
    return {"date": value.isoformat()} if isinstance(value, date) else _value(value)


def _opened_figure(told: Any) -> Figure:
    if isinstance(told, dict) and "text" in told:
        return str(told["text"])
    if isinstance(told, dict) and "date" in told:
        return date.fromisoformat(told["date"])
    return _opened_value(told)


def _table(table: Table) -> dict[str, Any]:
    return {
        "key": table.key,
        "title": table.title,
        "definitions": list(table.definitions),
        "columns": [[column.label, column.unit.value, column.short] for column in table.columns],
        "rows": [_row(row) for row in table.rows],
        "n": None if table.n is None else _value(table.n),
        "of": table.of,
        "total": _row(table.total) if table.total else None,
        "picture": table.picture.value,
        "notes": list(table.notes),
    }


def _row(row: Row) -> list[Any]:
    return [row.label, [_value(value) for value in row.values], row.short]


def _value(value: Value) -> Any:
    if isinstance(value, Unknown):
        return {"unknown": value.value}
    if isinstance(value, timedelta):
        return {"microseconds": value // MICROSECOND}
    return {"decimal": str(value)} if isinstance(value, Decimal) else value


def _opened_table(told: dict[str, Any]) -> Table:
    return Table(
        key=told["key"],
        title=told["title"],
        definitions=tuple(told["definitions"]),
        columns=tuple(Column(label, Unit(unit), short) for label, unit, short in told["columns"]),
        rows=tuple(_opened_row(row) for row in told["rows"]),
        n=None if told["n"] is None else _opened_value(told["n"]),
        of=told["of"],
        total=_opened_row(told["total"]) if told["total"] else None,
        picture=Picture(told["picture"]),
        notes=tuple(told["notes"]),
    )


def _opened_row(told: list[Any]) -> Row:
    label, values, short = told
    return Row(label, tuple(_opened_value(value) for value in values), short)


def _opened_value(told: Any) -> Value:
    if isinstance(told, int):
        return told
    ((kind, value),) = told.items()
    if kind == "unknown":
        return Unknown(value)
    return Decimal(value) if kind == "decimal" else timedelta(microseconds=value)
