"""The tables of a period beside those of another one: what it was there, and the difference. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from django.utils.translation import gettext as _

from reports import words
from reports.tables import Column, Picture, Row, Table, Unit, Unknown, Value

# A day of one period is none of the other, and another medium was counted over days of its own.
ALONE = {"days", "comparators"}
SHOWN = 2  # columns of the other period: a count, and what is made of it
# A row by its name, and how many of that name stand above it.
Name = tuple[str, int]
Key = TypeVar("Key", str, Name)


def beside(these: Sequence[Table], those: Sequence[Table]) -> list[Table]:
    """Every table that either period has, in their order; each row tells of both."""
    here, there = ({table.key: table for table in tables} for tables in (these, those))
    found = []
    for key in _merged(list(here), list(there)):
        ours, theirs = here.get(key), there.get(key)
        if ours and _stands_alone(ours):
            found.append(ours)
        elif ours and theirs:
            found.append(_joined(ours, theirs))
        elif ours:
            found.append(replace(ours, notes=(*ours.notes, _("くらべる期間には、この表にあたるものがありません。"))))
        elif theirs and not _stands_alone(theirs):
            found.append(_joined(_without_numbers(theirs), theirs))
    return found


def _stands_alone(table: Table) -> bool:
    return table.key in ALONE or table.picture == Picture.HEAT


def _merged(ours: list[Key], theirs: list[Key]) -> list[Key]:
    """Both without repetition: what only the others have stands after what it stands after there."""
    found, place = list(ours), 0
    for one in theirs:
        if one in found:
            place = found.index(one) + 1
        else:
            found.insert(place, one)
            place += 1
    return found


def _joined(ours: Table, theirs: Table) -> Table:
    mine, others = dict(_named(ours.rows)), dict(_named(theirs.rows))
    pairs = [(name, mine.get(name), others.get(name)) for name in _merged(list(mine), list(others))]
    of_how_many = _("くらべる期間は、n = %(n)s(%(of)s)です。")
    said = () if theirs.n is None else (of_how_many % {"n": words.number(theirs.n), "of": theirs.of},)
    return replace(
        ours,
        columns=(*ours.columns, *_more(ours)),
        rows=tuple(_row(ours, name[0], one, other) for name, one, other in pairs),
        total=_row(ours, ours.total.label, ours.total, theirs.total) if ours.total else None,
        notes=(*ours.notes, *said),
        definitions=(
            *ours.definitions,
            _("差は、この期間からくらべる期間を引いたもので、表にある値どうしの差です。"),
            _("「—」は、その期間になかった項目か、分母が0のものです。"),
        ),
    )


def _named(rows: Sequence[Row]) -> Iterator[tuple[Name, Row]]:
    seen = Counter[str]()
    for row in rows:
        yield (row.label, seen[row.label]), row
        seen[row.label] += 1


def _places(table: Table) -> range:
    """Which columns the other period has too: a share is told without what it is made of."""
    return range(1 if table.columns[0].unit == Unit.PERCENT else min(SHOWN, len(table.columns)))


def _differs(table: Table) -> bool:
    """Whether the last of them is of one kind in all rows, so that a difference can stand beside it."""
    return table.columns[_places(table)[-1]].unit != Unit.ANY


def _more(table: Table) -> Iterator[Column]:
    for place in _places(table):
        column = table.columns[place]
        yield Column(_("くらべる期間の%(column)s") % {"column": column.label}, column.unit)
    last = table.columns[_places(table)[-1]]
    if _differs(table):
        label = _("差(ポイント)") if last.unit == Unit.PERCENT else _("%(column)sの差") % {"column": last.label}
        yield Column(label, Unit.CHANGE)


def _row(table: Table, label: str, ours: Row | None, theirs: Row | None) -> Row:
    known = ours or theirs
    values = ours.values if ours else _nothing(table)
    others = tuple(theirs.values[place] if theirs else Unknown.NOTHING for place in _places(table))
    change = (_minus(values[_places(table)[-1]], others[-1]),) if _differs(table) else ()
    return Row(label, (*values, *others, *change), known.short if known else "")


def _minus(ours: Value, theirs: Value) -> Value:
    """As unknown as either of the two."""
    for one in (ours, theirs):
        if isinstance(one, Unknown):
            return one
    return ours - theirs  # type: ignore[operator]


def _without_numbers(table: Table) -> Table:
    """A table that only the other period has, before its numbers are told."""
    total = replace(table.total, values=_nothing(table)) if table.total else None
    return replace(table, n=0, rows=(), total=total, notes=())


def _nothing(table: Table) -> tuple[Value, ...]:
    return (Unknown.NOTHING,) * len(table.columns)
