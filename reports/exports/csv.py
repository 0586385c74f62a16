"""Results as one CSV file: the tables below each other, each with its n, definition and rounding."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.utils.translation import gettext as _

from counseling.text import sheets
from reports import words
from reports.exports.document import Document
from reports.tables import Table, Unknown, Value

Line = Sequence[object]


def written(report: Document) -> bytes:
    """UTF-8 with a byte order mark; nothing in it is run as a formula."""
    return sheets.written([*_head(report), *(line for table in report.tables for line in _table(table))])


def _head(report: Document) -> Iterator[Line]:
    yield [report.title]
    yield from ([name, value] for name, value in report.facts)
    yield from ([sentence] for sentence in (*report.sentences, *report.notes))


def _table(table: Table) -> Iterator[Line]:
    yield []
    yield [table.title]
    if table.n is not None:
        yield ["n", _cell(table.n), table.of]
    yield [_("項目"), *(column.label for column in table.columns)]
    for row in (*table.rows, *([table.total] if table.total else [])):
        yield [row.label, *(_cell(value) for value in row.values)]
    yield from ([note] for note in table.notes)
    yield from ([definition] for definition in table.definitions)


def _cell(value: Value) -> object:
    if isinstance(value, Unknown):
        return words.SIGNS[value]
    return clock(value) if isinstance(value, timedelta) else value


def clock(length: timedelta) -> str:
    """A length as a program that calculates reads it: 1:05:30."""
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}"
