"""What differs between a report and the one before it: each number, before and after."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.tables import Column, Row, Table, Unit, Unknown, Value

KEY = "changes"
Cells = dict[tuple[str, str], Value]


@dataclass(frozen=True)
class Change:
    """One number that differs; None where it did not stand there."""

    table: str
    row: str
    column: str
    before: Value | None
    after: Value | None


def changes(before: Sequence[Table], after: Sequence[Table]) -> list[Change]:
    """Every number that differs, in the order of the later report; what only the earlier one had comes last."""
    old = {table.key: table for table in before if table.key != KEY}
    new = {table.key: table for table in after if table.key != KEY}
    return [one for key in dict.fromkeys((*new, *old)) for one in _between(old.get(key), new.get(key))]


def _between(before: Table | None, after: Table | None) -> Iterator[Change]:
    title = next(table.title for table in (after, before) if table)
    old, new = (_cells(table) if table else {} for table in (before, after))
    for place in dict.fromkeys((*new, *old)):
        if old.get(place) != new.get(place):
            yield Change(title, *place, old.get(place), new.get(place))


def _cells(table: Table) -> Cells:
    """Every number of a table by its row and column, n among them."""
    found: Cells = {} if table.n is None else {("n", table.of): table.n}
    for row in (*table.rows, *([table.total] if table.total else [])):
        for column, value in zip(table.columns, row.values, strict=True):
            found[row.label, column.label] = value
    return found


def as_table(found: Sequence[Change]) -> Table:
    """The changes as a table of the report that has them."""
    return _table(
        found,
        title=_("前の版から変わった数"),
        definition=_("前の確定版とくらべて、違う数をすべて並べています。「—」は、その版になかった数です。"),
        columns=(_("前の版の数"), _("この版")),
        no_change=_("前の版と、数はすべて同じです。"),
    )


def beside_today(found: Sequence[Change]) -> Table:
    """The changes since a report was made, as a table on its page."""
    return _table(
        found,
        title=_("作ったあとに変わった数"),
        definition=_("この版と、いま数えた数とで、違うものをすべて並べています。「—」は、そこになかった数です。"),
        columns=(_("この版"), _("いまの数")),
        no_change=_("いま数えても、数はすべて同じです。"),
    )


def _table(found: Sequence[Change], *, title: str, definition: str, columns: tuple[str, str], no_change: str) -> Table:
    return Table(
        KEY,
        title,
        (definition,),
        tuple(Column(name, Unit.ANY) for name in columns),
        tuple(_row(one) for one in found),
        notes=() if found else (no_change,),
    )


def _row(one: Change) -> Row:
    return Row(f"{one.table}・{one.row}・{one.column}", (_or_none(one.before), _or_none(one.after)))


def _or_none(value: Value | None) -> Value:
    return Unknown.NOTHING if value is None else value
