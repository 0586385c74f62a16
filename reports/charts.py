"""Tables to look at: lengths stand in attributes of SVG. Across, a share of the width; upwards, rem.

So a picture fits any width while its letters keep their size; heights and darkness say the same, so it is read in
print and without colour. What listens reads the table.
"""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from typing import Any

from reports import words
from reports.tables import Picture, Row, Table, Unit, Value

TOP_REM, PLOT_REM, LABEL_REM = 0.75, 7.0, 1.5
HEAT_ROW_REM = 2.0
MOST_LABELS, MOST_TICKS, SHADES = 6, 4, 4
BAR_SHARE = 0.7


def drawn(table: Table) -> dict[str, Any]:
    """A table as templates show it."""
    return {
        "key": table.key,
        # Read without readings, unless the page is asked for with them (pages.reading).
        **dict.fromkeys(("yomi", "yomi_title", "yomi_rows", "yomi_notes"), False),
        "title": table.title,
        "definitions": table.definitions,
        "notes": table.notes,
        "n": None if table.n is None else words.number(table.n),
        "of": table.of,
        "columns": [column.label for column in table.columns],
        "bars": table.picture == Picture.BARS,
        "rows": [_row(table, row) for row in table.rows],
        "total": _cells(table, table.total) if table.total else None,
        "total_label": table.total.label if table.total else "",
        "chart": _columns(table) if table.picture == Picture.COLUMNS and _most(table) else None,
        "heat": _heat(table) if table.picture == Picture.HEAT and _most(table) else None,
    }


def _row(table: Table, row: Row) -> dict[str, Any]:
    most = _most(table) if table.picture == Picture.BARS else 0
    bar = _amount(row.values[0])
    return {"label": row.label, "cells": _cells(table, row), "bar": f"{100 * bar / most:.2f}%" if most else ""}


def _cells(table: Table, row: Row) -> list[str]:
    return [
        words.change(value) if column.unit == Unit.CHANGE else words.number(value)
        for value, column in zip(row.values, table.columns, strict=True)
    ]


def _amount(value: Value) -> int:
    if isinstance(value, timedelta):
        return int(value.total_seconds())
    return value if isinstance(value, int) else 0


def _most(table: Table) -> int:
    """The largest count that is drawn."""
    across = len(table.columns) if table.picture == Picture.HEAT else 1
    return max((_amount(value) for row in table.rows for value in row.values[:across]), default=0)


def _columns(table: Table) -> dict[str, Any]:
    """Rows side by side, one column each."""
    most, number = _most(table), len(table.rows)
    bars = [
        {
            "x": f"{100 * (place + (1 - BAR_SHARE) / 2) / number:.3f}%",
            "width": f"{100 * BAR_SHARE / number:.3f}%",
            "y": _up(amount, most),
            "height": f"{PLOT_REM * amount / most:.3f}rem",
        }
        for place, row in enumerate(table.rows)
        if (amount := _amount(row.values[0]))
    ]
    every = -(-number // MOST_LABELS)
    labels = [
        {"x": f"{100 * (place + 0.5) / number:.3f}%", "text": table.rows[place].short or table.rows[place].label}
        for place in range(0, number, every)
    ]
    return {"bars": bars, "labels": labels, "label_y": f"{TOP_REM + PLOT_REM}rem", "ticks": list(_ticks(most))}


def _ticks(most: int) -> Iterator[dict[str, str]]:
    # 1, 2, 5, 10, 20, 50, …: amounts that are read at a glance, and no more of them than fit.
    every = next(step for step in _round_steps() if most <= step * MOST_TICKS)
    for amount in range(0, most + 1, every):
        yield {"y": _up(amount, most), "text": f"{amount:,}"}


def _round_steps() -> Iterator[int]:
    for zeros in count():
        yield from (first * 10**zeros for first in (1, 2, 5))


def _up(amount: int, most: int) -> str:
    return f"{TOP_REM + PLOT_REM * (1 - amount / most):.3f}rem"


def _heat(table: Table) -> dict[str, Any]:
    """A cell for each hour of each weekday: the more came, the darker and the higher it is."""
    most, across = _most(table), len(table.columns)
    rows = [
        {
            "label": row.short or row.label,
            "y": f"{place * HEAT_ROW_REM + HEAT_ROW_REM / 2}rem",
            "cells": [_hot(value, column, place, most, across) for column, value in enumerate(row.values)],
        }
        for place, row in enumerate(table.rows)
    ]
    every = -(-across // MOST_LABELS)
    labels = [
        {
            "x": f"{100 * (column + 0.5) / across:.3f}%",
            "text": table.columns[column].short or table.columns[column].label,
        }
        for column in range(0, across, every)
    ]
    bottom = len(rows) * HEAT_ROW_REM
    return {"rows": rows, "labels": labels, "label_y": f"{bottom}rem", "height": f"{bottom + LABEL_REM}rem"}


def _hot(value: Value, column: int, row: int, most: int, across: int) -> dict[str, str | int]:
    amount = _amount(value)
    height = (HEAT_ROW_REM - 0.25) * amount / most
    return {
        "x": f"{100 * column / across:.3f}%",
        "width": f"{100 / across:.3f}%",
        "top": f"{row * HEAT_ROW_REM}rem",
        "bar_y": f"{(row + 1) * HEAT_ROW_REM - 0.125 - height:.3f}rem",
        "bar_height": f"{height:.3f}rem",
        "shade": _shade(value, most),
    }


def shades(table: Table) -> list[list[int]]:
    """How dark each cell is, from 0 to SHADES; nothing where none is."""
    most = _most(table)
    if table.picture != Picture.HEAT or not most:
        return []
    return [[_shade(value, most) for value in row.values] for row in table.rows]


def _shade(value: Value, most: int) -> int:
    return -(-SHADES * _amount(value) // most)


def shares(table: Table) -> list[float]:
    """How long each row's bar is, of 1; nothing where no bars are drawn."""
    most = _most(table)
    drawn_so = table.picture in {Picture.BARS, Picture.COLUMNS} and most
    return [_amount(row.values[0]) / most for row in table.rows] if drawn_so else []
